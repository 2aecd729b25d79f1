"""How seats are shared out among all vacancies at once."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.matching.sharing import MOST_PROPOSED, places_for, shared_out


def proposed(places: list[int], pairs: dict[tuple[int, int], int]) -> set[tuple[int, int]]:
    """The pairs (vacancy, person) that are proposed."""
    keys = list(pairs)
    chosen = shared_out(
        np.array(places, np.int64),
        np.array([vacancy for vacancy, _ in keys], np.int64),
        np.array([person for _, person in keys], np.int64),
        np.array([pairs[key] for key in keys], np.int64),
    )
    return {key for key, taken in zip(keys, chosen, strict=True) if taken}


def worth(found: set[tuple[int, int]], pairs: dict[tuple[int, int], int]) -> int:
    """What the sharing-out adds up to: a point for each filled place, and the points of who fills it."""
    return sum(pairs[pair] + 1 for pair in found)


def test_two_vacancies_that_like_the_same_person_best_get_two_people() -> None:
    """By hand: 90 + 70 = 160 is more than 95 + 10 = 105."""
    pairs = {(0, 0): 95, (0, 1): 70, (1, 0): 90, (1, 1): 10}
    assert proposed([1, 1], pairs) == {(0, 1), (1, 0)}


def test_a_person_goes_to_one_vacancy_although_both_have_room() -> None:
    assert proposed([5, 5], {(0, 0): 40, (1, 0): 60}) == {(1, 0)}


def test_a_vacancy_gets_no_more_people_than_places() -> None:
    assert proposed([2], {(0, 0): 10, (0, 1): 30, (0, 2): 20}) == {(0, 1), (0, 2)}


def test_somebody_with_no_points_still_fills_a_place() -> None:
    assert proposed([2], {(0, 0): 0, (0, 1): 0}) == {(0, 0), (0, 1)}


@pytest.mark.parametrize("places", [[], [0], [0, 0]])
def test_without_places_nobody_is_proposed(places: list[int]) -> None:
    assert proposed(places, {(number, 0): 50 for number in range(len(places))}) == set()


@pytest.mark.parametrize(("seats", "places"), [(-1, 0), (0, 0), (1, 3), (19, 57), (20, 60), (21, 60), (10_000, 60)])
def test_three_people_for_a_seat_up_to_what_an_officer_can_speak_to(seats: int, places: int) -> None:
    assert places_for(seats) == places
    assert places <= MOST_PROPOSED


SMALL = st.integers(0, 2), st.integers(0, 3)


@given(
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
    st.dictionaries(st.tuples(*SMALL), st.integers(0, 100), max_size=7),
)
def test_no_other_way_of_sharing_out_is_worth_more(places: list[int], pairs: dict[tuple[int, int], int]) -> None:
    """Compared with every way there is."""
    found = proposed(places, pairs)
    assert fits(places, found)
    ways = (
        {pair for pair, taken in zip(pairs, way, strict=True) if taken} for way in product((0, 1), repeat=len(pairs))
    )
    assert worth(found, pairs) == max(worth(way, pairs) for way in ways if fits(places, way))


def fits(places: list[int], way: set[tuple[int, int]]) -> bool:
    """Whether nobody is proposed twice and no vacancy gets more people than places."""
    people = [person for _, person in way]
    return len(people) == len(set(people)) and all(
        sum(vacancy == number for vacancy, _ in way) <= room for number, room in enumerate(places)
    )


def test_the_same_pairs_give_the_same_proposal() -> None:
    rng = np.random.default_rng(3)
    pairs = {(int(rng.integers(20)), int(rng.integers(60))): int(rng.integers(9)) for _ in range(400)}
    assert proposed([3] * 20, pairs) == proposed([3] * 20, pairs)
