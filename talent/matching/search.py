"""Who stands in a list, found without scoring those who cannot: exactly the list of comparing everybody in full.

Occupation and experience are looked up for everybody. With full points for everything else they make the highest score
that a person can reach; whoever stays below the list with it is left. Skills are then compared, the bound drawn closer,
and texts and requirements looked at for those who are still in question. A bound never lies below the true key
(``tests/matching/test_search.py``), so nobody is lost by it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.features import (
    experience_share,
    mean_strength,
    occupation_likeness,
    text_dots,
    text_share,
)
from talent.matching.fixed_point import whole_steps
from talent.matching.kernels import add_skills, add_upper_scores, find_reaching, over_rows
from talent.matching.pool import NOTHING, Pool
from talent.matching.ranking import Ranked, list_keys, missing_of, rank, tie_numbers
from talent.matching.requirements import Requirement, judge, requirements_of
from talent.matching.scorer import CENTIPOINTS, MOST_POINTS, PART_KEYS, part_points
from talent.matching.similarity import LIKENESS
from talent.matching.views import VacancyView

KEYS = NDArray[np.int64]
ROWS = NDArray[np.int32]
OUT_OF_REACH = np.int64(2**63 - 1)
"""A bound that no key reaches."""
ROUNDS: Final = (4, 128)
"""Lengths of the list that are looked at first, best bounds first, before all who may still reach it."""
HIGHEST_KEYS = list_keys(
    np.zeros(CENTIPOINTS + 1, np.int16), np.arange(CENTIPOINTS + 1, dtype=np.int32), np.zeros(CENTIPOINTS + 1, np.int64)
)
"""For each score, the key of somebody with it who misses nothing and wins every tie: no key of that score is higher."""
MOST = dict(zip(PART_KEYS, MOST_POINTS.astype(int).tolist(), strict=True))


@dataclass(frozen=True)
class Question:
    """One vacancy as tables: points by occupation and by month, likeness by skill, and its text in whole steps.

    skills : (n_skills + 1, k) uint16, must-have ones first, k a multiple of eight filled up with zeros.
    """

    vacancy: VacancyView
    requirements: list[Requirement]
    occupation_points: NDArray[np.int16]
    month_points: NDArray[np.int16]
    skills: NDArray[np.uint16]
    must: int
    nice: int
    text: NDArray[np.int16]


def question(pool: Pool, vacancy: VacancyView, vector: NDArray[np.float32]) -> Question:
    """The tables of one vacancy; vector : (d,) float32, its text."""
    months = np.arange(max(0, vacancy.experience_months) + 1, dtype=np.int16)
    needed = sorted(vacancy.skills, key=lambda skill: not skill.is_must)
    must = sum(skill.is_must for skill in needed)
    concepts = pool.skill_concepts
    table = np.zeros((len(concepts.ids) + 1, max(8, -(-len(needed) // 8) * 8)), np.uint16)
    for column, skill in enumerate(needed):
        if skill.skill_id in concepts.index:
            table[:, column] = concepts.row(concepts.index[skill.skill_id])
    return Question(
        vacancy,
        requirements_of(vacancy),
        part_points("occupation", occupation_likeness(pool, vacancy) / LIKENESS).astype(np.int16),
        part_points("experience", experience_share(months, vacancy)).astype(np.int16),
        table,
        must,
        len(needed) - must,
        whole_steps(vector),
    )


@dataclass(frozen=True)
class Reaching:
    """Who reaches a list: rows and keys of the pool, the key that stands last, and how many were in question."""

    rows: ROWS
    keys: KEYS
    last: np.int64
    compared: int


def nth_best(keys: KEYS, length: int) -> np.int64:
    """The key that stands last in a list of this length; anything is enough while the list is not full."""
    return NOTHING if len(keys) < length else np.int64(np.partition(keys, len(keys) - length)[len(keys) - length])


def reaching(
    pool: Pool, asked: Question, length: int, enough: KEYS | None = None, *, threads: int | None = None
) -> Reaching:
    """Everybody whose key stands in a list of this length, or is at least what is enough for that row of the pool.

    enough : (n,) int64, one key for each row of the pool; nobody's own list counts for None.
    """
    own = np.full(len(pool), OUT_OF_REACH) if enough is None else enough[: len(pool)]
    upper, counts = upper_scores(pool, asked, threads)
    rows, keys, last, high = np.empty(0, np.int32), np.empty(0, np.int64), NOTHING, CENTIPOINTS + 1
    for low in _levels(counts, length):
        some = _between(upper, low, high, last, own, threads)
        more, more_keys = _scored(pool, asked, some, upper[some], np.minimum(last, own[some]), threads)
        rows, keys, high = np.concatenate((rows, more)), np.concatenate((keys, more_keys)), low
        last = nth_best(keys, length)
    kept = keys >= np.minimum(last, own[rows])
    return Reaching(rows[kept], keys[kept], last, int(counts.sum()))


def upper_scores(pool: Pool, asked: Question, threads: int | None = None) -> tuple[NDArray[np.int16], KEYS]:
    """The highest score that each row can reach, -1 where nobody lives, and how many can reach each score."""
    upper = np.empty(len(pool), np.int16)
    rest = CENTIPOINTS - MOST["occupation"] - MOST["experience"]

    def look_up(start: int, stop: int) -> KEYS:
        counts = np.zeros(CENTIPOINTS + 1, np.int64)
        points = asked.occupation_points, asked.month_points
        add_upper_scores(start, stop, pool.alive, pool.occupations, pool.experience, *points, rest, upper, counts)
        return counts

    return upper, np.sum(over_rows(len(pool), look_up, threads=threads), axis=0)


def _levels(counts: KEYS, length: int) -> list[int]:
    """Scores, falling to 0, so that few rows lie above the first, more above the second, and all above the last."""
    above = np.cumsum(counts[::-1])
    first = [CENTIPOINTS - int(np.searchsorted(above, times * length)) for times in ROUNDS]
    return sorted({max(0, level) for level in first} | {0}, reverse=True)


def _between(upper: NDArray[np.int16], low: int, high: int, last: np.int64, own: KEYS, threads: int | None) -> ROWS:
    found = np.empty(len(upper), np.int32)

    def look(start: int, stop: int) -> ROWS:
        return found[start : start + find_reaching(start, stop, upper, low, high, HIGHEST_KEYS, last, own, found)]

    return np.concatenate(over_rows(len(upper), look, threads=threads))


def _scored(
    pool: Pool, asked: Question, rows: ROWS, upper: NDArray[np.int16], least: KEYS, threads: int | None
) -> tuple[ROWS, KEYS]:
    """Those of the rows whose key may be at least so much, with their keys."""
    score = (
        upper.astype(np.int32) - MOST["must_skills"] - MOST["nice_skills"] + skill_points(pool, asked, rows, threads)
    )
    near = np.flatnonzero(HIGHEST_KEYS[score] >= least)
    rows, score, least = rows[near], score[near] - MOST["text"], least[near]
    score += part_points("text", text_share(text_dots(pool, asked.text, rows)))
    near = np.flatnonzero(HIGHEST_KEYS[score] >= least)
    rows, score = rows[near], score[near]
    missing = missing_of(judge(pool, asked.requirements, rows))
    return rows, list_keys(missing, score, tie_numbers(pool.tie_key[rows], asked.vacancy.vacancy_id))


def skill_points(pool: Pool, asked: Question, rows: ROWS, threads: int | None = None) -> NDArray[np.int32]:
    """The points of these rows for must-have and welcome skills together."""
    sums = np.empty((len(rows), 2), np.int32)
    table, must = asked.skills, asked.must
    over_rows(len(rows), lambda a, b: add_skills(a, b, pool.skills, rows, table, must, sums), threads=threads)
    return part_points("must_skills", mean_strength(sums[:, 0], must)) + part_points(
        "nice_skills", mean_strength(sums[:, 1], asked.nice)
    )


def best(
    pool: Pool, vacancy: VacancyView, vector: NDArray[np.float32], length: int, enough: KEYS | None = None
) -> tuple[Ranked, Reaching]:
    """Who reaches the vacancy's list, or their own, compared in full; vector : (d,) float32, the vacancy's text."""
    found = reaching(pool, question(pool, vacancy, vector), length, enough)
    return rank(pool, vacancy, vector, found.rows), found
