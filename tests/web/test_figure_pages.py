"""The pages of figures: the funnel, times, a cross-table that is kept and downloaded, and what the public reads."""

import csv
import io

import pytest
from openpyxl import load_workbook

from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.monitoring.figure_models import SavedTable
from talent.monitoring.figures import refresh
from talent.profiles import consent
from talent.profiles.models import ConsentPurpose
from talent.profiles.statistics import StatisticsAnswer
from tests.factories.corridor import make_account
from tests.monitoring.crowds import Crowd

PEOPLE = 900


@pytest.fixture
def crowd(session):
    made = Crowd(session, PEOPLE)
    refresh(session, on=today())
    return made


@pytest.fixture
def staff(session, signed_in):
    return signed_in(make_account(session, Role.PROJECT_STAFF))


def test_before_the_first_figures_each_page_says_so(staff, browser):
    for address in ("/figures", "/figures/times", "/figures/table"):
        assert "There are no figures yet." in staff.get(address).text
    assert "There are no figures to publish yet." in browser.get("/observatory").text


QUESTION = "rows=country&columns=sector&measure=published"
SAID = {
    "/figures": ("Made on", str(PEOPLE), "Published the profile"),
    "/figures?who=country:DE": ("Germany",),
    "/figures?who=nonsense:x": (str(PEOPLE),),
    "/figures/times": ("From the offer to arrival",),
    "/figures/times?by=country": ("Germany",),
    "/figures/table?rows=sex&columns=institute": ("not told together",),
    "/observatory": ("State of", "What the words mean", "Kaplan", str(PEOPLE)),
}


def lines_of(answer, kind):
    if kind == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [[str(cell or "") for cell in line] for line in sheet.values]


def test_pages_tell_figures_tables_are_kept_and_files_hold_the_same(session, crowd, staff):
    """One crowd for all that is read of it: making it takes longer than reading."""
    missing = [(at, words) for at, said in SAID.items() for words in said if words not in staff.get(at).text]
    assert missing == []
    public = staff.get("/observatory").text
    assert [name for name, *_ in crowd.cohorts if name in public] == []
    page = staff.get(f"/figures/table?{QUESTION}")
    for kind in ("csv", "xlsx"):
        head, *lines, _ = lines_of(staff.client.get(f"/figures/table/file.{kind}?{QUESTION}"), kind)
        assert head[0] == "Country"
        assert lines, kind
        assert all(sum(map(int, line[1:-1])) == int(line[-1]) and line[0] in page.text for line in lines), kind
    shared = f"{QUESTION}&out_of=registered"
    head, *lines, _ = lines_of(staff.client.get(f"/figures/table/file.csv?{shared}"), "csv")
    shares = [place for place, heading in enumerate(head) if heading.endswith(", %")]
    assert shares
    assert all(not line[place] or 0 <= int(line[place]) <= 100 for line in lines for place in shares)
    assert (
        f"{next(line[shares[0]] for line in lines if line[shares[0]])}%" in staff.get(f"/figures/table?{shared}").text
    )
    backwards = staff.get(f"/figures/table?{QUESTION}&out_of=retained_24")
    assert "%" not in backwards.text, "of those who came farther there is no share"
    assert staff.send(page, action="/figures/table", title="By country") == f"/figures/table?{QUESTION}"
    kept = staff.get("/figures/table")
    assert f"/figures/table?{QUESTION}" in kept.links()
    staff.send(kept, action=f"/figures/table/{session.query(SavedTable).one().id}/remove")
    assert "By country" not in staff.get("/figures/table").text


def test_a_candidate_is_counted_only_with_a_yes_and_taking_it_back_deletes_the_answers(session, signed_in):
    account = make_account(session)
    candidate = signed_in(account)
    went = candidate.send(candidate.get("/my-data/statistics"), sex="female", province="sindh")
    kept = session.get_one(StatisticsAnswer, account.id)
    assert (kept.sex, kept.province) == ("female", "sindh")
    page = candidate.get(went)
    assert "Counting me in statistics" in page.text
    yes = session.query(consent.Consent).filter_by(account_id=account.id, purpose=ConsentPurpose.STATISTICS).one()
    candidate.send(page, action=f"/my-data/consents/{yes.id}/withdraw")
    session.expire_all()
    assert session.get(StatisticsAnswer, account.id) is None
    assert session.get_one(consent.Consent, yes.id).withdrawn_at is not None


def test_leaving_both_open_takes_everything_back(session, signed_in):
    account = make_account(session)
    candidate = signed_in(account)
    candidate.send(candidate.get("/my-data/statistics"), sex="male", province="")
    candidate.send(candidate.get("/my-data/statistics"), sex="", province="")
    session.expire_all()
    assert session.get(StatisticsAnswer, account.id) is None
