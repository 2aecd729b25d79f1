"""Whoever belongs into a list is found: the fast search against a slow twin, its bounds, and its threads."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.rankings import market
from talent.matching import kernels, search, sieve
from talent.matching.answers import nothing_missing
from talent.matching.fixed_point import STEPS, fixed_point, from_steps, whole_steps
from talent.matching.kernels import TIE_BITS, add_dots, offer, over_rows
from talent.matching.pool import NOTHING
from talent.matching.question import question
from talent.matching.ranking import rank
from talent.matching.records import COUNTRY_BIT, LICENCE_BIT, MOST_SKILLS
from talent.matching.requirements import judge, requirements_of
from talent.matching.scorer import HAND
from talent.matching.search import best, likeliest, nearest_trades, reaching
from talent.matching.sieve import Sieve, nth_best
from talent.matching.views import HeldSkill
from talent.matching.wishing import wishes_of
from talent.taxonomy.levels import Evidence
from talent.taxonomy.starter_release import read_starter
from tests.factories.encoder import KeywordEncoder
from tests.factories.matching import SKILLS, any_weights, concept, make_candidate, make_pool, make_vacancy, one_hot
from tests.factories.twin import MISSING, Twin

PEOPLE, VACANCIES = 250, 12


@pytest.fixture(scope="module")
def corridor():
    """People and vacancies of the shipped taxonomy, and every key by the slow twin.

    Some ask for no occupation, no skill or no experience, so that no bound helps.
    """
    small = market(read_starter(), KeywordEncoder(), people=PEOPLE, vacancies=VACANCIES)
    small.vacancies[0] = replace(small.vacancies[0], occupation_id=None)
    small.vacancies[1] = replace(small.vacancies[1], skills=())
    small.vacancies[2] = replace(small.vacancies[2], experience_months=0)
    small.vacancies[3] = replace(small.vacancies[3], occupation_id=None, skills=(), experience_months=0)
    twin = Twin(small)
    jobs = list(zip(small.vacancies, small.vacancy_vectors, strict=True))
    return twin.pool, jobs, [twin.keys(*job) for job in jobs], twin


def test_the_twin_and_the_full_comparison_agree_on_every_key(corridor):
    pool, jobs, keys, twin = corridor
    for number, job in enumerate(jobs):
        found = rank(pool, *job)
        assert found.keys.tolist() == keys[number].tolist()
        assert found.own_keys.tolist() == twin.own_keys(*job).tolist()
        assert wishes_of(pool, job[0]).tolist() == found.wished.total[:, 0].tolist()


@pytest.mark.parametrize("length", [1, 2, 50, PEOPLE - 1, PEOPLE, PEOPLE + 1])
def test_every_list_is_the_twins(corridor, length):
    pool, jobs, keys, _ = corridor
    wrong = []
    for number, (vacancy, vector) in enumerate(jobs):
        found = reaching(pool, question(pool, vacancy, vector), length)
        expected = np.sort(keys[number])[::-1][:length]
        ranked, again = best(pool, vacancy, vector, length)
        if (
            np.sort(found.keys)[::-1].tolist() != expected.tolist()
            or found.last != (expected[-1] if length <= PEOPLE else NOTHING)
            or found.compared != PEOPLE
            or ranked.keys.tolist() != again.keys.tolist()
        ):
            wrong.append(number)
    assert not wrong


def test_whoever_reaches_their_own_bound_is_found_whatever_the_shortlist_is(corridor):
    pool, jobs, keys, twin = corridor
    for number, job in enumerate(jobs):
        own = twin.own_keys(*job)
        enough = np.roll(own, 7)  # about half of the people reach another person's key
        found = reaching(pool, question(pool, *job), 5, enough)
        expected = np.flatnonzero((keys[number] >= np.sort(keys[number])[-5]) | (own >= enough))
        assert sorted(found.rows.tolist()) == expected.tolist()
        assert found.own_keys.tolist() == own[found.rows].tolist()
        assert reaching(pool, question(pool, *job), 5).own_keys.tolist() == [], "nobody's own list was asked for"


def sieve_of(pool, job, weights=HAND, own=None):
    asked = question(pool, *job, weights)
    sides = (sieve.NO_KEYS, sieve.NO_WISHES) if own is None else (own, wishes_of(pool, job[0]))
    return Sieve(pool, asked, nothing_missing(pool, asked.requirements), *sides)


def test_nobody_is_left_out_by_a_bound_who_reaches_it_by_one_tie(corridor):
    pool, jobs, keys, twin = corridor
    for number, job in enumerate(jobs):
        looking = sieve_of(pool, job, own=twin.own_keys(*job))
        trades = looking.by_trade(np.iinfo(np.int64).max)
        skills = looking.by_skills(trades, np.iinfo(np.int64).max)
        assert trades.rows.tolist() == skills.rows.tolist() == list(range(PEOPLE))
        assert (looking.upper(trades) >= looking.upper(skills)).all()
        assert (looking.upper(skills) >= keys[number] >> TIE_BITS).all()
        assert looking.keys(skills).tolist() == keys[number].tolist()
        assert looking.may_reach(skills, np.iinfo(np.int64).max).all()


def test_whoever_cannot_reach_a_bound_with_all_points_that_are_left_is_left(corridor):
    pool, jobs, keys, _ = corridor
    for number, job in enumerate(jobs):
        looking = sieve_of(pool, job)
        everybody = looking.by_skills(looking.by_trade())
        for last in np.quantile(keys[number], [0.1, 0.5, 0.9], method="nearest"):
            trades = looking.by_trade(last)
            assert (
                trades.rows.tolist() == np.flatnonzero(looking.upper(looking.by_trade()) >= last >> TIE_BITS).tolist()
            )
            expected = np.flatnonzero(looking.upper(everybody) >= last >> TIE_BITS).tolist()
            assert looking.by_skills(trades, last).rows.tolist() == expected


def test_some_rows_have_the_points_of_all_and_only_the_living_are_among_them(corridor):
    pool, jobs, _, _ = corridor
    some = np.arange(PEOPLE - 1, 0, -3, dtype=np.int32)
    for job in jobs:
        looking = sieve_of(pool, job)
        assert looking.these(some).points.tolist() == looking.by_trade().points[some].tolist()
    small = make_pool(make_candidate("a"), make_candidate("b"))
    small.remove(concept("profile a"))
    assert sieve_of(small, (make_vacancy(), one_hot(1.0))).these(np.array([0, 1], np.int32)).rows.tolist() == [1]


def test_what_is_missing_is_told_by_one_bit_for_each_row(corridor):
    pool, jobs, _, _ = corridor
    for vacancy, _ in jobs:
        asked = requirements_of(vacancy)
        lacks = (judge(pool, asked, np.arange(PEOPLE)) == MISSING).any(axis=1)
        assert np.unpackbits(nothing_missing(pool, asked), count=PEOPLE).tolist() == (~lacks).tolist()


@settings(max_examples=20, deadline=None)
@given(weights=any_weights, length=st.integers(1, PEOPLE))
def test_with_any_weights_bounds_and_lists_are_the_twins(corridor, weights, length):
    pool, jobs, _, twin = corridor
    for vacancy, vector in jobs:
        keys = twin.keys(vacancy, vector, weights)
        looking = sieve_of(pool, (vacancy, vector), weights)
        ranked, found = best(pool, vacancy, vector, length, weights=weights)
        assert (looking.upper(looking.by_skills(looking.by_trade())) >= keys >> TIE_BITS).all()
        assert np.sort(ranked.keys).tolist() == np.sort(found.keys).tolist() == np.sort(keys)[-length:].tolist()
        assert rank(pool, vacancy, vector, weights=weights).keys.tolist() == keys.tolist()


@pytest.mark.parametrize("count", [1, 7, PEOPLE - 1, PEOPLE, 2 * PEOPLE])
def test_rows_of_the_nearest_trades_come_first_and_nobody_twice(corridor, count):
    pool, jobs, _, _ = corridor
    for job in jobs:
        points = question(pool, *job).occupation_points
        rows = nearest_trades(pool, points, count).tolist()
        assert len(set(rows)) == len(rows) >= min(count, PEOPLE)
        own = points[pool.occupations[:PEOPLE, 0]]
        if points.any() and count < PEOPLE:
            assert sorted(own[rows].tolist()) == sorted(own.tolist())[-count:]


def test_among_the_likeliest_those_who_lack_nothing_come_first(corridor):
    pool, jobs, _, _ = corridor
    for job in jobs:
        asked = question(pool, *job)
        complete = nothing_missing(pool, asked.requirements)
        rows = likeliest(pool, asked.occupation_points, complete, 20)
        near = nearest_trades(pool, asked.occupation_points, 20 * search.AMONG)
        whole = np.unpackbits(complete, count=PEOPLE).astype(bool)
        assert rows.tolist() == [*near[whole[near]].tolist(), *near[~whole[near]].tolist()][:20]


def test_a_hint_of_trades_that_is_out_of_date_loses_nobody():
    pool = make_pool(*[make_candidate(str(n), occupation_ids=(concept("cook"),)) for n in range(900)])
    assert len(pool.by_occupation[0]) == 900
    late = make_candidate("late", occupation_ids=(concept("welder"),))
    pool.put(late, one_hot(1.0))
    pool.put(make_candidate("0", occupation_ids=(concept("welder"),)), one_hot(1.0))
    vacancy = make_vacancy(occupation_id=concept("welder"))
    assert len(pool.by_occupation[0]) == 900
    assert sorted(best(pool, vacancy, one_hot(1.0), 2)[0].rows.tolist()) == [0, 900]


def test_the_number_of_threads_changes_nothing(corridor, monkeypatch):
    monkeypatch.setattr(kernels, "LEAST_ROWS", 16)
    pool, jobs, *_ = corridor
    for job in jobs:
        asked = question(pool, *job)
        seen = {
            (tuple(found.rows.tolist()), tuple(found.keys.tolist()))
            for found in (reaching(pool, asked, 20, threads=threads) for threads in (1, 2, 3, 7))
        }
        assert len(seen) == 1


@given(rows=st.integers(0, 400_000), threads=st.integers(1, 64))
def test_threads_share_all_rows_and_no_row_twice(rows, threads):
    ranges = over_rows(rows, lambda start, stop: (start, stop), threads=threads)
    assert ranges[0][0] == 0
    assert ranges[-1][1] == rows
    assert all(left[1] == right[0] for left, right in pairwise(ranges))


names = st.lists(st.sampled_from(SKILLS), max_size=5, unique=True).map(tuple)
people = st.lists(st.tuples(names, st.integers(0, 60), st.sampled_from(["welder", "cook", None])), max_size=8)


def test_looking_at_those_with_the_best_skills_first_loses_nobody(corridor, monkeypatch):
    pool, jobs, keys, _ = corridor
    monkeypatch.setattr(search, "LIKELIEST", 1)
    monkeypatch.setattr(sieve, "LIKELIEST", 1)
    monkeypatch.setattr(sieve, "FIRST", 1)
    wrong = []
    for number, (vacancy, vector) in enumerate(jobs):
        for length in (1, 2, 9, 50):
            found = reaching(pool, question(pool, vacancy, vector), length)
            if sorted(found.keys.tolist()) != sorted(keys[number])[-length:]:
                wrong.append((number, length))
    assert wrong == []


@settings(max_examples=60, deadline=None)
@given(held=people, must=names, months=st.integers(0, 40), length=st.integers(1, 9), trade=st.booleans())
def test_any_small_list_is_that_of_comparing_everybody(held, must, months, length, trade):
    candidates = [
        make_candidate(
            str(number), skills=skills, experience_months=own, occupation_ids=(concept(name),) if name else ()
        )
        for number, (skills, own, name) in enumerate(held)
    ]
    pool = make_pool(*candidates)
    vacancy = make_vacancy(must=must, experience_months=months, occupation_id=concept("welder") if trade else None)
    full = rank(pool, vacancy, one_hot(1.0))
    ranked, found = best(pool, vacancy, one_hot(1.0), length)
    assert [ranked.keys[i] for i in ranked.order()] == [full.keys[i] for i in full.order()[:length]]
    assert found.last == nth_best(full.keys, length)


def test_every_country_and_licence_has_a_bit_of_its_own():
    for bits in (COUNTRY_BIT, LICENCE_BIT):
        assert len({int(bit) for bit in bits.values()} - {0}) == len(bits)


def test_a_removed_candidate_reaches_no_list_and_the_empty_row_is_used_again():
    pool = make_pool(make_candidate("a"), make_candidate("b"))
    pool.enough[0] = 5
    pool.remove(concept("profile a"))
    assert best(pool, make_vacancy(), one_hot(1.0), 50)[0].rows.tolist() == [1]
    assert pool.put(make_candidate("c"), one_hot(1.0)) == 0
    assert pool.enough[0] == NOTHING
    assert len(pool) == 2


@pytest.mark.parametrize("count", [15, 16, 17, 33, MOST_SKILLS, MOST_SKILLS + 1])
def test_room_is_made_for_many_skills(count):
    cooks, welds = (HeldSkill(concept(name), "", Evidence.ASSESSED) for name in ("cooking rice", "MAG welding"))
    skills = (*[cooks] * (count - 1), welds)
    pool = make_pool(make_candidate("before", skills=("cooking rice",)), replace(make_candidate(), skills=skills))
    ranked = best(pool, make_vacancy(must=("MAG welding",)), one_hot(1.0), 2)[0]
    last_is_seen = int(ranked.parts[ranked.rows.tolist().index(1)][0]) == 3600
    assert last_is_seen is (count <= MOST_SKILLS)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), dimensions=st.sampled_from([1, 7, 384]))
def test_a_product_of_whole_steps_is_that_of_float64(seed, dimensions):
    draw = np.random.default_rng(seed)
    vectors = draw.normal(size=(40, dimensions)).astype(np.float32)
    vectors = fixed_point(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    assert dots(vectors, vectors[3]) == (vectors.astype(np.float64) @ vectors[3].astype(np.float64)).tolist()


@pytest.mark.parametrize("vector", [np.eye(384)[0], -np.eye(384)[0], np.full(384, 384**-0.5), np.zeros(384)])
def test_the_largest_products_are_held(vector):
    vector = fixed_point(vector.astype(np.float32))
    both = np.stack([vector, -vector])
    assert dots(both, vector) == (both.astype(np.float64) @ vector.astype(np.float64)).tolist()


def dots(vectors, query):
    found = np.zeros(len(vectors), np.int32)
    add_dots(0, len(vectors), whole_steps(vectors), np.arange(len(vectors), dtype=np.int32), whole_steps(query), found)
    return (found / STEPS**2).tolist()


@given(st.lists(st.integers(-STEPS, STEPS), min_size=1, max_size=8))
def test_steps_are_kept_exactly(steps):
    counted = np.array(steps, np.int16)
    assert whole_steps(from_steps(counted)).tolist() == steps


@given(st.lists(st.lists(st.integers(0, 50), min_size=3, max_size=3, unique=True), max_size=12))
def test_offered_keys_leave_each_row_its_best(offers):
    kept = np.full((3, 4), NOTHING, np.int64)
    for number, keys in enumerate(offers):
        own = np.array(keys, np.int64) * 100 + number  # no two keys of a row are equal
        offer(0, 3, np.arange(3, dtype=np.int32), own, kept)
    for row in range(3):
        every = [keys[row] * 100 + number for number, keys in enumerate(offers)]
        expected = sorted([*every, *[int(NOTHING)] * 4], reverse=True)[:4]
        assert sorted(kept[row].tolist(), reverse=True) == expected
        assert kept[row, 0] == min(expected)
