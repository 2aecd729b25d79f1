"""Who stands in a list, found without scoring those who cannot: exactly the list of comparing everybody in full.

Requirements, occupation and experience are looked up for everybody. With full points for everything else they make the
highest standing that a person can reach; whoever stays below the list with it is left. Skills are then compared, the
bound drawn closer, and texts looked at for those who are still in question. A bound never lies below the true key
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
from talent.matching.grades import by_grade
from talent.matching.kernels import TIE_BITS, add_skills, add_upper_standings, find_reaching, over_rows
from talent.matching.pool import NOTHING, Pool
from talent.matching.ranking import STANDINGS, Ranked, list_keys, rank, standings, tie_numbers
from talent.matching.requirements import Requirement, lacks_none, requirements_of
from talent.matching.scorer import CENTIPOINTS, HAND, Weights
from talent.matching.similarity import LIKENESS
from talent.matching.views import VacancyView

KEYS = NDArray[np.int64]
ROWS = NDArray[np.int32]
STANDING = NDArray[np.uint16]
ROUNDS: Final = (4, 128)
"""Lengths of the list that are looked at first, best bounds first, before all who may still reach it."""
FIRST: Final = 4
"""Times the length of a list that are looked at in full to learn what the others must reach."""
_SCORES = np.arange(CENTIPOINTS + 1, dtype=np.int32)
STANDING_OF: STANDING = np.stack([standings(np.full(len(_SCORES), whole), _SCORES) for whole in (False, True)]).astype(
    np.uint16
)
"""(2, n_scores): the standing by whether nothing is missing and by score. It never falls with the score."""


@dataclass(frozen=True)
class Question:
    """One vacancy as tables: points by occupation and by month, likeness by skill, and its text in whole steps.

    skills : (numbers of graded skills, k) uint16, must-have ones first, k a multiple of eight filled up with zeros.
    """

    vacancy: VacancyView
    weights: Weights
    requirements: list[Requirement]
    occupation_points: NDArray[np.int16]
    month_points: NDArray[np.int16]
    skills: NDArray[np.uint16]
    must: int
    nice: int
    text: NDArray[np.int16]


def question(pool: Pool, vacancy: VacancyView, vector: NDArray[np.float32], weights: Weights = HAND) -> Question:
    """The tables of one vacancy; vector : (d,) float32, its text."""
    months = np.arange(max(0, vacancy.experience_months) + 1, dtype=np.int16)
    needed = sorted(vacancy.skills, key=lambda skill: not skill.is_must)
    must = sum(skill.is_must for skill in needed)
    concepts = pool.skill_concepts
    table = np.zeros((pool.no_skill + 1, max(8, -(-len(needed) // 8) * 8)), np.uint16)
    for column, skill in enumerate(needed):
        if skill.skill_id in concepts.index:
            table[:, column] = by_grade(concepts.row(concepts.index[skill.skill_id]))
    return Question(
        vacancy,
        weights,
        requirements_of(vacancy),
        weights.part_points("occupation", occupation_likeness(pool, vacancy) / LIKENESS).astype(np.int16),
        weights.part_points("experience", experience_share(months, vacancy)).astype(np.int16),
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
    own = np.empty(0, np.int64) if enough is None else enough[: len(pool)]
    complete = nothing_missing(pool, asked, threads)
    exact, upper, counts = upper_standings(pool, asked, complete, threads)
    rows, keys, last, high = np.empty(0, np.int32), np.empty(0, np.int64), NOTHING, STANDINGS
    for low in _levels(counts, length):
        if enough is None and not counts[max(0, last >> TIE_BITS) : high].any():
            break
        some = _between(upper, low, high, last, own, threads)
        more, more_keys = _scored(pool, asked, _Some(some, exact[some], complete[some]), length, last, own, threads)
        rows, keys, high = np.concatenate((rows, more)), np.concatenate((keys, more_keys)), low
        last = nth_best(keys, length)
    kept = keys >= (np.minimum(last, own[rows]) if len(own) else last)
    return Reaching(rows[kept], keys[kept], last, int(counts.sum()))


def nothing_missing(pool: Pool, asked: Question, threads: int | None = None) -> NDArray[np.bool_]:
    """(n,): whether each row of the pool lacks none of the requirements."""

    def look(start: int, stop: int) -> NDArray[np.bool_]:
        return lacks_none(pool, asked.requirements, start, stop)

    return np.concatenate(over_rows(len(pool), look, threads=threads))


def upper_standings(
    pool: Pool, asked: Question, complete: NDArray[np.bool_], threads: int | None = None
) -> tuple[NDArray[np.int16], STANDING, KEYS]:
    """For each row the points for occupation and experience, and the highest standing that it can reach.

    It is NOBODY where nobody lives. The third array says how many can reach each standing.
    """
    exact = np.zeros(len(pool), np.int16)
    upper = np.empty(len(pool), np.uint16)
    rest = CENTIPOINTS - asked.weights.most_of["occupation"] - asked.weights.most_of["experience"]
    columns = pool.alive, pool.occupations, pool.experience, complete, asked.occupation_points, asked.month_points

    def look_up(start: int, stop: int) -> NDArray[np.int32]:
        counts = np.zeros(STANDINGS, np.int32)
        add_upper_standings(start, stop, *columns, rest, STANDING_OF, exact, upper, counts)
        return counts

    return exact, upper, np.sum(over_rows(len(pool), look_up, threads=threads), axis=0, dtype=np.int64)


def _levels(counts: KEYS, length: int) -> list[int]:
    """Standings, falling to 0, so that few rows lie above the first, more above the second, and all above the last."""
    above = np.cumsum(counts[::-1])
    first = [STANDINGS - 1 - int(np.searchsorted(above, times * length)) for times in ROUNDS]
    return sorted({max(0, level) for level in first} | {0}, reverse=True)


def _between(upper: STANDING, low: int, high: int, last: np.int64, own: KEYS, threads: int | None) -> ROWS:
    found = np.empty(len(upper), np.int32)

    def look(start: int, stop: int) -> ROWS:
        return found[start : start + find_reaching(start, stop, upper, low, high, last, own, found)]

    return np.concatenate(over_rows(len(upper), look, threads=threads))


@dataclass(frozen=True)
class _Some:
    """Rows that may reach a list: (n,) each, with points that are certain and whether nothing is missing."""

    rows: ROWS
    points: NDArray[np.int32] | NDArray[np.int16]
    complete: NDArray[np.bool_]

    def __getitem__(self, places: NDArray[np.intp]) -> "_Some":
        return _Some(self.rows[places], self.points[places], self.complete[places])

    def reachable(self, rest: int) -> STANDING:
        """The standing of each row with so many points more."""
        return STANDING_OF[self.complete.view(np.int8), self.points + rest]

    def keys(self, pool: Pool, asked: Question) -> KEYS:
        """The key of each row, with its text."""
        score = self.points + asked.weights.part_points("text", text_share(text_dots(pool, asked.text, self.rows)))
        ties = tie_numbers(pool.tie_key[self.rows], asked.vacancy.vacancy_id)
        return list_keys((~self.complete).astype(np.int16), score, ties)


def _scored(
    pool: Pool, asked: Question, some: _Some, length: int, last: np.int64, own: KEYS, threads: int | None
) -> tuple[ROWS, KEYS]:
    """Those of the rows whose key may stand in the list or be enough for its row, with their keys.

    Of very many rows those with the best skills are looked at in full first: what stands last among them is a bound for
    all others, so that few texts are looked at even where no occupation tells people apart.
    """
    some = _Some(some.rows, some.points.astype(np.int32) + skill_points(pool, asked, some.rows, threads), some.complete)
    upper = some.reachable(asked.weights.most_of["text"])
    if len(upper) > ROUNDS[-1] * length:
        first = np.argpartition(upper, -FIRST * length)[-FIRST * length :]
        last = max(last, nth_best(some[first].keys(pool, asked), length))
    least = np.minimum(last, own[some.rows]) if len(own) else last
    near = some[np.flatnonzero(upper >= least >> TIE_BITS)]
    return near.rows, near.keys(pool, asked)


def skill_points(pool: Pool, asked: Question, rows: ROWS, threads: int | None = None) -> NDArray[np.int32]:
    """The points of these rows for must-have and welcome skills together."""
    sums = np.empty((len(rows), 2), np.int32)
    table, must = asked.skills, asked.must
    over_rows(len(rows), lambda a, b: add_skills(a, b, pool.skills, rows, table, must, sums), threads=threads)
    wanted = asked.weights.part_points("must_skills", mean_strength(sums[:, 0], must))
    return wanted + asked.weights.part_points("nice_skills", mean_strength(sums[:, 1], asked.nice))


def best(
    pool: Pool,
    vacancy: VacancyView,
    vector: NDArray[np.float32],
    length: int,
    enough: KEYS | None = None,
    *,
    weights: Weights = HAND,
) -> tuple[Ranked, Reaching]:
    """Who reaches the vacancy's list, or their own, compared in full; vector : (d,) float32, the vacancy's text."""
    found = reaching(pool, question(pool, vacancy, vector, weights), length, enough)
    return rank(pool, vacancy, vector, found.rows, weights=weights), found
