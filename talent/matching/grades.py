"""How a skill is shown counts: an assessed one in full, the candidate's word for it a little less.

The pool keeps one number for a skill and its grade, so that comparing costs the same as without grades: of ``n`` skills
those of the first grade are numbered from 0, those of the second from ``n``, and the number after the last is none.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.taxonomy.levels import Evidence

COUNTS: Final[Mapping[Evidence, float]] = {
    Evidence.SELF_DECLARED: 0.85,
    Evidence.DOCUMENT: 0.90,
    Evidence.INSTITUTE_ATTESTED: 0.95,
    Evidence.ISSUER_VERIFIED: 1.0,
    Evidence.ASSESSED: 1.0,
}
"""Share of its likeness that a skill counts with, by how it is shown; it never falls with better evidence (S-OWN-1)."""
SHARES: Final[NDArray[np.float64]] = np.array(sorted(set(COUNTS.values())))
"""The share of each grade, rising."""
GRADE: Final[Mapping[Evidence, int]] = {shown: int(np.searchsorted(SHARES, count)) for shown, count in COUNTS.items()}
GRADES: Final = len(SHARES)


def graded_number(number: int, shown: Evidence, skills: int) -> int:
    """The number of one of so many skills, shown so."""
    return GRADE[shown] * skills + number


def none_of(skills: int) -> int:
    """The number that stands for no skill at all."""
    return GRADES * skills


def ungraded(numbers: NDArray[np.unsignedinteger], skills: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The skills of these numbers, ``skills`` for none, and the share that each counts with."""
    grade, number = np.divmod(numbers.astype(np.int64), max(1, skills))
    is_none = numbers == none_of(skills)
    return np.where(is_none, skills, number), SHARES[np.where(is_none, 0, grade)]


def counted(likeness: NDArray[np.uint16], share: NDArray[np.float64] | float) -> NDArray[np.uint16]:
    """What likeness counts for with such a share, in whole units of likeness."""
    return np.asarray(np.rint(likeness * share), np.uint16)


def by_grade(likeness: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """What likeness to each skill, (n + 1,), counts for at every grade: (GRADES * n + 1,), 0 for none."""
    return np.concatenate([*(counted(likeness[:-1], share) for share in SHARES), likeness[-1:]])
