"""Finding concepts by what people type: whole labels, beginnings, single words, misspelt words.

Nothing here knows the database or a language model: an index is built from labels and answers in milliseconds.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from talent.foundation.text import fold

WORD = re.compile(r"[^\W_]+[+#]*")
NOT_IN_WORDS = re.compile(r"[\W_]+")

# What a way of matching is worth, on a scale where the same label is 1.
SAME_LABEL = 1.0
SAME_BUT_FOR_SPACES = 0.97
LABEL_BEGINS_SO = 0.80
LABEL_IS_WHOLLY_TYPED = 0.15  # added to the above in proportion to how much of the label was typed
WORDS_IN_LABEL = 0.90
OTHER_WORDS_COST = 0.30  # of the above, lost when nearly all of a label is other words
ALTERNATIVE_LABEL = 0.99  # times the score: of two equal matches the preferred label goes first

# What a word typed is worth when the label holds another one.
WORD_BEGINS_SO = 0.60
WORD_IS_WHOLLY_TYPED = 0.35
OTHER_ENDING = 0.75  # "welding" for "welder"
MISSPELT = 0.95  # times the similarity
LEAST_SIMILARITY = 0.72  # share of letters that stay, swaps counting as one; "electrition" to "electrician" is 0.82
LEAST_LETTERS_TO_MISSPELL = 4
MOST_MISSPELT_WORDS = 3  # of one query; each costs one pass over the vocabulary
MOST_SPELLINGS = 12  # tried for one misspelt word
MOST_COMPLETIONS = 300  # words tried for one beginning
UNKNOWN_WORD = 0.25  # weight of a word that no label holds, in weights of a word that one label holds
LEAST_COVERAGE = 0.25  # of what was typed, weighed by rarity
MOST_WORDS = 12  # of one query that are looked at
MOST_CHARACTERS = 120  # of one query that are looked at

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of one concept; ``folded`` is ``fold(text)``."""

    concept: UUID
    text: str
    folded: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Match:
    """One concept found, through which of its labels, and how well in (0, 1]."""

    concept: UUID
    text: str
    score: float


def words_of(folded: str) -> list[str]:
    """The words of a folded text; the signs of C++ and C# belong to their word."""
    return WORD.findall(folded)


ENDING = re.compile(r"(?<=[a-z]{4})(?:ings?|ers?|ors?|ed|es|e|s)$")


def stem(word: str) -> str:
    """A word without the English ending that tells the trade from the tradesperson: weld for welder and welding."""
    return ENDING.sub("", word)


def joined(folded: str) -> str:
    """A folded text without spaces and signs, so that "brick layer" is "bricklayer"."""
    return NOT_IN_WORDS.sub("", folded)


