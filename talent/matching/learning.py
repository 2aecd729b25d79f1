"""Weights of the parts, learnt from what recruiters judged: never negative, drawn towards those set by hand.

The learner sees shares and grades, and which pairs are of one vacancy. What is said about learnt weights is said of
pairs whose vacancy they were not learnt from.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.judged_lists import FITS_FROM
from talent.matching.measures import SEED, graded_gain
from talent.matching.ranking import standings
from talent.matching.scorer import CENTIPOINTS, HAND, PARTS, Weights

SHARES = NDArray[np.float64]
ROWS = NDArray[np.intp]

STRENGTHS: Final = (0.001, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0)
"""How strongly weights may be drawn to those set by hand, in units of what one judged pair tells (S-OWN-11)."""
FOLDS: Final = 5
RESAMPLES: Final = 300
INTERVAL: Final = (2.5, 97.5)
POINT: Final = 100
"""Hundredths of a point: learnt weights are whole points, and each part keeps one, so that its share can be read back
from the points of a stored pair (S-OWN-11)."""


@dataclass(frozen=True)
class Judgements:
    """Judged pairs.

    shares : (n, n_parts) float64 in [0, 1], columns as in PART_KEYS; grades : (n,) float64, mean of two from 0 to 3;
    vacancies : (n,) int64, equal for pairs of one vacancy; complete : (n,) bool, whether no requirement was missing.
    """

    shares: SHARES
    grades: NDArray[np.float64]
    vacancies: NDArray[np.int64]
    complete: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.grades)

    def __getitem__(self, rows: ROWS | NDArray[np.bool_]) -> "Judgements":
        return Judgements(self.shares[rows], self.grades[rows], self.vacancies[rows], self.complete[rows])

    @property
    def fits(self) -> NDArray[np.bool_]:
        """(n,): whether the pair was judged to fit."""
        return self.grades >= FITS_FROM

    def lists(self) -> list[ROWS]:
        """The rows of each vacancy with two judged pairs or more of which one fits: what an order can be told by."""
        each = (np.flatnonzero(self.vacancies == vacancy) for vacancy in np.unique(self.vacancies))
        return [rows for rows in each if len(rows) > 1 and self.fits[rows].any()]


def by_hand() -> SHARES:
    """The weights set by hand as shares of a full score, (n_parts,)."""
    return np.array(HAND.most, np.float64) / CENTIPOINTS


def fitted(given: Judgements, strength: float) -> SHARES:
    """Weights, (n_parts,) at least 0 and together 1, by least squares of the grades, drawn to those set by hand.

    They are the hand's own where no part goes with the grades at all.
    """
    from sklearn.linear_model import LinearRegression  # with the worker, when somebody learns

    parts, grades, hand = given.shares - given.shares.mean(axis=0), given.grades - given.grades.mean(), by_hand()
    along = parts @ hand
    slope = max(0.0, float(along @ grades)) / float(along @ along) if along.any() else 0.0
    pull = np.sqrt(strength * len(given) * parts.var(axis=0).mean()) * np.eye(len(PARTS))
    model = LinearRegression(positive=True, fit_intercept=False)
    found = model.fit(np.vstack([parts, pull]), np.concatenate([grades, pull @ (slope * hand)])).coef_
    return np.asarray(found / found.sum(), np.float64) if found.sum() > 0 else hand


def folds(given: Judgements) -> Iterator[tuple[ROWS, ROWS]]:
    """Rows to learn from and rows held out, several times; no vacancy is on both sides."""
    from sklearn.model_selection import GroupKFold

    count = min(FOLDS, len(np.unique(given.vacancies)))
    yield from GroupKFold(count).split(given.shares, groups=given.vacancies)


def chosen_strength(given: Judgements) -> float:
    """The strength whose weights foretell the grades of held-out vacancies with the least squared error."""
    splits = list(folds(given))
    errors = {
        strength: sum(_error(given[learnt], given[held], fitted(given[learnt], strength)) for learnt, held in splits)
        for strength in STRENGTHS
    }
    return min(errors, key=lambda strength: (errors[strength], -strength))


def _error(learnt: Judgements, held: Judgements, weights: SHARES) -> float:
    """The squared error of the held-out grades, foretold by the line of grade over score of those learnt from."""
    scores = learnt.shares @ weights
    spread = float(scores.var())
    slope = float(np.mean((scores - scores.mean()) * (learnt.grades - learnt.grades.mean()))) / spread if spread else 0
    foretold = learnt.grades.mean() + slope * (held.shares @ weights - scores.mean())
    return float(((held.grades - foretold) ** 2).sum())


def whole(weights: SHARES) -> tuple[int, ...]:
    """These shares of a full score as whole points, in hundredths: largest remainders, and a point for each part."""
    exact = weights * (CENTIPOINTS // POINT)
    points = np.floor(exact + 1e-9).astype(int)
    left = CENTIPOINTS // POINT - int(points.sum())
    points[np.argsort(-(exact - points), kind="stable")[:left]] += 1
    while points.min() < 1:
        points[points.argmax()] -= 1
        points[points.argmin()] += 1
    return tuple(int(one) * POINT for one in points)


def learnt(given: Judgements, strength: float, at: datetime) -> Weights:
    """Weights learnt at this time; the same points have the same name within a month."""
    most = whole(fitted(given, strength))
    return Weights(f"{at:%Y.%m}-learnt-{hashlib.sha256(repr(most).encode()).hexdigest()[:8]}", most)


def held_out_scores(given: Judgements, at: datetime) -> NDArray[np.int32]:
    """(n,): the score of each pair, in hundredths, by weights that were learnt and drawn without its vacancy."""
    scores = np.zeros(len(given), np.int32)
    for rows, held in folds(given):
        own = given[rows]
        scores[held] = scored(given[held], learnt(own, chosen_strength(own), at))
    return scores


def scored(given: Judgements, weights: Weights) -> NDArray[np.int32]:
    """(n,): the score of each pair in hundredths of a point."""
    return np.asarray(weights.points(given.shares).sum(axis=1), np.int32)


def gains(given: Judgements, scores: NDArray[np.int32]) -> NDArray[np.float64]:
    """For each list the gain by grade and place of its judged pairs in the order of all lists: fit, complete, score."""
    order = standings(given.complete, scores)
    return np.array(
        [
            graded_gain(order[rows], {n: float(2**grade - 1) for n, grade in enumerate(given.grades[rows]) if grade})
            for rows in given.lists()
        ],
        np.float64,
    )


def spread(given: Judgements, strength: float) -> list[tuple[float, float]]:
    """For each part the interval of its points, in points of 100, over vacancies drawn again."""
    draw = np.random.default_rng(SEED)
    of_vacancy = [np.flatnonzero(given.vacancies == vacancy) for vacancy in np.unique(given.vacancies)]
    again = [
        fitted(
            given[np.concatenate([of_vacancy[n] for n in draw.integers(0, len(of_vacancy), len(of_vacancy))])], strength
        )
        for _ in range(RESAMPLES)
    ]
    low, high = np.percentile(np.array(again) * 100, INTERVAL, axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))
