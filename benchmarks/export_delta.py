"""What training changed, as the small file that the service ships and merges at load.

    python -m benchmarks.export_delta CHECKPOINT

Each changed matrix becomes the product of two thin ones (truncated singular value decomposition, half precision);
vectors are kept whole. Only a share of the way from the plain to the trained weights is taken: it kept more of what
the plain model knows and did better on the development parts than the whole way.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from talent.matching.encoder import BUNDLED_SHA256, DELTA_CARD, DELTA_FILE, bundled_folder, file_sha256, verify_bundled

RANK = 88
SHARE = 0.85
MOST_BYTES = 8_000_000


def thin(change: Any, rank: int) -> tuple[Any, Any]:
    """(out, rank) and (rank, in) whose product is the best approximation of the change, in half precision."""
    import torch

    left, strength, right = torch.linalg.svd(change, full_matrices=False)
    root = strength[:rank].sqrt()
    return (left[:, :rank] * root).half().contiguous(), (root[:, None] * right[:rank]).half().contiguous()


def delta(plain: dict[str, Any], trained: dict[str, Any]) -> dict[str, Any]:
    """Pieces by name: `NAME.left` and `NAME.right` for matrices, `NAME.add` for vectors; the unchanged is left out."""
    pieces: dict[str, Any] = {}
    for name, before in plain.items():
        change = SHARE * (trained[name] - before)
        if not change.abs().max() > 0:
            continue
        if change.dim() == 2:
            pieces[f"{name}.left"], pieces[f"{name}.right"] = thin(change, RANK)
        else:
            pieces[f"{name}.add"] = change.half().contiguous()
    return pieces


def export(checkpoint: Path) -> int:
    """Write the delta and its card; returns the file's size in bytes.

    Raises:
        ValueError: the file would be larger than a repository should carry.
    """
    from safetensors.torch import save_file
    from sentence_transformers import SentenceTransformer

    verify_bundled(bundled_folder())
    models: list[Any] = [SentenceTransformer(str(folder), device="cpu") for folder in (bundled_folder(), checkpoint)]
    plain, trained = (dict(model[0].model.named_parameters()) for model in models)
    save_file({k: v.detach() for k, v in delta(plain, trained).items()}, str(DELTA_FILE))
    size = DELTA_FILE.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{size} bytes are too many")
    card = {
        "sha256": file_sha256(DELTA_FILE),
        "base_sha256": BUNDLED_SHA256,
        "base": "sentence-transformers/all-MiniLM-L6-v2",
        "rank": RANK,
        "share": SHARE,
        "bytes": size,
        "trained_by": "python -m benchmarks.train_encoder",
        "attribution": "This service uses the ESCO classification of the European Commission.",
    }
    DELTA_CARD.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return size


def main() -> None:
    """Command line: see the module's first lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    size = export(parser.parse_args().checkpoint)
    print(f"{DELTA_FILE} written, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
