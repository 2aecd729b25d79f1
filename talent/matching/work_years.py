"""Years of work that a CV tells of, in the corridor's languages."""

import re
from collections.abc import Iterator
from typing import Final

from talent.foundation.clock import today
from talent.foundation.text import fold
from talent.matching.sections import Clause, tells_of_work

YEARS: Final = re.compile(
    r"\b(\d{1,2})(?:\s*+[.,]\s*+5)?\s*+(?:\+\s*+)?(?:years?|yrs?|saal|sal|jahre?n?|anni|años|vuo\w+)\b|(\d{1,2})\s*+سال"
)
RANGE: Final = re.compile(
    r"\b((?:19|20)\d{2})(?:\D|\b\d{1,2}[./-]){1,24}?"
    r"((?:19|20)\d{2}|present|now|till date|to date|date|today|current|continu|ab tak|abhi|حال|اب تک|جاری)"
)
# "2012-18": the year in which it ended, in two figures.
SHORT_RANGE: Final = re.compile(r"\b((?:19|20)\d{2})\s?[-–/]\s?(\d{2})\b(?!\s?[-–/.]\s?\d)")
SINCE: Final = re.compile(
    r"\b(?:since|seit|dal|desde)\s+(?:\w+\s+)?((?:19|20)\d{2})|((?:19|20)\d{2})\s*(?:se|سے|سی)\s*(?:ab|اب)"
)
# How each number is said in English, Roman Urdu and Urdu.
NUMBER_WORDS: Final = {
    1: "one aik ek ایک",
    2: "two do دو",
    3: "three teen تین",
    4: "four char chaar چار",
    5: "five panch paanch پانچ",
    6: "six chay chhe چھ",
    7: "seven saat سات",
    8: "eight aath آٹھ",
    9: "nine nau نو",
    10: "ten das دس",
    11: "eleven gyarah گیارہ",
    12: "twelve barah بارہ",
    15: "fifteen pandrah پندرہ",
    16: "sixteen solah سولہ",
    18: "eighteen atharah اٹھارہ",
    20: "twenty bees بیس",
}
WORD_YEARS: Final = {fold(word): number for number, words in NUMBER_WORDS.items() for word in words.split()}
WORD_YEARS_FOUND: Final = re.compile(
    r"(?<!\w)(" + "|".join(sorted(WORD_YEARS, key=len, reverse=True)) + r")\s+(?:years?|saal|sal|سال)"
)


def years_of_work(clauses: tuple[Clause, ...]) -> float:
    """Years of work told, by the larger of spans between dates and numbers of years said; at most 40.

    What goes on still goes on in the present year (UTC).
    """
    spans: set[tuple[int, int]] = set()
    this_year = today().year
    said: list[float] = []
    for line in _work_lines(clauses):
        for begin, end in RANGE.findall(line):
            spans.add((int(begin), int(end) if end.isdigit() else this_year))
        for begin, end in SHORT_RANGE.findall(line):
            spans.add((int(begin), int(begin[:2] + end)))
        for one, other in SINCE.findall(line):
            spans.add((int(one or other), this_year))
        said += years_named(line)
    covered = {year for begin, end in spans if begin <= end for year in range(begin, end)}
    return min(40.0, max([float(len(covered)), *said], default=0.0))


def _work_lines(clauses: tuple[Clause, ...]) -> Iterator[str]:
    lines: dict[int, list[str]] = {}
    for clause in clauses:
        if clause.section in ("experience", "summary"):
            lines.setdefault(clause.line, []).append(clause.text)
    for pieces in lines.values():
        line = fold(" ".join(pieces))
        if tells_of_work(line):
            yield line


def years_named(line: str) -> list[float]:
    """Numbers of years that a folded line names, in figures or in words."""
    numbers = [float(one or other) for one, other in YEARS.findall(line)]
    return numbers + [float(WORD_YEARS[word]) for word in WORD_YEARS_FOUND.findall(line)]
