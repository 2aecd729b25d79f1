"""What a candidate wishes for, by hand: each wish below, at and above what is given, what is not told or not said."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.matching.reader import Reader
from talent.matching.wish_words import SENTENCES, Given
from talent.matching.wish_words import given as how_much
from talent.matching.wishes import (
    GRANTED,
    LEAST_SHARE,
    MOST_OF,
    WISH_KEYS,
    WISHES,
    Granted,
    both_sides,
    granted,
)
from talent.matching.wishing import wished_of, wishes_of
from tests.factories.matching import concept, make_candidate, make_pool, make_vacancy

FULL = 10_000
WELDER = {"occupation_ids": (concept("welder"),)}
HERE = {"country": "DE", "euros_a_month": 2_000}


def points(candidate, **vacancy):
    """The hundredths of a point of each wish, and of all together."""
    pool, job = make_pool(candidate), make_vacancy(**(HERE | vacancy))
    found = wished_of(pool, np.array([0], np.int32), job)
    assert wishes_of(pool, job).tolist() == found.total[:, 0].tolist(), "the compiled loop says the same"
    return found.points[0, 0].tolist(), int(found.total[0, 0])


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, [FULL, 0, 0]),  # the occupation alone is told: it is all that counts
        ({"countries": ("DE", "IT")}, [6667, 3333, 0]),
        ({"countries": ("FI", "IT")}, [6667, 0, 0]),
        ({"first_countries": ("DE",)}, [6667, 3333, 0]),
        ({"first_countries": ("IT",)}, [6667, 1666, 0]),  # would work anywhere, likes another best: half
        ({"countries": ("DE", "IT"), "first_countries": ("IT",)}, [6667, 1666, 0]),
        ({"countries": ("FI", "IT"), "first_countries": ("IT",)}, [6667, 0, 0]),
        ({"least_pay_euros": 1_999}, [6667, 0, 3333]),
        ({"least_pay_euros": 2_000}, [6667, 0, 3333]),
        ({"least_pay_euros": 2_500}, [6667, 0, 2666]),  # four fifths of what is wished for
        ({"least_pay_euros": 4_000}, [6667, 0, 1666]),
        ({"countries": ("DE",), "least_pay_euros": 2_000}, [5000, 2500, 2500]),
        ({"first_countries": ("IT",), "least_pay_euros": 4_000}, [5000, 1250, 1250]),
        ({"occupation_ids": ()}, [0, 0, 0]),
        ({"occupation_ids": (), "countries": ("DE",)}, [0, FULL, 0]),
        ({"occupation_ids": (), "least_pay_euros": 4_000}, [0, 0, 5000]),
    ],
)
def test_the_points_of_each_wish_are_those_worked_out_by_hand(wishes, expected):
    parts, total = points(make_candidate(**wishes))
    assert parts == expected
    assert total == (sum(expected) if any(expected) else FULL), "who tells no wish is given all of them"


@pytest.mark.parametrize(
    ("occupations", "work"),
    [
        (("welder",), FULL),
        (("sheet-metal worker",), 4500),  # the same minor group of ISCO-08
        (("cook",), 0),
        (("cook", "welder"), 0),  # has welded, and looks for work as a cook
        (("welder", "cook"), FULL),
    ],
)
def test_the_occupation_that_is_looked_for_counts_and_not_that_of_jobs_held(occupations, work):
    candidate = make_candidate(occupation_ids=tuple(concept(name) for name in occupations))
    assert points(candidate) == ([work, 0, 0], work)


def test_what_the_vacancy_does_not_say_counts_half():
    candidate = make_candidate(**WELDER, least_pay_euros=2_000)
    assert points(candidate, euros_a_month=None)[0] == [6667, 0, 1666]
    assert points(candidate, occupation_id=None)[0] == [3334, 0, 3333]


def test_the_points_of_all_wishes_that_are_told_are_a_full_score():
    for told, most in enumerate(MOST_OF.tolist()):
        assert sum(most) == (FULL if told else 0)
        assert [own > 0 for own in most] == [bool(told >> number & 1) for number in range(len(WISHES))]


countries = st.lists(st.sampled_from(("DE", "IT", "FI")), unique=True).map(tuple)
pay = st.none() | st.integers(1, 100_000)


@settings(max_examples=200, deadline=None)
@given(own=countries, first=countries, least=pay, paid=st.none() | st.integers(1, 10**6), more=st.integers(0, 1000))
def test_wishes_stay_within_a_full_score_and_better_pay_never_gives_less(own, first, least, paid, more):
    candidate = make_candidate(countries=own, first_countries=first, least_pay_euros=least)
    parts, total = points(candidate, euros_a_month=paid)
    assert min(parts) >= 0
    assert sum(parts) == total <= FULL
    if paid is not None:
        assert points(candidate, euros_a_month=paid + more)[1] >= total


@pytest.mark.parametrize(
    ("key", "share", "expected"),
    [
        ("work", LEAST_SHARE["work"] - 0.001, Granted.MISSING),
        ("work", LEAST_SHARE["work"], Granted.PARTLY),
        ("work", 0.999, Granted.PARTLY),
        ("work", 1.0, Granted.MET),
        ("country", 0.0, Granted.MISSING),
        ("country", 0.5, Granted.PARTLY),
        ("pay", 0.001, Granted.PARTLY),
        ("pay", 1.0, Granted.MET),
    ],
)
def test_how_far_a_wish_is_given_is_told_below_at_and_above_its_bounds(key, share, expected):
    said, unsaid = (granted(key, np.array([share, 1.0]), is_said=is_said) for is_said in (True, False))
    assert [GRANTED[number] for number in said] == [expected, Granted.MET]
    assert [GRANTED[number] for number in unsaid] == [Granted.UNKNOWN, Granted.UNKNOWN]


def test_there_is_a_sentence_for_every_wish_however_far_it_is_given_and_for_both_readers():
    every = set(product(WISH_KEYS, Granted, Reader))
    assert every - SENTENCES.keys() == {("country", Granted.UNKNOWN, reader) for reader in Reader}, "a country is said"


@pytest.mark.parametrize(
    ("points_", "expected"),
    [(0.0, Given.LITTLE), (49.99, Given.LITTLE), (50.0, Given.MUCH), (99.99, Given.MUCH), (100.0, Given.ALL)],
)
def test_how_much_is_given_has_three_words(points_, expected):
    assert how_much(points_) is expected


@pytest.mark.parametrize(
    ("score", "wishes", "both"),
    [
        (10_000, 10_000, 10_000),
        (8_000, 2_000, 3_200),  # 2 · 80 · 20 / 100
        (5_000, 5_000, 5_000),
        (9_000, 0, 0),
        (0, 0, 0),
        (1, 2, 1),  # 4/3
        (1, 10_000, 2),
    ],
)
def test_both_sides_together_are_the_harmonic_mean(score, wishes, both):
    found = both_sides(np.array([score], np.int32), np.array([wishes], np.int32))
    assert found.tolist() == [both]


hundredths = st.integers(0, FULL)


@given(one=hundredths, other=hundredths, more=hundredths)
def test_both_sides_lie_between_the_weaker_side_and_the_mean_and_never_fall(one, other, more):
    def both(left, right):
        return int(both_sides(np.array([left], np.int32), np.array([right], np.int32))[0])

    assert both(one, other) == both(other, one)
    assert min(one, other) - 1 <= both(one, other) <= (one + other) / 2 + 1
    assert both(min(one + more, FULL), other) >= both(one, other)
