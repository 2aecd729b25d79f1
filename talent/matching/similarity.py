"""How alike two occupations or two skills are: best pair of labels, with the ISCO-08 tree as a floor.

Labels are compared in English only, the encoder's language: concepts are codes, so a profile filled in Urdu and one
filled in English are compared by the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.fixed_point import fixed_point

FLOAT = NDArray[np.float32]
LIKENESS = 2**15
"""Whole units of likeness in one: likeness is counted, so that sums of it are exact."""
KEPT_ROWS = 4_096
"""Concepts whose likeness to all others is kept: the needed ones of some hundreds of vacancies."""

NEAR_SKILL = (0.50, 0.95)
"""Cosine of two skill labels below which they count as unrelated, and from which as the same (S-OWN-1)."""
NEAR_OCCUPATION = (0.35, 0.90)
"""The same for two occupation labels (S-OWN-1)."""
ISCO_FLOOR = {4: 0.80, 3: 0.45, 2: 0.20}
"""Least similarity of occupations that share so many leading ISCO-08 digits (S-OWN-1)."""


def rescaled(cosine: FLOAT, bounds: tuple[float, float]) -> NDArray[np.uint16]:
    """Cosines stretched so that the lower bound is 0 and the upper bound 1, clipped, in whole units of likeness."""
    low, high = bounds
    share = np.clip((cosine.astype(np.float64) - low) / (high - low), 0.0, 1.0)
    return np.rint(share * LIKENESS).astype(np.uint16)


@dataclass
class Concepts:
    """All concepts of one kind, with their label vectors grouped by concept.

    ids : n concepts; vectors : (n_labels, d) float32 normalised, grouped by concept; starts : (n,) int64, first label
    of each concept. A concept without an English label is alike to itself alone. The vectors are put in fixed point,
    so that likeness is the same on every machine.
    """

    ids: Sequence[UUID]
    vectors: FLOAT
    starts: NDArray[np.int64]
    bounds: tuple[float, float]
    isco: Sequence[str] = ()
    index: dict[UUID, int] = field(init=False)
    rows: dict[int, NDArray[np.uint16]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.vectors = fixed_point(self.vectors)
        self.names = [str(concept) for concept in self.ids]
        self.index = {concept: number for number, concept in enumerate(self.ids)}
        self.ends = np.append(self.starts[1:], len(self.vectors)).astype(np.int64)
        self.labelled = np.flatnonzero(self.ends > self.starts)
        self.codes = np.array(list(self.isco), dtype="U4") if self.isco else None

    def row(self, concept: int) -> NDArray[np.uint16]:
        """Likeness of this concept to each, at most LIKENESS, and 0 for none: (n + 1,) uint16, kept once computed."""
        if concept not in self.rows:
            if len(self.rows) >= KEPT_ROWS:
                self.rows.pop(next(iter(self.rows)), None)
            self.rows[concept] = self._computed(concept)
        return self.rows[concept]

    def _computed(self, concept: int) -> NDArray[np.uint16]:
        likeness = np.zeros(len(self.ids) + 1, np.uint16)
        own = self.vectors[self.starts[concept] : self.ends[concept]]
        if len(own) and len(self.labelled):
            best = (self.vectors @ own.T).max(axis=1)
            likeness[self.labelled] = rescaled(np.maximum.reduceat(best, self.starts[self.labelled]), self.bounds)
        if self.codes is not None:
            for digits, floor in ISCO_FLOOR.items():
                shared = self.codes.astype(f"U{digits}") == self.codes[concept][:digits]
                likeness[:-1][shared] = np.maximum(likeness[:-1][shared], np.uint16(round(floor * LIKENESS)))
        likeness[concept] = LIKENESS
        return likeness
