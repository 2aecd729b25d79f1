"""Vacancy titles to occupations: the best label by meaning, helped by letters; with a probability, or no answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.encoder import Encoder, Vectors
from talent.matching.fusion import TITLE_WEIGHTS, crowding, dense_is_meaningful, for_language, weighted
from talent.matching.lexical import CharacterIndex, Scores, chunks

# Logistic calibration of the best score and of its lead over the second;
# fitted on 4,000 development titles that are not reported on.
CALIBRATION_SCORE: Final = 1.788
CALIBRATION_LEAD: Final = 4.281
CALIBRATION_CONSTANT: Final = -4.137
# Below this probability of being right, the linker gives no answer.
LEAST_PROBABILITY: Final = 0.15


@dataclass(frozen=True)
class LinkedOccupation:
    """An occupation by its place in the list the linker was made with, and the probability that it is right."""

    place: int
    probability: float


class TitleLinker:
    """Links titles to occupations, each given by its labels, the preferred one first."""

    def __init__(self, encoder: Encoder, alternatives: Sequence[Sequence[str]]) -> None:
        self._encoder = encoder
        labels = [list(dict.fromkeys(label for label in own if label.strip())) or [""] for own in alternatives]
        self._flat = [label for own in labels for label in own]
        self._starts = np.cumsum([0, *(len(own) for own in labels[:-1])]) if labels else np.zeros(0, dtype=np.int64)
        vectors = encoder.encode(self._flat)
        self._vectors = vectors
        self._preferred = vectors[self._starts] if labels else vectors
        self._mean = _means(vectors, self._starts)
        self._crowding = crowding(self._preferred @ self._preferred.T)[None, :]
        self._characters = CharacterIndex(self._flat)

    def scores(self, titles: Sequence[str]) -> Scores:
        """(n_titles, n_occupations) float32; higher is likelier, comparable within a row."""
        found = np.zeros((len(titles), len(self._starts)), dtype=np.float32)
        if not found.size:
            return found
        weights = for_language(TITLE_WEIGHTS, dense_is_meaningful([*titles, *self._flat]))
        vectors = self._encoder.encode(list(titles))
        for part in chunks(len(titles)):
            rows = vectors[part]
            parts = {
                "best_label": self._best(rows @ self._vectors.T),
                "mean_label": rows @ self._mean.T,
                "preferred_label": rows @ self._preferred.T,
                "characters": self._best(self._characters.scores(titles[part])),
                "crowding": self._crowding,
            }
            found[part] = weighted(parts, weights)
        return found

    def link(self, titles: Sequence[str]) -> list[LinkedOccupation | None]:
        """The likeliest occupation of each title, None where no adequate one is found."""
        return [_answer(row) for row in self.scores(titles)]

    def _best(self, scores: Scores) -> Scores:
        best: Scores = np.maximum.reduceat(scores, self._starts, axis=1)
        return best


def _means(vectors: Vectors, starts: NDArray[np.int64]) -> Vectors:
    if not len(starts):
        return vectors
    sums = np.add.reduceat(vectors, starts, axis=0)
    means: Vectors = (sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
    return means


def _answer(row: Scores) -> LinkedOccupation | None:
    order = np.argsort(-row, kind="stable")
    best = float(row[order[0]])
    lead = best - float(row[order[1]]) if len(row) > 1 else best
    probability = calibrated(best, lead)
    return LinkedOccupation(int(order[0]), probability) if probability >= LEAST_PROBABILITY else None


def calibrated(best: float, lead: float) -> float:
    """Probability that the best occupation is the right one, from its score and its lead over the next."""
    return float(1 / (1 + np.exp(-(CALIBRATION_SCORE * best + CALIBRATION_LEAD * lead + CALIBRATION_CONSTANT))))
