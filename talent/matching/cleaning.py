"""A CV without the lines that say who somebody is: names, contacts, sex, age, religion, family, places, numbers.

What is removed is blanked out in place, so that quotations keep their offsets. Nothing that is removed here can
reach a score: two CVs that differ in such lines alone read the same afterwards.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from talent.foundation.text import fold
from talent.matching.hidden_text import VisibleText, visible
from talent.matching.sections import opens_section

IDENTITY_WORDS: Final = Path(__file__).parent / "weights" / "identity_words.txt"

# A clause ends at a line's end, a sentence's end, or where a list or table goes on.
CLAUSE: Final = re.compile(r"[^\n,;|•·،؛۔]+?(?=[\n,;|•·،؛۔]|\s\s|\t|\.\s|\.$|$)", re.MULTILINE)
TOKEN: Final = re.compile(r"[^\W_]+(?:[./][^\W_]+)*")
CONTACTS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}",
        r"(?:https?://|www\.)\S+",
        r"(?:linkedin|facebook)\.com\S*",
        r"\b[\dXx]{5}-?[\dXx]{7}-?[\dXx]\b",
        r"\b[A-Z]{2}\s?\d{7}\b",
        r"\+?\(?\d{2,5}\)?[\s-]?\d{3,4}[\s-]?\d{4,7}\b",
        r"\b00-00-\d{4}\b",
    )
)
AGES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:age|aged|umar|umr|umer|alter|età|edad|ikä)\s*+(?::\s*+)?\d{2}(?:\s*+(?:years?|yrs?|y|saal|sal))?(?:\s*+old)?",
        r"\b\d{2}\s*(?:-\s*)?(?:years?|yrs?)(?:\s*-\s*|\s+)old\b",
        r"\b\d{2}\s*saal\s+(?:ka|ki)\s+(?:hoon|hun)\b",
        r"\b\d{2}\s*anni\s+di\s+età|\b\d{2}\s*años\s+de\s+edad|\b\d{2}\s*jahre\s+alt",
        r"عمر\s*+(?::\s*+)?[\d۰-۹]{2}(?:\s*+سال)?",
        r"عمر\s+\w+\s+سال",
    )
)
# In running text: what follows such words up to the clause's end is a name or a place.
INTRODUCTIONS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\b(?:mera|meri)\s+na+m\b[^.,\n]*",
        r"\bwalid\s+ka\s+na+m\b[^.,\n]*",
        r"^\W*+na+m\b[^.,\n]*",
        r"\bmy name is\b[^.,\n]*",
        r"(?<![^.,\n])[^.,\n]{0,80}\b(?:ka|ki)\s{1,3}re(?:h|i)ne\s{1,3}wal[ai]\b[^.,\n]*",
        r"میرا نام[^۔،\n]*",
        r"\b[sdw]/o\b[^,\n]*",
    )
)
BARE_AGE: Final = re.compile(r"\s*+\d{2}\s*+(?:(?:y|yrs?|years?|saal|سال)\s*+)?(?:old\s*+)?", re.IGNORECASE)
HEADER_LINES: Final = 4
HEADLINE_WORDS: Final = 5
CLAUSE_WORDS_DROPPED: Final = 3
MARKS: Final = frozenset(":-=–")
MARK_REACH: Final = 3
# Labels that people write without a mark: "Name Sher Zaman", "CNIC 12345"; by their first word, folded.
UNMARKED_LABELS: Final = "name father fathers cnic nic dob passport domicile permanent نام ولدیت شناختی پتہ"
UNMARKED: Final = frozenset(fold(UNMARKED_LABELS).split())
UNMARKED_WORDS: Final = 5
ADDRESS_LABELS: Final = (
    "address permanent present postal mailing residence anschrift adresse indirizzo dirección osoite پتہ"
)
ADDRESSES: Final = frozenset(fold(ADDRESS_LABELS).split())

Blank = tuple[int, int]


@dataclass(frozen=True)
class CleanText:
    """A text ready to be compared. `text` has the visible text's length; what was removed is blank.

    removed: how many stretches were blanked. hidden_characters, look_alike_words: what a reader could not see.
    """

    text: str
    visible: VisibleText
    removed: int

    @property
    def hidden_characters(self) -> int:
        """Characters that show as nothing, taken out."""
        return self.visible.hidden_characters

    @property
    def look_alike_words(self) -> int:
        """Words that mixed Latin letters with look-alikes of another script."""
        return self.visible.look_alike_words


@dataclass(frozen=True)
class IdentityWords:
    """The four lists of `identity_words.txt` as tuples of folded words, keyed by their first word."""

    labels: dict[str, tuple[tuple[str, ...], ...]]
    words: dict[str, tuple[tuple[str, ...], ...]]
    places: dict[str, tuple[tuple[str, ...], ...]]
    names: dict[str, tuple[tuple[str, ...], ...]]


@lru_cache(maxsize=1)
def identity_words() -> IdentityWords:
    """The shipped lists, read once."""
    lists: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    section = ""
    for line in IDENTITY_WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            lists[section] = {}
        elif line and not line.startswith("#"):
            for entry in line.split(","):
                words = tuple(TOKEN.findall(fold(entry)))
                if words:
                    lists[section].setdefault(words[0], []).append(words)
    longest_first = {
        name: {first: tuple(sorted(entries, key=len, reverse=True)) for first, entries in table.items()}
        for name, table in lists.items()
    }
    return IdentityWords(**longest_first)


def clean_cv(text: str, is_field_word: Callable[[str], bool]) -> CleanText:
    """The CV without what identifies a person; `is_field_word` tells a line about work from a name on its own."""
    seen = visible(text)
    blanks: list[Blank] = []
    for pattern in (*CONTACTS, *AGES, *INTRODUCTIONS):
        blanks += [found.span() for found in pattern.finditer(seen.text)]
    blanks += _headlines(seen.text, is_field_word)
    blanks += _identity_clauses(_blanked(seen.text, blanks))
    blanked = _blanked(seen.text, blanks)
    blanks += _listed_words(blanked)
    return CleanText(_blanked(seen.text, blanks), seen, len(blanks))


def clean_advertisement(text: str) -> CleanText:
    """An advertisement without hidden characters; nothing else is removed."""
    seen = visible(text)
    return CleanText(seen.text, seen, 0)


def _blanked(text: str, blanks: list[Blank]) -> str:
    letters = list(text)
    for start, end in blanks:
        for place in range(start, end):
            if letters[place] != "\n":
                letters[place] = " "
    return "".join(letters)


def _tokens(text: str) -> list[tuple[int, int, str]]:
    return [(*found.span(), fold(found.group())) for found in TOKEN.finditer(text)]


def _at(words: list[str], place: int, table: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """How many words from `place` on are an entry of the table; the longest entry wins; 0 for none."""
    for entry in table.get(words[place], ()):
        if tuple(words[place : place + len(entry)]) == entry:
            return len(entry)
    return 0


def _identity_clauses(text: str) -> Iterator[Blank]:
    """Clauses that begin with a label such as "Religion:", and short clauses that hold nothing but identity."""
    for clause in CLAUSE.finditer(text):
        tokens = _tokens(clause.group())
        words = [word for _, _, word in tokens]
        if not words:
            continue
        length = _at(words, 0, identity_words().labels)
        if length and _is_label(text, clause, tokens, length):
            to_line_end = words[0] in ADDRESSES
            yield clause.start(), _line_end(text, clause.end()) if to_line_end else clause.end()
            continue
        personal = _covered(words)
        if personal and len(words) <= CLAUSE_WORDS_DROPPED and personal * 2 >= len(words):
            yield clause.span()
            yield from _ages_beside(text, clause.start(), clause.end())


def _is_label(text: str, clause: re.Match[str], tokens: list[tuple[int, int, str]], length: int) -> bool:
    """A label is followed by a mark, by nothing, by nothing but identity, or is one that needs no mark."""
    rest = [word for _, _, word in tokens[length:]]
    label_end = clause.start() + tokens[length - 1][1]
    marked = text[label_end : label_end + MARK_REACH].lstrip()[:1] in MARKS
    figures = sum(word.isdigit() for word in rest)
    if marked or not rest or _covered(rest) + figures >= len(rest):
        return True
    return tokens[0][2] in UNMARKED and len(rest) <= UNMARKED_WORDS


def _covered(words: list[str]) -> int:
    """How many of the words belong to a listed name, place or word about the person."""
    lists = identity_words()
    place = covered = 0
    while place < len(words):
        length = max(_at(words, place, table) for table in (lists.words, lists.places, lists.names))
        covered += length
        place += length or 1
    return covered


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _ages_beside(text: str, start: int, end: int) -> Iterator[Blank]:
    """A bare number of years right beside a clause about the person is an age."""
    line_start = text.rfind("\n", 0, start) + 1
    for clause in CLAUSE.finditer(text, line_start, _line_end(text, end)):
        if BARE_AGE.fullmatch(clause.group()):
            yield clause.span()


def _headlines(text: str, is_field_word: Callable[[str], bool]) -> Iterator[Blank]:
    """Short lines at the top that speak of no work: the name and the address."""
    offset = seen = 0
    for line in text.splitlines(keepends=True):
        start, offset = offset, offset + len(line)
        words = TOKEN.findall(line)
        if not words:
            if seen:
                return
            continue
        seen += 1
        if seen > HEADER_LINES or len(words) > HEADLINE_WORDS + 2:
            return
        named = len(words) <= HEADLINE_WORDS and all(w[:1].isupper() or w.isdigit() for w in words)
        addressed = any(w.isdigit() for w in words) and all(w[:1].isupper() or w.isdigit() for w in words)
        if (named or addressed) and not is_field_word(line) and not opens_section(line):
            yield start, start + len(line)


def _listed_words(text: str) -> Iterator[Blank]:
    """Every name, place and word about the person, wherever it stands."""
    lists = identity_words()
    tokens = _tokens(text)
    words = [word for _, _, word in tokens]
    place = 0
    while place < len(words):
        lengths = (_at(words, place, lists.words), _at(words, place, lists.places), _at_name(text, tokens, place))
        length = max(lengths)
        if length:
            yield tokens[place][0], tokens[place + length - 1][1]
        place += length or 1


def _at_name(text: str, tokens: list[tuple[int, int, str]], place: int) -> int:
    """A listed name counts where it is written with a capital, or in a script that has none."""
    start, _, word = tokens[place]
    if text[start].islower():
        return 0
    return _at([word, *(token[2] for token in tokens[place + 1 : place + 3])], 0, identity_words().names)
