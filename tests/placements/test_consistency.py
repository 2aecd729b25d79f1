"""Four papers side by side: the small mismatches for which an office sends a file back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.placements.consistency import (
    Answer,
    Paper,
    Told,
    birth_difference,
    compare_papers,
    employer_difference,
    is_latin,
    name_difference,
    number_difference,
)

A = Answer
DECISION = date(2027, 3, 15)


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("MUHAMMAD ALI KHAN", "Muhammad Ali Khan", A.SAME),
        ("MUHAMMAD ALI-KHAN", "Muhammad Ali Khan", A.SAME),
        ("ANDRE MÜLLER", "Andre Muller", A.SAME),
        ("KHAN MUHAMMAD ALI", "Muhammad Ali Khan", A.LOOK),
        ("MUHAMMADALI KHAN", "Muhammad Ali Khan", A.LOOK),
        ("MOHAMMAD ALI KHAN", "Muhammad Ali Khan", A.DIFFERENT),
        ("ALI KHAN", "Muhammad Ali Khan", A.DIFFERENT),
        ("SANA BIBI", "Muhammad Ali Khan", A.DIFFERENT),
    ],
)
def test_names_are_compared_as_a_machine_readable_passport_writes_them(first, second, answer):
    assert name_difference(first, second)[0] is answer
    assert name_difference(second, first)[0] is answer


def test_a_letter_or_two_are_a_spelling_and_more_are_another_name():
    spelling, other = name_difference("MOHAMMAD ALI", "MUHAMMAD ALI"), name_difference("SANA BIBI", "MUHAMMAD ALI")
    assert spelling[1] != other[1]


@pytest.mark.parametrize(
    ("name", "latin"), [("Ali Khan", True), ("علی خان", False), ("Ali خان", False), ("123", False)]
)
def test_a_name_in_urdu_letters_cannot_stand_in_a_file(name, latin):
    assert is_latin(name) is latin


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [("AB 123-4567", "ab1234567", A.SAME), ("AO1234567", "A01234567", A.LOOK), ("AB1234567", "AB1234568", A.DIFFERENT)],
)
def test_passport_numbers_differ_by_what_is_printed_and_not_by_spaces(first, second, answer):
    assert number_difference(first, second)[0] is answer


def test_day_and_month_that_are_exchanged_are_told_apart_from_another_birthday():
    turned = birth_difference(date(1990, 3, 4), date(1990, 4, 3))
    other = birth_difference(date(1990, 3, 4), date(1991, 3, 4))
    assert turned[1] != other[1]
    assert birth_difference(date(1990, 3, 4), date(1990, 3, 4))[0] is A.SAME


def test_employers_are_the_same_whatever_their_capitals_and_dots():
    assert employer_difference("Muster Stahlbau GmbH", "MUSTER STAHLBAU G.m.b.H.")[0] is A.SAME
    assert employer_difference("Muster Stahlbau GmbH", "Muster Bau GmbH")[0] is A.DIFFERENT


def answers(told=None, *, until=None, decision=None, country="DE"):
    found = compare_papers(told or {}, passport_until=until, decision_on=decision, country=country)
    return [one.answer for one in found]


@pytest.mark.parametrize(
    ("until", "country", "answer"),
    [
        (date(2027, 3, 14), "DE", A.DIFFERENT),
        (date(2027, 3, 15), "DE", A.SAME),
        (date(2028, 3, 13), "ES", A.DIFFERENT),
        (date(2028, 3, 14), "ES", A.SAME),
        (date(2028, 3, 13), "DE", A.SAME),
        (None, "DE", A.UNKNOWN),
    ],
)
def test_a_passport_must_outlast_the_expected_decision_and_in_spain_a_year_more(until, country, answer):
    assert answers(until=until, decision=DECISION, country=country)[-1] is answer


@pytest.mark.parametrize(("day", "early"), [(14, True), (15, False), (16, False)])
def test_a_contract_that_begins_before_the_decision_is_looked_at_again(day, early):
    told = {Paper.CONTRACT: Told(starts_on=date(2027, 3, day))}
    assert (A.LOOK in answers(told, until=date(2030, 1, 1), decision=DECISION)) is early


def test_what_was_not_told_is_unknown_and_never_the_same():
    assert set(answers()) == {A.UNKNOWN}


def test_each_paper_that_differs_from_the_passport_is_named():
    told = {
        Paper.PASSPORT: Told("ALI KHAN", date(1990, 1, 2), "AB1234567"),
        Paper.CERTIFICATE: Told("ALY KHAN", date(1990, 1, 2)),
        Paper.CONTRACT: Told("ALI KHAN", None, "AB1234567"),
        Paper.PERMIT: Told("علی خان", date(1990, 2, 1), "AB1234567"),
    }
    found = compare_papers(told, passport_until=None, decision_on=None)
    wrong = {one.papers for one in found if one.answer is A.DIFFERENT}
    assert wrong == {(Paper.PERMIT,), (Paper.PASSPORT, Paper.CERTIFICATE), (Paper.PASSPORT, Paper.PERMIT)}


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_is_always_the_same_as_itself_and_comparing_knows_no_order(first, second):
    assert name_difference(first, first)[0] is A.SAME
    assert name_difference(first, second)[0] is name_difference(second, first)[0]
