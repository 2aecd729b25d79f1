"""Cases of recognition on their pages: a candidate, an authority's office and project staff, each in a browser."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now, today
from talent.foundation.row_context import SystemContext, of_system
from talent.recognition.inbox import recompute
from talent.recognition.models import RecognitionCase, RecognitionReminder
from talent.recognition.procedures import catalogue
from talent.recognition.reminders import remind
from talent.recognition.states import CaseState
from talent.recognition.terms import When
from tests.factories.corridor import make_account
from tests.factories.recognition import load_trades

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
ELECTRICIAN = "/recognition/new?procedure=de_bqfg_nonregulated&award=dae&occupation=7411"
NURSE = "/recognition/new?procedure=fi_nurse_extra_eu&award=bachelor&occupation=2221"


@pytest.fixture(autouse=True)
def words(session):
    load_trades(session)


@pytest.fixture
def office(session):
    made = Organisation(
        kind=OrganisationKind.RECOGNITION_AUTHORITY, name="IHK FOSA (test)", country="DE", created_at=now()
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def candidate(signed_in, session):
    return signed_in(make_account(session))


@pytest.fixture
def staff(signed_in, session):
    return signed_in(make_account(session, Role.PROJECT_STAFF))


@pytest.fixture
def officer(signed_in, session, office):
    return signed_in(make_account(session, Role.RECOGNITION_OFFICER, organisation_id=office.id))


def begin(candidate, address: str) -> str:
    return candidate.send(candidate.get(address), title="DAE Electrical", institute="PBTE", year="2015")


def add(candidate, here: str, kind: str, **told: object) -> None:
    page = candidate.get(here)
    candidate.send(
        page, action=f"{here}/papers", files={"file": ("paper.pdf", PDF, "application/pdf")}, kind=kind, **told
    )


def add_all(candidate, here: str, procedure: str) -> None:
    for paper in catalogue().procedure(procedure).papers:
        if paper.when is When.ALWAYS:
            add(candidate, here, paper.kind.value)
            if paper.translation:
                add(candidate, here, paper.kind.value, is_translation="true")


def step(browser, here: str, action: str, **told: object):
    return browser.send(browser.get(here), action=f"{here}/step/{action}", **told)


def only(session) -> RecognitionCase:
    session.expire_all()
    return session.scalars(select(RecognitionCase)).one()


def test_an_electrician_with_a_dae_goes_from_partial_recognition_over_a_course_to_full(
    session, candidate, staff, officer, office
):
    here = begin(candidate, ELECTRICIAN)
    page = candidate.get(here)
    assert "Missing" in page.text
    assert f"{here}/step/submit" not in [form.action for form in page.tree.iter("form")]
    add_all(candidate, here, "de_bqfg_nonregulated")
    step(candidate, here, "submit")
    assert "The authority confirms receipt and says what is missing by" in candidate.get(here).text

    officer.get(here, expect=404)
    staff.send(staff.get(here), action=f"{here}/office/{office.id}")
    step(officer, here, "confirm_complete")
    assert "The authority decides by" in candidate.get(here).text
    step(officer, here, "recognise_in_part", note="Building automation, 12 weeks")
    page = candidate.get(here)
    assert "Building automation, 12 weeks" in page.text
    step(candidate, here, "begin_measure", measure="training_course")
    step(officer, here, "pass_measure")
    assert only(session).state is CaseState.FULL
    assert "Your qualification is fully recognised." in candidate.get(here).text


def test_a_nurse_to_finland_reads_that_the_length_is_unknown_and_makes_up_additional_studies(session, candidate, staff):
    here = begin(candidate, NURSE)
    add_all(candidate, here, "fi_nurse_extra_eu")
    step(candidate, here, "submit")
    step(staff, here, "find_deficit", note="The content of the studies is missing.")
    assert "The content of the studies is missing." in candidate.get(here).text
    add(candidate, here, "curriculum")
    step(candidate, here, "supply")
    step(staff, here, "confirm_complete")
    assert "how long this takes is not known to us" in candidate.get(here).text
    step(staff, here, "recognise_in_part", note="60 credits at a university of applied sciences")
    step(candidate, here, "begin_measure", measure="supplementary_studies")
    step(staff, here, "pass_measure")
    assert only(session).state is CaseState.FULL


def test_a_case_cannot_be_sent_while_a_paper_is_missing(candidate):
    here = begin(candidate, ELECTRICIAN)
    refused = candidate.client.post(f"{here}/step/submit", headers={"Accept": "text/html"})
    assert refused.status_code in (400, 403)  # no button, so no token


def test_another_candidates_case_does_not_exist(candidate, signed_in, session):
    here = begin(candidate, ELECTRICIAN)
    signed_in(make_account(session)).get(here, expect=404)


def test_an_office_sees_no_case_of_another_office_and_none_that_was_not_sent(
    session, candidate, staff, officer, office, signed_in
):
    here = begin(candidate, ELECTRICIAN)
    case = only(session)
    case.organisation_id = office.id
    session.flush()
    officer.get(here, expect=404)
    add_all(candidate, here, "de_bqfg_nonregulated")
    step(candidate, here, "submit")
    officer.get(here)
    other = Organisation(kind=OrganisationKind.RECOGNITION_AUTHORITY, name="HWK (test)", country="DE", created_at=now())
    session.add(other)
    session.flush()
    signed_in(make_account(session, Role.RECOGNITION_OFFICER, organisation_id=other.id)).get(here, expect=404)


def test_a_second_open_case_for_the_same_is_refused_in_a_sentence(candidate):
    begin(candidate, ELECTRICIAN)
    again = candidate.send(candidate.get(ELECTRICIAN), title="DAE Electrical", expect=422)
    assert "You have an open case" in again.errors["#title"]


def test_a_file_that_is_no_document_is_refused_and_nothing_is_kept(session, candidate):
    here = begin(candidate, ELECTRICIAN)
    page = candidate.get(here)
    again = candidate.send(
        page, action=f"{here}/papers", files={"file": ("x.pdf", b"MZ\x90\x00 program", "application/pdf")},
        kind="identity", expect=422,
    )  # fmt: skip
    assert "Bring a PDF, a JPEG or a PNG" in again.errors["#file"]


def test_a_translation_needs_its_original_first(candidate):
    here = begin(candidate, ELECTRICIAN)
    page = candidate.get(here)
    again = candidate.send(
        page, action=f"{here}/papers", files={"file": ("x.pdf", PDF, "application/pdf")},
        kind="training_certificate", is_translation="true", expect=422,
    )  # fmt: skip
    assert "Add the original first" in again.errors["#file"]


def test_who_reads_a_document_of_somebody_else_is_written_down(session, candidate, staff):
    here = begin(candidate, ELECTRICIAN)
    add(candidate, here, "identity")
    paper = next(link for link in candidate.get(here).links() if "/papers/" in link)
    assert candidate.client.get(paper).content == PDF
    reads = select(AuditEntry).where(AuditEntry.action == "recognition_paper.read")
    assert session.scalars(reads).all() == []
    assert staff.client.get(paper).content == PDF
    assert len(session.scalars(reads).all()) == 1


def test_the_issuers_answer_stands_beside_the_document(candidate, staff):
    here = begin(candidate, ELECTRICIAN)
    add(candidate, here, "training_certificate")
    page = staff.get(here)
    action = next(form.action for form in page.tree.iter("form") if form.action.endswith("/verify"))
    staff.send(page, action=action, verified_by="PBTE Lahore", verified_on=today().isoformat(), is_genuine="true")
    assert "Confirmed by the issuer" in candidate.get(here).text
    corrected = staff.get(here)
    assert "PBTE Lahore" in corrected.text
    staff.send(corrected, action=action, verified_by="PBTE Multan", verified_on=today().isoformat(), is_genuine=[])
    told = candidate.get(here).text
    assert "Not confirmed by the issuer" in told
    assert "PBTE Multan" in told
    assert "PBTE Lahore" not in told


def sent_case(session, candidate) -> str:
    here = begin(candidate, ELECTRICIAN)
    add_all(candidate, here, "de_bqfg_nonregulated")
    step(candidate, here, "submit")
    return here


def test_an_overdue_case_leads_the_inbox_says_what_silence_means_and_reminds_once(session, candidate, staff):
    here = sent_case(session, candidate)
    step(staff, here, "confirm_complete")
    case = only(session)
    case.submitted_on = case.complete_on = today() - timedelta(days=200)
    session.flush()
    assert recompute(session) == 1
    session.expire_all()
    assert "Overdue" in staff.get("/recognition/inbox").text
    page = candidate.get(here)
    assert "the deadline ended on" in page.text
    assert "Silence decides nothing." in page.text
    assert (remind(session), remind(session)) == (1, 0)
    assert len(session.scalars(select(RecognitionReminder)).all()) == 1


def test_a_stopped_clock_has_no_deadline_and_goes_on_when_it_is_told(session, candidate, staff):
    here = sent_case(session, candidate)
    step(staff, here, "confirm_complete")
    before = only(session).next_deadline_on
    day = today()
    boxes = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
    staff.send(
        staff.get(here), action=f"{here}/stop", why="information", **{f"since-{box}": n for box, n in boxes.items()}
    )
    assert only(session).next_deadline_on is None
    staff.send(staff.get(here), action=f"{here}/resume", **{f"until-{box}": n for box, n in boxes.items()})
    assert only(session).next_deadline_on >= before


def test_a_corrected_day_moves_the_deadlines_that_end_on_it(session, candidate, staff):
    sent_case(session, candidate)
    ends = only(session).next_deadline_on
    boxes = {"day-day": str(ends.day), "day-month": str(ends.month), "day-year": str(ends.year)}
    staff.send(staff.get("/recognition/calendars"), region="DE", is_free="true", reason="bridge day by decree", **boxes)
    assert only(session).next_deadline_on > ends


def test_a_decision_in_the_future_is_refused(candidate, staff, session):
    here = sent_case(session, candidate)
    later = (today() + timedelta(days=1)).isoformat()
    again = staff.send(staff.get(here), action=f"{here}/step/confirm_complete", on=later, expect=422)
    assert "The day has not come yet" in " ".join(again.errors.values())


def test_a_decision_before_the_application_is_refused(candidate, staff, session):
    here = sent_case(session, candidate)
    earlier = (today() - timedelta(days=1)).isoformat()
    again = staff.send(staff.get(here), action=f"{here}/step/confirm_complete", on=earlier, expect=422)
    assert "before the application arrived" in " ".join(again.errors.values())


def test_the_night_may_read_what_it_needs_to_remind(session, candidate, staff):
    from talent.foundation.row_context import enter

    here = sent_case(session, candidate)
    step(staff, here, "confirm_complete")
    case = only(session)
    case.submitted_on = case.complete_on = today() - timedelta(days=200)
    session.flush()
    enter(session, of_system(SystemContext.NIGHTLY))
    assert recompute(session) == 1
    session.expire_all()
    assert remind(session) == 1
    enter(session, of_system(SystemContext.OPERATOR))
