"""One vacancy as tables in which a row of the pool is looked up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talent.matching.features import experience_share, occupation_likeness
from talent.matching.fixed_point import whole_steps
from talent.matching.grades import by_grade
from talent.matching.pool import Pool
from talent.matching.requirements import Requirement, requirements_of
from talent.matching.scorer import HAND, Weights
from talent.matching.similarity import LIKENESS
from talent.matching.views import VacancyView


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
    any_like: NDArray[np.bool_]
    must: int
    wholes: tuple[float, float]
    of_skills: tuple[int, int]
    of_text: int
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
        np.asarray(table.any(axis=1)),
        must,
        (float(must * LIKENESS), float((len(needed) - must) * LIKENESS)),
        (weights.most_of["must_skills"], weights.most_of["nice_skills"]),
        weights.most_of["text"],
        whole_steps(vector),
    )
