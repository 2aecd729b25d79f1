"""An encoder without a model: each known keyword is one direction, so every cosine can be worked out by hand."""

from collections.abc import Sequence

import numpy as np

from talent.foundation.text import fold

KEYWORDS = (
    "welding", "welder", "steel", "electrician", "wiring", "solar", "cook", "kitchen", "hygiene", "safety",
    "nurse", "care", "driver", "truck", "mason", "brick", "plumber", "pipe", "software", "python",
)  # fmt: skip


class KeywordEncoder:
    """Counts keywords and normalises; a text without any points in a direction of its own."""

    dimensions = len(KEYWORDS) + 1
    model_hash = "keywords-1"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One normalised row per text, (n, 21) float32."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            words = fold(text).replace(".", " ").replace(",", " ").split()
            row[:-1] = [words.count(keyword) for keyword in KEYWORDS]
            row[-1] = 0.0 if row.any() else 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
