"""How the parts of a match become its score: documented weights, whole hundredths of a point, no hidden term.

The weights are set by hand (S-OWN-1 in ``docs/sources.md``). Points are
integers (hundredths of a point of 100), so that the parts shown add up to the score exactly and ties are true ties.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talent.foundation.words import N_

CENTIPOINTS = 10_000
"""Hundredths of a point in a full score of 100 points."""


@dataclass(frozen=True)
class Part:
    """One named part of the score: its share of the full score and how people read it."""

    key: str
    weight: float
    name: str


PARTS: tuple[Part, ...] = (
    Part("must_skills", 0.36, N_("Skills that the job must have")),
    Part("occupation", 0.30, N_("Occupation")),
    Part("experience", 0.12, N_("Experience")),
    Part("nice_skills", 0.10, N_("Skills that are welcome")),
    Part("text", 0.12, N_("Description of the work")),
)
PART_KEYS: tuple[str, ...] = tuple(part.key for part in PARTS)
WEIGHTS: NDArray[np.float64] = np.array([part.weight for part in PARTS])
MOST_POINTS: NDArray[np.float64] = np.rint(WEIGHTS * CENTIPOINTS)
"""Hundredths of a point that each part can give, in the order of PARTS."""
WEIGHTS_VERSION = "2026.11-hand-3"

BANDS: tuple[tuple[float, str], ...] = (
    (70.0, N_("Strong fit")),
    (50.0, N_("Good fit")),
    (30.0, N_("Partial fit")),
    (0.0, N_("Weak fit")),
)
"""Least points of each band in words; a band is a way to read the score, never a decision (S-OWN-1)."""

FIT_BOUNDS = (50.0, 30.0)
"""Points from which a match is a good one, and from which it is a partial one: the groups of every list; below the
second nothing adequate was found (S-OWN-1)."""


def fit_group(score: float) -> int:
    """0 for a good match, 1 for a partial one, 2 for a weak one."""
    return sum(score < least for least in FIT_BOUNDS)


def points(features: NDArray[np.float64]) -> NDArray[np.int32]:
    """The hundredths of a point of each part.

    features : (n, n_parts) float64 in [0, 1], columns as in PART_KEYS. Returns (n, n_parts) int32.
    """
    return np.asarray(np.rint(np.clip(features, 0.0, 1.0) * MOST_POINTS), np.int32)


def part_points(key: str, shares: NDArray[np.float64]) -> NDArray[np.int32]:
    """The hundredths of a point of one part for these shares of it, (n,) in [0, 1]; as in ``points``."""
    return np.asarray(np.rint(np.clip(shares, 0.0, 1.0) * MOST_POINTS[PART_KEYS.index(key)]), np.int32)


def band(score: float) -> str:
    """The band, in words, of a score in points of 100."""
    return next(name for least, name in BANDS if score >= least)
