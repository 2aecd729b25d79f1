"""Skills that a title implies: what the nearest occupations need, joined with what the words themselves suggest.

Such skills are inferred, never stated: they count half and can never satisfy a must-have.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.encoder import Encoder
from talent.matching.fusion import IMPLIED_WEIGHTS, crowding, dense_is_meaningful, for_language, standardised, weighted
from talent.matching.lexical import CharacterIndex, Scores, chunks

INFERRED_WEIGHT: Final = 0.5
SATISFIES_MUST_HAVE: Final = False

ESSENTIAL: Final = 1.0
OPTIONAL: Final = 0.5
# Nearest occupations asked, and how fast their say falls with distance (cosine). Chosen on ESCO's development groups.
NEIGHBOURS: Final = 60
NEIGHBOUR_DECAY: Final = 0.08
# Kernel ridge regression from titles to skills: width of the kernel (cosine) and ridge.
KERNEL_WIDTH: Final = 0.2
RIDGE: Final = 0.3
SHARPNESS: Final = 0.08


class ImpliedSkills:
    """Learns from occupations with known skills which skills a title implies."""

    def __init__(self, encoder: Encoder, occupations: Sequence[Mapping[str, Any]], skill_labels: Sequence[str]) -> None:
        """occupations: each with `labels`, the preferred one first, and `essential` and `optional` skill labels."""
        self._encoder = encoder
        self._skills = list(skill_labels)
        self._skill_vectors = encoder.encode(self._skills)
        self._characters = CharacterIndex(self._skills)
        labels = [[label for label in own["labels"] if label.strip()] or [""] for own in occupations]
        self._starts = np.cumsum([0, *(len(own) for own in labels[:-1])]) if labels else np.zeros(0, dtype=np.int64)
        self._labels = [label for own in labels for label in own]
        self._label_vectors = encoder.encode(self._labels)
        self._uses = self._table(occupations)
        self._means = self._mean_vectors()
        self._solution = self._solved()
        self._crowding = standardised(crowding(self._skill_vectors @ self._means.T)[None, :])

    def scores(self, titles: Sequence[str]) -> Scores:
        """(n_titles, n_skills) float32; higher is likelier, comparable within a row."""
        found = np.zeros((len(titles), len(self._skills)), dtype=np.float32)
        if not found.size:
            return found
        weights = for_language(IMPLIED_WEIGHTS, dense_is_meaningful([*titles, *self._skills]))
        vectors = self._encoder.encode(list(titles))
        for part in chunks(len(titles), 256):
            rows = vectors[part]
            dense = rows @ self._skill_vectors.T
            parts = {
                "dense": standardised(dense),
                "dense_sharp": standardised(np.exp(dense / np.float32(SHARPNESS))),
                "characters": standardised(self._characters.scores(titles[part])),
                **(self._from_occupations(rows) if len(self._starts) else {}),
            }
            found[part] = weighted(parts, weights)
        return found

    def _from_occupations(self, rows: NDArray[np.float32]) -> dict[str, Scores]:
        best = np.maximum.reduceat(rows @ self._label_vectors.T, self._starts, axis=1)
        near = (best + rows @ self._means.T) / 2
        asked = np.exp((near - 1) / np.float32(KERNEL_WIDTH)) @ self._solution
        return {
            "neighbours": standardised(np.sqrt(self._neighbours(near))),
            "regression": standardised(np.sqrt(np.maximum(asked, 0))),
            "regression_linear": standardised(asked),
            "crowding": self._crowding,
        }

    def _neighbours(self, near: Scores) -> Scores:
        count = min(NEIGHBOURS, near.shape[1])
        nearest = np.argsort(-near, axis=1, kind="stable")[:, :count]
        likeness = np.take_along_axis(near, nearest, axis=1)
        say = np.exp((likeness - likeness[:, :1]) / NEIGHBOUR_DECAY)
        say /= say.sum(axis=1, keepdims=True)
        found = np.zeros((len(near), len(self._skills)), dtype=np.float32)
        for row, (places, shares) in enumerate(zip(nearest, say, strict=True)):
            found[row] = shares.astype(np.float32) @ self._uses[places]
        return found

    def _table(self, occupations: Sequence[Mapping[str, Any]]) -> NDArray[np.float32]:
        """(n_occupations, n_skills): how much an occupation uses a skill; labels not in the list are left out."""
        places: dict[str, list[int]] = {}
        for place, label in enumerate(self._skills):
            places.setdefault(label.strip().lower(), []).append(place)
        uses = np.zeros((len(occupations), len(self._skills)), dtype=np.float32)
        for row, occupation in enumerate(occupations):
            for field, weight in (("optional", OPTIONAL), ("essential", ESSENTIAL)):
                for label in occupation.get(field) or ():
                    uses[row, places.get(label.strip().lower(), [])] = weight
        return uses

    def _mean_vectors(self) -> NDArray[np.float32]:
        if not len(self._starts):
            return self._label_vectors
        sums = np.add.reduceat(self._label_vectors, self._starts, axis=0)
        means: NDArray[np.float32] = (sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
        return means

    def _solved(self) -> NDArray[np.float32]:
        """(n_occupations, n_skills): the dual weights of the ridge regression."""
        if not len(self._starts):
            return self._uses
        from scipy.linalg import cho_factor, cho_solve

        kernel = np.exp((self._means @ self._means.T - 1) / KERNEL_WIDTH).astype(np.float64)
        factor = cho_factor(kernel + RIDGE * np.eye(len(kernel)))
        return np.asarray(cho_solve(factor, self._uses), dtype=np.float32)
