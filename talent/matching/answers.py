"""Who lacks none of some requirements, a bit for each row of the pool; each answer is kept for the next vacancy.

Vacancies ask for much the same: a language at a level, a licence, a country. An answer is made once for everybody, then
only for the rows that were put, emptied or added since.
"""

from typing import Final

import numpy as np

from talent.matching.bits import BITS, Answer
from talent.matching.kernels import over_rows
from talent.matching.pool import Pool
from talent.matching.requirements import JUDGES, Requirement, Rows, may_be_missing

KEPT_ANSWERS: Final = 256
"""Requirements whose answers are kept: at a million rows each takes an eighth of a megabyte (S-OWN-10)."""
ROWS_AT_ONCE: Final = 16_384
"""Rows whose columns stay in a processor's cache while they are judged; a multiple of eight."""


def nothing_missing(pool: Pool, requirements: list[Requirement], threads: int | None = None) -> BITS:
    """A bit for each row of the pool, as ``np.packbits`` sets them: whether it lacks none of the requirements."""
    found = np.full(-(-len(pool) // 8), 255, np.uint8)
    for asked in filter(may_be_missing, requirements):
        found &= answer(pool, asked, threads).bits
    return found


def answer(pool: Pool, asked: Requirement, threads: int | None = None) -> Answer:
    """Who does not lack this requirement, as the pool is now."""
    known = pool.answers.pop(asked, None) or Answer(np.empty(0, np.uint8), 0, len(pool.changed))
    if known.rows < len(pool):
        known = _longer(pool, asked, known, threads)
    if known.changes < len(pool.changed):
        known = _renewed(pool, asked, known)
    pool.answers[asked] = known
    if len(pool.answers) > KEPT_ANSWERS:
        del pool.answers[next(iter(pool.answers))]
    return known


def _longer(pool: Pool, asked: Requirement, known: Answer, threads: int | None) -> Answer:
    """The answer for the rows that were added as well; whole bytes are made, so that threads share none."""
    first, last = known.rows // 8, -(-len(pool) // 8)

    def look(start: int, stop: int) -> BITS:
        rows = range(8 * (first + start), min(8 * (first + stop), len(pool)), ROWS_AT_ONCE)
        parts = [_bits(pool, asked, slice(row, min(row + ROWS_AT_ONCE, rows.stop))) for row in rows]
        return np.concatenate(parts)

    added = over_rows(last - first, look, threads=threads)
    return Answer(np.concatenate((known.bits[:first], *added)), len(pool), known.changes)


def _renewed(pool: Pool, asked: Requirement, known: Answer) -> Answer:
    """The answer with the rows judged anew that changed since; what others hold of it stays as it was."""
    rows = np.unique(np.array(pool.changed[known.changes :], np.int32))
    places = np.unique(rows // 8)
    bits = known.bits.copy()
    every = np.minimum((8 * places[:, None] + np.arange(8)).ravel(), len(pool) - 1).astype(np.int32)
    bits[places] = _bits(pool, asked, every)
    return Answer(bits, known.rows, len(pool.changed))


def _bits(pool: Pool, asked: Requirement, rows: Rows) -> BITS:
    met, unknown = JUDGES[asked.kind](pool, rows, asked)
    return np.packbits(met | unknown)
