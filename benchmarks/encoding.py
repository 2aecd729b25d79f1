"""The two encoders of a measuring run, each text encoded once however many tasks hold it."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from talent.matching.encoder import Encoder, SentenceEncoder, Vectors, bundled_folder, load_encoder

TEXTS_AT_ONCE = 4096


class Remembering:
    """An encoder that keeps every vector it has made."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._places: dict[str, int] = {}
        self._vectors: Vectors = np.zeros((0, encoder.dimensions), dtype=np.float32)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._encoder.dimensions

    @property
    def model_hash(self) -> str:
        """Names the exact weights."""
        return self._encoder.model_hash

    def encode(self, texts: Sequence[str]) -> Vectors:
        """texts to (n, dimensions) float32, L2-normalised."""
        new = [text for text in dict.fromkeys(texts) if text not in self._places]
        made = [self._encoder.encode(new[i : i + TEXTS_AT_ONCE]) for i in range(0, len(new), TEXTS_AT_ONCE)]
        if made:
            self._places |= {text: len(self._vectors) + place for place, text in enumerate(new)}
            self._vectors = np.concatenate([self._vectors, *made])
        return self._vectors[[self._places[text] for text in texts]]


@lru_cache(maxsize=1)
def own_encoder() -> Encoder:
    """The adapted encoder that the service uses."""
    return Remembering(load_encoder())


@lru_cache(maxsize=1)
def plain_encoder() -> Encoder:
    """all-MiniLM-L6-v2 as it is published."""
    return Remembering(SentenceEncoder(str(bundled_folder()), "plain"))
