"""All open vacancies as columns: a few candidates are compared with every one of them by a few array operations.

It gives the keys that ``ranking.rank`` gives vacancy after vacancy, in the vacancy's list and in the candidate's own
(``tests/matching/test_board.py``). Who stands in a list is found by it; the pairs that are stored are then ranked in
full.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.features import text_share
from talent.matching.fixed_point import whole_steps
from talent.matching.grades import counted, ungraded
from talent.matching.pool import Numbers, Pool
from talent.matching.ranking import list_keys, own_keys, ties_of, vacancy_key
from talent.matching.records import MOST_OCCUPATIONS
from talent.matching.requirements import Requirement, Verdict, judge, requirements_of
from talent.matching.scorer import Weights
from talent.matching.similarity import LIKENESS, Concepts
from talent.matching.views import VacancyView
from talent.matching.wishing import Offer, offer_of, wished

KEYS = NDArray[np.int64]
LIKE = NDArray[np.uint16]
PLACES = NDArray[np.intp]
SHARES = NDArray[np.float64]
ROWS_AT_ONCE: Final = 256
"""Candidates whose columns are compared at once: what lies between is some tens of megabytes."""
ThingT = TypeVar("ThingT")


@dataclass(frozen=True)
class Board:
    """The open vacancies: every column has one row for each, in the order of ``ids``.

    texts : (v, d) float32 whole steps; tie_keys : (v,) uint64; months : (v,) int64. ``must``, ``nice``, ``occupation``
    and ``asked`` are (v, width) places in ``skills``, ``occupations`` and ``requirements``, filled up with the place
    after the last.
    """

    ids: list[UUID]
    weights: Weights
    texts: NDArray[np.float32]
    tie_keys: NDArray[np.uint64]
    months: NDArray[np.int64]
    skills: list[UUID]
    must: PLACES
    nice: PLACES
    occupations: list[UUID]
    occupation: PLACES
    requirements: list[Requirement]
    asked: PLACES
    offer: Offer

    def against(self, pool: Pool, rows: NDArray[np.int32]) -> tuple[KEYS, KEYS]:
        """The keys of each of these rows of the pool with each vacancy: in its list and in their own, (n, v) int64."""
        found = np.empty((2, len(rows), len(self.ids)), np.int64)
        if self.ids:
            lacks = lacking(pool, self.requirements, rows)
            for start in range(0, len(rows), ROWS_AT_ONCE):
                some = slice(start, start + ROWS_AT_ONCE)
                found[:, some] = self._against(pool, rows[some], lacks[some])
        return found[0], found[1]

    def _against(self, pool: Pool, rows: NDArray[np.int32], lacks: NDArray[np.bool_]) -> tuple[KEYS, KEYS]:
        shape = len(rows), len(self.ids)
        covered = nearest_skills(pool, self.skills, rows)
        shares = {
            "must_skills": mean(covered, self.must, len(self.skills)),
            "nice_skills": mean(covered, self.nice, len(self.skills)),
            "occupation": nearest_occupations(pool, self.occupations, rows)[:, self.occupation[:, 0]] / LIKENESS,
            "experience": experience(pool.experience[rows], self.months),
            "text": text_share((pool.vectors[rows].astype(np.float32) @ self.texts.T).astype(np.int32)),
        }
        scores = np.zeros(shape, np.int32)
        for key, share in shares.items():
            scores += self.weights.part_points(key, share)
        missing = lacks[:, self.asked].any(axis=2)
        ties = ties_of(pool.tie_key[rows][:, None] ^ self.tie_keys)
        keys = list_keys(missing.ravel().astype(np.int16), scores.ravel(), ties.ravel()).reshape(shape)
        return keys, own_keys(keys, self._wishes(pool, rows))

    def _wishes(self, pool: Pool, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """What each vacancy gives of the wishes of each row, (n, v) hundredths of a point."""
        alike = nearest_occupations(pool, self.occupations, rows, among=1)
        return wished(pool, rows, self.offer, alike[:, self.occupation[:, 0]]).total


def board_of(vacancies: Iterable[tuple[VacancyView, NDArray[np.float32]]], weights: Weights) -> Board:
    """The board of these vacancies; each comes with the (d,) float32 vector of its text."""
    some = list(vacancies)
    views = [view for view, _ in some]
    wanted = [
        [[skill.skill_id for skill in view.skills if skill.is_must is kind] for view in views] for kind in (True, False)
    ]
    skills, needed = listed([*wanted[0], *wanted[1]])
    occupations, occupation = listed([[view.occupation_id] if view.occupation_id else [] for view in views], least=1)
    requirements, asked = listed([requirements_of(view) for view in views])
    return Board(
        [view.vacancy_id for view in views],
        weights,
        whole_steps(np.array([vector for _, vector in some], np.float32)).astype(np.float32),
        np.array([vacancy_key(view.vacancy_id) for view in views], np.uint64),
        np.array([view.experience_months for view in views], np.int64),
        skills,
        needed[: len(views)],
        needed[len(views) :],
        occupations,
        occupation,
        requirements,
        asked,
        offer_of(*views),
    )


def listed(each: Sequence[Sequence[ThingT]], *, least: int = 0) -> tuple[list[ThingT], PLACES]:
    """What stands in these lists, everything once, and the places of each list's things in it.

    The places are as wide as the longest list, ``least`` columns at least, and filled up with the place after the last.
    """
    known: dict[ThingT, int] = {}
    found = [[known.setdefault(thing, len(known)) for thing in some] for some in each]
    places = np.full((len(found), max([least, *map(len, found)])), len(known), np.intp)
    for row, own in zip(places, found, strict=True):
        row[: len(own)] = own
    return list(known), places


def nearest_skills(pool: Pool, wanted: Sequence[UUID], rows: NDArray[np.int32]) -> LIKE:
    """What each row's best skill counts for towards each wanted one, and 0 for none: (n, n_wanted + 1)."""
    concepts = pool.skill_concepts
    numbers, where = distinct(pool.skills[rows])
    held, shares = ungraded(numbers, len(concepts.ids))
    return np.asarray(counted(likeness(concepts, wanted, held), shares)[:, where].max(axis=2).T)


