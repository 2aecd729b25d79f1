"""Passages of a CV that were copied or picked from the advertisement, and orders addressed to a machine."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from talent.foundation.text import fold
from talent.matching.phrases import Token, tokens

# So many words in a row are no coincidence; so large a share of a CV is no quotation.
WORDS_IN_A_ROW: Final = 5
COPIED_SHARE: Final = 0.30
LONG_PASSAGE_WORDS: Final = 14
# So few words between two copied stretches belong to the copy: a changed word, or two words run together.
WORDS_BETWEEN: Final = 3
# So many longer words in a row, each of which the advertisement has soon after the one before, were picked from it.
PICKED_WORDS: Final = 10
LONGER_LETTERS: Final = 5
SOON_AFTER: Final = 16
# A line of so many words, most of which stand there three in a row as in the advertisement, was put together from it.
IN_A_ROW_OF_A_LIST: Final = 3
LIST_WORDS: Final = 12
# Who copied so much of a line copied the line.
COPIED_OF_A_LINE: Final = 0.5
ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:previous|above|prior|other|all)\b.{0,30}\b(?:rules?|instructions?|prompts?|candidates?|cvs?)\b"
    r"|\b(?:note|message|instruction|attention)s? (?:to|for) (?:the )?(?:system|machine|ai|model|software|algorithm|matcher)\b"
    r"|\brank (?:this|me|my)\b.{0,30}\b(?:first|top|highest|number one)\b"
    r"|\b(?:give|assign|set)\b.{0,30}\bscore\b"
    r"|\bperfect match for (?:every|all|any)\b"
    r"|\byou are (?:an? )?(?:ai|language model|assistant|recruiter bot)\b"
    r"|\bas an ai\b|\bsystem prompt\b|\bdo not show other candidates\b"
)


@dataclass(frozen=True)
class Copied:
    """Stretches of a CV that repeat an advertisement in its own order, and their share of the CV's words."""

    stretches: tuple[tuple[int, int], ...]
    share: float

    @property
    def flagged(self) -> bool:
        """Whether so much was copied that staff are told."""
        return self.share > COPIED_SHARE


class Advertisements:
    """The word sequences of many advertisements, to find copies of any of them in one pass over a CV."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._threes: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._followers: dict[tuple[str, str], set[int]] = defaultdict(set)
        for number, text in enumerate(texts):
            words = [token.word for token in tokens(text)]
            for length, owners in ((WORDS_IN_A_ROW, self._owners), (IN_A_ROW_OF_A_LIST, self._threes)):
                for place in range(len(words) - length + 1):
                    owners[tuple(words[place : place + length])].add(number)
            for place in _longer(words):
                for later in _longer(words[place + 1 : place + 1 + SOON_AFTER]):
                    self._followers[words[place], words[place + 1 + later]].add(number)

    def copied_in(self, cv: str) -> dict[int, Copied]:
        """For each advertisement that the CV repeats enough of to matter: what is copied."""
        found = tokens(cv)
        words = [token.word for token in found]
        covered: dict[int, set[int]] = defaultdict(set)
        for place in range(len(words) - WORDS_IN_A_ROW + 1):
            for owner in self._owners.get(tuple(words[place : place + WORDS_IN_A_ROW]), ()):
                covered[owner].update(range(place, place + WORDS_IN_A_ROW))
        for owner, first, last in self._picked(words):
            covered[owner].update(range(first, last + 1))
        for line in _lines(cv, found):
            for owner in self._put_together(words, line):
                covered[owner].update(line)
            for places in covered.values():
                if len(places.intersection(line)) >= COPIED_OF_A_LINE * len(line):
                    places.update(line)
        copies = {owner: _copied(found, places) for owner, places in covered.items()}
        return {owner: copy for owner, copy in copies.items() if copy.stretches}

    def _put_together(self, words: Sequence[str], line: range) -> list[int]:
        """The advertisements from whose pieces this line was put together."""
        if len(line) < LIST_WORDS:
            return []
        places: dict[int, set[int]] = defaultdict(set)
        for place in line[: 1 - IN_A_ROW_OF_A_LIST]:
            for owner in self._threes.get(tuple(words[place : place + IN_A_ROW_OF_A_LIST]), ()):
                places[owner].update(range(place, place + IN_A_ROW_OF_A_LIST))
        return [owner for owner, taken in places.items() if len(taken) >= COPIED_OF_A_LINE * len(line)]

    def _picked(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Advertisement, first and last place of each run of longer words that follow each other in it as well."""
        places = _longer(words)
        begun: dict[int, int] = {}
        for number, (before, place) in enumerate(pairwise([*places, len(words)]), start=1):
            following = self._followers.get((words[before], words[place]), ()) if place < len(words) else ()
            for owner in [one for one in begun if one not in following]:
                first = begun.pop(owner)
                if number - first >= PICKED_WORDS:
                    yield owner, places[first], before
            for owner in following:
                begun.setdefault(owner, number - 1)


def _lines(text: str, words: Sequence[Token]) -> Iterator[range]:
    """The places of the words of each line."""
    first = 0
    for place, (word, following) in enumerate(pairwise(words), start=1):
        if "\n" in text[word.end : following.start]:
            yield range(first, place)
            first = place
    if words:
        yield range(first, len(words))


def _longer(words: Sequence[str]) -> list[int]:
    """The places of words that are long enough to tell something."""
    return [place for place, word in enumerate(words) if len(word) >= LONGER_LETTERS]


def _copied(words: Sequence[Token], places: set[int]) -> Copied:
    """Runs of covered words: all of them when the share is too large, else only the long ones."""
    share = len(places) / len(words)
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        if runs and place - runs[-1][1] <= WORDS_BETWEEN:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    kept = [run for run in runs if share > COPIED_SHARE or run[1] - run[0] >= LONG_PASSAGE_WORDS]
    return Copied(tuple((words[a].start, words[b - 1].end) for a, b in kept), share)


def orders_to_machines(text: str) -> tuple[tuple[int, int], ...]:
    """Lines that talk to whoever ranks the CVs instead of about the person: no evidence of anything."""
    stretches: list[tuple[int, int]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        if ORDERS.search(fold(line)):
            stretches.append((offset, offset + len(line.rstrip("\n"))))
        offset += len(line)
    return tuple(stretches)


def without(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """The text with these stretches blanked, offsets kept; line ends stay."""
    letters = list(text)
    for start, end in stretches:
        for place in range(start, end):
            if letters[place] != "\n":
                letters[place] = " "
    return "".join(letters)
