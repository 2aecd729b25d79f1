"""Languages that a CV tells, with a CEFR level only where the CV states one: "fluent" is no level."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from talent.foundation.text import fold
from talent.profiles.cv_lines import Line, Section, Span, pieces
from talent.profiles.cv_terms import WORD, is_denied
from talent.taxonomy.languages import LANGUAGE_NAMES

NAMED_IN = ("en", "ur", "de", "es", "it", "fr")
OTHER_NAMES: dict[str, str] = {
    "en": "angrezi angraizi انگلش",
    "ur": "اُردو",
    "de": "deutsch جرمنی",
    "fr": "français",
    "es": "español castellano",
    "it": "italiano",
    "el": "ελληνικά",
    "fi": "suomi",
    "pa": "panjabi",
    "ps": "pushto pashtu",
    "sd": "sindi",
    "skr": "siraiki seraiki",
    "fa": "farsi",
    "ar": "arbi",
    "zh": "mandarin",
}
TESTS: dict[str, str] = {
    "goethe": "de",
    "telc": "de",
    "ösd": "de",
    "testdaf": "de",
    "ielts": "en",
    "toefl": "en",
    "pte": "en",
    "oet": "en",
    "delf": "fr",
    "dalf": "fr",
    "dele": "es",
    "cils": "it",
    "celi": "it",
    "plida": "it",
    "yki": "fi",
}
"""Examinations whose name alone tells the language; their marks are shown and never turned into a level."""

LEVEL = re.compile(r"(?<![\w.])([ABCabc][12])(?:\+)?(?![\w])")
SCORE = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d)?(?![\w/])")
STATED = re.compile(
    r"(?i)\b(?:mother\s+tongue|native(?:\s+speaker)?|fluent(?:ly)?|excellent|very\s+good|good|fair|basic|beginner|elementary"
    r"|intermediate|upper\s+intermediate|advanced|proficient|bilingual|working\s+knowledge|conversational|muttersprache"
    r"|fließend|nativo|fluido|madrelingua|rawani)\b|مادری\s+زبان|روانی|روان|بہترین|بہت\s+اچھی|اچھی|بنیادی|ماہر"
)
SPEAKS = re.compile(
    r"(?i)\b(?:languages?|speak(?:s|ing)?|spoken|written|fluent(?:ly)?|mother\s+tongue|bolta|bolti|zabanein|sprachen"
    r"|idiomas)\b|زبان|بول\s*سکت"
)
ABOUT_DRIVING = re.compile(r"(?i)licen[cs]e|driving|\b(?:category|class|klasse)\s+[A-E]|permiso|لائسنس")
BETWEEN = re.compile(r"[,،;|•·\n]|//|\s{3,}|\.\s")
TITLES_OF_LEVELS = re.compile(
    r"(?i)\b(?:teacher|tutor|medium|literature|department|lecturer|instructor|translator)\b|استاد"
)


@dataclass(frozen=True)
class LanguageFound:
    """A language, the level that is stated (A1 to C2) or None, other words about it, and where all this stands."""

    code: str
    level: str | None
    stated: str
    start: int
    end: int


def languages_in(text: str, lines: Sequence[Line]) -> Iterator[LanguageFound]:
    """The languages of a CV in order, where it is plain that the language itself is meant."""
    for line in lines:
        opened = line.section is Section.LANGUAGES and not line.is_heading
        opened = opened or SPEAKS.search(line.text) is not None
        is_list = len({code for code, _, _ in _names_in(text, (line.start, line.end))}) > 1
        for cell in pieces(line.text, line.start, BETWEEN):
            yield from _in_cell(text, cell, opened=opened, is_list=is_list)


def _in_cell(text: str, cell: Span, *, opened: bool, is_list: bool) -> Iterator[LanguageFound]:
    words = text[slice(*cell)]
    names = list(_names_in(text, cell))
    if not names or TITLES_OF_LEVELS.search(words) or ABOUT_DRIVING.search(words):
        return
    is_only_name = is_list and (names[0][1], names[-1][2]) == cell  # "English B1, Urdu, Punjabi"
    opened = is_only_name or (opened and (names[0][1] == cell[0] or SPEAKS.search(words) is not None))
    shared = STATED.search(words)
    is_tested = any(_is_test(word[0]) for word in WORD.finditer(words))
    for at, (code, start, end) in enumerate(names):
        stop = names[at + 1][1] if at + 1 < len(names) else cell[1]
        zone = (end, stop)
        if not LEVEL.search(text, *zone) and at == 0 and LEVEL.search(text, cell[0], start):
            zone = (cell[0], start)  # "B2 English"
        levels = list(LEVEL.finditer(text, *zone))
        stated = STATED.search(text, *zone) or shared or (SCORE.search(text, *zone) if is_tested else None)
        if not (opened or levels or stated) or is_denied(text, start, end):
            continue
        spans = [
            (start, end),
            *(found.span() for found in levels),
            *([stated.span()] if stated and _near(stated, zone) else []),
        ]
        level = min((found[1].upper() for found in levels), default=None)
        begin, finish = min(low for low, _ in spans), max(high for _, high in spans)
        yield LanguageFound(code, level, stated[0] if stated else "", begin, finish)


def _near(stated: re.Match[str], zone: Span) -> bool:
    return zone[0] <= stated.start() < zone[1]


def _is_test(word: str) -> bool:
    return fold(word) in {fold(test) for test in TESTS}


def _names_in(text: str, cell: Span) -> Iterator[tuple[str, int, int]]:
    """Each language named in a cell, an examination and its language side by side as one."""
    known, last = language_keys(), ""
    for found in WORD.finditer(text, *cell):
        code = known.get(fold(found[0]))
        if code and code != last:
            yield code, found.start(), found.end()
        last = code or last


@cache
def language_keys() -> dict[str, str]:
    """The tag of each language by its folded names and by its examinations."""
    keys = {fold(test): code for test, code in TESTS.items()}
    keys |= {fold(name): code for code, names in LANGUAGE_NAMES.items() for name in names}
    keys |= {fold(name): code for code, names in OTHER_NAMES.items() for name in names.split()}
    for locale in NAMED_IN:
        names = Locale(locale).languages
        for code in LANGUAGE_NAMES:
            if code in names and " " not in names[code]:
                keys.setdefault(fold(names[code]), code)
    return keys
