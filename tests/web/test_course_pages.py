"""What a candidate does about courses, and what the office and the institute read, each under their own rows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.accounts.throttle import ALLOWED_FAILURES
from talent.foundation.clock import today
from talent.foundation.row_context import SystemContext, within
from talent.readiness import outlook
from talent.training import attendance, integrity, seats, service
from talent.training.attendance import DayPlan
from talent.training.cards import opened
from talent.training.models import Enrolment, Trainee
from talent.training.people import PersonKeys
from talent.training.records import CohortReport
from talent.training.states import CohortAction, EnrolmentState
from tests.conftest import SECRET
from tests.factories.corridor import (
    concept,
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.training import a_cohort, a_person, make_institute
from tests.factories.vacancies import make_officer

KEYS = PersonKeys(SECRET.get_secret_value())


@pytest.fixture
def institute(session):
    make_release(session)
    return make_institute(session)


@pytest.fixture
def cohort(session, institute):
    """Two seats for learning to wire."""
    from talent.training.schemas import CourseDraft, ProgrammeDraft

    programme = service.create_programme(session, institute, ProgrammeDraft(title="Welders"))
    draft = CourseDraft(title="Welding with wiring", occupation_id=concept("Welder"), language="ur")
    course = service.create_course(session, institute, programme, draft)
    service.teach(session, institute, course, [concept("wiring")])
    first = today() - timedelta(days=12)
    made = service.create_cohort(session, institute, course, a_cohort(seats=2, starts_on=first, ends_on=today()))
    service.move(session, institute, made, CohortAction.OPEN)
    return made


@pytest.fixture
def candidate(session, institute):
    profile = make_published_profile(session, skills=("welding steel",))
    return Actor(profile.account_id, Role.CANDIDATE)


@pytest.fixture
def as_(signed_in, session):
    return lambda actor, **options: signed_in(session.get_one(Account, actor.id), **options)


def only(session, kind):
    return session.scalars(select(kind)).one()


def test_a_candidate_applies_and_gives_the_place_back(session, as_, candidate, cohort):
    page = as_(candidate)
    page.send(page.get("/courses"), action=f"/courses/{cohort.id}/apply")
    enrolment = only(session, Enrolment)
    assert enrolment.state is EnrolmentState.ENROLLED
    trainee = only(session, Trainee)
    assert opened(session, [trainee])[trainee.id].full_name == "Ayesha Bibi Khan"
    shown = page.get("/courses")
    assert "Has a seat" in shown.text
    page.send(shown, action=f"/courses/enrolments/{enrolment.id}/withdraw")
    session.refresh(enrolment)
    assert enrolment.state is EnrolmentState.DROPPED_OUT


def test_a_candidate_joins_by_code_and_a_wrong_code_is_said(session, as_, institute, candidate, cohort):
    seats.enrol(session, institute, cohort.id, a_person(1), keys=KEYS)
    page = as_(candidate)
    again = page.send(page.get("/courses"), action="/courses/join", code="AAAAAAAA", expect=422)
    assert "#code" in again.errors
    page.send(page.get("/courses"), action="/courses/join", code=only(session, Trainee).claim_code.lower())
    assert only(session, Trainee).claimed_at is not None


def test_a_candidate_is_told_what_a_course_would_bring_into_reach(session, as_, candidate, cohort):
    make_published_vacancy(session, make_agency(session), must=("welding steel", "wiring"))
    assert "1 vacancy needs what you would learn: wiring" in as_(candidate).get("/courses").text


def test_the_courses_read_well_in_urdu(as_, candidate, cohort):
    assert as_(candidate).get("/courses?lang=ur").heading == "کورس"


def test_a_candidate_sees_nobody_else_in_the_cohort(session, as_, institute, candidate, cohort):
    seats.enrol(session, institute, cohort.id, a_person(1), keys=KEYS)
    assert "Muhammad Aslam" not in as_(candidate).get("/courses").text


def test_what_to_teach_next_shows_the_course_and_the_heat_map(session, as_, institute, candidate, cohort):
    make_published_vacancy(session, make_agency(session), must=("welding steel", "wiring"), seats=7, country="IT")
    with within(session, SystemContext.FIGURES):
        outlook.refresh(session)
    shown = as_(institute).get("/institute/outlook")
    assert "Welding with wiring" in shown.text
    assert "Italy" in shown.text
    assert "Fewer than 10" in shown.text


def test_what_to_teach_next_says_when_there_is_no_picture_yet(as_, institute):
    assert "first picture" in as_(institute).get("/institute/outlook").text


def test_the_office_settles_what_was_noticed(session, as_, institute, cohort):
    seats.enrol(session, institute, cohort.id, a_person(1), keys=KEYS)
    attendance.plan_days(session, institute, cohort, [DayPlan(frozenset(range(7)), 360)])
    service.move(session, institute, cohort, CohortAction.START)
    integrity.look_at(session)
    office = as_(make_officer(session, role=Role.PROJECT_STAFF))
    shown = office.get("/training/noticed")
    action = next(form.action for form in shown.tree.xpath("//main//form") if form.action.endswith("/explain"))
    office.send(shown, action=action, reason="The workshop was closed for Eid")
    assert "Explained" in office.get("/training/noticed").text
    as_(institute).get("/training/noticed", expect=403)


def test_the_institute_notes_that_a_report_was_sent_and_takes_its_file(session, as_, institute, cohort):
    desk = as_(institute)
    here = f"/training/cohorts/{cohort.id}/reports"
    desk.send(desk.get(here), action=f"{here}/inception/sent")
    assert only(session, CohortReport).sent_by == institute.id
    file = desk.client.get(f"{here}/trainees.xlsx")
    assert file.status_code == 200
    assert file.content.startswith(b"PK")
    for name in ("inception.pdf", "progress.pdf?month=2026-11-01", "on_the_job.pdf"):
        printed = desk.client.get(f"{here}/{name}")
        assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")
    assert desk.client.get(f"{here}/trainees.docx").status_code == 404


def test_codes_are_not_guessed(session, signed_in):
    """Ten wrong ones from one account, and even the right one waits; another candidate is not held up."""
    guesser, other = (signed_in(make_account(session)) for _ in range(2))
    for _ in range(ALLOWED_FAILURES["claim"]):
        assert (
            "#code" in guesser.send(guesser.get("/courses"), action="/courses/join", code="AAAA2222", expect=422).errors
        )
    stopped = guesser.send(guesser.get("/courses"), action="/courses/join", code="AAAA2222", expect=429)
    assert "Too many tries" in str(stopped.errors)
    other.send(other.get("/courses"), action="/courses/join", code="AAAA2222", expect=422)
