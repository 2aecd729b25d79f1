"""What a candidate reads and does about their own data, in a browser."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.models import Account, SignInSession
from talent.accounts.passwords import hash_password
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import today
from talent.foundation.errors import NotFound
from talent.matching import introductions, revealing, runs, service
from talent.matching.engine import load
from talent.matching.revealing import RevealReason
from talent.matching.states import IntroductionAction, IntroductionState
from talent.profiles import papers
from talent.profiles.models import Consent, IdentityPaper, NumberKind, Profile
from talent.profiles.states import ProfileState
from tests.factories.corridor import (
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder

PASSWORD = "three old words here"
HASH = hash_password(PASSWORD)


class Story:
    """A candidate, an agency, a match, and a browser of each."""

    def __init__(self, session, signed_in):
        make_release(session)
        self.session = session
        self.agency = make_agency(session, name="Arbeitsagentur Kassel")
        self.account = make_account(session, password_hash=HASH)
        self.profile = make_published_profile(session, account_id=self.account.id)
        self.vacancy = make_published_vacancy(session, self.agency)
        runs.match_everything(session, load(session, KeywordEncoder()))
        self.candidate = Actor(self.account.id, Role.CANDIDATE)
        officer = make_account(session, Role.AGENCY_OFFICER, organisation_id=self.agency.id)
        self.officer = Actor(officer.id, Role.AGENCY_OFFICER, "", self.agency.id)
        self.page, self.office = signed_in(self.account), signed_in(officer)
        self.staff = signed_in(make_account(session, Role.PROJECT_STAFF))
        self.admin = signed_in(make_account(session, Role.ADMINISTRATOR))
        self.auditor = signed_in(make_account(session, Role.AUDITOR))

    @property
    def card(self):
        return f"/vacancies/{self.vacancy.id}/candidates/{self.profile.id}"

    def says_yes(self):
        introductions.answer(self.session, self.candidate, self.vacancy.id, IntroductionAction.SAY_YES)

    def listed(self):
        return service.shortlist(self.session, self.officer, self.vacancy.id, language="en")[1].rows


@pytest.fixture
def story(session, signed_in):
    return Story(session, signed_in)


def test_the_card_shows_no_name_until_a_reason_is_given(story):
    story.says_yes()
    card = story.office.get(story.card)
    assert "Ayesha" not in card.text
    refused = story.office.send(card, action=f"{story.card}/reveal", expect=422)
    assert refused.errors == {"#purpose": "Choose why you open the name"}
    assert "Ayesha" not in refused.text
    shown = story.office.send(refused, action=f"{story.card}/reveal", expect=200, purpose="papers")
    assert "Ayesha Bibi Khan" in shown.text
    assert "+923012345678" in shown.text
    assert "Ayesha" not in story.office.get(story.card).text


def test_without_a_yes_a_card_has_no_way_to_the_name(story):
    assert "reveal" not in "".join(form.action for form in story.office.get(story.card).tree.iter("form"))


def test_the_candidate_reads_who_opened_the_name_and_why(story):
    story.says_yes()
    story.office.send(story.office.get(story.card), action=f"{story.card}/reveal", expect=200, purpose="interview")
    looks = story.page.get("/my-data/looks").text
    assert "Opened your name and contact" in looks
    assert "Arbeitsagentur Kassel" in looks
    assert "To invite the person to an interview" in looks


def test_nobody_looked_yet(story):
    assert "Nobody but you has looked" in story.page.get("/my-data/looks").text


def withdrawals(page):
    return [form.action for form in page.tree.xpath("//main//form") if form.action.endswith("/withdraw")]


def test_a_yes_to_an_agency_is_taken_back_with_one_tap_and_bites_at_once(story):
    story.says_yes()
    page = story.page.get("/my-data/consents")
    assert "Arbeitsagentur Kassel" in page.text
    newest = withdrawals(page)[0]
    assert story.page.send(page, action=newest) == "/my-data/consents"
    after = story.page.get("/my-data/consents")
    assert "Taken back on" in after.text
    assert newest not in withdrawals(after)
    with pytest.raises(NotFound):
        revealing.reveal(story.session, story.officer, story.vacancy.id, story.profile.id, RevealReason.PAPERS)
    met = introductions.begun(story.session, story.vacancy, story.profile.id)
    assert met.state is IntroductionState.WITHDRAWN


def test_taking_back_the_yes_to_matching_pauses_the_profile(story):
    story.page.send(story.page.get("/my-data/consents"))
    assert story.listed() == []
    assert story.session.get_one(Profile, story.profile.id).state is ProfileState.PAUSED


def test_a_yes_of_somebody_else_does_not_exist_for_me(story, session):
    other = make_published_profile(session)
    theirs = session.scalar(select(Consent.id).where(Consent.account_id == other.account_id))
    page = story.page.get("/my-data/consents")
    page.form().action = f"/my-data/consents/{theirs}/withdraw"
    story.page.send(page, action=f"/my-data/consents/{theirs}/withdraw", expect=404)
    assert session.scalar(select(Consent.withdrawn_at).where(Consent.id == theirs)) is None


def test_the_copy_asks_for_the_password_and_is_a_sandboxed_attachment(story):
    refused = story.page.send(story.page.get("/my-data/copy"), expect=422, password="not this one at all")
    assert refused.errors == {"#password": "This is not the password of this account. Try again."}
    values = dict(refused.form().form_values()) | {"password": PASSWORD}
    sent = story.page.client.post("/my-data/copy", data=values, headers={"Origin": "http://127.0.0.1:8000"})
    assert sent.headers["content-disposition"].startswith('attachment; filename="my-data.zip"')
    assert sent.headers["content-security-policy"].endswith("; sandbox")
    assert sent.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        data = json.loads(archive.read("data.json"))
    assert data["identity"][0]["full_name_sealed"] == "Ayesha Bibi Khan"
    assert "password_hash" not in data["account"][0]


def test_guessing_the_password_from_an_open_phone_is_slowed_down(story):
    page = story.page.get("/my-data/copy")
    for _ in range(10):
        page = story.page.send(page, expect=422, password="not this one at all")
    refused = story.page.send(page, expect=422, password=PASSWORD)
    assert "Too many tries" in refused.errors["#password"]


def test_an_objection_stops_the_ranking_at_once_and_is_answered(story):
    assert len(story.listed()) == 1
    story.page.send(story.page.get("/my-data/demand"), kind="objection", words="I want a person to choose.")
    assert "software does not rank you" in story.page.get("/my-data").text
    assert story.listed() == []
    (address,) = [link for link in story.staff.get("/requests").links() if link and link.startswith("/requests/")]
    story.staff.send(story.staff.get(address), answer="A person has looked, and will choose.")
    assert "A person has looked" in story.page.get("/my-data").text
    story.page.send(story.page.get("/my-data"), action="/my-data/resume")
    assert len(story.listed()) == 1


def test_a_demand_needs_a_kind(story):
    refused = story.page.send(story.page.get("/my-data/demand"), expect=422)
    assert refused.errors == {"#kind": "Choose what you ask for"}


def test_deleting_needs_the_password_and_a_tick(story):
    asked = story.page.get("/my-data/delete")
    assert set(story.page.send(asked, expect=422).errors) == {"#sure", "#password"}
    wrong = story.page.send(asked, expect=422, sure="true", password="not this one at all")
    assert set(wrong.errors) == {"#password"}
    assert story.session.scalar(select(Account.id).where(Account.id == story.account.id))


def test_deleting_deletes_everything_and_signs_out(story):
    account_id = story.account.id
    gone = story.page.send(story.page.get("/my-data/delete"), sure="true", password=PASSWORD)
    assert gone == "/about/deleted"
    assert story.page.get(gone).heading == "Everything was deleted"
    assert story.session.scalar(select(Account.id).where(Account.id == account_id)) is None
    assert story.session.scalar(select(SignInSession.device).where(SignInSession.account_id == account_id)) is None
    assert story.page.goes_to("/my-data").startswith("/sign-in")


def test_a_paper_is_kept_sealed_shown_masked_and_removed(story):
    asked = story.page.get("/my-data/paper")
    date = {"birth_date-day": "27", "birth_date-month": "3", "birth_date-year": "1998"}
    wrong = story.page.send(asked, expect=422, kind="cnic", number="12345", **date)
    assert list(wrong.errors) == ["#number"]
    story.page.send(wrong, kind="cnic", number="35202-1234567-1", **date)
    page = story.page.get("/my-data/paper")
    assert "…5671" in page.text
    kept = story.session.scalars(select(IdentityPaper)).one()
    assert "3520212345671" not in kept.number_sealed + kept.number_print
    story.page.send(page, action="/my-data/paper/remove")
    assert story.session.scalar(select(IdentityPaper)) is None


ADDRESSES = ["", "/looks", "/consents", "/copy", "/demand", "/delete", "/paper"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pages_are_a_candidates_alone(story, address):
    story.page.get(f"/my-data{address}")
    for other in (story.office, story.staff, story.admin, story.auditor):
        other.get(f"/my-data{address}", expect=403)


def test_the_journal_is_for_those_who_watch_alone(story):
    for page in (story.page, story.office, story.staff, story.admin):
        page.get("/journal", expect=403)
    seen = story.auditor.get("/journal?about=" + story.profile.reference)
    assert "profile.add" in seen.text
    assert "Ayesha" not in seen.text


def test_the_journal_is_narrowed_by_kind(story):
    story.says_yes()
    assert "consent.add" in story.auditor.get("/journal?action=consent").text
    assert "No entry fits." in story.auditor.get("/journal?action=nothing.like.it").text


def test_the_same_number_is_found_and_only_staff_read_of_it(story, session):
    other = make_published_profile(session)
    for who in (story.candidate, Actor(other.account_id, Role.CANDIDATE)):
        papers.give_paper(session, who, NumberKind.CNIC, "35202-1234567-1", today().replace(year=1990))
    page = story.staff.get("/duplicates")
    assert story.profile.reference in page.text
    assert "the same number of a paper" in page.text
    story.page.get("/duplicates", expect=403)
    assert session.scalars(select(AuditEntry).where(AuditEntry.action == "duplicate.read")).all()
