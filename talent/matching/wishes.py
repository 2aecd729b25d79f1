"""What a candidate wishes for, and how far a vacancy gives it: the other side of the score, in points of its own.

Only what somebody wishes for counts: the points of the wishes that are told add up to a full score, so that who wishes
for little is not better off. Whatever a vacancy does not say counts half, and is shown as unknown (S-OWN-12).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.foundation.words import N_
from talent.matching.scorer import CENTIPOINTS
from talent.matching.similarity import ISCO_FLOOR

Points = NDArray[np.int32]


@dataclass(frozen=True)
class Wish:
    """One thing that a candidate may wish for, how people read it, and how much it counts beside the others."""

    key: str
    name: str
    weight: int


WISHES: Final = (
    Wish("work", N_("The occupation that you look for"), 2),
    Wish("country", N_("The country"), 1),
    Wish("pay", N_("The pay"), 1),
)
"""The wishes and their weights, set by hand (S-OWN-12)."""
WISH_KEYS: Final = tuple(wish.key for wish in WISHES)
NOT_SAID = 0.5
"""The share that counts where the vacancy does not say what it gives (S-OWN-12)."""
NOT_LIKED_BEST = 0.5
"""The share that a country counts where the candidate would work, but likes others best (S-OWN-12)."""


LEAST_SHARE: Final = {"work": ISCO_FLOOR[3]}
"""The share below which a wish is not given at all: occupations less alike than those of one minor group of ISCO-08."""


class Granted(StrEnum):
    """How far a vacancy gives what is wished for."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    UNKNOWN = "unknown"


def _shared_out() -> Points:
    found = np.zeros((2 ** len(WISHES), len(WISHES)), np.int32)
    for told in range(1, len(found)):
        weights = [wish.weight * (told >> number & 1) for number, wish in enumerate(WISHES)]
        ends = np.rint(np.cumsum([0, *weights]) * (CENTIPOINTS / sum(weights)))
        found[told] = np.diff(ends)
    return found


MOST_OF: Final = _shared_out()
"""(2**n_wishes, n_wishes) int32: the hundredths of a point of each wish by which are told, a bit for each."""


GRANTED: Final = tuple(Granted)
"""Every answer, in the order in which they are numbered."""
_MET, _PARTLY, _MISSING, _UNKNOWN = range(len(GRANTED))


def granted(key: str, shares: NDArray[np.float64], *, is_said: bool) -> NDArray[np.uint8]:
    """How far a wish is given whose shares are these, (n,) places in ``GRANTED``."""
    partly = (shares > 0.0) & (shares >= LEAST_SHARE.get(key, 0.0))
    found = np.where(shares >= 1.0, _MET, np.where(partly, _PARTLY, _MISSING))
    return np.where(is_said, found, _UNKNOWN).astype(np.uint8)


def both_sides(scores: Points, wishes: Points) -> Points:
    """How good a match is for both sides, (n,) hundredths of a point: the harmonic mean, so that no side is left out.

    It never lies above the mean of the two, and is 0 where one of them is (S-OWN-12).
    """
    total = scores.astype(np.int64) + wishes
    twice = 2 * scores.astype(np.int64) * wishes
    return np.asarray((twice + total // 2) // np.maximum(total, 1), np.int32)
