"""Who of a pool may still reach a list, step by step: by occupation and experience, by skills, by their text.

Each step knows some points of a row and gives it all of the others: what that reaches is a bound, and never lies below
the true standing (``tests/matching/test_search.py``). Whoever stays below the list with it is left.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.bits import BITS, bit_of
from talent.matching.features import text_dots, text_share
from talent.matching.kernels import LEVELS, TIE_BITS, find_by_trade, keep_by_skills, over_rows
from talent.matching.pool import NOTHING, Pool
from talent.matching.question import Question
from talent.matching.ranking import list_keys, own_keys, standings, tie_numbers
from talent.matching.scorer import CENTIPOINTS

KEYS = NDArray[np.int64]
ROWS = NDArray[np.int32]
POINTS = NDArray[np.int32]
STANDING = NDArray[np.uint16]
WISHED = NDArray[np.int16]
LIKELIEST: Final = 16
"""Times the length of a list that are looked at before all others (S-OWN-10)."""
FIRST: Final = 4
"""Times the length of a list whose texts are looked at to learn what the others must reach."""
SCATTERED_ROWS: Final = 2_048
"""Rows in no order below which a second thread costs more than it saves."""
NO_KEYS: Final = np.empty(0, np.int64)
NO_WISHES: Final = np.empty(0, np.int16)
_SCORES = np.arange(CENTIPOINTS + 1, dtype=np.int32)
STANDING_OF: STANDING = np.stack([standings(np.full(len(_SCORES), whole), _SCORES) for whole in (False, True)]).astype(
    np.uint16
)
"""(2, n_scores): the standing by whether nothing is missing and by score. It never falls with the score."""
OWN_STANDING_OF: NDArray[np.int64] = (
    own_keys(STANDING_OF.astype(np.int64) << TIE_BITS, np.zeros(1, np.int32)) >> TIE_BITS
)
"""(2, n_scores): the same in the candidate's own list, without what the vacancy gives of the wishes."""


@dataclass(frozen=True)
class Found:
    """Rows that may reach a list, their points until now, (n,) each, and how many points more each may have."""

    rows: ROWS
    points: POINTS
    rest: int

    def __getitem__(self, places: NDArray[np.intp]) -> "Found":
        return Found(self.rows[places], self.points[places], self.rest)


def nth_best(keys: KEYS, length: int) -> np.int64:
    """The key that stands last in a list of this length; anything is enough while the list is not full."""
    return NOTHING if len(keys) < length else np.int64(np.partition(keys, len(keys) - length)[len(keys) - length])


