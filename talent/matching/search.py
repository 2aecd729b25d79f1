"""Who stands in a list, found without scoring those who cannot: exactly the list of comparing everybody in full.

The likeliest are looked at in full first; what stands last among them is a bound for everybody else. ``Sieve`` then
leaves out, step by step, whoever cannot reach it (``tests/matching/test_search.py``: nobody is lost by it).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.answers import nothing_missing
from talent.matching.bits import BITS, bit_of
from talent.matching.pool import Pool
from talent.matching.question import Question, question
from talent.matching.ranking import Ranked, rank
from talent.matching.scorer import HAND, Weights
from talent.matching.sieve import KEYS, LIKELIEST, NO_KEYS, NO_WISHES, ROWS, Sieve, nth_best
from talent.matching.views import VacancyView
from talent.matching.wishing import wishes_of

AMONG: Final = 32
"""Times the likeliest among whom they are looked for (S-OWN-10)."""
TOO_MANY: Final = 4
"""Where more than one part in so many of the pool are in question by their trade, it tells nobody apart."""


@dataclass(frozen=True)
class Reaching:
    """Who reaches a list: rows and keys of the pool, the key that stands last, and how many were in question.

    own_keys : the keys in the candidates' own lists; nothing where these do not count.
    """

    rows: ROWS
    keys: KEYS
    own_keys: KEYS
    last: np.int64
    compared: int


def reaching(
    pool: Pool, asked: Question, length: int, enough: KEYS | None = None, *, threads: int | None = None
) -> Reaching:
    """Everybody whose key stands in a list of this length, or whose own key is enough for that row of the pool.

    enough : (n,) int64, one own key for each row of the pool; nobody's own list counts for None. The likeliest are
    looked at first: what stands last among them is a bound for everybody else, and drawn closer with each step.
    """
    own = NO_KEYS if enough is None else enough[: len(pool)]
    complete = nothing_missing(pool, asked.requirements, threads)
    wishes = NO_WISHES if enough is None else wishes_of(pool, asked.vacancy, threads)
    sieve = Sieve(pool, asked, complete, own, wishes, threads)
    likely = likeliest(pool, asked.occupation_points, complete, LIKELIEST * length)
    last = sieve.last_of_best(sieve.these(likely), length)
    found = sieve.by_trade(last)
    if len(found.rows) < len(pool) // TOO_MANY:
        found, last = sieve.narrowed(found, length, last)
    found, last = sieve.narrowed(sieve.by_skills(found, last), length, last)
    keys = sieve.keys(found)
    last = nth_best(keys, length)
    compared = int(np.count_nonzero(pool.alive[: len(pool)]))
    if enough is None:
        kept = keys >= last
        return Reaching(found.rows[kept], keys[kept], NO_KEYS, last, compared)
    own_keys = sieve.own_keys(found, keys)
    kept = (keys >= last) | (own_keys >= own[found.rows])
    return Reaching(found.rows[kept], keys[kept], own_keys[kept], last, compared)


def likeliest(pool: Pool, occupation_points: NDArray[np.int16], complete: BITS, count: int) -> ROWS:
    """So many rows, at most: of those of the nearest occupations first who lack nothing, then who lack something."""
    rows = nearest_trades(pool, occupation_points, AMONG * count)
    whole = bit_of(complete, rows).astype(bool)
    return np.concatenate((rows[whole], rows[~whole]))[:count]


def nearest_trades(pool: Pool, occupation_points: NDArray[np.int16], count: int) -> ROWS:
    """About so many rows of the occupations that give most points; from all over the pool where none gives any."""
    if len(pool) <= count or not occupation_points.any():
        return np.arange(0, len(pool), max(1, len(pool) // count), dtype=np.int32)
    rows, starts = pool.by_occupation
    best = np.argsort(-occupation_points[:-1], kind="stable")
    enough = int(np.searchsorted(np.cumsum(np.diff(starts)[best]), count)) + 1
    return np.concatenate([rows[starts[number] : starts[number + 1]] for number in best[:enough].tolist()])[:count]


def best(
    pool: Pool,
    vacancy: VacancyView,
    vector: NDArray[np.float32],
    length: int,
    enough: KEYS | None = None,
    *,
    weights: Weights = HAND,
) -> tuple[Ranked, Reaching]:
    """Who reaches the vacancy's list, or their own, compared in full; vector : (d,) float32, the vacancy's text."""
    found = reaching(pool, question(pool, vacancy, vector, weights), length, enough)
    return rank(pool, vacancy, vector, found.rows, weights=weights), found
