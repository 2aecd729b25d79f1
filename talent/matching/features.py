"""The features of one vacancy against rows of the pool: array operations over all of them, never one by one."""

import numpy as np
from numpy.typing import NDArray

from talent.matching.fixed_point import STEPS, whole_steps
from talent.matching.grades import counted, ungraded
from talent.matching.kernels import add_dots, over_rows
from talent.matching.pool import Pool
from talent.matching.scorer import PART_KEYS
from talent.matching.similarity import LIKENESS
from talent.matching.views import NeededSkill, VacancyView

FLOAT = NDArray[np.float32]
SHARES = NDArray[np.float64]
ROWS = NDArray[np.int32]

NEAR_TEXT = (0.20, 0.75)
"""Cosine of two descriptions below which they count as unrelated, and from which as the same (S-OWN-1)."""


def compare(pool: Pool, vacancy: VacancyView, vector: FLOAT, rows: ROWS) -> SHARES:
    """The features of these rows of the pool against one vacancy: (n, n_parts) in [0, 1], columns as in PART_KEYS.

    vector : (d,) float32, the vacancy's text.
    """
    strengths, _ = skill_strengths(pool, vacancy.skills, rows)
    is_must = np.array([needed.is_must for needed in vacancy.skills], bool)
    columns = {
        "must_skills": coverage(strengths[:, is_must]),
        "nice_skills": coverage(strengths[:, ~is_must]),
        "occupation": occupation_similarity(pool, vacancy, rows),
        "experience": experience_share(pool.experience[rows], vacancy),
        "text": text_share(text_dots(pool, whole_steps(vector), rows)),
    }
    return np.stack([columns[key] for key in PART_KEYS], axis=1)


def skill_strengths(
    pool: Pool, needed: tuple[NeededSkill, ...], rows: ROWS
) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
    """How well each candidate's best skill covers each needed skill, as far as it is shown, and which one that is.

    Returns (n, n_needed) uint16 units of likeness and (n, n_needed) int32 columns of the pool's skills; the first best
    wins.
    """
    held, shares = ungraded(pool.skills[rows], len(pool.skill_concepts.ids))
    strengths = np.zeros((len(held), len(needed)), np.uint16)
    best = np.zeros((len(held), len(needed)), np.int32)
    for column, skill in enumerate(needed):
        number = pool.skill_concepts.index.get(skill.skill_id)
        if number is None:
            continue
        alike = counted(np.take(pool.skill_concepts.row(number), held), shares)
        best[:, column] = alike.argmax(axis=1)
        strengths[:, column] = np.take_along_axis(alike, best[:, column : column + 1], axis=1)[:, 0]
    return strengths, best


def coverage(strengths: NDArray[np.uint16]) -> SHARES:
    """Mean strength over the needed skills, (n,) in [0, 1]; 1.0 when none is needed."""
    return mean_strength(strengths.sum(axis=1, dtype=np.int64), strengths.shape[1])


def mean_strength(sums: NDArray[np.int64] | NDArray[np.int32], needed: int) -> SHARES:
    """The sums of strengths, in units of likeness, as shares of so many needed skills; 1.0 when none is needed."""
    return sums / np.float64(needed * LIKENESS) if needed else np.ones(len(sums))


def occupation_similarity(pool: Pool, vacancy: VacancyView, rows: ROWS) -> SHARES:
    """Similarity of the candidate's nearest occupation, (n,) in [0, 1]; 0.0 when the vacancy's is unknown."""
    alike = occupation_likeness(pool, vacancy)
    return np.asarray(alike[pool.occupations[rows]].max(axis=1) / LIKENESS)


def occupation_likeness(pool: Pool, vacancy: VacancyView) -> NDArray[np.uint16]:
    """Likeness of each occupation to the vacancy's, and 0 for none: (n_occupations + 1,) in units of likeness."""
    concepts = pool.occupation_concepts
    number = concepts.index.get(vacancy.occupation_id) if vacancy.occupation_id else None
    return np.zeros(len(concepts.ids) + 1, np.uint16) if number is None else concepts.row(number)


def experience_share(months: NDArray[np.int16], vacancy: VacancyView) -> SHARES:
    """Share of the asked months of experience that these are, (n,) in [0, 1]; 1.0 when none is asked."""
    if vacancy.experience_months <= 0:
        return np.ones(len(months))
    return np.minimum(months / np.float64(vacancy.experience_months), 1.0)


def text_dots(pool: Pool, query: NDArray[np.int16], rows: ROWS) -> NDArray[np.int32]:
    """The products of these rows' vectors with another, in squared steps: (n,), exact."""
    dots = np.zeros(len(rows), np.int32)
    over_rows(len(rows), lambda start, stop: add_dots(start, stop, pool.vectors, rows, query, dots))
    return dots


def text_share(dots: NDArray[np.int32]) -> SHARES:
    """Rescaled cosine of two descriptions whose product is so many squared steps, (n,) in [0, 1]."""
    low, high = NEAR_TEXT
    return np.clip((dots / np.float64(STEPS**2) - low) / (high - low), 0.0, 1.0)