@dataclass(frozen=True)
class Sieve:
    """One vacancy's question to a pool.

    complete : a bit for each row, whether nothing is missing; own : (n,) the own key that is enough for each row, and
    wishes : (n,) hundredths of a point for what each wishes for; both nothing where nobody's own list counts.
    """

    pool: Pool
    asked: Question
    complete: BITS
    own: KEYS
    wishes: WISHED
    threads: int | None = None

    def these(self, rows: ROWS) -> Found:
        """Those of the rows in which somebody lives, with their points for occupation and experience."""
        asked, pool = self.asked, self.pool
        rows = rows[pool.alive[rows]]
        points = asked.occupation_points[pool.occupations[rows]].max(axis=1).astype(np.int32)
        points += asked.month_points[np.minimum(pool.experience[rows], len(asked.month_points) - 1)]
        return Found(rows, points, asked.of_skills[0] + asked.of_skills[1] + asked.of_text)

    def by_trade(self, last: np.int64 = NOTHING) -> Found:
        """Everybody who may reach this last key, or their own, by occupation and experience; in the rows' order."""
        asked, pool = self.asked, self.pool
        rows, points = np.empty(len(pool), np.int32), np.empty(len(pool), np.int32)
        rest = asked.of_skills[0] + asked.of_skills[1] + asked.of_text
        tables = asked.occupation_points, asked.month_points, self.complete
        bounds = rest, least_scores(last), OWN_STANDING_OF, self.own, self.wishes
        given = (pool.alive, pool.occupations, pool.experience, *tables, *bounds)

        def look(start: int, stop: int) -> slice:
            return slice(start, start + find_by_trade(start, stop, *given, rows, points))

        return joined(over_rows(len(pool), look, threads=self.threads), Found(rows, points, rest))

    def by_skills(self, found: Found, last: np.int64 = NOTHING) -> Found:
        """Those who may reach this last key, or their own, with the points for their skills; in the same order."""
        asked = self.asked
        rows, points = found.rows.copy(), found.points.copy()
        tables = self.pool.skills, asked.skills, asked.any_like, asked.must, asked.wholes, asked.of_skills
        bounds = self.complete, asked.of_text, least_scores(last), OWN_STANDING_OF, self.own, self.wishes

        def look(start: int, stop: int) -> slice:
            return slice(start, start + keep_by_skills(start, stop, *tables, *bounds, rows, points))

        parts = over_rows(len(rows), look, threads=self.threads, least=SCATTERED_ROWS)
        return joined(parts, Found(rows, points, asked.of_text))

    def keys(self, found: Found) -> KEYS:
        """The key of each of these rows, with the points for its text."""
        shares = text_share(text_dots(self.pool, self.asked.text, found.rows))
        score = found.points + self.asked.weights.part_points("text", shares)
        ties = tie_numbers(self.pool.tie_key[found.rows], self.asked.vacancy.vacancy_id)
        return list_keys(1 - bit_of(self.complete, found.rows).astype(np.int16), score, ties)

    def upper(self, found: Found) -> STANDING:
        """The standing of each row with all points that it may still have."""
        return STANDING_OF[bit_of(self.complete, found.rows), found.points + found.rest]

    def own_keys(self, found: Found, keys: KEYS) -> KEYS:
        """The keys of these rows, whose keys in the vacancy's list are these, in their own lists."""
        return own_keys(keys, self.wishes[found.rows].astype(np.int32))

    def may_reach(self, found: Found, last: np.int64) -> NDArray[np.bool_]:
        """Whether each row, with all points that it may still have, reaches the last key or its own list."""
        whole, most = bit_of(self.complete, found.rows), found.points + found.rest
        there = STANDING_OF[whole, most] >= last >> TIE_BITS
        if len(self.own):
            own = OWN_STANDING_OF[whole, most] + self.wishes[found.rows].astype(np.int64) * LEVELS
            there |= own >= self.own[found.rows] >> TIE_BITS
        return np.asarray(there, bool)

    def narrowed(self, found: Found, length: int, last: np.int64) -> tuple[Found, np.int64]:
        """Of very many those who may reach what stands last among the best of them, and the key of that."""
        if len(found.rows) <= LIKELIEST * length:
            return found, last
        last = max(last, self.last_of_best(found, length))
        return found[np.flatnonzero(self.may_reach(found, last))], last

    def last_of_best(self, found: Found, length: int) -> np.int64:
        """The key that stands last among those of these rows whose bounds are best; never above the true one."""
        if found.rest > self.asked.of_text:
            found = self.by_skills(self._best(found, LIKELIEST * length))
        return nth_best(self.keys(self._best(found, FIRST * length)), length)

    def _best(self, found: Found, count: int) -> Found:
        """So many of these rows, those with the best bounds."""
        return found if len(found.rows) <= count else found[np.argpartition(self.upper(found), -count)[-count:]]


def least_scores(last: np.int64) -> tuple[int, int]:
    """The least score that reaches this key, by whether nothing is missing."""
    missing, complete = (int(np.searchsorted(by_score, last >> TIE_BITS)) for by_score in STANDING_OF)
    return missing, complete


def joined(parts: list[slice], found: Found) -> Found:
    """These parts of the rows and points, one after the other."""
    rows, points = (np.concatenate([column[part] for part in parts]) for column in (found.rows, found.points))
    return Found(rows, points, found.rest)
