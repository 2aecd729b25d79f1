"""Finding the words of a lexicon in a text: n-grams of folded words, longest first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from talent.foundation.text import fold

WORD = re.compile(
    r"(?:(?<![\w.])\.(?=[A-Za-z]))?"  # .NET
    r"[\w\u064b-\u065f\u0670\u0610-\u061a\u200c\u200d]+"
    r"(?:(?:\+{1,2}|#)(?!\w))?"  # C++, C#
)
LONGEST_TERM = 9  # words; longer labels are sentences, which nobody writes the same way twice
SHORT = 3  # letters; a Latin word this short counts only in the case of its label: SAP, not sap
SHORTEST_PLURAL = 5  # letters from which an ending s is taken for a plural
NEGATIONS = frozenset(
    map(
        fold,
        (
            "no",
            "not",
            "never",
            "without",
            "lack",
            "cannot",
            "non",
            "under",
            "kein",
            "keine",
            "ohne",
            "sin",
            "bina",
            "بغیر",
        ),
    )
)
NEGATIONS_AFTER = frozenset(map(fold, ("نہیں", "nahi", "nahin", "nahe")))
NEGATION_WORDS = 4  # words away from the term at most
REACH = 60  # characters; enough for so many words
HYPHENATED = re.compile(r"-[^\W\d_]")
DENIED_AFTER = re.compile(r"(?i)\)?\s*[:=–-]\s*(?:no|none|nil|not|n/a|nahi|nahin|نہیں)\b")
CLAUSE_END = re.compile(r"[.,;:|•\n،۔؛]")


class Lexicon(Protocol):
    """The occupations and skills to look for, each with its labels in any language, one row a label."""

    @property
    def occupations(self) -> Sequence[tuple[UUID, str]]:
        """Identifier and label; the first row with a label wins."""

    @property
    def skills(self) -> Sequence[tuple[UUID, str]]:
        """Identifier and label; the first row with a label wins."""


@dataclass(frozen=True)
class Word:
    """One word of a text as it stands, its folded form and where it stands."""

    text: str
    key: str
    start: int
    end: int
    line: int


@dataclass(frozen=True)
class Terms:
    """The labels of one kind by their folded words."""

    exact: dict[tuple[str, ...], UUID] = field(default_factory=dict)
    singular: dict[tuple[str, ...], UUID] = field(default_factory=dict)
    short: dict[str, set[str]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    """The number of words of the longest label that begins with a word."""

    folded: dict[str, str] = field(default_factory=dict)
    """Words that were folded already: labels share most of theirs."""

    def add(self, identifier: UUID, label: str) -> None:
        """Let this label be found; a label that is known keeps its first identifier."""
        words = WORD.findall(label)
        keys = tuple(self.folded.get(word) or self.folded.setdefault(word, fold(word)) for word in words)
        if not 0 < len(keys) <= LONGEST_TERM:
            return
        for first in (keys[0], singular(keys[0])):
            self.longest[first] = max(self.longest.get(first, 0), len(keys))
        self.exact.setdefault(keys, identifier)
        self.singular.setdefault(tuple(map(singular, keys)) if len(keys) > 1 else keys, identifier)
        if len(keys) == 1 and len(keys[0]) <= SHORT and keys[0].isascii():
            self.short.setdefault(keys[0], set()).update((words[0], words[0].upper()))

    def longest_from(self, word: Word) -> int:
        """How many words the longest label can have that begins with this word; 0 when none does."""
        return self.longest.get(word.key) or self.longest.get(singular(word.key), 0)

    def find(self, words: Sequence[Word]) -> UUID | None:
        """The identifier that these words name together."""
        keys = tuple(word.key for word in words)
        if len(keys) == 1 and keys[0] in self.short and words[0].text not in self.short[keys[0]]:
            return None
        return self.exact.get(keys) or self.singular.get(tuple(map(singular, keys)))


@dataclass(frozen=True)
class TermIndex:
    """A lexicon made ready to be looked up; build it once and keep it."""

    occupations: Terms
    skills: Terms

    @classmethod
    def of(cls, lexicon: Lexicon) -> "TermIndex":
        """The index of this lexicon; about a second for 100,000 labels."""
        return cls(_terms(lexicon.occupations), _terms(lexicon.skills))


def _terms(labels: Iterable[tuple[UUID, str]]) -> Terms:
    terms = Terms()
    for identifier, label in labels:
        terms.add(identifier, label)
        if "/" in label and " " not in label:  # waiter/waitress
            for part in label.split("/"):
                if len(part) > SHORT:
                    terms.add(identifier, part)
    return terms


def singular(key: str) -> str:
    """An English plural without its s; anything else as it is."""
    return key[:-1] if len(key) >= SHORTEST_PLURAL and key.endswith("s") and not key.endswith("ss") else key


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    keys: dict[str, str] = {}
    words, line, looked = [], 0, 0
    for found in WORD.finditer(text):
        line += text.count("\n", looked, found.start())
        looked = found.start()
        if found[0] not in keys:
            keys[found[0]] = fold(found[0])
        words.append(Word(found[0], keys[found[0]], found.start(), found.end(), line))
    return words


def terms_in(text: str, words: Sequence[Word], terms: Terms) -> Iterator[tuple[UUID, int, int]]:
    """Each term found, with the offsets of its words; of two that overlap the first, then the longer."""
    at = 0
    while at < len(words):
        for length in range(min(terms.longest_from(words[at]), len(words) - at), 0, -1):
            several = words[at : at + length]
            if several[-1].line - several[0].line > 1:
                continue
            identifier = terms.find(several)
            if identifier is not None:
                is_first_half = length == 1 and HYPHENATED.match(text, several[0].end)  # "sales" of "sales-tax"
                if not is_first_half and not is_denied(text, several[0].start, several[-1].end):
                    yield identifier, several[0].start, several[-1].end
                at += length
                break
        else:
            at += 1


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the words around, in the same clause, say that the person does not have what stands there."""
    if DENIED_AFTER.match(text, end):
        return True
    before = CLAUSE_END.split(text[max(start - REACH, 0) : start])[-1]
    after = CLAUSE_END.split(text[end : end + REACH])[0]
    before_keys = [fold(word.strip("-")) for word in before.split()][-NEGATION_WORDS:]
    after_keys = [fold(word) for word in after.split()][:NEGATION_WORDS]
    if any(key[:1].isdigit() for key in before_keys):  # "Registration no 4711" denies nothing.
        before_keys = [key for key in before_keys if key != "no"]
    return not NEGATIONS.isdisjoint(before_keys) or not NEGATIONS_AFTER.isdisjoint(after_keys)
