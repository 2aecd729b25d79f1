"""The twin of ``match_scale``: everybody's whole score in float64, no table of points, no bound, no compiled loop."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.crowd import Crowd
from talent.matching.grades import SHARES, none_of
from talent.matching.lengths import shortlist_length
from talent.matching.pool import Pool
from talent.matching.ranking import list_keys, tie_numbers
from talent.matching.requirements import Verdict, judge, requirements_of
from talent.matching.scorer import HAND
from talent.matching.similarity import LIKENESS, Concepts
from talent.matching.views import VacancyView

FLOAT = NDArray[np.float64]
AT_ONCE = 50_000


def twin_lists(world: Crowd) -> list[list[int]]:
    """The list of each vacancy as keys, best first."""
    lists: list[NDArray[np.int64]] = [np.empty(0, np.int64) for _ in world.vacancies]
    queries = world.vectors.astype(np.float64).T
    for start in range(0, len(world.pool), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(world.pool)), dtype=np.int32)
        cosines = (world.pool.vectors[rows].astype(np.float64) / 2**11) @ queries
        for number, view in enumerate(world.vacancies):
            keys = twin_keys(world.pool, view, cosines[:, number], rows)
            lists[number] = np.sort(np.concatenate((lists[number], keys)))[::-1][: shortlist_length(view.seats)]
    return [found.tolist() for found in lists]


def twin_keys(pool: Pool, view: VacancyView, cosines: FLOAT, rows: NDArray[np.int32]) -> NDArray[np.int64]:
    """The key of each row: every part worked out for everybody."""
    held, occupations = pool.skills[rows].astype(np.int64), pool.occupations[rows]
    asked = float(view.experience_months)
    shares = {
        "must_skills": _coverage(pool.skill_concepts, [s.skill_id for s in view.skills if s.is_must], held),
        "nice_skills": _coverage(pool.skill_concepts, [s.skill_id for s in view.skills if not s.is_must], held),
        "occupation": _nearest(pool.occupation_concepts, view.occupation_id, occupations),
        "experience": np.minimum(pool.experience[rows] / asked, 1.0) if asked else np.ones(len(rows)),
        "text": np.clip((cosines - 0.20) / (0.75 - 0.20), 0.0, 1.0),
    }
    points = [np.rint(shares[key] * most).astype(np.int32) for key, most in HAND.most_of.items()]
    missing = (judge(pool, requirements_of(view), rows) == Verdict.MISSING).sum(axis=1).astype(np.int16)
    return list_keys(missing, np.sum(points, axis=0, dtype=np.int32), tie_numbers(pool.tie_key[rows], view.vacancy_id))


def _coverage(concepts: Concepts, needed: list[object], held: NDArray[np.int64]) -> FLOAT:
    if not needed:
        return np.ones(len(held))
    skills = len(concepts.ids)
    number, share = np.where(held == none_of(skills), skills, held % skills), SHARES[held // skills % len(SHARES)]
    return sum((_shown(concepts, one, number, share) for one in needed), np.zeros(len(held))) / len(needed)


def _shown(concepts: Concepts, needed: object, held: NDArray[np.int64], share: FLOAT) -> FLOAT:
    """The best of likeness by the share that its grade counts with, in whole units."""
    number = concepts.index.get(needed)  # type: ignore[call-overload]  # None is no concept
    if number is None:
        return np.zeros(len(held))
    return np.asarray(np.rint(concepts.row(number).astype(np.float64)[held] * share).max(axis=1) / LIKENESS)


def _nearest(concepts: Concepts, needed: object, held: NDArray[np.unsignedinteger]) -> FLOAT:
    number = concepts.index.get(needed)  # type: ignore[call-overload]  # None is no concept
    if number is None:
        return np.zeros(len(held))
    return np.asarray((concepts.row(number).astype(np.float64) / LIKENESS)[held].max(axis=1))
