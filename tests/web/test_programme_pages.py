"""The pages of the programme register: read by whoever oversees, changed by staff, in English and Urdu."""

import pytest

from talent.accounts.actor import SYSTEM
from talent.accounts.permissions import Role
from talent.monitoring.register import kept_register
from talent.monitoring.report_reader import read_report
from talent.monitoring.taking_in import take_in
from tests.factories.corridor import make_account
from tests.monitoring.reports import TEXT


@pytest.fixture
def measures(session):
    return take_in(session, SYSTEM, read_report(TEXT)).measures


@pytest.fixture
def staff(session, signed_in):
    return signed_in(make_account(session, Role.PROJECT_STAFF))


def test_the_list_shows_every_measure_with_its_counts_and_what_is_blacked_out(staff, measures):
    page = staff.get("/programme")
    assert page.heading == "Programme register"
    assert "Talks and visits" in page.text
    assert "Welcome the course." in page.text
    assert "blacked out" in page.text
    assert "[REDACTED]" not in page.text
    assert page.links().count(f"/programme/measures/{measures[2].id}") == 1


def test_an_item_is_moved_and_the_journal_says_so(staff, session, measures):
    here = f"/programme/measures/{measures[2].id}"
    item = next(item for item in measures[2].items if item.words == "Visas.")
    staff.send(
        staff.get(f"/programme/items/{item.id}/change"), action=f"/programme/items/{item.id}/change", kind="completed"
    )
    page = staff.get(here)
    assert "Item moved" in page.text
    assert "pending: Visas. → completed: Visas." in page.text


def test_an_item_without_words_comes_back_with_a_sentence(staff, measures):
    here = f"/programme/measures/{measures[0].id}/items/new"
    page = staff.send(staff.get(here), words="", expect=422)
    assert list(page.errors) == ["#words"]


def test_what_is_blacked_out_cannot_be_written_over(staff, measures):
    item = next(item for item in measures[0].items if item.words == "[REDACTED]")
    here = f"/programme/items/{item.id}/change"
    page = staff.send(staff.get(here), action=here, words="the truth", expect=422)
    assert "blacked out" in page.errors["#words"]


def test_a_measure_is_changed(staff, session, measures):
    here = f"/programme/measures/{measures[1].id}/change"
    staff.send(staff.get(here), words="Train 300 welders.", lead_actors="Commission")
    assert kept_register(session).measures[1].lead_actors == ["Commission"]


def test_an_auditor_reads_and_changes_nothing(session, signed_in, measures):
    auditor = signed_in(make_account(session, Role.AUDITOR))
    here = f"/programme/measures/{measures[1].id}"
    assert f"{here}/change" not in auditor.get(here).links()
    auditor.get(f"{here}/change", expect=403)


def test_programmes_are_listed_with_their_money_and_source(staff):
    page = staff.get("/programme/projects")
    assert "€3,000,000" in page.text
    page = staff.get("/programme/projects/parim_2")
    assert "€990,000" in page.text
    assert "Source S-PR-1, state of 21 May 2024" in page.text
    staff.get("/programme/projects/no_such", expect=404)


def test_the_pages_speak_urdu(session, signed_in, measures):
    staff = signed_in(make_account(session, Role.PROJECT_STAFF))
    page = staff.get("/programme?lang=ur")
    assert page.tree.get("dir") == "rtl"
    assert page.heading == "پروگرام کا رجسٹر"


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("txt", b"**Brussels")])
def test_the_report_is_read_recorded_and_taken_as_a_file(staff, measures, kind, start):
    page = staff.get("/programme/report")
    assert "Keep talking" in page.text
    assert "Nothing has changed." in page.text
    staff.send(page, action="/programme/report", reference="WK 12/2031")
    assert staff.client.get(f"/programme/report/file.{kind}").content.startswith(start)
    assert staff.client.get("/programme/report/file.exe").status_code == 404


def test_a_goal_is_set_and_stands_in_the_logframe(staff):
    here = "/programme/indicators/people_trained/goal"
    assert staff.send(staff.get(here), baseline="-1", source="", expect=422).errors.keys() == {"#baseline", "#source"}
    staff.send(staff.get(here), target="1200", source="Contract 7")
    page = staff.get("/programme/indicators")
    assert "1,200" in page.text
    assert "1200" in staff.client.get("/programme/indicators/file.csv").text
    assert staff.client.get("/programme/indicators/file.xlsx").content.startswith(b"PK")
