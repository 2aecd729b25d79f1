"""How far vacancies give what people of a pool wish for: array operations over all pairs, and one compiled loop.

The loop gives the same points for one vacancy and everybody (``tests/matching/test_wishes.py``).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from talent.matching.features import occupation_likeness
from talent.matching.kernels import compiled, over_rows
from talent.matching.pool import Numbers, Pool
from talent.matching.records import COUNTRY_BIT
from talent.matching.scorer import CENTIPOINTS
from talent.matching.similarity import LIKENESS
from talent.matching.views import VacancyView
from talent.matching.wishes import MOST_OF, NOT_LIKED_BEST, NOT_SAID, WISHES, Points

Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]


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


def wishes_of(pool: Pool, vacancy: VacancyView, threads: int | None = None) -> NDArray[np.int16]:
    """What the vacancy gives of the wishes of each row of the pool, (n,) in hundredths of a point."""
    offer, found = offer_of(vacancy), np.empty(len(pool), np.int16)
    columns = pool.occupations, pool.first_countries, pool.countries, pool.least_pay
    work = occupation_likeness(pool, vacancy) / np.float64(LIKENESS)
    if not offer.says_work[0]:
        work[:] = NOT_SAID

    def look(start: int, stop: int) -> None:
        add_wishes(start, stop, columns, work, offer.country[0], offer.pay[0], found)

    over_rows(len(pool), look, threads=threads)
    return found


@compiled
def add_wishes(
    start: int,
    stop: int,
    columns: tuple[Numbers, NDArray[np.uint32], NDArray[np.uint32], NDArray[np.int32]],
    work: Shares,
    country: int,
    pay: int,
    found: NDArray[np.int16],
) -> None:
    """Write the hundredths of a point for the wishes of each row.

    columns : occupations, countries liked best, countries, least pay; work : (n_occupations + 1,) the share that each
    occupation is given; country : the bit of the vacancy's; pay : what it pays, 0 where it does not say.
    """
    occupations, firsts, countries, least = columns
    none = len(work) - 1
    for row in range(start, stop):
        first = occupations[row, 0]
        chosen, best = countries[row], firsts[row]
        told = (first != none) + 2 * ((chosen | best) != 0) + 4 * (least[row] > 0)
        most = MOST_OF[told]
        there = 1.0 if best == 0 or best & country else NOT_LIKED_BEST
        if chosen != 0 and chosen & country == 0:
            there = 0.0
        paid = min(pay / max(least[row], 1), 1.0) if pay > 0 else NOT_SAID
        points = np.rint(work[first] * most[0]) + np.rint(there * most[1]) + np.rint(paid * most[2])
        found[row] = np.int16(points) if told else CENTIPOINTS
