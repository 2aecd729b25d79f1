"""Groups of at least ten: nobody is ever alone in a stored figure, nor in what two of them leave."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.foundation.counting import SMALLEST_CELL
from talent.monitoring.groups import groups, periods, pooled, together
from talent.monitoring.ladder import WITHHELD

COUNTS = st.lists(st.integers(0, 25), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("counts", "begins"),
    [
        ([10, 10], [0, 1]),
        ([9, 10], [0, 0]),
        ([10, 9], [0, 0]),
        ([10, 0, 10], [0, 1, 2]),
        ([10, 0, 9], [0, 0, 0]),
        ([4, 4, 4, 12], [0, 0, 0, 3]),
        ([9], []),
        ([0, 10], [0, 1]),
    ],
)
def test_neighbours_of_too_few_are_put_together(counts, begins):
    assert together(counts) == begins


@given(COUNTS)
def test_each_group_of_neighbours_holds_enough_or_nobody(counts):
    begins = together(counts)
    if sum(counts) < SMALLEST_CELL:
        assert begins == []
        return
    held = Counter()
    for begin, count in zip(begins, counts, strict=True):
        held[begin] += count
    assert all(count == 0 or count >= SMALLEST_CELL for count in held.values())
    assert begins == sorted(begins)
    assert sum(held.values()) == sum(counts)


@pytest.mark.parametrize(
    ("counts", "withheld"),
    [
        ({"a": 10, "b": 10}, set()),
        ({"a": 9, "b": 30}, {"a", "b"}),
        ({"a": 9, "b": 10, "c": 30}, {"a", "b"}),
        ({"a": 5, "b": 5, "c": 30}, {"a", "b"}),
    ],
)
def test_values_of_too_few_are_withheld_with_the_smallest_others(counts, withheld):
    assert pooled(counts) == withheld


PEOPLE = st.lists(
    st.tuples(*(st.sampled_from(values) for values in ("xyz", "abcd", "pq", "mn"))),
    min_size=SMALLEST_CELL,
    max_size=250,
)


@given(PEOPLE)
def test_every_stored_group_holds_enough_and_what_is_told_of_it_is_true(people):
    counts = Counter(people)
    found = groups(counts)
    held = Counter()
    for values, group in found.items():
        held[group] += counts[values]
        assert all(told in (WITHHELD, value) for told, value in zip(group, values, strict=True))
    assert min(held.values()) >= SMALLEST_CELL
    assert sum(held.values()) == len(people)


@given(PEOPLE)
def test_two_ways_of_telling_apart_agree_wherever_they_begin_alike(people):
    shorter = Counter(each[:2] for each in people)
    alone, first = groups(shorter), groups(Counter(people))
    assert all(alone[values[:2]] == group[:2] for values, group in first.items())


def test_months_of_few_are_told_as_one_period():
    months = {date(2026, 1, 1): 4, date(2026, 2, 1): 8, date(2026, 4, 1): 10, date(2026, 5, 1): 3}
    assert periods(months) == [(date(2026, 1, 1), date(2026, 2, 1), 12), (date(2026, 4, 1), date(2026, 5, 1), 13)]
