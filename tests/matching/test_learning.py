"""Weights learnt from judged pairs: worked out by hand, found again where judges follow some, never negative."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.matching.learning import (
    STRENGTHS,
    by_hand,
    chosen_strength,
    fitted,
    folds,
    gains,
    held_out_scores,
    learnt,
    scored,
    spread,
    whole,
)
from talent.matching.proposals import Material, compared, said, verdict
from talent.matching.scorer import CENTIPOINTS, HAND, PARTS
from talent.matching.trust_models import Verdict
from tests.factories.judges import NEVER, judged_by, make_judgements

AT = datetime(2026, 11, 23, tzinfo=UTC)
CORNERS = [[0, 0, 0, 0, 0], [0, 1, 0, 0, 0], [1, 0, 0, 0, 0], [1, 1, 0, 0, 0]]
"""Judged pairs that differ in two parts alone."""
NOBODYS_BANDS = {0.0: 1, 30.0: 1, 50.0: 1, 70.0: 1}
FOLLOWED = [(0.10, 0.20, 0.40, 0.05, 0.25), (0.36, 0.30, 0.12, 0.10, 0.12), (0.0, 0.5, 0.5, 0.0, 0.0)]


@pytest.fixture(scope="module")
def proposals():
    """What is learnt of 40 vacancies with 8 pairs each, judged by those who follow each of these weights."""
    return {one: compared(Material(judged_by(one), 0), HAND, NOBODYS_BANDS) for one in FOLLOWED}


def test_four_pairs_worked_out_by_hand():
    # Grades are 2 a + b. About their means: a and b have squares of 1 and no product, so least squares gives 2 and 1.
    # Along the hand's weights (.36 a + .30 b) the slope is (.36 * 2 + .30 * 1) / (.36² + .30²) = 1.02 / .2196; parts
    # of which these pairs tell nothing keep the hand's weight times this slope: together .34 * 4.644809 = 1.579235.
    found = fitted(make_judgements(CORNERS, [0, 1, 2, 3]), 1e-9)
    slope = 1.02 / 0.2196
    total = 3 + 0.34 * slope
    expected = [2 / total, 1 / total, 0.12 * slope / total, 0.10 * slope / total, 0.12 * slope / total]
    assert found == pytest.approx(expected, abs=1e-6)


def test_a_strength_worked_out_by_hand():
    # A strength of 1 pulls with 4 pairs * the mean variance .1 = .4: a = (2 + .4 * .36 * slope) / 1.4, b likewise.
    slope = 1.02 / 0.2196
    raw = [(2 + 0.4 * 0.36 * slope) / 1.4, (1 + 0.4 * 0.30 * slope) / 1.4, *(share * slope for share in by_hand()[2:])]
    found = fitted(make_judgements(CORNERS, [0, 1, 2, 3]), 1.0)
    assert found == pytest.approx(np.array(raw) / sum(raw), abs=1e-9)


def test_the_stronger_the_nearer_to_the_hand():
    pairs = judged_by(FOLLOWED[0])
    away = [float(np.abs(fitted(pairs, strength) - by_hand()).sum()) for strength in (*STRENGTHS, 1e6)]
    assert away == sorted(away, reverse=True)
    assert away[-1] < 1e-3


def test_a_part_that_goes_against_the_grades_has_no_weight_below_nothing():
    found = fitted(make_judgements(CORNERS, [1, 0, 3, 2]), 1e-9)
    assert found[1] == 0
    assert found.min() >= 0


@pytest.mark.parametrize("grades", [[2, 2, 2, 2], [3, 2, 1, 0]])
def test_where_no_part_goes_with_the_grades_the_hands_weights_stay(grades):
    assert fitted(make_judgements(CORNERS, grades), 1.0) == pytest.approx(by_hand())


shares = st.lists(st.floats(0, 1), min_size=len(PARTS), max_size=len(PARTS)).filter(lambda one: sum(one) > 0.01)


@given(shares)
def test_points_are_whole_each_part_keeps_one_and_together_they_are_a_full_score(raw):
    weights = np.array(raw) / sum(raw)
    points = np.array(whole(weights))
    assert points.sum() == CENTIPOINTS
    assert points.min() >= 100
    assert not (points % 100).any()
    assert (points <= np.ceil(weights * 100 + 1e-6) * 100 + 100 * (weights < 0.01)).all()


@pytest.mark.parametrize(
    ("weights", "points"),
    [
        ((0.36, 0.30, 0.12, 0.10, 0.12), (3600, 3000, 1200, 1000, 1200)),
        ((0.2, 0.2, 0.2, 0.2, 0.2), (2000, 2000, 2000, 2000, 2000)),
        ((0.406, 0.294, 0.1, 0.1, 0.1), (4100, 2900, 1000, 1000, 1000)),  # the largest remainder takes the last point
        ((1.0, 0.0, 0.0, 0.0, 0.0), (9600, 100, 100, 100, 100)),
        ((0.5, 0.5, 0.0, 0.0, 0.0), (4800, 4900, 100, 100, 100)),
    ],
)
def test_points_worked_out_by_hand(weights, points):
    assert whole(np.array(weights)) == points


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from(STRENGTHS), st.integers(2, 30))
def test_whatever_is_judged_weights_are_a_full_score_of_parts_above_nothing(seed, strength, vacancies):
    weights = learnt(judged_by(NEVER, seed=seed, vacancies=vacancies, each=3), strength, AT)
    assert sum(weights.most) == CENTIPOINTS
    assert min(weights.most) >= 100
    assert weights.version.startswith("2026.11-learnt-")


def test_equal_points_have_one_name_and_others_another():
    one, other = (learnt(judged_by(weights), 0.01, AT) for weights in FOLLOWED[:2])
    assert learnt(judged_by(FOLLOWED[0]), 0.01, AT) == one
    assert one.version != other.version


def test_no_vacancy_is_learnt_from_and_held_out_at_once_and_each_pair_is_held_out_once():
    pairs, seen = judged_by(NEVER, vacancies=11, each=3), []
    for rows, held in folds(pairs):
        assert not set(pairs.vacancies[rows]) & set(pairs.vacancies[held])
        seen += held.tolist()
    assert sorted(seen) == list(range(len(pairs)))


def test_a_held_out_score_knows_nothing_of_the_grades_of_its_own_vacancy():
    pairs = judged_by(FOLLOWED[0], vacancies=10)
    own = pairs.vacancies == 4
    other = replace(pairs, grades=np.where(own, 3 - pairs.grades, pairs.grades))
    assert held_out_scores(other, AT)[own].tolist() == held_out_scores(pairs, AT)[own].tolist()
    assert held_out_scores(other, AT).tolist() != held_out_scores(pairs, AT).tolist()


def test_lists_of_one_pair_and_lists_where_nobody_fits_tell_no_order():
    pairs = make_judgements(CORNERS * 2, [3, 2, 0, 1, 0, 1.5, 2, 0], [0, 1, 1, 2, 2, 3, 3, 4])
    assert [rows.tolist() for rows in pairs.lists()] == [[1, 2], [5, 6]]


def test_the_gain_follows_the_order_of_lists_fit_then_nothing_missing_then_score():
    # Gains by grade are 7, 3 and 0. The second lacks a paper and the first fits badly, so the order is third, second
    # or second, third by whether both are good fits: 6,000 and 5,500 are, and what is complete comes first.
    pairs = make_judgements(CORNERS[:3], [3, 2, 0], [0, 0, 0], [True, False, True])
    order = (3 / np.log2(3) + 7 / np.log2(4)) / (7 + 3 / np.log2(3))
    assert gains(pairs, np.array([1000, 6000, 5500])) == pytest.approx([order])
    assert gains(pairs, np.array([9000, 6000, 5500])) == pytest.approx([(7 + 3 / np.log2(4)) / (7 + 3 / np.log2(3))])


def test_the_weights_that_judges_follow_are_found_again_within_three_points(proposals):
    for followed, made in proposals.items():
        away = np.abs(np.array(made.weights.most) / 100 - np.array(whole(np.array(followed))) / 100)
        assert away.max() <= 3, followed


def test_the_interval_of_each_part_holds_what_judges_follow(proposals):
    for followed in FOLLOWED[:2]:
        for points, (low, high) in zip(followed, proposals[followed].figures["intervals"].values(), strict=True):
            assert low - 1 <= 100 * points <= high + 1
    narrow, wide = (spread(judged_by(FOLLOWED[0], vacancies=count), 0.01)[2] for count in (40, 8))
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_where_judges_follow_other_weights_the_learnt_ones_are_better_and_where_they_follow_ours_not(proposals):
    verdicts = [proposals[followed].figures["verdict"] for followed in FOLLOWED]
    assert verdicts == [Verdict.BETTER, Verdict.NO_DIFFERENCE, Verdict.BETTER]
    better = proposals[FOLLOWED[0]].figures
    assert better["ndcg"]["learnt"] - better["ndcg"]["present"] == pytest.approx(better["difference"]["value"])


def test_where_judges_follow_nothing_no_difference_is_shown():
    made = [compared(Material(judged_by(NEVER, seed=n, vacancies=25), 0), HAND, NOBODYS_BANDS) for n in range(6)]
    verdicts = [one.figures["verdict"] for one in made]
    assert Verdict.BETTER not in verdicts
    assert verdicts.count(Verdict.NO_DIFFERENCE) >= 5  # an interval of 95 % is wrong now and then


def test_the_strength_falls_with_what_judges_tell():
    assert chosen_strength(judged_by(FOLLOWED[0])) < chosen_strength(judged_by(NEVER, seed=3))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.001, 0.1, Verdict.BETTER),
        (0.0, 0.1, Verdict.NO_DIFFERENCE),
        (-0.1, 0.1, Verdict.NO_DIFFERENCE),
        (-0.1, 0.0, Verdict.NO_DIFFERENCE),
        (-0.1, -0.001, Verdict.WORSE),
    ],
)
def test_the_verdict_is_that_of_the_interval(low, high, expected):
    assert verdict(low, high) is expected


def test_the_terminal_says_verdict_gain_weights_and_calibration(proposals):
    made = proposals[FOLLOWED[0]]
    row = {"pairs": 320, "lists": 40, **made.figures, "points": list(made.weights.most)}
    told = "\n".join(said(row))
    for words in ("better on held-out vacancies", "320 pairs", "now 36", "calibration of present", "n=40"):
        assert words in told
    assert "too few judgements: 9 pairs" in next(said({"pairs": 9, "lists": 1, "verdict": None}))


def test_scores_are_those_of_the_scorer():
    pairs = judged_by(NEVER, vacancies=2)
    assert scored(pairs, HAND).tolist() == HAND.points(pairs.shares).sum(axis=1).tolist()
