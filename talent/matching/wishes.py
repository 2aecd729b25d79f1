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
from talent.matching.features import occupation_likeness
from talent.matching.pool import Pool
from talent.matching.records import COUNTRY_BIT
from talent.matching.scorer import CENTIPOINTS
from talent.matching.similarity import ISCO_FLOOR, LIKENESS
from talent.matching.views import VacancyView

Points = NDArray[np.int32]
Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]


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
    """The hundredths of a point of each wish by which are told, a bit for each: (2**n_wishes, n_wishes)."""
    found = np.zeros((2 ** len(WISHES), len(WISHES)), np.int32)
    for told in range(1, len(found)):
        weights = [wish.weight * (told >> number & 1) for number, wish in enumerate(WISHES)]
        ends = np.rint(np.cumsum([0, *weights]) * (CENTIPOINTS / sum(weights)))
        found[told] = np.diff(ends)
    return found


MOST_OF: Final = _shared_out()


@dataclass(frozen=True)
class Offer:
    """What one or several vacancies give: the bit of the country, and the least pay a month, 0 where it is not said.

    Each is one value, or (v,) of them. ``says_work`` is whether the occupation is known.
    """

    country: NDArray[np.uint32]
    pay: NDArray[np.int32]
    says_work: Flags


def offer_of(*vacancies: VacancyView) -> Offer:
    """What these vacancies give, (v,)."""
    return Offer(
        np.array([COUNTRY_BIT.get(one.country, np.uint32(0)) for one in vacancies], np.uint32),
        np.array([one.euros_a_month or 0 for one in vacancies], np.int32),
        np.array([one.occupation_id is not None for one in vacancies], bool),
    )


@dataclass(frozen=True)
class Wished:
    """How far vacancies give what rows of the pool wish for.

    shares : one (n, v) float64 in [0, 1] for each wish; most : (n, n_wishes) int32 hundredths of a point, 0 for a wish
    that is not told.
    """

    shares: tuple[Shares, ...]
    most: Points

    @property
    def points(self) -> Points:
        """The hundredths of a point of each wish: (n, v, n_wishes)."""
        return np.stack([self._of(number) for number in range(len(WISHES))], axis=-1)

    @property
    def total(self) -> Points:
        """The hundredths of a point of all wishes together, (n, v); all of them for who tells no wish."""
        found = np.full(self.shares[0].shape, 0, np.int32)
        for number in range(len(WISHES)):
            found += self._of(number)
        found[~self.most.any(axis=1)] = CENTIPOINTS
        return found

    def _of(self, number: int) -> Points:
        return np.rint(self.shares[number] * self.most[:, number, None]).astype(np.int32)


def wished(pool: Pool, rows: NDArray[np.int32] | slice, offer: Offer, likeness: NDArray[np.uint16]) -> Wished:
    """How far these vacancies give what these rows of the pool wish for.

    likeness : (n, v), of each row's first occupation to that of each vacancy, in units of likeness.
    """
    firsts, countries, least = (
        column[rows][:, None] for column in (pool.first_countries, pool.countries, pool.least_pay)
    )
    is_there = (countries == 0) | ((countries & offer.country) != 0)
    liked_best = (firsts == 0) | ((firsts & offer.country) != 0)
    pay = np.minimum(offer.pay / np.maximum(least, 1).astype(np.float64), 1.0)
    told = (
        (pool.occupations[rows, 0] != len(pool.occupation_concepts.ids))
        + 2 * ((firsts | countries) != 0)[:, 0]
        + 4 * (least > 0)[:, 0]
    )
    return Wished(
        (
            np.where(offer.says_work, likeness / np.float64(LIKENESS), NOT_SAID),
            np.where(is_there, np.where(liked_best, 1.0, NOT_LIKED_BEST), 0.0),
            np.where(offer.pay > 0, pay, NOT_SAID),
        ),
        MOST_OF[told],
    )


def wished_of(pool: Pool, rows: NDArray[np.int32] | slice, vacancy: VacancyView) -> Wished:
    """How far one vacancy gives what these rows of the pool wish for: one column."""
    likeness = occupation_likeness(pool, vacancy)[pool.occupations[rows, 0]]
    return wished(pool, rows, offer_of(vacancy), likeness[:, None])


def granted(key: str, share: float, *, is_said: bool) -> Granted:
    """How far a wish is given whose share is this."""
    if not is_said:
        return Granted.UNKNOWN
    if share >= 1.0:
        return Granted.MET
    return Granted.PARTLY if share > 0.0 and share >= LEAST_SHARE.get(key, 0.0) else Granted.MISSING


def both_sides(scores: Points, wishes: Points) -> Points:
    """How good a match is for both sides, (n,) hundredths of a point: the harmonic mean, so that no side is left out.

    It never lies above the mean of the two, and is 0 where one of them is (S-OWN-12).
    """
    total = scores.astype(np.int64) + wishes
    twice = 2 * scores.astype(np.int64) * wishes
    return np.asarray((twice + total // 2) // np.maximum(total, 1), np.int32)
