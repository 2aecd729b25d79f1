"""What a score is worth: how likely a pair of so many points is judged to fit, rising with the points.

Judging draws equally many pairs from each band of scores, so each pair stands for as many stored pairs as there are in
its band. Shown to staff alone; it orders nobody and hides nobody.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.measures import calibration_error
from talent.matching.scorer import BANDS

NUMBERS = NDArray[np.float64]
Fit = Callable[[NUMBERS, NUMBERS, NUMBERS], NUMBERS]
Splits = Callable[[], Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]]

KNOTS: Final = np.arange(0.0, 101.0, 5.0)
"""Points at which a curve is kept; it is straight in between."""


@dataclass(frozen=True)
class Curve:
    """The share that fits at each of KNOTS, (n_knots,) in [0, 1], never falling."""

    method: str
    shares: NUMBERS

    def at(self, points: NUMBERS) -> NUMBERS:
        """The share of pairs with these points that fit, (n,)."""
        return np.asarray(np.interp(points, KNOTS, self.shares), np.float64)


def isotonic(points: NUMBERS, fits: NUMBERS, counts: NUMBERS) -> NUMBERS:
    """The nearest curve of steps that never falls, at KNOTS."""
    from sklearn.isotonic import IsotonicRegression

    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    return np.asarray(model.fit(points, fits, sample_weight=counts).predict(KNOTS), np.float64)


def platt(points: NUMBERS, fits: NUMBERS, counts: NUMBERS) -> NUMBERS:
    """The nearest logistic curve, at KNOTS; level where the nearest one would fall, or where all pairs are alike."""
    from sklearn.linear_model import LogisticRegression

    level = np.full(len(KNOTS), float(np.average(fits, weights=counts)))
    if len(set(fits.tolist())) < 2:
        return level
    model = LogisticRegression(C=np.inf, max_iter=1_000).fit(points[:, None] / 100, fits, sample_weight=counts)
    if model.coef_[0, 0] <= 0:
        return level
    return np.asarray(model.predict_proba(KNOTS[:, None] / 100)[:, 1], np.float64)


METHODS: Final[Mapping[str, Fit]] = {"isotonic": isotonic, "platt": platt}


@dataclass(frozen=True)
class Calibration:
    """The curve of the method that foretold held-out vacancies better, and how far it was off there.

    ``error`` is the expected calibration error on held-out vacancies; ``peer`` the other method with its own.
    """

    curve: Curve
    error: float
    peer: tuple[str, float]

    def as_row(self) -> dict[str, object]:
        """The calibration as plain JSON values."""
        shares = [round(share, 4) for share in self.curve.shares.tolist()]
        curve = [list(one) for one in zip(KNOTS.tolist(), shares, strict=True)]
        return {"method": self.curve.method, "curve": curve, "error": self.error, "peer": list(self.peer)}


def calibrated(points: NUMBERS, held_out: NUMBERS, fits: NUMBERS, counts: NUMBERS, splits: Splits) -> Calibration:
    """The calibration of these points, (n,) from 0 to 100; the method is chosen by points that were ``held_out``.

    fits : (n,) 0 or 1; counts : (n,), for how many stored pairs each one stands.
    """
    foretold = {name: np.zeros(len(fits)) for name in METHODS}
    for rows, held in splits():
        for name, fit in METHODS.items():
            curve = Curve(name, fit(held_out[rows], fits[rows], counts[rows]))
            foretold[name][held] = curve.at(held_out[held])
    misses = {name: float(np.average((told - fits) ** 2, weights=counts)) for name, told in foretold.items()}
    best, other = sorted(misses, key=lambda name: (misses[name], name))
    errors = {name: calibration_error(told, fits, counts=counts) for name, told in foretold.items()}
    return Calibration(Curve(best, METHODS[best](points, fits, counts)), errors[best], (other, errors[other]))


def stands_for(points: NUMBERS, stored: Mapping[float, int]) -> NUMBERS:
    """For how many stored pairs each judged pair stands, (n,) with mean 1; stored pairs are counted by their band.

    A band that holds no stored pair any more counts as holding one.
    """
    bounds = sorted(least for least, _ in BANDS)
    of_pair = np.searchsorted(bounds, points, side="right") - 1
    judged = np.bincount(of_pair, minlength=len(bounds))
    counts = np.array([max(1, stored.get(least, 0)) for least in bounds], np.float64)
    found = (counts / np.maximum(judged, 1))[of_pair]
    return np.asarray(found / found.mean(), np.float64)
