"""Measures of rankings, one value a query, and paired bootstrap intervals over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Scores = NDArray[Any]

RESAMPLES: Final = 2000
INTERVAL: Final = (2.5, 97.5)
SEED: Final = 7
OURS: Final = "ours"
NORMAL: Final = 1.96
"""Standard deviations that hold 95 % of a normal distribution."""


@dataclass(frozen=True)
class Measured:
    """One measure of one task: a value a query for each system, by the system's name."""

    task: str
    measure: str
    values: Mapping[str, Values]


def places(row: Scores, relevant: Sequence[int]) -> NDArray[np.int64]:
    """Places (1 is best) of the relevant columns, ascending; ties in the order of columns."""
    order = np.argsort(-row, kind="stable")
    at = np.empty(len(row), dtype=np.int64)
    at[order] = np.arange(1, len(row) + 1)
    return np.sort(at[np.asarray(relevant, dtype=np.int64)])


def average_precision(row: Scores, relevant: Sequence[int]) -> float:
    """Mean precision at each relevant column's place."""
    found = places(row, relevant)
    return float((np.arange(1, len(found) + 1) / found).mean())


def reciprocal_rank(row: Scores, relevant: Sequence[int]) -> float:
    """One over the place of the first relevant column."""
    return float(1 / places(row, relevant)[0])


def within(row: Scores, relevant: Sequence[int], most: int) -> float:
    """1 when a relevant column is among the first so many."""
    return float(places(row, relevant)[0] <= most)


def graded_gain(row: Scores, grades: Mapping[int, float]) -> float:
    """Normalised discounted cumulative gain over the whole ranking."""
    order = np.argsort(-row, kind="stable")
    at = np.empty(len(row), dtype=np.int64)
    at[order] = np.arange(1, len(row) + 1)
    gained = sum(grade / np.log2(at[column] + 1) for column, grade in grades.items())
    ideal = sorted(grades.values(), reverse=True)
    return float(gained / sum(grade / np.log2(place + 2) for place, grade in enumerate(ideal)))


def interval(values: Values) -> tuple[float, float]:
    """Bootstrap interval of the mean over queries."""
    if not len(values):
        return (float("nan"), float("nan"))
    rng = np.random.default_rng(SEED)
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(means, INTERVAL)
    return float(low), float(high)


def calibration_error(probabilities: Values, right: Values, bins: int = 10, counts: Values | None = None) -> float:
    """Expected calibration error over bins of equal width, each one counted as many times as ``counts`` says."""
    places = np.clip((probabilities * bins).astype(int), 0, bins - 1)
    times = np.ones(len(places)) if counts is None else counts
    told, seen = (np.bincount(places, times * each, bins) for each in (probabilities, right))
    return float(np.abs(told - seen).sum() / max(times.sum(), np.finfo(float).tiny))


def share_interval(part: int, whole: int) -> tuple[float, float]:
    """Interval of a share of so many by Wilson's score, 95 %; (0, 1) of nobody (S-WILSON)."""
    if not whole:
        return (0.0, 1.0)
    share, spread = part / whole, NORMAL**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    half = NORMAL * float(np.sqrt(share * (1 - share) / whole + spread / (4 * whole))) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def instability(before: Sequence[int], after: Sequence[int]) -> float:
    """How far two counts of the same bins lie apart: the population stability index, 0 for equal shares.

    Half a count is added to each bin, so that an empty one has a logarithm.
    """
    old, new = (np.asarray(counts, np.float64) + 0.5 for counts in (before, after))
    old, new = old / old.sum(), new / new.sum()
    return float(((new - old) * np.log(new / old)).sum())


@dataclass(frozen=True)
class Figure:
    """One figure with its interval and the yardsticks' figures; ``value`` is None where ``why`` says why."""

    key: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    baselines: Mapping[str, float] = field(default_factory=dict)
    why: str = ""


def measured(key: str, values: Mapping[str, NDArray[np.float64]], why: str) -> Figure:
    """The mean of our values with its interval, beside the means of the yardsticks."""
    own = values.get(OURS, np.zeros(0))
    if not len(own):
        return Figure(key, None, 0, why=why)
    low, high = interval(own)
    peers = {name: float(each.mean()) for name, each in values.items() if name != OURS}
    return Figure(key, float(own.mean()), len(own), low, high, peers)
