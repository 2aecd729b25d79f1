"""What an advertisement asks for in its own words, for any trade: list items and enumerations, found again in CVs."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from talent.foundation.text import fold
from talent.matching.language import function_words
from talent.matching.phrases import TOKEN, Token, tokens
from talent.matching.sections import WELCOME_WORDS, Clause, advertisement_clauses, cv_clauses, is_heading

# Words are compared by their first letters: enough of them to bridge endings in inflected languages.
STEM_LETTERS: Final = 6
LONGEST_REQUEST_WORDS: Final = 14
ENUMERATION_WORDS: Final = 5
MOST_REQUESTS: Final = 40
# So much of a request, by how rare its words are, has to stand in one clause of the CV.
LEAST_SHARE: Final = 0.55
ITEM_WEIGHT: Final = 0.6
LINE_WEIGHT: Final = 0.4
WELCOME_FACTOR: Final = 0.4
LISTED_FACTOR: Final = 0.8


@dataclass(frozen=True)
class Request:
    """A phrase [start, end) of an advertisement, its stems, and how much it matters."""

    start: int
    end: int
    phrase: str
    stems: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Answer:
    """The stretch [start, end) of a CV that answers a request, and how much of the request it holds, [0, 1]."""

    share: float
    start: int
    end: int
    quote: str


def stem(word: str) -> str:
    """The part of a word that is compared."""
    return word[:STEM_LETTERS]


def _content(words: Sequence[Token]) -> list[Token]:
    return [word for word in words if word.word not in function_words() and (len(word.word) > 1 or word.word == "r")]


def requests_of(text: str) -> tuple[Request, ...]:
    """The phrases an advertisement asks with, in order, without repeats."""
    found: dict[tuple[str, ...], Request] = {}
    for clause in advertisement_clauses(text):
        if clause.section in ("needs", "tasks", "welcome") and not is_heading(clause.text):
            for request in _requests_in(clause):
                found.setdefault(request.stems, request)
    return tuple(list(found.values())[:MOST_REQUESTS])


def _requests_in(clause: Clause) -> Iterator[Request]:
    items = list(_items(clause.text))
    short = len(items) > 1 and all(len(tokens(item)) <= ENUMERATION_WORDS for _, item in items)
    for start, item in items if short else [(0, clause.text)]:
        words = _content(tokens(item))
        if not words or len(tokens(item)) > LONGEST_REQUEST_WORDS or item.rstrip().endswith(":"):
            continue
        weight = ITEM_WEIGHT if clause.bullet or short else LINE_WEIGHT
        if clause.welcome or WELCOME_WORDS.search(fold(item)):
            weight *= WELCOME_FACTOR
        begin, end = clause.start + start + words[0].start, clause.start + start + words[-1].end
        stems = tuple(sorted({stem(word.word) for word in words}))
        yield Request(begin, end, item[words[0].start : words[-1].end], stems, weight)


def _items(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for piece in text.replace("،", ",").split(","):
        yield start, piece
        start += len(piece) + 1


class CvWords:
    """The words of many CVs, by stem, with the clause they stand in."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._places: dict[str, list[tuple[int, int, Token]]] = defaultdict(list)
        self._clauses: list[list[Clause]] = []
        for number, text in enumerate(texts):
            own = list(cv_clauses(text))
            self._clauses.append(own)
            for place, clause in enumerate(own):
                for word in _content(tokens(clause.text)):
                    self._places[stem(word.word)].append((number, place, word))
        self._held = {key: len({number for number, _, _ in places}) for key, places in self._places.items()}

    def rarity(self, word_stem: str) -> float:
        """How rare a stem is among these CVs: 1 for one that every CV has, more for the rarer ones."""
        return 1.0 + math.log((1 + len(self._texts)) / (1 + self._held.get(word_stem, 0)))

    def answers(self, request: Request) -> dict[int, Answer]:
        """For each CV that answers the request well enough: its best clause."""
        total = sum(self.rarity(key) for key in request.stems)
        found: dict[tuple[int, int], dict[str, Token]] = defaultdict(dict)
        for key in request.stems:
            for number, place, word in self._places.get(key, ()):
                found[(number, place)].setdefault(key, word)
        best: dict[int, Answer] = {}
        for (number, place), words in found.items():
            share = sum(self.rarity(key) for key in words) / total
            if share >= LEAST_SHARE and (number not in best or best[number].share < share):
                best[number] = self._answer(number, place, share, list(words.values()))
        return best

    def _answer(self, number: int, place: int, share: float, words: list[Token]) -> Answer:
        clause = self._clauses[number][place]
        start = clause.start + min(word.start for word in words)
        end = clause.start + max(word.end for word in words)
        return Answer(share, start, end, self._texts[number][start:end])


def distinct_words(text: str) -> str:
    """The text's words in order, each once: repetition says nothing new."""
    return " ".join(dict.fromkeys(fold(found.group()) for found in TOKEN.finditer(text)))
