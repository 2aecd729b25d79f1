"""What a reader cannot see in a text: hidden characters taken out, look-alike letters read as what they look like.

The text comes back with the place every letter had in the original, so that a quotation can point into it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Cyrillic and Greek letters that look like a Latin one; folded only inside words that also hold Latin letters.
LOOK_ALIKES: Final = str.maketrans(
    "АВЕЗКМНОРСТУХаеорсухіјѕԁԛԝҺһΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεινορτυχ",
    "ABE3KMHOPCTYXaeopcyxijsdqwHhABEZHIKMNOPTYXaeivoptux",
)
WORD: Final = re.compile(r"[^\W_]+")
# A capital i in the middle of a lower-case word stands for an l.
CAPITAL_I: Final = re.compile(r"(?<=[a-z])I(?=[a-z])")
# Joiners that Urdu needs between letters; everywhere else they only hide things.
JOINERS: Final = frozenset("\u200c\u200d")
KEPT_CONTROLS: Final = frozenset("\n\r\t")
HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
# Blank-looking letters.
FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u180e\u034f")


@dataclass(frozen=True)
class VisibleText:
    """A text as a reader sees it; `origin[i]` is where letter i stood in the original."""

    text: str
    origin: Sequence[int]
    hidden_characters: int
    look_alike_words: int

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that text[start:end] came from."""
        if start >= end:
            place = self.origin[start] if start < len(self.origin) else 0
            return place, place
        return self.origin[start], self.origin[end - 1] + 1


def visible(text: str) -> VisibleText:
    """The text without hidden characters, compatibility forms and look-alike letters undone, places kept."""
    letters: list[str] = []
    origin: list[int] = []
    hidden = 0
    for place, letter in enumerate(text):
        shown = _shown(letter)
        if not shown and letter not in JOINERS and letter != "\u00ad" and letter != "\ufeff":
            hidden += 1
        for piece in shown:
            letters.append(piece)
            origin.append(place)
    joined = "".join(letters)
    undone, words = _look_alikes_undone(joined)
    return VisibleText(undone, origin, hidden, words)


def _shown(letter: str) -> str:
    if letter in KEPT_CONTROLS:
        return letter
    if letter in FILLERS or unicodedata.category(letter) in HIDDEN_CATEGORIES:
        return ""
    if letter == "\u00a0" or unicodedata.category(letter) == "Zs":
        return " "
    # Full-width and mathematical letters are read as plain ones; ligatures and fractions stay as they are.
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _look_alikes_undone(text: str) -> tuple[str, int]:
    words = 0

    def plain(found: re.Match[str]) -> str:
        nonlocal words
        word = found.group()
        if CAPITAL_I.search(word) and word[1:] != word[1:].upper():
            words += 1
            word = CAPITAL_I.sub("l", word)
        latin = sum(_is_latin(letter) for letter in word)
        if latin == 0 or latin == len(word):
            return word
        changed = word.translate(LOOK_ALIKES)
        if changed != word and all(not letter.isalpha() or _is_latin(letter) for letter in changed):
            words += 1
            return changed
        return word

    return WORD.sub(plain, text), words


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")
