"""Weighted sums of evidence: one row of weights a field, learned on the development parts, never a sum of ranks.

Where the encoder does not know the language, the dense share of a field shrinks and the letters carry the weight.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.language import ENCODER_LANGUAGES, UNKNOWN, detect_language

Scores = NDArray[np.float32]

# vacancy title -> occupation: chosen on 4,000 titles of the development part that are not reported on.
TITLE_WEIGHTS: Final = {
    "best_label": 1.0,
    "mean_label": 0.5,
    "preferred_label": 0.2,
    "characters": 0.3,
    "crowding": -0.5,
}
# sentence -> skill: chosen on the TECH and HOUSE validation sentences.
SKILL_WEIGHTS: Final = {"best_span": 0.45, "sentence": 0.35, "characters": 0.2, "named": 0.1}
# title -> skills: z-scored parts; chosen on ESCO's development groups.
IMPLIED_WEIGHTS: Final = {
    "neighbours": 0.5,
    "regression": 0.4,
    "regression_linear": 0.2,
    "dense": 1.0,
    "dense_sharp": 0.2,
    "characters": 0.25,
    "crowding": -0.7,
}
# What is left of the dense weight in a language that the encoder does not know, and what letters then weigh.
FOREIGN_DENSE_SHARE: Final = 0.15
FOREIGN_CHARACTER_SHARE: Final = 3.0
SAMPLE_TEXTS: Final = 2000
# So many nearest texts say how crowded a place in the space of meanings is.
NEAREST: Final = 10


def standardised(scores: Scores) -> Scores:
    """Each row minus its mean, by its standard deviation."""
    spread = scores.std(axis=1, keepdims=True) + 1e-9
    found: Scores = ((scores - scores.mean(axis=1, keepdims=True)) / spread).astype(np.float32)
    return found


def crowding(similarities: Scores) -> NDArray[np.float32]:
    """(n,) how near each row's nearest columns are, less the mean of all rows.

    What lies in a crowd is near to every question; taking its crowding away lets rarer things be found.
    """
    nearest = min(NEAREST, similarities.shape[1])
    if not similarities.size:
        return np.zeros(len(similarities), dtype=np.float32)
    means = np.partition(similarities, -nearest, axis=1)[:, -nearest:].mean(axis=1)
    found: NDArray[np.float32] = (means - means.mean()).astype(np.float32)
    return found


def weighted(parts: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """The sum of the parts, each by its weight.

    Raises:
        KeyError: a part has no weight.
    """
    total: Scores | None = None
    for name, scores in parts.items():
        share = np.float32(weights[name]) * scores
        total = share if total is None else total + share
    if total is None:
        raise ValueError("nothing to add up")
    return total


def dense_is_meaningful(texts: Sequence[str]) -> bool:
    """Whether the encoder knows the language that most of these texts, taken together, are in."""
    step = max(1, len(texts) // SAMPLE_TEXTS)
    tag = detect_language("\n".join(texts[::step])).tag
    return tag == UNKNOWN or tag in ENCODER_LANGUAGES


def for_language(weights: Mapping[str, float], known: bool) -> dict[str, float]:
    """The field's weights, or those that let the letters lead in a language the encoder does not know."""
    if known:
        return dict(weights)
    lexical = ("characters", "named")
    return {
        name: weight * (FOREIGN_CHARACTER_SHARE if name in lexical else FOREIGN_DENSE_SHARE)
        for name, weight in weights.items()
    }
