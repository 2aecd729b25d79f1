"""Yes or no for each row of the pool, as single bits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = NDArray[np.uint8]
"""A bit for each row, as ``np.packbits`` sets them."""


@dataclass(frozen=True)
class Answer:
    """What was found for the first so many rows, when the pool had noted so many changes."""

    bits: BITS
    rows: int
    changes: int


def bit_of(bits: BITS, rows: NDArray[np.int32]) -> BITS:
    """The bit of each of these rows: (n,) uint8, 0 or 1."""
    return np.asarray(bits[rows >> 3] >> (7 - (rows & 7)).astype(np.uint8) & 1, np.uint8)
