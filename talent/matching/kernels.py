"""Loops over the rows of the pool, compiled: whole numbers in, whole numbers out, so that order changes nothing.

Each takes an open range of rows and works without Python's lock; ``over_rows`` gives every thread its own range.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

from talent.matching.pool import Numbers

LoopT = TypeVar("LoopT", bound=Callable[..., object])
ResultT = TypeVar("ResultT")
TIE_BITS = 30
"""Bits of a key below its standing."""
NOBODY = 2**16 - 1
LEAST_ROWS = 16_384
"""Rows below which a second thread costs more than it saves."""


def compiled(loop: LoopT) -> LoopT:
    """The loop as machine code, kept on disk where a folder for it can be written."""
    try:
        made: LoopT = numba.njit(loop, nogil=True, cache=True)
    except RuntimeError:  # neither the package's folder nor the user's cache can be written
        made = numba.njit(loop, nogil=True)
    return made


@lru_cache(maxsize=1)
def _threads() -> tuple[ThreadPoolExecutor, int]:
    count = len(os.sched_getaffinity(0))
    return ThreadPoolExecutor(count, thread_name_prefix="ranking"), count


def over_rows(rows: int, work: Callable[[int, int], ResultT], *, threads: int | None = None) -> list[ResultT]:
    """What the work finds in each range of rows, in the rows' order; the ranges cover all rows once."""
    pool, processors = _threads()
    parts = max(1, min(threads or processors, rows // LEAST_ROWS))
    bounds = [rows * part // parts for part in range(parts + 1)]
    if parts == 1:
        return [work(0, rows)]
    return list(pool.map(work, bounds[:-1], bounds[1:]))


@compiled
def add_upper_standings(
    start: int,
    stop: int,
    alive: NDArray[np.bool_],
    occupations: Numbers,
    experience: NDArray[np.int16],
    complete: NDArray[np.bool_],
    occupation_points: NDArray[np.int16],
    month_points: NDArray[np.int16],
    rest: int,
    standing_of: NDArray[np.uint16],
    exact: NDArray[np.int16],
    upper: NDArray[np.uint16],
    counts: NDArray[np.int32],
) -> None:
    """The exact points of each row, the highest standing that it can reach with ``rest``, and how many reach which.

    standing_of : (2, n_scores), by whether nothing is missing and by score. A row where nobody lives gets NOBODY.
    """
    last_month = len(month_points) - 1
    none = len(occupation_points) - 1
    for row in range(start, stop):
        if not alive[row]:
            upper[row] = NOBODY
            continue
        best = occupation_points[occupations[row, 0]]
        for column in range(1, occupations.shape[1]):
            number = occupations[row, column]
            if number == none:
                break
            best = max(best, occupation_points[number])
        score = best + month_points[min(experience[row], last_month)]
        exact[row] = score
        upper[row] = standing_of[int(complete[row]), score + rest]
        counts[upper[row]] += 1


@compiled
def find_reaching(
    start: int,
    stop: int,
    upper: NDArray[np.uint16],
    low: int,
    high: int,
    last: np.int64,
    enough: NDArray[np.int64],
    found: NDArray[np.int32],
) -> int:
    """Write the rows whose upper standing lies in [low, high) and whose key could reach a list; how many.

    enough : (n,), or nothing at all where nobody's own list counts.
    """
    count, own = 0, len(enough) > 0
    for row in range(start, stop):
        standing = upper[row]
        if low <= standing < high and (standing >= last >> TIE_BITS or (own and standing >= enough[row] >> TIE_BITS)):
            found[start + count] = row
            count += 1
    return count


@compiled
def add_skills(
    start: int,
    stop: int,
    skills: Numbers,
    rows: NDArray[np.int32],
    table: NDArray[np.uint16],
    must: int,
    sums: NDArray[np.int32],
) -> None:
    """For each row the sums of likeness of its best skill to each needed one: (n, 2), the first ``must`` and the rest.

    table : (n_graded_skills + 1, k) uint16, k a multiple of eight; a needed skill that does not exist is a column of
    zeros.
    """
    width, none = table.shape[1], table.shape[0] - 1
    best = np.zeros(width, np.uint16)
    for place in range(start, stop):
        row = rows[place]
        best[:] = 0
        for column in range(skills.shape[1]):
            number = skills[row, column]
            if number == none:
                break
            for eight in range(0, width, 8):
                for needed in range(8):
                    best[eight + needed] = max(best[eight + needed], table[number, eight + needed])
        total = wanted = 0
        for needed in range(width):
            total += best[needed]
            if needed < must:
                wanted += best[needed]
        sums[place, 0] = wanted
        sums[place, 1] = total - wanted


@compiled
def add_dots(
    start: int,
    stop: int,
    vectors: NDArray[np.int16],
    rows: NDArray[np.int32],
    query: NDArray[np.int16],
    dots: NDArray[np.int32],
) -> None:
    """The product of each row's vector with the query, in squared steps."""
    for place in range(start, stop):
        row = rows[place]
        total = np.int32(0)
        for column in range(len(query)):
            total = np.int32(total + np.int32(vectors[row, column]) * np.int32(query[column]))
        dots[place] = total


@compiled
def offer(start: int, stop: int, rows: NDArray[np.int32], keys: NDArray[np.int64], best: NDArray[np.int64]) -> None:
    """Put each key into its row's list of best keys, where it is better than the least of them.

    best : (n, length) int64, the least in column 0.
    """
    length = best.shape[1]
    for place in range(start, stop):
        row = rows[place]
        if keys[place] > best[row, 0]:
            best[row, 0] = keys[place]
            least = 0
            for column in range(1, length):
                if best[row, column] < best[row, least]:
                    least = column
            best[row, 0], best[row, least] = best[row, least], best[row, 0]
