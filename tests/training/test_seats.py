"""Seats and the waiting list, over the database."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from talent.casework.take import journal
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.training import seats, service
from talent.training.models import Enrolment, Trainee
from talent.training.states import ENROLMENT, CohortAction, EnrolmentAction, EnrolmentState
from tests.factories.training import KEYS, a_cohort, a_person, make_cohort
from tests.factories.vacancies import VacancyState, make_vacancy

E = EnrolmentState


def bring(session, officer, cohort, *people, for_vacancy=False):
    return [
        seats.enrol(session, officer, cohort.id, a_person(number), keys=KEYS, for_vacancy=for_vacancy)
        for number in people
    ]


@pytest.fixture
def two_seats(session, institute):
    return make_cohort(session, institute, seats=2)


@pytest.fixture
def reserved(session, institute, agency):
    """Three seats, two of them kept for a vacancy."""
    vacancy = make_vacancy(session, agency, VacancyState.PUBLISHED)
    return make_cohort(session, institute, seats=3, reserved_seats=2, vacancy_id=vacancy.id)


def test_the_third_waits_for_two_seats(session, institute, two_seats):
    assert [one.state for one in bring(session, institute, two_seats, 1, 2, 3)] == [E.ENROLLED, E.ENROLLED, E.APPLIED]


def test_a_freed_seat_goes_to_the_first_who_waits(session, institute, two_seats):
    first, _, third, fourth = bring(session, institute, two_seats, 1, 2, 3, 4)
    got = seats.leave(session, institute, first, EnrolmentAction.DROP_OUT, reason="Found work in Karachi")
    assert [one.id for one in got] == [third.id]
    assert (first.seat, third.seat, fourth.state) == (None, 1, E.APPLIED)


def test_who_leaves_the_waiting_list_frees_no_seat(session, institute, two_seats):
    *_, third, fourth = bring(session, institute, two_seats, 1, 2, 3, 4)
    assert seats.leave(session, institute, third, EnrolmentAction.DROP_OUT, reason="Moved away") == []
    assert fourth.state is E.APPLIED


def test_leaving_without_a_reason_changes_nothing(session, institute, two_seats):
    (one,) = bring(session, institute, two_seats, 1)
    with pytest.raises(Unprocessable):
        seats.leave(session, institute, one, EnrolmentAction.EXCLUDE)
    assert (one.state, one.seat) == (E.ENROLLED, 1)


def test_reserved_seats_wait_for_people_of_the_vacancy(session, institute, reserved):
    others = bring(session, institute, reserved, 1, 2)
    nominated = bring(session, institute, reserved, 3, 4, 5, for_vacancy=True)
    assert [one.seat for one in others] == [3, None]
    assert [one.seat for one in nominated] == [1, 2, None]


def test_seats_are_kept_only_for_a_vacancy(session, institute, cohort):
    with pytest.raises(Unprocessable):
        service.edit_cohort(session, institute, cohort, a_cohort(reserved_seats=5))


def test_more_seats_are_given_to_those_who_wait(session, institute, two_seats):
    *_, third = bring(session, institute, two_seats, 1, 2, 3)
    service.edit_cohort(session, institute, two_seats, a_cohort(seats=3))
    seats.give_seats(session, two_seats)
    assert third.seat == 3


def test_a_seat_that_somebody_has_cannot_be_taken_away(session, institute, two_seats):
    bring(session, institute, two_seats, 1, 2)
    with pytest.raises(Unprocessable):
        service.edit_cohort(session, institute, two_seats, a_cohort(seats=1))


def test_the_same_person_is_not_enrolled_twice(session, institute, cohort):
    bring(session, institute, cohort, 1)
    with pytest.raises(seats.ThereAlready):
        seats.enrol(session, institute, cohort.id, a_person(1, full_name="M. Aslam", phone=""), keys=KEYS)


def test_two_people_of_one_name_and_one_phone_are_told_apart_by_their_numbers(session, institute, cohort):
    one = a_person(1, phone="03011111111", full_name="Ali Raza")
    other = a_person(2, phone="03011111111", full_name="Ali Raza")
    for person in (one, other):
        seats.enrol(session, institute, cohort.id, person, keys=KEYS)
    assert session.scalar(select(func.count()).select_from(Trainee)) == 2


def test_somebody_without_a_number_is_known_by_name_and_phone(session, institute, cohort):
    bring(session, institute, cohort, 1)
    with pytest.raises(seats.ThereAlready):
        seats.enrol(session, institute, cohort.id, a_person(1, cnic="", full_name="MUHAMMAD  ASLAM 1"), keys=KEYS)


def test_the_number_itself_is_nowhere_in_the_database(session, institute, cohort):
    bring(session, institute, cohort, 7)
    row = session.execute(select(*Trainee.__table__.columns)).one()
    assert a_person(7).cnic not in " ".join(map(str, row))


def test_nobody_joins_before_a_cohort_opens(session, institute):
    planned = make_cohort(session, institute, is_open=False)
    with pytest.raises(Conflict):
        bring(session, institute, planned, 1)


@pytest.mark.parametrize(("days", "seated"), [(-1, False), (0, True), (1, True)])
def test_after_the_start_a_seat_is_given_until_the_day_that_the_cohort_set(session, institute, days, seated):
    late = make_cohort(session, institute, seats=1, joins_until=today() + timedelta(days=days))
    first, second = bring(session, institute, late, 1, 2)
    service.move(session, institute, late, CohortAction.START)
    seats.leave(session, institute, first, EnrolmentAction.DROP_OUT, reason="Ill for long")
    assert second.state is (E.ACTIVE if seated else E.APPLIED)


def test_a_start_makes_everybody_with_a_seat_active(session, institute, two_seats):
    people = bring(session, institute, two_seats, 1, 2, 3)
    service.move(session, institute, two_seats, CohortAction.START)
    assert [one.state for one in people] == [E.ACTIVE, E.ACTIVE, E.APPLIED]


def test_a_cancelled_cohort_lets_everybody_go_with_its_reason(session, institute, two_seats):
    people = bring(session, institute, two_seats, 1, 2, 3)
    service.move(session, institute, two_seats, CohortAction.CANCEL, note="The workshop burnt down")
    assert {(one.state, one.seat, one.reason) for one in people} == {(E.DROPPED_OUT, None, "The workshop burnt down")}


def test_every_move_has_its_line_in_the_journal(session, institute, two_seats):
    (one,) = bring(session, institute, two_seats, 1)
    seats.leave(session, institute, one, EnrolmentAction.DROP_OUT, reason="Family")
    assert [(line.action, line.note) for line in journal(session, ENROLMENT, one.id)] == [
        ("enrol", ""),
        ("drop_out", "Family"),
    ]


def test_another_institutes_cohort_does_not_exist_for_me(session, other_institute, cohort):
    with pytest.raises(NotFound):
        service.get_cohort(session, other_institute, cohort.id)
    with pytest.raises(NotFound):
        bring(session, other_institute, cohort, 1)


def test_an_agency_sees_neither_cohorts_nor_trainees(session, institute, agency, cohort):
    (one,) = bring(session, institute, cohort, 1)
    assert service.cohorts(session, agency) == []
    with pytest.raises(NotFound):
        seats.get_enrolment(session, agency, one.id)


def test_project_staff_read_every_cohort_and_change_none(session, staff, cohort):
    assert service.get_cohort(session, staff, cohort.id) is cohort
    with pytest.raises(NotPermitted):
        service.move(session, staff, cohort, CohortAction.CANCEL)


def test_the_database_itself_refuses_a_seat_that_is_taken(session, institute, cohort):
    one, other = bring(session, institute, cohort, 1, 2)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(Enrolment.__table__.update().where(Enrolment.id == other.id).values(seat=one.seat))
