"""The order of a list: how well the work fits, then nothing missing first, then score, then a stable number.

That is the order of a vacancy's list. A candidate's own list is in the same groups; in each, what gives most of what
the candidate wishes for comes first, then the score.
"""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.features import compare
from talent.matching.kernels import TIE_BITS
from talent.matching.pool import Pool
from talent.matching.requirements import Requirement, Verdict, judge, requirements_of
from talent.matching.scorer import CENTIPOINTS, FIT_BOUNDS, HAND, Weights
from talent.matching.views import VacancyView
from talent.matching.wishing import Wished, wished_of

STANDINGS = 2 * (len(FIT_BOUNDS) + 1) * (CENTIPOINTS + 1)
"""How many standings there are: each group of fit, with nothing missing or something, and each score."""


class PairKeys(NamedTuple):
    """The keys of one pair: in the vacancy's list, and in the candidate's own."""

    listed: int
    own: int


@dataclass(frozen=True)
class Ranked:
    """One vacancy against rows of the pool; every array has one row per compared candidate.

    rows : (n,) int32 rows of the pool; parts : (n, n_parts) int32 hundredths of a point; scores : (n,) int32, their
    sum; verdicts : (n, n_requirements) int8; missing : (n,) int16; ties : (n,) int64; keys : (n,) int64, higher is
    better and no two are equal unless both UUIDs collide in their low 64 bits; wished : how far each candidate's wishes
    are given.
    """

    rows: NDArray[np.int32]
    parts: NDArray[np.int32]
    scores: NDArray[np.int32]
    requirements: list[Requirement]
    verdicts: NDArray[np.int8]
    missing: NDArray[np.int16]
    ties: NDArray[np.int64]
    keys: NDArray[np.int64]
    wished: Wished

    @property
    def own_keys(self) -> NDArray[np.int64]:
        """The keys of the pairs in the candidates' own lists, (n,)."""
        return own_keys(self.keys, self.wished.total[:, 0])

    def order(self) -> NDArray[np.int64]:
        """The positions of the compared candidates, best first."""
        return np.argsort(-self.keys, kind="stable")


def vacancy_key(vacancy_id: UUID) -> np.uint64:
    """The vacancy's side of the tie numbers of its pairs."""
    return np.uint64(vacancy_id.int & (2**64 - 1))


def tie_numbers(keys: NDArray[np.uint64], vacancy_id: UUID) -> NDArray[np.int64]:
    """A stable number in [0, 2**30) for each pair: neither side can choose it, and it is the same each time."""
    return ties_of(keys ^ vacancy_key(vacancy_id))


def ties_of(mixed: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The tie numbers of pairs whose two sides are mixed so, of the same shape."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    numbers = np.empty(mixed.shape, np.int64)
    numbers[:] = (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(64 - TIE_BITS)
    return numbers


def rank(
    pool: Pool,
    vacancy: VacancyView,
    vector: NDArray[np.float32],
    rows: NDArray[np.int32] | None = None,
    *,
    weights: Weights = HAND,
) -> Ranked:
    """Every living candidate among these rows (all of them for None), compared with one vacancy in full.

    vector : (d,) float32, the vacancy's text. ``search.best`` finds who stands in a list without looking at everybody.
    """
    if rows is None:
        rows = pool.living()
    parts = weights.points(compare(pool, vacancy, vector, rows))
    scores = parts.sum(axis=1, dtype=np.int32)
    requirements = requirements_of(vacancy)
    verdicts = judge(pool, requirements, rows)
    missing = missing_of(verdicts)
    ties = tie_numbers(pool.tie_key[rows], vacancy.vacancy_id)
    keys = list_keys(missing, scores, ties)
    wished = wished_of(pool, rows, vacancy)
    return Ranked(rows, parts, scores, requirements, verdicts, missing, ties, keys, wished)


def missing_of(verdicts: NDArray[np.int8]) -> NDArray[np.int16]:
    """How many requirements are missing in each row of verdicts."""
    return np.asarray((verdicts == Verdict.MISSING).sum(axis=1), np.int16)


def list_keys(missing: NDArray[np.int16], scores: NDArray[np.int32], ties: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number per candidate that sorts the list, higher first: fit, anything missing, score, tie.

    Somebody whose trade fits and who lacks a paper stands before somebody of another trade who lacks none.
    """
    keys = np.empty(len(scores), np.int64)
    keys[:] = (standings(missing == 0, scores) << TIE_BITS) + (2**TIE_BITS - 1 - ties)
    return keys


def own_keys(keys: NDArray[np.int64], wishes: NDArray[np.int32]) -> NDArray[np.int64]:
    """The keys of pairs in the candidates' own lists, of the shape of both: fit, anything missing, wishes, score, tie.

    wishes : the hundredths of a point that the vacancy gives of what is wished for.
    """
    groups, scores = np.divmod(keys >> TIE_BITS, CENTIPOINTS + 1)
    standing = (groups * (CENTIPOINTS + 1) + wishes) * (CENTIPOINTS + 1) + scores
    return np.asarray((standing << TIE_BITS) | (keys & (2**TIE_BITS - 1)), np.int64)


def standings(complete: NDArray[np.bool_], scores: NDArray[np.int32]) -> NDArray[np.int64]:
    """A key without its tie: a number below STANDINGS that rises with the fit, with nothing missing, with the score."""
    fits = np.zeros(len(scores), np.int64)
    for least in FIT_BOUNDS:
        fits += scores >= round(least * 100)
    return np.asarray((fits * 2 + complete) * (CENTIPOINTS + 1) + scores, np.int64)
