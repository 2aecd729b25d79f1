"""An encoder without a model: each word has a direction of its own, so texts are alike as far as they share words."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from talent.foundation.text import fold

WORD = re.compile(r"\w+")


class WordEncoder:
    """Counts words in 512 directions and normalises; the same on every machine and in every run."""

    dimensions = 512
    model_hash = "words-1"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """One normalised row per text, (n, 512) float32."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in WORD.findall(fold(text)) or [""]:
                row[crc32(word.encode()) % self.dimensions] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
