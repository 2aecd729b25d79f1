"""Whether the scores of the lists now are spread as they were when matching was last evaluated."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from talent.matching.measures import instability

SMALL, LARGE = 0.10, 0.25
"""Stability index from which a spread has moved a little, and from which it has moved much (S-PSI)."""
LEAST_PAIRS: Final = 100
"""Stored pairs on either side below which a spread says nothing (S-OWN-9)."""


class Drift(StrEnum):
    """How far the spread has moved."""

    NOT_MEASURED = "not_measured"
    STEADY = "steady"
    MOVED = "moved"
    FAR = "far"


def drift(before: Sequence[int], after: Sequence[int]) -> dict[str, Any]:
    """The stability index between two counts of the same bins, in words, and how many pairs each side has."""
    found: dict[str, Any] = {"before": list(before), "after": list(after), "index": None, "drift": Drift.NOT_MEASURED}
    if min(sum(before), sum(after)) < LEAST_PAIRS:
        return found
    index = instability(before, after)
    return found | {"index": index, "drift": Drift.FAR if index >= LARGE else _small(index)}


def _small(index: float) -> Drift:
    return Drift.MOVED if index >= SMALL else Drift.STEADY
