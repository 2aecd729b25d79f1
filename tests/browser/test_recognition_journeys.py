"""Recognition from the first question to the decision, in a browser without JavaScript: three people, three answers."""

from uuid import uuid4

import pytest

from talent.accounts.permissions import Role
from talent.accounts.service import accept_invitation, invite, register_candidate
from talent.recognition.finder import PARTIAL_OPENS, TOO_SHORT
from talent.recognition.procedures import catalogue
from talent.recognition.terms import When
from tests.browser.people import Person

PASSWORD = "four quiet words here"
PDF = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n"}


@pytest.fixture
def candidate(service, someone) -> Person:
    """A candidate with a phone."""
    login = f"candidate-{uuid4().hex[:8]}@example.com"
    with service.sessions.begin() as session:
        register_candidate(session, login=login, password=PASSWORD, language="en")
    one = someone("en", "phone")
    one.signs_in_as(login)
    return one


@pytest.fixture
def staff(service, someone) -> Person:
    """Somebody of the project, who holds the letters of the authority."""
    login = f"project-{uuid4().hex[:8]}@example.org"
    with service.sessions.begin() as session:
        token = invite(session, None, role=Role.PROJECT_STAFF)
        accept_invitation(session, token=token, login=login, password=PASSWORD, name="Aino Niemi")
    one = someone("en", "desktop")
    one.signs_in_as(login)
    return one


def asks(one: Person, *, award: str, occupation: str, country: str, months: str = "") -> None:
    """The finder's question."""
    one.go("/recognition/finder")
    one.tick("award", award)
    one.fill(months=months)
    one.choose(occupation=occupation)
    one.tick("country", country)
    one.press("Show what is known")


def begins(one: Person, procedure: str, title: str) -> str:
    """From what was found to a case; its address."""
    one.page.locator(f".app-card:has(#{procedure}) a", has_text=one.say("Begin this procedure")).click()
    one.fill(title=title, institute="GCT Lahore", year="2019")
    one.press("Begin")
    return one.page.url


def brings(one: Person, kind: str, *, is_translation: bool = False) -> None:
    """One document through the form."""
    one.choose(kind=kind)
    if is_translation:
        one.tick("is_translation")
    one.page.locator("[name=file]").set_input_files(PDF)
    one.press("Add the document")


def brings_all(one: Person, procedure: str) -> None:
    """Every document that the procedure always asks for."""
    for paper in catalogue().procedure(procedure).papers:
        if paper.when is When.ALWAYS:
            brings(one, paper.kind.value)
            if paper.translation:
                brings(one, paper.kind.value, is_translation=True)


def records(staff: Person, case: str, label: str, letter: str = "") -> None:
    """What the authority wrote, as staff put it down."""
    staff.go(case)
    box = staff.page.locator("details", has_text=staff.say(label)).first
    box.locator("summary").click()
    if letter:
        box.locator("textarea").fill(letter)
    with staff.page.expect_navigation():
        box.get_by_role("button").click()
    staff.arrived()


def makes_up(one: Person, case: str, measure: str) -> None:
    """The missing part."""
    one.go(case)
    one.tick("measure", measure)
    one.press("Begin this measure")


def test_an_electrician_with_a_dae_goes_from_partial_over_the_missing_part_to_full(candidate, staff):
    asks(candidate, award="dae", occupation="7411", country="DE", months="36")
    candidate.sees("Comparing a vocational qualification with a German one")
    case = begins(candidate, "de_bqfg_nonregulated", "DAE Electrical")
    brings_all(candidate, "de_bqfg_nonregulated")
    candidate.press("I have sent the application")
    assert "The authority confirms receipt and says what is missing by" in candidate.text
    records(staff, case, "Record that the file is complete")
    candidate.go(case)
    assert "The authority decides by" in candidate.text
    records(staff, case, "Record partial recognition", "Building automation, 12 weeks")
    makes_up(candidate, case, "training_course")
    records(staff, case, "Record that the measure was passed")
    candidate.go(case)
    candidate.sees("Your qualification is fully recognised.")


def test_a_nurse_to_finland_is_asked_for_additional_studies(candidate, staff):
    asks(candidate, award="bachelor", occupation="2221", country="FI", months="48")
    candidate.sees("Regulated: a permission is needed")
    case = begins(candidate, "fi_nurse_extra_eu", "BSc Nursing")
    brings_all(candidate, "fi_nurse_extra_eu")
    candidate.press("I have sent the application")
    records(staff, case, "Record a notice of missing documents", "The content of the third year is missing.")
    candidate.go(case)
    assert "The content of the third year is missing." in candidate.text
    brings(candidate, "curriculum")
    candidate.press("I have sent the missing documents")
    records(staff, case, "Record that the file is complete")
    candidate.go(case)
    assert "how long this takes is not known to us" in candidate.text
    records(staff, case, "Record partial recognition", "60 credits at a university of applied sciences")
    makes_up(candidate, case, "supplementary_studies")
    records(staff, case, "Record that the measure was passed")
    candidate.go(case)
    candidate.sees("Your qualification is fully recognised.")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_mason_with_six_months_of_training_learns_in_two_pages_what_is_closed_and_what_would_open(someone, language):
    mason = someone(language, "phone")
    asks(mason, award="nvqf_certificate", occupation="7112", country="DE", months="6")
    closed = mason.say(TOO_SHORT).format(needed=24, held=6)
    for said in (closed, mason.say("What would open a way"), mason.say(PARTIAL_OPENS)):
        assert said in mason.text