def nearest_occupations(
    pool: Pool, wanted: Sequence[UUID], rows: NDArray[np.int32], among: int = MOST_OCCUPATIONS
) -> LIKE:
    """The likeness of each row's nearest occupation to each wanted one, and 0 for none: (n, n_wanted + 1).

    among : how many of each row's occupations are looked at; the first is the one that is looked for.
    """
    numbers, where = distinct(pool.occupations[rows, :among])
    return np.asarray(likeness(pool.occupation_concepts, wanted, numbers.astype(np.int64))[:, where].max(axis=2).T)


def distinct(held: Numbers) -> tuple[Numbers, PLACES]:
    """The numbers that stand here, each once, and of each cell its place among them."""
    numbers, where = np.unique(held, return_inverse=True)
    return numbers, where.reshape(held.shape)


def likeness(concepts: Concepts, wanted: Sequence[UUID], held: NDArray[np.int64]) -> LIKE:
    """The likeness of these held concepts to each wanted one, and 0 for none: (n_wanted + 1, n_held).

    Likeness is the same from both sides, so the rows of whichever are fewer are looked up. ``held`` may hold the number
    after the last, for none; a wanted concept that nobody knows is like nothing.
    """
    found = np.zeros((len(wanted) + 1, len(held)), np.uint16)
    known = [(place, concepts.index[one]) for place, one in enumerate(wanted) if one in concepts.index]
    if len(known) <= len(held):
        for place, number in known:
            found[place] = concepts.row(number)[held]
    elif known:
        places, numbers = np.array(known).T
        for column in np.flatnonzero(held < len(concepts.ids)).tolist():
            found[places, column] = concepts.row(int(held[column]))[numbers]
    return found


def mean(covered: LIKE, needed: PLACES, none: int) -> SHARES:
    """The mean of what covers the needed skills of each vacancy: (n, v) in [0, 1]; 1.0 where none is needed."""
    count = (needed != none).sum(axis=1)
    sums = covered[:, needed].sum(axis=2, dtype=np.int64)
    return np.where(count > 0, sums / (np.maximum(count, 1) * np.float64(LIKENESS)), 1.0)


def experience(held: NDArray[np.int16], asked: NDArray[np.int64]) -> SHARES:
    """The share of the asked months of experience that is held: (n, v) in [0, 1]; 1.0 where none is asked."""
    return np.where(asked > 0, np.minimum(held[:, None] / np.maximum(asked, 1).astype(np.float64), 1.0), 1.0)


def lacking(pool: Pool, requirements: list[Requirement], rows: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether each row lacks each requirement, and False for none: (n, n_requirements + 1)."""
    missing = judge(pool, requirements, rows) == Verdict.MISSING
    return np.pad(missing, ((0, 0), (0, 1)))