class LabelIndex:
    """An index over labels of one kind of concept; immutable after it is built, so threads may share it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._same: dict[str, list[int]] = defaultdict(list)
        self._joined: dict[str, list[int]] = defaultdict(list)
        postings: dict[str, list[int]] = defaultdict(list)
        lengths = np.ones(len(entries), np.float32)
        for number, entry in enumerate(entries):
            words = words_of(entry.folded)
            self._same[entry.folded].append(number)
            self._joined["".join(words)].append(number)
            lengths[number] = max(len(words), 1)
            for word in dict.fromkeys(words):
                postings[word].append(number)
        self._order = sorted(range(len(entries)), key=lambda number: entries[number].folded)
        self._beginnings = [entries[number].folded for number in self._order]
        self._lengths: Scores = lengths
        self._vocabulary = sorted(postings)
        self._families: dict[str, list[str]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            self._families[stem(word)].append(word)
            self._by_length[len(word)].append(word)
        self._postings = {word: np.array(numbers, np.int32) for word, numbers in postings.items()}

    def find(self, words: str, *, limit: int) -> list[Match]:
        """The best matches, best first, each concept once; none for an empty query."""
        folded = fold(words[:MOST_CHARACTERS])
        typed = list(dict.fromkeys(words_of(folded)))[:MOST_WORDS]
        if not typed or not self.entries:
            return []
        scores = self._by_words(typed)
        for numbers, score in self._by_whole_label(folded):
            scores[numbers] = np.maximum(scores[numbers], score)
        return self._best(scores, limit)

    def _by_whole_label(self, folded: str) -> Iterator[tuple[list[int], float]]:
        first = bisect_left(self._beginnings, folded)
        for place in range(first, min(first + MOST_COMPLETIONS, len(self._beginnings))):
            label = self._beginnings[place]
            if not label.startswith(folded):
                break
            typed_share = len(folded) / len(label)
            yield [self._order[place]], LABEL_BEGINS_SO + LABEL_IS_WHOLLY_TYPED * typed_share
        yield self._joined.get(joined(folded), []), SAME_BUT_FOR_SPACES
        yield self._same.get(folded, []), SAME_LABEL

    def _by_words(self, typed: Sequence[str]) -> Scores:
        """How much of what was typed each label holds, rare words weighing more.

        scores : (n_labels,) float32 in [0, WORDS_IN_LABEL]
        """
        size = len(self.entries)
        covered, hits, weight_of_all = np.zeros(size, np.float32), np.zeros(size, np.float32), 0.0
        misspelt = self._words_to_respell(typed)
        for word in typed:
            found = np.zeros(size, np.float32)
            for known, worth in self._readings(word, respell=word in misspelt):
                numbers = self._postings[known]
                found[numbers] = np.maximum(found[numbers], worth)
            holding = int(np.count_nonzero(found))
            weight = math.log1p(size / holding) if holding else UNKNOWN_WORD * math.log1p(size)
            weight_of_all += weight
            covered += np.float32(weight) * found
            hits += found > 0
        coverage = covered / np.float32(weight_of_all)
        of_label = np.minimum(hits / self._lengths, 1.0)
        scores: Scores = WORDS_IN_LABEL * coverage * (1.0 - OTHER_WORDS_COST * (1.0 - of_label))
        scores[coverage < LEAST_COVERAGE] = 0.0
        return scores

    def _words_to_respell(self, typed: Sequence[str]) -> set[str]:
        unknown = [
            word
            for word in typed
            if len(word) >= LEAST_LETTERS_TO_MISSPELL
            and stem(word) not in self._families
            and not self._completions(word)
        ]
        return set(sorted(unknown, key=len, reverse=True)[:MOST_MISSPELT_WORDS])

    def _readings(self, word: str, *, respell: bool) -> Iterator[tuple[str, float]]:
        """Words of the labels that the word typed may stand for, and what each is worth in (0, 1]."""
        for known in self._completions(word):
            whole = known == word
            yield known, 1.0 if whole else WORD_BEGINS_SO + WORD_IS_WHOLLY_TYPED * len(word) / len(known)
        for known in self._families.get(stem(word), ()):
            yield known, OTHER_ENDING
        if respell:
            yield from self._respelled(word)

    def _respelled(self, word: str) -> list[tuple[str, float]]:
        """Known words of few other letters; only words of a fitting length are compared."""
        lengths = range(math.ceil(len(word) * LEAST_SIMILARITY), math.floor(len(word) / LEAST_SIMILARITY) + 1)
        similar = [
            (known, MISSPELT * similarity)
            for length in lengths
            for known, similarity, _ in process.extract(
                word,
                self._by_length.get(length, ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=LEAST_SIMILARITY,
                limit=MOST_SPELLINGS,
            )
        ]
        return sorted(similar, key=lambda one: -one[1])[:MOST_SPELLINGS]

    def _completions(self, word: str) -> list[str]:
        first = bisect_left(self._vocabulary, word)
        if len(word) == 1:  # one letter begins too many words to mean any of them
            return [word] if word in self._postings else []
        after = first
        while after < min(first + MOST_COMPLETIONS, len(self._vocabulary)) and self._vocabulary[after].startswith(word):
            after += 1
        return self._vocabulary[first:after]

    def _best(self, scores: Scores, limit: int) -> list[Match]:
        found = np.flatnonzero(scores)
        most = 40 * limit  # labels looked at: a concept may have dozens
        if len(found) > most:
            found = found[np.argpartition(-scores[found], most)[:most]]
        best: dict[UUID, Match] = {}
        for number in found.tolist():
            entry = self.entries[number]
            score = min(float(scores[number]), 1.0) * (1.0 if entry.preferred else ALTERNATIVE_LABEL)
            held = best.get(entry.concept)
            if held is None or (-score, entry.text) < (-held.score, held.text):
                best[entry.concept] = Match(entry.concept, entry.text, round(score, 4))
        return sorted(best.values(), key=lambda one: (-one.score, len(one.text), one.text, one.concept))[:limit]
