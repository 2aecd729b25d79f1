"""Files of people and of attendance: dry run, good rows taken, bad ones back, the same file twice one effect."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from talent.casework.take import journal
from talent.foundation.clock import today
from talent.foundation.errors import NotFound, NotPermitted
from talent.training import attendance, minutes, register, seats, service
from talent.training.attendance import DayPlan
from talent.training.models import Enrolment, Trainee
from talent.training.records import Attendance
from talent.training.register import RegisterKind, UnusableRegister
from talent.training.states import ENROLMENT, CohortAction, EnrolmentAction, EnrolmentState
from tests.factories.files import xlsx
from tests.factories.training import KEYS, a_person, make_cohort

HEADER = ("Cohort", "Full name", "CNIC", "Mobile", "for_vacancy")
NAMES = ("cohort", "name", "cnic", "phone", "date", "minutes")
EVERY_DAY = frozenset(range(7))


def row(cohort, number, /, **changed):
    person = a_person(number)
    values = {"cohort": cohort.reference, "name": person.full_name, "cnic": person.cnic, "phone": person.phone}
    return [*(values | changed).values()]


def people(*rows):
    return xlsx([HEADER, *rows])


@pytest.fixture
def desk(session, institute, tmp_path):
    """Brings a file, takes it, and gives the rest back."""

    class Desk:
        def upload(self, content, kind=RegisterKind.PEOPLE, officer=institute):
            return register.upload(
                session, officer, kind, content, original_name="list.xlsx", var_dir=tmp_path, keys=KEYS
            )

        def take(self, content, kind=RegisterKind.PEOPLE):
            brought = self.upload(content, kind)
            register.take(session, institute, brought, var_dir=tmp_path, keys=KEYS)
            return brought

        def back(self, brought):
            content, kind = register.rejected(
                session, brought, var_dir=tmp_path, keys=KEYS, say=lambda said: said.english()
            )
            assert kind == "xlsx"
            table = register.read_register(content, RegisterKind.PEOPLE)
            return [one.values["name"] for one in table.rows], [one.cells[-1] for one in table.rows]

    return Desk()


def enrolled(session):
    return session.scalar(select(func.count()).select_from(Enrolment))


def test_the_dry_run_enrols_nobody(session, cohort, desk):
    brought = desk.upload(people(row(cohort, 1), row(cohort, 2)))
    assert (brought.counts, enrolled(session)) == ({"new": 2}, 0)


def test_good_rows_are_taken_and_bad_ones_come_back_with_their_reasons(session, cohort, desk):
    brought = desk.take(
        people(
            row(cohort, 1),
            row(cohort, 2, cnic="123"),
            row(cohort, 3, name=""),
            row(cohort, 4, cohort="C-999"),
            row(cohort, 1),
        )
    )
    assert brought.counts == {"new": 1, "refused": 4}
    names, reasons = desk.back(brought)
    assert names == ["Muhammad Aslam 2", "", "Muhammad Aslam 4", "Muhammad Aslam 1"]
    assert [reason.partition(":")[0] for reason in reasons] == ["cnic", "name", "cohort", "name"]
    assert "row 2" in reasons[3]


def test_the_same_file_twice_has_one_effect(session, cohort, desk):
    content = people(*(row(cohort, number) for number in range(30)))
    desk.take(content)
    before = session.execute(select(Enrolment.number, Enrolment.seat).order_by(Enrolment.number)).all()
    again = desk.take(content)
    assert again.counts == {"same": 30}
    assert session.execute(select(Enrolment.number, Enrolment.seat).order_by(Enrolment.number)).all() == before


def test_taking_a_file_twice_has_one_effect(session, institute, cohort, desk, tmp_path):
    brought = desk.take(people(row(cohort, 1)))
    register.take(session, institute, brought, var_dir=tmp_path, keys=KEYS)
    assert enrolled(session) == 1


def test_seats_are_given_in_the_order_of_the_rows_and_the_rest_waits(session, institute, desk):
    small = make_cohort(session, institute, seats=2)
    desk.take(people(*(row(small, number) for number in range(3))))
    found = seats.people_in(session, small)
    assert [name[-1] for name in seats.names_of(session, found).values()] == ["0", "1", "2"]
    assert [(one.seat, one.state) for one in found] == [
        (1, EnrolmentState.ENROLLED),
        (2, EnrolmentState.ENROLLED),
        (None, EnrolmentState.APPLIED),
    ]


def test_whoever_waits_from_a_file_gets_a_freed_seat(session, institute, desk):
    small = make_cohort(session, institute, seats=1)
    desk.take(people(row(small, 1), row(small, 2)))
    first, second = seats.people_in(session, small)
    seats.leave(session, institute, first, EnrolmentAction.DROP_OUT, reason="Moved")
    assert second.seat == 1


def test_a_row_leaves_the_same_lines_in_the_journal_as_a_form(session, institute, cohort, desk):
    by_hand = seats.enrol(session, institute, cohort.id, a_person(1), keys=KEYS)
    desk.take(people(row(cohort, 2)))
    by_file = seats.people_in(session, cohort)[1]
    lines = [
        [(line.action, line.from_state, line.to_state) for line in journal(session, ENROLMENT, one.id)]
        for one in (by_hand, by_file)
    ]
    assert lines[0] == lines[1] == [("enrol", "applied", "enrolled")]


def test_a_person_of_an_earlier_cohort_is_recognised_and_not_made_twice(session, institute, cohort, desk):
    desk.take(people(row(cohort, 1)))
    other = make_cohort(session, institute, reference="C-2027")
    desk.take(people(row(other, 1, name="M. ASLAM", phone="")))
    assert session.scalar(select(func.count()).select_from(Trainee)) == 1
    assert enrolled(session) == 2


def test_one_person_in_two_cohorts_of_one_file_is_one_trainee(session, institute, cohort, desk):
    other = make_cohort(session, institute, reference="C-2027")
    desk.take(people(row(cohort, 1), row(other, 1)))
    assert session.scalar(select(func.count()).select_from(Trainee)) == 1


def test_a_file_without_its_columns_is_refused_as_a_whole(desk):
    with pytest.raises(UnusableRegister) as wrong:
        desk.upload(xlsx([("Name", "CNIC"), ("Ali", "35202")]))
    assert "cohort" in str(wrong.value.problems[0])


def test_only_an_institute_brings_a_register(session, agency, desk, cohort):
    with pytest.raises(NotPermitted):
        desk.upload(people(row(cohort, 1)), officer=agency)


def test_another_institutes_file_and_cohort_do_not_exist_for_me(session, cohort, desk, other_institute):
    brought = desk.upload(people(row(cohort, 1)))
    with pytest.raises(NotFound):
        register.get_register(session, other_institute, brought.id)
    theirs = desk.upload(people(row(cohort, 1)), officer=other_institute)
    assert theirs.counts == {"refused": 1}


def test_the_template_can_be_brought_as_it_is(session, institute, desk):
    make_cohort(session, institute, reference="C-001")
    assert desk.upload(register.template(RegisterKind.PEOPLE, "xlsx")).counts == {"new": 1}


@pytest.fixture
def running(session, institute):
    """Two people on a course that began six days ago, every day six hours."""
    made = make_cohort(session, institute, starts_on=today() - timedelta(days=6), ends_on=today() + timedelta(days=3))
    for number in (1, 2):
        seats.enrol(session, institute, made.id, a_person(number), keys=KEYS)
    attendance.plan_days(session, institute, made, [DayPlan(EVERY_DAY, 360)])
    service.move(session, institute, made, CohortAction.START)
    return made


def mark(cohort, number, days_ago, minutes, /, **changed):
    person = a_person(number)
    values = {
        "cohort": cohort.reference,
        "name": person.full_name,
        "cnic": person.cnic,
        "phone": person.phone,
        "date": str(today() - timedelta(days=days_ago)),
        "minutes": str(minutes),
    }
    return [*(values | changed).values()]


def test_minutes_of_a_file_are_written_and_the_day_is_kept(session, running, desk):
    brought = desk.take(xlsx([NAMES, mark(running, 1, 1, 360), mark(running, 2, 1, 180)]), RegisterKind.ATTENDANCE)
    assert brought.counts == {"new": 2}
    stands = minutes.standings(session, running).values()
    assert sorted((one.planned, one.past, one.attended) for one in stands) == [(3600, 360, 180), (3600, 360, 360)]


def test_the_same_attendance_twice_has_one_effect_and_a_correction_is_taken(session, running, desk):
    desk.take(xlsx([NAMES, mark(running, 1, 1, 360)]), RegisterKind.ATTENDANCE)
    again = desk.take(xlsx([NAMES, mark(running, 1, 1, 360)]), RegisterKind.ATTENDANCE)
    corrected = desk.take(xlsx([NAMES, mark(running, 1, 1, 0)]), RegisterKind.ATTENDANCE)
    assert (again.counts, corrected.counts) == ({"same": 1}, {"new": 1})
    assert session.scalars(select(Attendance.minutes)).all() == [0]


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"minutes": "361"}, "minutes"),
        ({"minutes": "-1"}, "minutes"),
        ({"minutes": "six"}, "minutes"),
        ({"date": "20.11.2026"}, "date"),
        ({"date": str(today() + timedelta(days=1))}, "date"),
        ({"date": str(today() - timedelta(days=60))}, "date"),
        ({"cnic": "3520299999999"}, "name"),
        ({"cohort": "C-999"}, "cohort"),
    ],
)
def test_a_row_that_cannot_be_is_refused_at_its_column(session, running, desk, changed, column):
    brought = desk.upload(xlsx([NAMES, mark(running, 1, 1, 360, **changed)]), RegisterKind.ATTENDANCE)
    ((_, _, problems),) = register.refused_rows(session, brought)
    assert [name for name, _ in problems] == [column]
