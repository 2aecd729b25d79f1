"""The pages of an institute, of an agency that asks it, of a trainee, and of whoever reports without a name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.models import Account, UsedFormKey
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.training import attendance, service
from talent.training import seats as seating
from talent.training.attendance import DayPlan
from talent.training.models import Cohort, Course, Enrolment, Programme, TrainingRequest
from talent.training.people import PersonKeys
from talent.training.records import Attendance, Concern
from talent.training.register import RegisterKind, template
from talent.training.states import CohortAction, EnrolmentState
from tests.conftest import SECRET
from tests.factories.training import a_person, make_cohort, make_institute
from tests.factories.vacancies import VacancyState, load_words, make_officer, make_vacancy, skill

KEYS = PersonKeys(SECRET.get_secret_value())


@pytest.fixture
def institute(session):
    load_words(session)
    return make_institute(session)


@pytest.fixture
def as_(signed_in, session):
    return lambda actor, **options: signed_in(session.get_one(Account, actor.id), **options)


@pytest.fixture
def desk(as_, institute):
    return as_(institute)


@pytest.fixture
def running(session, institute):
    """Two people; it began two days ago."""
    made = make_cohort(session, institute, starts_on=today() - timedelta(days=2), ends_on=today() + timedelta(days=5))
    for number in (1, 2):
        seating.enrol(session, institute, made.id, a_person(number), keys=KEYS)
    attendance.plan_days(session, institute, made, [DayPlan(frozenset(range(7)), 360)])
    service.move(session, institute, made, CohortAction.START)
    return made


def only(session, kind):
    return session.scalars(select(kind)).one()


def test_an_institute_writes_a_programme_a_course_and_a_cohort_and_opens_it(session, desk):
    desk.send(desk.get("/training/programmes/new"), title="Welders for Italy", paid_by="European Union")
    programme = only(session, Programme)
    onward = desk.send(
        desk.get(f"/training/programmes/{programme.id}/courses/new"),
        title="MIG/MAG welding", occupation="7212", vocational_hours="300", civic_hours="100",
        language_taught="it", language_level="A1",
    )  # fmt: skip
    course = only(session, Course)
    assert onward == f"/training/courses/{course.id}/skills"
    desk.send(desk.get(onward), press=("go", "save"), skills=[str(skill("mig-mag")), str(skill("tig"))])
    assert {one.skill_id for one in service.get_course(session, _officer(session), course.id).skills} == {
        skill("mig-mag"),
        skill("tig"),
    }
    first, last = today() + timedelta(days=5), today() + timedelta(days=60)
    here = desk.send(
        desk.get(f"/training/courses/{course.id}/cohorts/new"),
        **{f"starts_on-{box}": str(getattr(first, box)) for box in ("day", "month", "year")},
        **{f"ends_on-{box}": str(getattr(last, box)) for box in ("day", "month", "year")},
        seats="2", venue="Workshop 2, Lahore", instructors="Imran Siddiqui",
    )  # fmt: skip
    desk.send(desk.get(here), action=f"{here}/step/open")
    assert only(session, Cohort).state.value == "enrolling"


def _officer(session):
    account = session.scalars(select(Account).where(Account.role == Role.INSTITUTE_OFFICER)).first()
    return Actor(account.id, account.role, account.name, account.organisation_id)


def test_what_was_typed_stays_when_something_is_wrong(desk):
    desk.send(desk.get("/training/programmes/new"), title="Welders")
    again = desk.send(desk.get("/training/programmes/new"), expect=422, title="Welders", about="The same once more")
    assert again.form().fields["about"].strip() == "The same once more"


def test_a_person_is_put_in_by_hand_and_the_next_one_waits(session, desk, institute):
    small = make_cohort(session, institute, seats=1)
    for number in (1, 2):
        person = a_person(number)
        desk.send(
            desk.get(f"/training/cohorts/{small.id}/people/new"),
            full_name=person.full_name, cnic=person.cnic, phone=person.phone,
        )  # fmt: skip
    shown = desk.get(f"/training/cohorts/{small.id}").text
    assert "Has a seat" in shown
    assert "Waits for a seat" in shown


def test_a_wrong_number_is_said_beside_its_box(session, desk, institute):
    cohort = make_cohort(session, institute)
    again = desk.send(
        desk.get(f"/training/cohorts/{cohort.id}/people/new"), full_name="Ali Raza", cnic="123", expect=422
    )
    assert "13 digits" in again.errors["#cnic"]


def test_the_register_of_a_day_is_kept_with_three_marks(session, desk, running):
    first, second = [one.id for one in seating.people_in(session, running)]
    day = today().isoformat()
    desk.send(
        desk.get(f"/training/cohorts/{running.id}/register/{day}"),
        **{f"mark-{first}": "half", f"mark-{second}": "absent"},
    )
    minutes = dict(session.execute(select(Attendance.enrolment_id, Attendance.minutes)).all())
    assert minutes == {first: 180, second: 0}
    assert "Signature" in desk.get(f"/training/cohorts/{running.id}/sheet/{day}").text


def test_a_person_who_leaves_needs_a_reason_and_frees_the_seat(session, desk, running):
    one = seating.people_in(session, running)[0]
    page = desk.get(f"/training/enrolments/{one.id}")
    desk.send(page, action=f"/training/enrolments/{one.id}/drop_out", expect=422)
    desk.send(
        desk.get(f"/training/enrolments/{one.id}"),
        action=f"/training/enrolments/{one.id}/drop_out", reason="Found work in Karachi",
    )  # fmt: skip
    assert session.get(Enrolment, one.id).state is EnrolmentState.DROPPED_OUT


def test_whoever_teaches_is_refused_as_assessor(desk, running):
    here = f"/training/cohorts/{running.id}/assessments/new"
    again = desk.send(desk.get(here), kind="practical", title="Test PA", assessor="imran siddiqui", expect=422)
    assert "teaches this cohort" in again.errors["#assessor"]


def test_a_file_is_looked_at_first_and_then_taken(session, desk, institute):
    make_cohort(session, institute, reference="C-001")
    content = template(RegisterKind.PEOPLE, "xlsx")
    here = desk.send(desk.get("/training/files"), kind="people", files={"file": ("list.xlsx", content)})
    assert session.scalars(select(Enrolment)).all() == []
    desk.send(desk.get(here), action=f"{here}/take")
    assert only(session, Enrolment).state is EnrolmentState.ENROLLED


def test_an_agency_asks_and_the_institute_answers_with_a_cohort(session, as_, desk, institute):
    agency = make_officer(session)
    vacancy = make_vacancy(session, agency, VacancyState.PUBLISHED)
    office = as_(agency)
    office.send(
        office.get(f"/vacancies/{vacancy.id}/training"), institute_id=str(institute.organisation_id), people="20"
    )
    request = only(session, TrainingRequest)
    cohort = make_cohort(session, institute)
    shown = desk.get(f"/training/requests/{request.id}")
    assert f"/training/courses/{cohort.course_id}/cohorts/new?request_id={request.id}" in shown.links()
    here = desk.send(desk.get(f"/training/courses/{cohort.course_id}/cohorts/new?request_id={request.id}"))
    planned = session.get(Cohort, here.rpartition("/")[2])
    assert (planned.seats, planned.reserved_seats, planned.vacancy_id) == (20, 20, vacancy.id)


def test_an_agency_never_reads_a_register(session, as_, running):
    office = as_(make_officer(session))
    office.get("/training", expect=403)
    office.get(f"/training/cohorts/{running.id}", expect=403)


def test_another_institutes_cohort_is_not_there(session, as_, running):
    other = as_(make_institute(session))
    other.get(f"/training/cohorts/{running.id}", expect=404)


def test_project_staff_read_and_are_offered_nothing_to_press(session, as_, running):
    staff = as_(make_officer(session, role=Role.PROJECT_STAFF))
    shown = staff.get(f"/training/cohorts/{running.id}")
    assert "Muhammad Aslam 1" in shown.text
    assert shown.tree.xpath("//main//form[@method='post']") == []


def test_a_concern_keeps_neither_the_account_nor_the_form_under_it(session, as_, institute):
    somebody = make_officer(session, role=Role.CANDIDATE)
    page = as_(somebody)
    page.send(
        page.get("/concern"),
        institute_id=str(institute.organisation_id), kind="fee_charged", words="They asked me for 50 000 rupees",
    )  # fmt: skip
    kept = only(session, Concern)
    assert kept.on_day == today()
    assert somebody.id not in session.scalars(select(UsedFormKey.sent_by)).all()
    assert "account" not in " ".join(column.name for column in Concern.__table__.columns)


def test_an_institute_states_levels_where_an_authority_did_and_the_course_shows_them(session, desk, running):
    course = service.get_course(session, _officer(session), running.course_id)
    address = f"/training/courses/{course.id}"
    first = course.skills[0]
    assert "EQF level" not in desk.get(address).text
    desk.send(desk.get(f"{address}/levels"), **{"rows-0-level": "4"})
    session.expire_all()
    held = {one.skill_id: one.eqf_level for one in service.get_course(session, _officer(session), course.id).skills}
    assert held == {one: 4 if one == first.skill_id else None for one in held}
    assert "EQF level 4" in desk.get(address).text
    desk.send(desk.get(f"{address}/levels"), **{"rows-0-level": ""})
    assert "EQF level" not in desk.get(address).text


def test_project_staff_set_the_day_of_a_report_with_who_decided_it_and_take_it_back(as_, session, desk, running):
    reports = f"/training/cohorts/{running.id}/reports"
    assert desk.get(reports).text.count("No source states a day") == 3
    staff = as_(make_officer(session, role=Role.PROJECT_STAFF))
    here = "/training/report-days"
    form = staff.get(here)
    bad = staff.send(form, action=here, kind="completion", days="soon", expect=422)
    assert "Say who decided it, or which paper says so" in bad.text
    staff.send(
        form, action=here, kind="completion", days="30", decided_by="Steering group, minutes of 3 November 2026",
        **{"decided_on-day": "3", "decided_on-month": "11", "decided_on-year": "2026"},
    )  # fmt: skip
    told = desk.get(reports).text
    assert told.count("No source states a day") == 2
    assert "Steering group, minutes of 3 November 2026" in told
    staff.send(staff.get(here), action=f"{here}/completion/forget")
    assert desk.get(reports).text.count("No source states a day") == 3
    desk.get(here, expect=403)
