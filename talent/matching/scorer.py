"""How the parts of a match become its score: documented weights, whole hundredths of a point, no hidden term.

A list is made with the weights that were adopted last (``weighting``); as long as none were, with those set by hand
(S-OWN-1 in ``docs/sources.md``), which stay the fallback. Points are integers (hundredths of a point of 100), so that
the parts shown add up to the score exactly and ties are true ties.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.foundation.words import N_

CENTIPOINTS = 10_000
"""Hundredths of a point in a full score of 100 points."""


@dataclass(frozen=True)
class Part:
    """One named part of the score and how people read it."""

    key: str
    name: str


PARTS: tuple[Part, ...] = (
    Part("must_skills", N_("Skills that the job must have")),
    Part("occupation", N_("Occupation")),
    Part("experience", N_("Experience")),
    Part("nice_skills", N_("Skills that are welcome")),
    Part("text", N_("Description of the work")),
)
PART_KEYS: tuple[str, ...] = tuple(part.key for part in PARTS)


@dataclass(frozen=True)
class Weights:
    """The most hundredths of a point that each part can give, in the order of PARTS; together a full score.

    Raises:
        ValueError: not one number for each part, one below 0, or together no full score.
    """

    version: str
    most: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.most) != len(PARTS) or min(self.most) < 0 or sum(self.most) != CENTIPOINTS:
            raise ValueError(f"{self.version}: {self.most} is no full score of {len(PARTS)} parts")

    @cached_property
    def _most(self) -> NDArray[np.float64]:
        return np.array(self.most, np.float64)

    @cached_property
    def most_of(self) -> Mapping[str, int]:
        """The most hundredths of a point of each part by its key."""
        return dict(zip(PART_KEYS, self.most, strict=True))

    def points(self, features: NDArray[np.float64]) -> NDArray[np.int32]:
        """The hundredths of a point of each part.

        features : (n, n_parts) float64 in [0, 1], columns as in PART_KEYS. Returns (n, n_parts) int32.
        """
        return np.asarray(np.rint(np.clip(features, 0.0, 1.0) * self._most), np.int32)

    def part_points(self, key: str, shares: NDArray[np.float64]) -> NDArray[np.int32]:
        """The hundredths of a point of one part for these shares of it, (n,) in [0, 1]; as in ``points``."""
        return np.asarray(np.rint(np.clip(shares, 0.0, 1.0) * float(self.most_of[key])), np.int32)


HAND: Final = Weights("2026.11-hand-3", (3600, 3000, 1200, 1000, 1200))
"""The weights set by hand (S-OWN-1)."""

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


def band(score: float) -> str:
    """The band, in words, of a score in points of 100."""
    return next(name for least, name in BANDS if score >= least)
