"""Folding of text for search and comparison; Urdu and Arabic letter pairs that Unicode keeps apart.

NFC and NFKC do not join the Arabic and the Urdu yeh, kaf and heh, so the pairs are an explicit table.
"""

import re
import unicodedata

from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_

LETTER_PAIRS = {
    "ي": "ی",
    "ى": "ی",
    "ئ": "ی",
    "ك": "ک",
    "ہ": "ه",
    "ۃ": "ه",
    "ة": "ه",
    "ھ": "ه",
    "ۂ": "ه",
    "ۀ": "ه",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ؤ": "و",
    "ے": "ی",
    "ۓ": "ی",
}
DIGITS = {chr(base + digit): str(digit) for base in (0x0660, 0x06F0) for digit in range(10)}
IGNORED = "\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
FOLD_TABLE = str.maketrans(LETTER_PAIRS | DIGITS | dict.fromkeys(IGNORED, ""))
WHITESPACE = re.compile(r"\s+")
KEPT_CONTROLS = frozenset("\n\r\t\u200c\u200d")
REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})


def fold(text: str) -> str:
    """The search key of a text: compatible forms joined, marks dropped, letters paired, lower case, single spaces."""
    if text.isascii():  # nothing to join, drop or pair: ten times faster, and most labels are English
        return WHITESPACE.sub(" ", text.casefold()).strip()
    joined = unicodedata.normalize("NFKC", text).translate(FOLD_TABLE)
    decomposed = unicodedata.normalize("NFD", joined)
    bare = "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return WHITESPACE.sub(" ", unicodedata.normalize("NFC", bare).casefold().translate(FOLD_TABLE)).strip()


def clean(text: str) -> str:
    """The text in NFC without outer spaces.

    Raises:
        Unprocessable: the text holds control, direction-changing, surrogate or private characters.
    """
    composed = unicodedata.normalize("NFC", text).strip()
    for letter in composed:
        if unicodedata.category(letter) in REFUSED_CATEGORIES and letter not in KEPT_CONTROLS:
            raise Unprocessable(N_("The text holds a hidden character. Type it again instead of pasting it."))
    return composed
