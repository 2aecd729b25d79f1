"""Vectors in whole steps of 2**-11: every cosine is a sum of whole numbers, the same on any machine in any order."""

import numpy as np
from numpy.typing import NDArray

FLOAT = NDArray[np.float32]
STEPS = 2**11
"""Steps in a length of one. A product of two values is a whole number of squared steps; by Cauchy and Schwarz any part
of a sum of products of two vectors of length one stays near 2**22 of those: 32-bit whole numbers, and the 24 bits of a
float32, hold it exactly. So no order of summing, no number of threads and no processor changes a cosine."""


def whole_steps(vectors: FLOAT) -> NDArray[np.int16]:
    """The vectors with every value rounded to whole steps, counted: int16 of the same shape."""
    return np.asarray(np.rint(vectors * np.float32(STEPS)), np.int16)


def from_steps(steps: NDArray[np.int16]) -> FLOAT:
    """The values of so many steps, as float32; exact."""
    return steps.astype(np.float32) / np.float32(STEPS)


def fixed_point(vectors: FLOAT) -> FLOAT:
    """The vectors with every value rounded to a multiple of 2**-11."""
    return from_steps(whole_steps(vectors))
