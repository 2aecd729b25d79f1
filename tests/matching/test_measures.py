"""Intervals, spreads and agreement, worked out by hand."""

from uuid import UUID

import numpy as np
import pytest

from talent.matching.agreement import agreement
from talent.matching.drift import LEAST_PAIRS, Drift, drift
from talent.matching.leak_probe import LEAST_PEOPLE, TOO_FEW, probe
from talent.matching.measures import instability, measured, share_interval


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # Wilson: (k + z²/2) / (n + z²) ± z sqrt(k(n-k)/n + z²/4) / (n + z²), z = 1.96.
        (8, 10, 0.490, 0.943),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_a_share_has_wilsons_interval(part, whole, low, high):
    assert share_interval(part, whole) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def test_equal_spreads_are_steady_and_the_index_is_the_sum_over_the_bins():
    assert instability([10, 30], [20, 60]) == pytest.approx(0.0, abs=0.001)
    # Shares (.25, .75) and (.5, .5) with half a count added: 10.5/41, 30.5/41 against 20.5/41, 20.5/41.
    old, new = np.array([10.5, 30.5]) / 41, np.array([20.5, 20.5]) / 41
    assert instability([10, 30], [20, 20]) == pytest.approx(float(((new - old) * np.log(new / old)).sum()))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([500, 500], Drift.STEADY),
        ([650, 350], Drift.STEADY),  # index .092
        ([660, 340], Drift.MOVED),  # index .106
        ([735, 265], Drift.MOVED),  # index .240
        ([740, 260], Drift.FAR),  # index .251
        ([LEAST_PAIRS - 1, 0], Drift.NOT_MEASURED),
    ],
)
def test_a_spread_is_steady_moved_or_far_by_its_bounds(after, expected):
    assert drift([500, 500], after)["drift"] is expected


def grades(*pairs):
    return {UUID(int=number): pair for number, pair in enumerate(pairs)}


def test_kappa_weighs_how_far_two_grades_lie_apart():
    # Quadratic weights: observed disagreement (0 + 0 + 0 + 1) / 4, expected the mean over all 4 x 4 products.
    found = agreement(grades((0, 0), (3, 3), (2, 2), (1, 2), (3,)))
    first, second = [0, 3, 2, 1], [0, 3, 2, 2]
    expected = np.mean([(one - other) ** 2 for one in first for other in second])
    assert found["kappa"] == pytest.approx(1 - 0.25 / expected)
    assert (found["n"], found["judged_once"], found["equal"]) == (4, 1, 0.75)
    assert found["low"] <= found["kappa"] <= found["high"]


@pytest.mark.parametrize("given", [(), ((2, 2),), ((2, 2), (2, 2)), ((1,), (2,))])
def test_agreement_beyond_chance_is_not_told_where_it_cannot_be(given):
    assert agreement(grades(*given))["kappa"] is None


def test_a_probe_tells_what_is_there_and_does_not_tell_what_is_not():
    draw = np.random.default_rng(3)
    groups = ["one", "other"] * LEAST_PEOPLE
    noise = draw.normal(size=(len(groups), 8)).astype(np.float32)
    marked = noise.copy()
    marked[:, 0] += np.where(np.array(groups) == "one", 4, -4)
    told, blind = probe(marked, groups), probe(noise, groups)
    assert (told.accuracy > 0.95, told.tells, told.chance) == (True, True, 0.5)
    assert (blind.low <= 0.5, blind.tells) == (True, False)


@pytest.mark.parametrize("groups", [["one"] * 500, ["one"] * 500 + ["other"] * (LEAST_PEOPLE - 1), []])
def test_a_probe_of_too_few_people_is_not_made_and_says_why(groups):
    found = probe(np.zeros((len(groups), 4), np.float32), groups)
    assert (found.accuracy, found.tells, found.why) == (None, False, TOO_FEW)


def test_a_figure_of_nothing_says_why_it_is_not_measured():
    assert measured("x", {}, "nobody judged").why == "nobody judged"
    found = measured("x", {"ours": np.array([0.5, 1.0]), "BM25": np.array([0.25, 0.25])}, "")
    assert (found.value, found.n, found.baselines) == (0.75, 2, {"BM25": 0.25})
