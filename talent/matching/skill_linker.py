"""Sentences to skills: by the best span, the whole sentence and letters; every skill with the span that shows it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from talent.matching.encoder import Encoder, Vectors
from talent.matching.fusion import SKILL_WEIGHTS, dense_is_meaningful, for_language, weighted
from talent.matching.lexical import CharacterIndex, Scores, chunks

WORD: Final = re.compile(r"[^\W_][\w+#./'-]*|[,;()]")
BREAKS: Final = frozenset(",;()")
LONGEST_SPAN_WORDS: Final = 5
SPANS_AT_ONCE: Final = 2048
# Spans neither begin nor end with these.
EDGE_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "for",
        "with",
        "on",
        "at",
        "by",
        "from",
        "as",
        "is",
        "are",
        "be",
        "will",
        "you",
        "your",
        "we",
        "our",
        "this",
        "that",
        "it",
        "have",
        "has",
        "must",
        "should",
        "can",
        "i.e",
        "e.g",
        "etc",
        "such",
        "using",
        "use",
        "used",
        "across",
        "within",
        "into",
        "including",
    ]
)
BRACKETED: Final = re.compile(r"\s*\([^)]*\)")
PLAIN_WORD: Final = re.compile(r"[a-z0-9+#]+(?:\.[a-z0-9+#]+)*|[^\W_]+")
# Scores below this are no adequate match; chosen on the validation sentences.
LEAST_SCORE: Final = 0.55


@dataclass(frozen=True)
class Span:
    """A stretch [start, end) of a sentence."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class LinkedSkill:
    """A skill by its place in the list of labels, its score, and the span that shows it."""

    place: int
    score: float
    span: Span


def spans_of(sentence: str) -> list[Span]:
    """Up to five words in a row within one enumeration item, not beginning or ending in a function word."""
    runs: list[list[re.Match[str]]] = [[]]
    for found in WORD.finditer(sentence):
        if found.group() in BREAKS:
            runs.append([])
        else:
            runs[-1].append(found)
    spans: dict[str, Span] = {}
    for run in runs:
        for length in range(1, LONGEST_SPAN_WORDS + 1):
            for first in range(len(run) - length + 1):
                begin, last = run[first], run[first + length - 1]
                if begin.group().lower() in EDGE_WORDS or last.group().lower() in EDGE_WORDS:
                    continue
                text = sentence[begin.start() : last.end()].rstrip(".")
                if len(text) > 1:
                    spans.setdefault(text, Span(begin.start(), begin.start() + len(text), text))
    return list(spans.values()) or [Span(0, len(sentence), sentence)]


def bare(label: str) -> str:
    """A skill's label without what stands in brackets: "Java (computer programming)" is called "Java"."""
    return BRACKETED.sub("", label).strip() or label


class SkillLinker:
    """Links sentences to skills given by their labels."""

    def __init__(self, encoder: Encoder, labels: Sequence[str]) -> None:
        self._encoder = encoder
        self._labels = list(labels)
        self._vectors = encoder.encode(self._labels)
        self._changed = [place for place, label in enumerate(self._labels) if bare(label) != label]
        self._bare_vectors = encoder.encode([bare(self._labels[place]) for place in self._changed])
        self._characters = CharacterIndex(self._labels)
        self._names: dict[tuple[str, ...], list[int]] = {}
        for place, label in enumerate(self._labels):
            self._names.setdefault(_plain_words(bare(label)), []).append(place)
        self._longest_name = max((len(name) for name in self._names), default=0)

    def scores(self, sentences: Sequence[str]) -> Scores:
        """(n_sentences, n_labels) float32; higher is likelier, comparable within a row."""
        found = np.zeros((len(sentences), len(self._labels)), dtype=np.float32)
        if not found.size:
            return found
        weights = for_language(SKILL_WEIGHTS, dense_is_meaningful([*sentences, *self._labels]))
        for part in chunks(len(sentences), 256):
            texts = sentences[part]
            parts = {
                "best_span": self._best_spans(texts),
                "sentence": self._encoder.encode(list(texts)) @ self._vectors.T,
                "characters": self._characters.scores(texts),
                "named": self._named(texts),
            }
            found[part] = weighted(parts, weights)
        return found

    def link(self, sentence: str, most: int = 5) -> list[LinkedSkill]:
        """The likeliest skills of one sentence that are adequate, best first, each with its span."""
        row = self.scores([sentence])[0]
        order = np.argsort(-row, kind="stable")[:most]
        spans = spans_of(sentence)
        vectors = self._encoder.encode([span.text for span in spans])
        linked = []
        for place in order:
            if row[place] >= LEAST_SCORE:
                best = int(np.argmax(vectors @ self._vectors[place]))
                linked.append(LinkedSkill(int(place), float(row[place]), spans[best]))
        return linked

    def _best_spans(self, sentences: Sequence[str]) -> Scores:
        spans = [[span.text for span in spans_of(sentence)] for sentence in sentences]
        vectors = self._encoder.encode([text for own in spans for text in own])
        best = np.zeros((len(sentences), len(self._labels)), dtype=np.float32)
        start = 0
        for row, own in enumerate(spans):
            for part in chunks(len(own), SPANS_AT_ONCE):
                found = self._similar(vectors[start + part.start : start + part.stop]).max(axis=0)
                best[row] = np.maximum(best[row], found) if part.start else found
            start += len(own)
        return best

    def _similar(self, vectors: Vectors) -> Scores:
        scores: Scores = vectors @ self._vectors.T
        if self._changed:
            scores[:, self._changed] = np.maximum(scores[:, self._changed], vectors @ self._bare_vectors.T)
        return scores

    def _named(self, sentences: Sequence[str]) -> Scores:
        """1 where the sentence holds the skill's own name word for word."""
        named = np.zeros((len(sentences), len(self._labels)), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            words = _plain_words(sentence)
            for length in range(1, min(self._longest_name, len(words)) + 1):
                for first in range(len(words) - length + 1):
                    for place in self._names.get(words[first : first + length], ()):
                        named[row, place] = 1.0
        return named


def _plain_words(text: str) -> tuple[str, ...]:
    return tuple(PLAIN_WORD.findall(text.lower()))
