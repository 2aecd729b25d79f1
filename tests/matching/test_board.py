"""The board compares a candidate with every open vacancy at once, and gives the keys of the full comparison."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.rankings import market
from talent.matching import board
from talent.matching.board import board_of, likeness, listed
from talent.matching.ranking import rank
from talent.matching.scorer import HAND
from talent.matching.views import NeededSkill
from talent.taxonomy.starter_release import read_starter
from tests.factories.encoder import KeywordEncoder
from tests.factories.matching import any_weights, concept, make_candidate, make_pool, make_vacancy, one_hot

PEOPLE, VACANCIES = 130, 40


@pytest.fixture(scope="module")
def corridor():
    """People and vacancies of the shipped taxonomy; some vacancies ask for nothing, or for what nobody knows."""
    small = market(read_starter(), KeywordEncoder(), people=PEOPLE, vacancies=VACANCIES)
    jobs = small.vacancies
    jobs[0] = replace(jobs[0], occupation_id=None)
    jobs[1] = replace(jobs[1], skills=())
    jobs[2] = replace(jobs[2], experience_months=0)
    jobs[3] = replace(jobs[3], occupation_id=None, skills=(), experience_months=0, languages=(), start_on=None)
    jobs[4] = replace(jobs[4], occupation_id=concept("nobody knows it"))
    jobs[5] = replace(jobs[5], skills=(NeededSkill(concept("nobody knows it"), "?", True), *jobs[5].skills))
    return small.pool(small.people, small.people_vectors), list(zip(jobs, small.vacancy_vectors, strict=True))


def keys_one_by_one(pool, jobs, rows, weights=HAND):
    """Both keys as the full comparison gives them, vacancy after vacancy: (2, n, v)."""
    found = [rank(pool, *job, rows, weights=weights) for job in jobs]
    return np.stack([np.stack((one.keys, one.own_keys)) for one in found], axis=2)


@pytest.mark.parametrize("rows", [[0], [7], [PEOPLE - 1], [3, 1, 2], range(PEOPLE)])
def test_every_key_is_that_of_the_full_comparison(corridor, rows):
    pool, jobs = corridor
    rows = np.array(rows, np.int32)
    found = np.stack(board_of(jobs, HAND).against(pool, rows))
    assert found.tolist() == keys_one_by_one(pool, jobs, rows).tolist()


@given(weights=any_weights)
@settings(max_examples=20)
def test_it_counts_by_whatever_weights_are_in_force(corridor, weights):
    pool, jobs = corridor
    rows = np.arange(20, dtype=np.int32)
    found = np.stack(board_of(jobs, weights).against(pool, rows))
    assert found.tolist() == keys_one_by_one(pool, jobs, rows, weights).tolist()


@pytest.mark.parametrize("at_once", [1, 2, PEOPLE - 1, PEOPLE, PEOPLE + 1])
def test_how_many_are_compared_at_once_changes_nothing(corridor, monkeypatch, at_once):
    pool, jobs = corridor
    rows, made = np.arange(PEOPLE, dtype=np.int32), board_of(jobs, HAND)
    expected = np.stack(made.against(pool, rows))
    monkeypatch.setattr(board, "ROWS_AT_ONCE", at_once)
    assert np.stack(made.against(pool, rows)).tolist() == expected.tolist()


def test_nobody_against_all_and_somebody_against_nothing(corridor):
    pool, jobs = corridor
    assert [each.shape for each in board_of(jobs, HAND).against(pool, np.empty(0, np.int32))] == [(0, VACANCIES)] * 2
    assert [each.shape for each in board_of([], HAND).against(pool, np.arange(3, dtype=np.int32))] == [(3, 0)] * 2


def test_one_vacancy_that_asks_for_nothing_is_compared_too():
    pool = make_pool(make_candidate("a", skills=("MAG welding",)), make_candidate("b"))
    job = replace(make_vacancy(), occupation_id=None, skills=()), one_hot(1.0)
    rows = np.arange(len(pool), dtype=np.int32)
    assert np.stack(board_of([job], HAND).against(pool, rows)).tolist() == keys_one_by_one(pool, [job], rows).tolist()


def test_likeness_is_the_same_from_either_side(corridor):
    for concepts in (corridor[0].skill_concepts, corridor[0].occupation_concepts):
        rows = np.stack([concepts.row(number) for number in range(len(concepts.ids))])[:, :-1]
        assert (rows == rows.T).all()


@given(
    wanted=st.lists(st.integers(0, 30), min_size=1, max_size=12, unique=True),
    held=st.lists(st.integers(0, 30), max_size=12),
)
def test_whichever_side_is_looked_up_the_likeness_is_that_of_the_needed_one(corridor, wanted, held):
    concepts = corridor[0].skill_concepts
    none = len(concepts.ids)
    numbers = np.array([*held, none], np.int64)
    found = likeness(concepts, [concepts.ids[one] for one in wanted], numbers)
    assert found[:-1].tolist() == [concepts.row(one)[numbers].tolist() for one in wanted]
    assert not found[-1].any()


@pytest.mark.parametrize(
    ("each", "things", "places"),
    [
        ([], [], []),
        ([[]], [], [[]]),
        ([["a"], []], ["a"], [[0], [1]]),
        ([["b", "a"], ["a"]], ["b", "a"], [[0, 1], [1, 2]]),
    ],
)
def test_places_are_filled_up_with_the_one_after_the_last(each, things, places):
    known, found = listed(each)
    assert (known, found.tolist()) == (things, places)


def test_places_have_a_column_where_one_is_asked_for():
    assert listed([[], []], least=1)[1].tolist() == [[0], [0]]
