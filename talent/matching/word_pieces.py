"""Texts encoded together with others of the same number of word pieces: nothing is padded, so company changes nothing.

Where the processor multiplies tiles of bfloat16, and the vectors stay as near to those of float32 as they must, sums
are made of such products. A sum of float32 products may still differ with the size of the batch: decision 0013 says how
often.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

PIECES_AT_ONCE: Final = 2_048
"""Word pieces of one batch: enough to keep two cores busy, few enough to stay near them."""
LEAST_COSINE: Final = 0.9999
"""Least cosine of a vector in bfloat16 with the same in float32."""
CHECKED: Final = (
    "welder",
    "Krankenpflegehelferin",
    "installing solar panels on roofs",
    "I have repaired diesel engines and gear boxes of lorries for six years, mostly alone, and trained two others.",
    "care of elderly people at night, " * 12,
    "Lahore 2019 to 2024: brick laying, plastering, reading drawings; " * 30,
)
"""Texts of one word to as many pieces as are read, by which bfloat16 is checked when a model is loaded."""


def half_is_enough(model: Any) -> bool:
    """Whether this processor multiplies tiles of bfloat16, and this model's vectors hardly differ by it."""
    import torch

    if not torch.cpu._is_amx_tile_supported():  # torch tells it nowhere else; without tiles bfloat16 is slower
        return False
    whole, half = (encode_by_length(model, CHECKED, half=half) for half in (False, True))
    return bool((whole * half).sum(axis=1).min() >= LEAST_COSINE)


def encode_by_length(model: Any, texts: Sequence[str], *, half: bool) -> Vectors:
    """texts to (n, d) float32 of length one, in bfloat16 products for ``half``, else in float32."""
    import torch

    pieces = model[0].tokenizer(list(texts), truncation=True, max_length=model.max_seq_length)["input_ids"]
    alike: dict[int, list[int]] = defaultdict(list)
    for place, ids in enumerate(pieces):
        alike[len(ids)].append(place)
    vectors: Vectors | None = None
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        for length, places in sorted(alike.items()):
            at_once = max(1, PIECES_AT_ONCE // length)
            for start in range(0, len(places), at_once):
                some = places[start : start + at_once]
                ids = torch.tensor([pieces[place] for place in some])
                given = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": ids * 0}
                made = model(given)["sentence_embedding"].float()
                made = torch.nn.functional.normalize(made, dim=1).numpy()
                if vectors is None:
                    vectors = np.zeros((len(texts), made.shape[1]), np.float32)
                vectors[some] = made
    assert vectors is not None, "there is at least one text"
    return vectors
