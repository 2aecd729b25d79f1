"""How long a decision is likely to take, from the service's own history; unknown below ten decisions.

Cases that still wait, or were taken back, count for as long as they did wait: leaving them out would promise less time
than it takes. The estimate is that of Kaplan and Meier (S-KM), as SciPy computes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_DECISIONS = 10
"""Decisions below which nothing is said (S-OWN-3)."""
MEDIAN = 0.5
WITHIN = (0.1, 0.9)
"""Shares of all cases that are decided by the first and the last day of the range: four of five lie between."""


@dataclass(frozen=True)
class Waited:
    """One case: days from the application to the decision, or to the last day on which it was seen waiting."""

    days: int
    is_decided: bool


@dataclass(frozen=True)
class Expected:
    """Days until half of all cases are decided, and the range in which four of five are; None: longer than seen."""

    decisions: int
    median: int | None
    first: int | None
    last: int | None


def expected(history: Sequence[Waited]) -> Expected | None:
    """What this history lets one expect; None below ten decisions."""
    decided = [case.days for case in history if case.is_decided]
    waiting = [case.days for case in history if not case.is_decided]
    if len(decided) < FEWEST_DECISIONS:
        return None
    from scipy.stats import CensoredData, ecdf  # Takes a second to load, and only the night asks.

    survival = ecdf(CensoredData(uncensored=decided, right=waiting)).sf
    first, middle, last = (
        next(
            (
                round(float(day))
                for day, still in zip(survival.quantiles, survival.probabilities, strict=True)
                if still <= 1 - share + ROUNDING
            ),
            None,
        )
        for share in (WITHIN[0], MEDIAN, WITHIN[1])
    )
    return Expected(len(decided), middle, first, last)


ROUNDING = 1e-9
"""Differences of floating point that do not matter."""
