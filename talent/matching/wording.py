"""How alike two texts are by their letters alone: for trades and languages that nothing else knows."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.foundation.text import fold

LETTERS_IN_A_ROW: Final = (3, 5)
FULL_LIKENESS: Final = 0.5
"""Cosine of two long texts from which they count as fully alike (S-OWN-1)."""


def letters_alike(advertisements: Sequence[str], cvs: Sequence[str]) -> NDArray[np.float32]:
    """(n_advertisements, n_cvs) cosine of character n-grams inside words, weighed by rarity, stretched to [0, 1]."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    folded = [fold(text) for text in (*advertisements, *cvs)]
    if not any(folded):
        return np.zeros((len(advertisements), len(cvs)), np.float32)
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=LETTERS_IN_A_ROW, sublinear_tf=True, dtype=np.float32)
    rows = grams.fit_transform(folded)
    cosine = (rows[: len(advertisements)] @ rows[len(advertisements) :].T).toarray()
    return np.asarray(np.minimum(cosine / FULL_LIKENESS, 1.0), np.float32)
