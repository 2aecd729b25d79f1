"""Texts a processor second of the service's encoder beside the default `encode` of the same model.

Run: python -m benchmarks.embed [--times 3]
Labels are those of the shipped taxonomy; sentences name three of them; documents join 15 to 60. Both ways take turns,
and the ratio is of the medians of processor time, which other work on the machine changes least. A text counts as
moved when its vector in whole steps is another alone than in company.
Last line: {"bfloat16", "ratio_labels", "ratio_sentences", "ratio_documents", "min_cosine", ...}
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from functools import partial

from talent.matching.encoder import SentenceEncoder, Vectors, load_encoder
from talent.matching.fixed_point import whole_steps
from talent.matching.word_pieces import half_is_enough
from talent.taxonomy.starter_release import read_starter

SEED = 8
SENTENCES, DOCUMENTS, ALONE = 300, 60, 60


def texts() -> dict[str, list[str]]:
    """Labels, sentences and documents, none twice."""
    draw = random.Random(SEED)
    labels = sorted({label for skill in read_starter().skills for label in skill.labels.get("en", ())})
    return {
        "labels": labels,
        "sentences": [f"I have worked with {', '.join(draw.sample(labels, 3))} for years." for _ in range(SENTENCES)],
        "documents": [". ".join(draw.sample(labels, draw.randint(15, 60))) for _ in range(DOCUMENTS)],
    }


def in_turns(ways: dict[str, Callable[[], Vectors]], times: int) -> tuple[dict[str, float], dict[str, Vectors]]:
    """The median processor seconds of each way, and what it made."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    made: dict[str, Vectors] = {}
    for _ in range(times):
        for name, way in ways.items():
            started = time.process_time()
            made[name] = way()
            took[name].append(time.process_time() - started)
    return {name: statistics.median(seconds) for name, seconds in took.items()}, made


def main() -> None:
    """Encode everything both ways, in turns."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=3)
    times = options.parse_args().times
    own = load_encoder()
    own.encode(["loaded"])
    assert isinstance(own, SentenceEncoder)
    model = own.model
    figures: dict[str, object] = {"bfloat16": half_is_enough(model)}
    cosines, moved = [], 0
    for kind, some in texts().items():
        ways: dict[str, Callable[[], Vectors]] = {
            "own": partial(own.encode, some),
            "default": partial(model.encode, some, normalize_embeddings=True, show_progress_bar=False),
        }
        seconds, made = in_turns(ways, times)
        figures |= {
            f"{kind}_per_s": round(len(some) / seconds["own"], 1),
            f"ratio_{kind}": round(seconds["default"] / seconds["own"], 2),
        }
        cosines.append(float((made["own"] * made["default"]).sum(axis=1).min()))
        for text, vector in list(zip(some, made["own"], strict=True))[:ALONE]:
            moved += bool((whole_steps(own.encode([text])[0]) != whole_steps(vector)).any())
        print(kind, len(some), figures, flush=True)
    print(json.dumps(figures | {"min_cosine": round(min(cosines), 6), "moved": moved, "of": 3 * ALONE}))


if __name__ == "__main__":
    main()
