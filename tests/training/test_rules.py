"""Seats, assessors, and telling people apart."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.training.people import Person, PersonKeys, checked, folded_phone
from talent.training.rules import Seats, assessor_problem, seats_given, takes_people
from talent.training.states import CohortState

KEYS = PersonKeys("a secret that is long enough for a test")
DAY = date(2026, 11, 22)


@st.composite
def cohorts(draw):
    total = draw(st.integers(1, 40))
    reserved = draw(st.integers(0, total))
    taken = draw(st.frozensets(st.integers(1, total)))
    return Seats(total, reserved, taken)


@given(cohorts(), st.lists(st.booleans(), max_size=60))
def test_no_seat_is_given_twice_and_none_beyond_the_last(seats, waiting):
    given_out = [seat for seat in seats_given(seats, waiting) if seat is not None]
    assert len(set(given_out)) == len(given_out)
    assert set(given_out) <= set(range(1, seats.total + 1)) - seats.taken


@given(cohorts(), st.lists(st.booleans(), max_size=60))
def test_a_reserved_seat_goes_to_nobody_but_those_of_the_vacancy(seats, waiting):
    for for_vacancy, seat in zip(waiting, seats_given(seats, waiting), strict=True):
        assert for_vacancy or seat is None or seat > seats.reserved


@given(cohorts(), st.lists(st.booleans(), max_size=60))
def test_nobody_waits_while_a_seat_that_they_may_have_is_free(seats, waiting):
    given_out = seats_given(seats, waiting)
    after = Seats(seats.total, seats.reserved, seats.taken | {seat for seat in given_out if seat})
    for for_vacancy, seat in zip(waiting, given_out, strict=True):
        assert seat is not None or after.free_for(for_vacancy=for_vacancy) is None


@given(cohorts(), st.lists(st.booleans(), max_size=60))
def test_nobody_gets_a_seat_before_an_equal_who_came_earlier(seats, waiting):
    given_out = seats_given(seats, waiting)
    for kind in (True, False):
        got = [seat is not None for for_vacancy, seat in zip(waiting, given_out, strict=True) if for_vacancy is kind]
        assert got == sorted(got, reverse=True)


def test_the_counts_of_free_seats_add_up():
    seats = Seats(total=20, reserved=5, taken=frozenset({1, 2, 6}))
    assert (seats.free_reserved, seats.free_open) == (3, 14)


@pytest.mark.parametrize(
    ("state", "joins_until"), list(product(CohortState, [None, DAY - timedelta(1), DAY, DAY + timedelta(1)]))
)
def test_a_seat_is_given_while_enrolling_and_until_the_day_the_cohort_set(state, joins_until):
    late = joins_until is not None and joins_until >= DAY
    expected = state is CohortState.ENROLLING or (state is CohortState.RUNNING and late)
    assert takes_people(state, joins_until, DAY) == expected


@pytest.mark.parametrize("name", ["Imran Siddiqui", "imran  siddiqui", " IMRAN SIDDIQUI "])
def test_whoever_teaches_does_not_assess(name):
    assert assessor_problem(name, ["Rabia Anwar", "Imran Siddiqui"]) is not None


def test_an_instructor_written_in_arabic_letters_is_the_same_in_urdu_letters():
    assert assessor_problem("عمران صديقي", ["عمران صدیقی"]) is not None


def test_somebody_else_may_assess():
    assert assessor_problem("Nadia Qureshi", ["Imran Siddiqui"]) is None


@pytest.mark.parametrize("typed", ["0301 2345678", "+923012345678", "00923012345678", "3012345678", "۰۳۰۱۲۳۴۵۶۷۸"])
def test_a_mobile_number_has_one_spelling(typed):
    assert folded_phone(typed) == "+923012345678"


@pytest.mark.parametrize("digits", [12, 14])
def test_a_number_of_the_wrong_length_is_refused(digits):
    _, problems = checked(Person("Ali Raza", "1" * digits, "03012345678"))
    assert [column for column, _ in problems] == ["cnic"]


def test_a_number_of_thirteen_digits_is_taken_with_or_without_dashes():
    assert checked(Person("Ali Raza", "35202-1234567-1"))[0].cnic == "3520212345671"
    assert checked(Person("Ali Raza", "3520212345671"))[1] == []


def test_without_number_and_phone_nobody_can_be_told_apart():
    assert [column for column, _ in checked(Person("Ali Raza"))[1]] == ["cnic"]


def test_the_key_of_a_number_says_nothing_about_it_and_differs_between_installations():
    key = KEYS.of_number("3520212345671")
    assert key == KEYS.of_number("3520212345671")
    assert "35202" not in key
    assert PersonKeys("another secret of another installation").of_number("3520212345671") != key
