"""The features of one vacancy against the whole pool: array operations over all candidates, never one by one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talent.matching.pool import Pool
from talent.matching.scorer import PART_KEYS
from talent.matching.views import NeededSkill, VacancyView

FLOAT = NDArray[np.float32]

NEAR_TEXT = (0.20, 0.75)
"""Cosine of two descriptions below which they count as unrelated, and from which as the same (S-OWN-1)."""


@dataclass(frozen=True)
class Compared:
    """What one vacancy found in the pool.

    features : (n, n_parts) float32 in [0, 1], columns as in PART_KEYS; strengths : (n, n_needed) float32, how well
    the candidate's best skill covers each needed one; best : (n, n_needed) int32, its column in the pool's skills.
    """

    features: FLOAT
    strengths: FLOAT
    best: NDArray[np.int32]


def compare(pool: Pool, vacancy: VacancyView, vector: FLOAT, chosen: slice | NDArray[np.int64]) -> Compared:
    """The features of these rows of the pool against one vacancy.

    vector : (d,) float32, the vacancy's text.
    """
    strengths, best = skill_strengths(pool, vacancy.skills, chosen)
    is_must = np.array([needed.is_must for needed in vacancy.skills], bool)
    columns = {
        "must_skills": coverage(strengths[:, is_must]),
        "nice_skills": coverage(strengths[:, ~is_must]),
        "occupation": occupation_similarity(pool, vacancy, chosen),
        "experience": experience_share(pool, vacancy, chosen),
        "text": text_similarity(pool, vector, chosen),
    }
    return Compared(np.stack([columns[key] for key in PART_KEYS], axis=1), strengths, best)


def skill_strengths(
    pool: Pool, needed: tuple[NeededSkill, ...], chosen: slice | NDArray[np.int64]
) -> tuple[FLOAT, NDArray[np.int32]]:
    """How well each candidate's best skill covers each needed skill, and which one that is.

    Returns (n, n_needed) float32 in [0, 1] and (n, n_needed) int32 columns of the pool's skills; the first best wins.
    """
    held = pool.skills[chosen, : pool.most_skills]
    strengths = np.zeros((len(held), len(needed)), np.float32)
    best = np.zeros((len(held), len(needed)), np.int32)
    for column, skill in enumerate(needed):
        number = pool.skill_concepts.index.get(skill.skill_id)
        if number is None:
            continue
        alike = np.take(pool.skill_concepts.row(number), held)
        best[:, column] = alike.argmax(axis=1)
        strengths[:, column] = np.take_along_axis(alike, best[:, column : column + 1], axis=1)[:, 0]
    return strengths, best


def coverage(strengths: FLOAT) -> FLOAT:
    """Mean strength over the needed skills, (n,) in [0, 1]; 1.0 when none is needed."""
    if strengths.shape[1] == 0:
        return np.ones(len(strengths), np.float32)
    return np.asarray(strengths.mean(axis=1, dtype=np.float64), np.float32)


def occupation_similarity(pool: Pool, vacancy: VacancyView, chosen: slice | NDArray[np.int64]) -> FLOAT:
    """Similarity of the candidate's nearest occupation, (n,) in [0, 1]; 0.0 when the vacancy's is unknown."""
    held = pool.occupations[chosen]
    number = pool.occupation_concepts.index.get(vacancy.occupation_id) if vacancy.occupation_id else None
    if number is None:
        return np.zeros(len(held), np.float32)
    similarity: FLOAT = pool.occupation_concepts.row(number)[held].max(axis=1)
    return similarity


def experience_share(pool: Pool, vacancy: VacancyView, chosen: slice | NDArray[np.int64]) -> FLOAT:
    """Share of the asked months of experience that the candidate has, (n,) in [0, 1]; 1.0 when none is asked."""
    months = pool.experience[chosen].astype(np.float32)
    if vacancy.experience_months <= 0:
        return np.ones(len(months), np.float32)
    return np.asarray(np.minimum(months / vacancy.experience_months, 1.0), np.float32)


def text_similarity(pool: Pool, vector: FLOAT, chosen: slice | NDArray[np.int64]) -> FLOAT:
    """Rescaled cosine of the two descriptions, (n,) in [0, 1].

    Both sides are in fixed point (``embedding.fixed_point``), so that the product is exact.
    """
    low, high = NEAR_TEXT
    cosine = pool.vectors[chosen] @ vector
    return np.asarray(np.clip((cosine - low) / (high - low), 0.0, 1.0), np.float32)
