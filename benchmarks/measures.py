"""The measures of ``talent.matching.measures``, by the name that the benchmarks call them."""

from talent.matching.measures import (
    Measured,
    Scores,
    average_precision,
    calibration_error,
    graded_gain,
    interval,
    places,
    reciprocal_rank,
    within,
)

__all__ = [
    "Measured",
    "Scores",
    "average_precision",
    "calibration_error",
    "graded_gain",
    "interval",
    "places",
    "reciprocal_rank",
    "within",
]
