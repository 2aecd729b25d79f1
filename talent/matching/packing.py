"""The reasons of many pairs of one vacancy, packed at once as ``reasons.layout`` says."""

import numpy as np
from numpy.typing import NDArray

from talent.matching.features import skill_strengths
from talent.matching.grades import ungraded
from talent.matching.pool import Pool
from talent.matching.ranking import Ranked
from talent.matching.reasons import FORM, NOT_COVERED, layout
from talent.matching.similarity import LIKENESS
from talent.matching.views import VacancyView
from talent.matching.wishes import WISH_KEYS, granted

LEAST_STRENGTH = 0.25
"""Likeness below which a held skill is not shown as covering a needed one (S-OWN-1)."""


def packed(pool: Pool, vacancy: VacancyView, ranked: Ranked, kept: NDArray[np.int64]) -> list[bytes]:
    """The reasons of these positions of a ranking."""
    found = np.zeros(len(kept), layout(len(ranked.requirements), len(vacancy.skills)))
    found["form"], found["requirements"] = FORM, len(ranked.requirements)
    found["parts"] = ranked.parts[kept]
    found["points"], found["most"] = ranked.wished.points[kept, 0], ranked.wished.most[kept]
    found["verdicts"] = ranked.verdicts[kept]
    says = {"work": vacancy.occupation_id is not None, "country": True, "pay": vacancy.euros_a_month is not None}
    for number, key in enumerate(WISH_KEYS):
        found["granted"][:, number] = granted(key, ranked.wished.shares[number][kept, 0], is_said=says[key])
    found["places"], found["strengths"] = covering(pool, vacancy, ranked.rows[kept])
    return [one.tobytes() for one in found]


def covering(
    pool: Pool, vacancy: VacancyView, rows: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """For each row and each needed skill the place of the skill that covers it, and how well in hundredths.

    Each (n, n_needed); ``NOT_COVERED`` and 0 where nothing does.
    """
    strengths, best = skill_strengths(pool, vacancy.skills, rows)
    known = len(pool.skill_concepts.ids)
    held, counts = ungraded(np.take_along_axis(pool.skills[rows], best, axis=1), known)
    hundredths = np.rint(strengths / counts / LIKENESS * 100)
    covers = (held < known) & (hundredths >= round(100 * LEAST_STRENGTH))
    return np.where(covers, best, NOT_COVERED), np.where(covers, hundredths, 0.0)
