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
from talent.matching.scorer import CENTIPOINTS

LoopT = TypeVar("LoopT", bound=Callable[..., object])
ResultT = TypeVar("ResultT")
TIE_BITS = 30
"""Bits of a key below its standing."""
LEVELS = CENTIPOINTS + 1
"""How many scores there are, from none to the full one."""
LEAST_ROWS = 16_384
"""Rows in their order below which a second thread costs more than it saves."""


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


def over_rows(
    rows: int, work: Callable[[int, int], ResultT], *, threads: int | None = None, least: int = LEAST_ROWS
) -> list[ResultT]:
    """What the work finds in each range of rows, in the rows' order; the ranges cover all rows once.

    least : rows below which a second thread costs more than it saves.
    """
    pool, processors = _threads()
    parts = max(1, min(threads or processors, rows // least))
    bounds = [rows * part // parts for part in range(parts + 1)]
    if parts == 1:
        return [work(0, rows)]
    return list(pool.map(work, bounds[:-1], bounds[1:]))


@compiled
def find_by_trade(
    start: int,
    stop: int,
    alive: NDArray[np.bool_],
    occupations: Numbers,
    experience: NDArray[np.int16],
    by_occupation: NDArray[np.int16],
    by_month: NDArray[np.int16],
    complete: NDArray[np.uint8],
    rest: int,
    least: tuple[int, int],
    own_standing_of: NDArray[np.int64],
    own: NDArray[np.int64],
    wishes: NDArray[np.int16],
    found: NDArray[np.int32],
    points: NDArray[np.int32],
) -> int:
    """Write the rows that may reach a list with ``rest`` points more, and their points until then; how many.

    by_occupation : (n_occupations + 1,) points, 0 for none; by_month : points, the last for all later months; complete
    : a bit for each row, as ``np.packbits`` sets them; least : the score that a list needs, by whether nothing is
    missing; own : (n,) the own key that is enough for each row, or nothing where nobody's own list counts; wishes :
    (n,) hundredths of a point for what each row wishes for; own_standing_of : (2, n_scores) standings without them.
    """
    count, owns, none, last_month = 0, len(own) > 0, len(by_occupation) - 1, len(by_month) - 1
    for row in range(start, stop):
        if not alive[row]:
            continue
        best = by_occupation[occupations[row, 0]]
        if occupations[row, 1] != none:
            for column in range(1, occupations.shape[1]):
                best = max(best, by_occupation[occupations[row, column]])
        score = np.int32(best + by_month[min(experience[row], last_month)])
        whole = (complete[row >> 3] >> (7 - (row & 7))) & 1
        most = score + rest
        if most >= least[whole] or (
            owns and own_standing_of[whole, most] + np.int64(wishes[row]) * LEVELS >= own[row] >> TIE_BITS
        ):
            found[start + count] = row
            points[start + count] = score
            count += 1
    return count


@compiled
def share_points(likeness: int, whole: float, most: int) -> int:
    """The points for likeness of which ``whole`` is worth the most; all of them where nothing is needed."""
    return int(np.rint(likeness / whole * most)) if whole > 0.0 else most


@compiled
def keep_by_skills(
    start: int,
    stop: int,
    skills: Numbers,
    likeness: NDArray[np.uint16],
    any_like: NDArray[np.bool_],
    must: int,
    wholes: tuple[float, float],
    most: tuple[int, int],
    complete: NDArray[np.uint8],
    rest: int,
    least: tuple[int, int],
    own_standing_of: NDArray[np.int64],
    own: NDArray[np.int64],
    wishes: NDArray[np.int16],
    rows: NDArray[np.int32],
    points: NDArray[np.int32],
) -> int:
    """Add the points for skills, and move those that may reach a list with ``rest`` points more to the front.

    Of ``rows`` and ``points`` the places from ``start`` to ``stop`` are looked at; how many stay. likeness :
    (n_graded_skills + 1, k) uint16, the ``must`` first, a needed skill that does not exist a column of zeros; any_like
    : whether a skill is like any; wholes : what the likeness to must-have and to welcome skills sums up to where they
    earn all of ``most``, 0.0 where none is needed. The others are those of ``find_by_trade``.
    """
    count, owns, width, none = 0, len(own) > 0, likeness.shape[1], likeness.shape[0] - 1
    best = np.zeros(width, np.uint16)
    for place in range(start, stop):
        row = rows[place]
        best[:] = 0
        for column in range(skills.shape[1]):
            number = skills[row, column]
            if number == none:
                break
            if any_like[number]:
                for needed in range(width):
                    best[needed] = max(best[needed], likeness[number, needed])
        wanted = total = 0
        for needed in range(width):
            total += best[needed]
            wanted += best[needed] * (needed < must)
        points[place] += share_points(wanted, wholes[0], most[0]) + share_points(total - wanted, wholes[1], most[1])
        score = points[place]
        whole = (complete[row >> 3] >> (7 - (row & 7))) & 1
        reach = score + rest
        if reach >= least[whole] or (
            owns and own_standing_of[whole, reach] + np.int64(wishes[row]) * LEVELS >= own[row] >> TIE_BITS
        ):
            rows[start + count] = row
            points[start + count] = score
            count += 1
    return count


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
