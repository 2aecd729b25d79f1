"""What a score is worth: curves that never fall, pairs that stand for the stored ones of their band, honest errors."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.matching.calibrating import KNOTS, METHODS, Curve, calibrated, stands_for
from talent.matching.measures import calibration_error

ONES = np.ones(4)


def pairs_of(true, *, seed=0, count=400):
    """Points of so many pairs, and whether each fits, drawn with this share."""
    draw = np.random.default_rng(seed)
    points = draw.uniform(0, 100, count)
    return points, (draw.random(count) < true(points)).astype(float)


def halves(count):
    rows = np.arange(count)
    return lambda: iter([(rows[rows % 2 == 0], rows[rows % 2 == 1]), (rows[rows % 2 == 1], rows[rows % 2 == 0])])


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25, deadline=None)
@given(told=st.lists(st.tuples(st.floats(0, 100), st.booleans(), st.floats(0.1, 9)), min_size=1, max_size=30))
def test_a_curve_never_falls_and_stays_between_nothing_and_all(method, told):
    points, fits, counts = (np.array(column, np.float64) for column in zip(*told, strict=True))
    shares = METHODS[method](points, fits, counts)
    assert (np.diff(shares) >= -1e-12).all()
    assert shares.min() >= 0
    assert shares.max() <= 1


@pytest.mark.parametrize("method", METHODS)
def test_where_fits_fall_with_the_points_the_curve_is_level_at_their_share(method):
    shares = METHODS[method](np.array([10.0, 20.0, 80.0, 90.0]), np.array([1.0, 1.0, 0.0, 0.0]), ONES)
    assert shares == pytest.approx(np.full(len(KNOTS), 0.5))


@pytest.mark.parametrize("fits", [0.0, 1.0])
@pytest.mark.parametrize("method", METHODS)
def test_where_all_pairs_are_alike_the_curve_says_so(method, fits):
    shares = METHODS[method](np.array([10.0, 20.0, 80.0, 90.0]), np.full(4, fits), ONES)
    assert shares == pytest.approx(np.full(len(KNOTS), fits))


def test_a_curve_is_straight_between_its_knots():
    curve = Curve("steps", KNOTS / 100)
    assert curve.at(np.array([0.0, 12.5, 60.0, 100.0])) == pytest.approx([0.0, 0.125, 0.6, 1.0])


def test_the_error_worked_out_by_hand():
    # Bin .2 holds one pair of weight 1 that fits: |.25 - 1| * 1. Bin .7 holds weights 1 and 2: told .75 * 3 = 2.25,
    # seen 2: .25. Together (.75 + .25) / 4.
    told, fits, counts = np.array([0.25, 0.75, 0.75]), np.array([1.0, 0.0, 1.0]), np.array([1.0, 1.0, 2.0])
    assert calibration_error(told, fits, counts=counts) == 0.25
    assert calibration_error(told, fits) == pytest.approx((0.75 + 0.5) / 3)
    assert calibration_error(told[:0], fits[:0]) == 0.0


def test_each_judged_pair_stands_for_the_stored_ones_of_its_band():
    # Two judged of 10 strong fits stand for 5 each, one of 30 weak fits for 30; the mean of (5, 5, 30) is 40 / 3.
    found = stands_for(np.array([70.0, 99.0, 29.99]), {70.0: 10, 0.0: 30, 50.0: 8})
    assert found == pytest.approx(np.array([5, 5, 30]) / (40 / 3))


def test_a_band_without_stored_pairs_counts_as_one():
    assert stands_for(np.array([50.0, 0.0]), {0.0: 3}) == pytest.approx([0.5, 1.5])


@pytest.mark.parametrize(("best", "other", "count"), [("platt", "isotonic", 120), ("isotonic", "platt", 2000)])
def test_the_method_is_the_one_that_foretells_held_out_pairs_better(best, other, count):
    true = {
        "platt": lambda points: 1 / (1 + np.exp(-(points - 50) / 15)),
        "isotonic": lambda points: np.where(points < 85, 0.3, 1.0),
    }[best]
    points, fits = pairs_of(true, count=count)
    found = calibrated(points, points, fits, np.ones(count), halves(count))
    assert (found.curve.method, found.peer[0]) == (best, other)
    assert np.abs(found.curve.shares - true(KNOTS))[(KNOTS < 80) | (KNOTS > 90)].max() < 0.17
    assert found.error < found.peer[1]


def test_judging_equally_many_of_each_band_is_undone():
    # Within a band, who is judged is drawn evenly; fits depend on more than the points, so the share of all stored
    # pairs that fit is only told where rare bands count little.
    draw = np.random.default_rng(5)
    stored = draw.uniform(0, 100, 40_000) ** 2 / 100  # few have many points
    fits = (draw.random(40_000) < stored / 100).astype(float)
    bounds, judged = [0, 30, 50, 70, 101], []
    for low, high in pairwise(bounds):
        judged += draw.choice(np.flatnonzero((stored >= low) & (stored < high)), 300, replace=False).tolist()
    counted = {float(low): int(((stored >= low) & (stored < high)).sum()) for low, high in pairwise(bounds)}
    counts = stands_for(stored[judged], counted)
    assert np.average(fits[judged], weights=counts) == pytest.approx(fits.mean(), abs=0.02)
    assert fits[judged].mean() > fits.mean() + 0.1


def test_the_row_holds_the_curve_at_its_knots():
    points, fits = pairs_of(lambda points: points / 100)
    row = calibrated(points, points, fits, np.ones(400), halves(400)).as_row()
    assert [knot for knot, _ in row["curve"]] == KNOTS.tolist()
    assert row["method"] in METHODS
    assert {row["method"], row["peer"][0]} == set(METHODS)
