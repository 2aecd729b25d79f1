"""Times in a CV: 03/2018–11/2021, March 2018 - Present, 2015-2019, مارچ 2018 تا حال."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names

from talent.profiles.cv_lines import plain_digits

EARLIEST_YEAR, LATEST_YEAR = 1950, 2100
"""Whoever worked before is past every age of work; a number outside is no year."""
LANGUAGES_OF_MONTHS = ("en", "ur", "de", "es", "it", "fr", "fi", "nl", "pt", "el", "pl", "ro")
OTHER_MONTHS: dict[str, int] = {
    "sept": 9,
    "janwari": 1,
    "janvari": 1,
    "farwari": 2,
    "farvari": 2,
    "aprail": 4,
    "julai": 7,
    "agast": 8,
    "sitambar": 9,
    "aktubar": 10,
    "aktoober": 10,
    "navambar": 11,
    "disambar": 12,
}
"""Abbreviated or Roman Urdu names that no locale lists."""
UNTIL = r"\s*(?:[-–—−]|\b(?:to|until|till|bis|al|hasta|fino\s+a|se|say)\b|تا|سے|(?<=\s)a(?=\s))\s*"
NOW = (
    r"(?:(?:till|to|until)\s+)?(?:present|current(?:ly)?|now|today|date|ongoing|continu(?:e[sd]?|ing)|still\s+working)\b"
    r"|heute\b|actualidad\b|presente\b|actual\b|oggi\b|aujourd['’]hui\b|nykyhetki\b"
    r"|ab(?:hi)?\s+tak\b|ta+\s*haal\b|jari\b|اب\s*تک|ابھی\s*تک|تا\s*حال|حال|جاری|موجودہ"
)
SINCE = r"\b(?:since|seit|desde|dal|depuis)\s+"
DAY = r"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?[\s./-]+)?"


@dataclass(frozen=True, order=True)
class Month:
    """A month, or a year whose month is not told (0)."""

    year: int
    month: int = 0

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)


@dataclass(frozen=True)
class TimeSpan:
    """From one month to another, and where in the text it stands; no last month means that it goes on."""

    first: Month
    last: Month | None
    start: int
    end: int


def times_in(text: str) -> Iterator[TimeSpan]:
    """Each span of time in order; impossible ones (a last month before the first, month 13) are no spans."""
    text = plain_digits(text)
    for found in _pattern().finditer(text):
        first = month_of(found["first"] or found["since"])
        now = found["since"] is not None or found["now"] is not None
        last = None if now else month_of(found["last"] or "", first)
        if first is None or (last is None and not now):
            continue
        if last is None or (last.year, last.month or 12) >= (first.year, first.month):
            yield TimeSpan(first, last, *found.span())


def month_of(words: str, first: Month | None = None) -> Month | None:
    """The month that these words tell; two digits alone are a year of the century of ``first``."""
    name = re.search(r"[^\W\d_]{3,}\.?", words)
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    years = [number for number in numbers if number > 31]
    year = next((number for number in years if number >= 1000), None)
    if year is None:
        if not numbers or not (first or name):
            return None
        year = numbers[-1] + (first.year // 100 * 100 if first else 2000)
        numbers = numbers[:-1]
    numbers = [number for number in numbers if number < 1000]
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if name:
        return Month(year, month_names().get(name[0].strip(".").casefold(), 0))
    month = numbers[-1] if words.strip().endswith(str(year)) and numbers else (numbers[0] if numbers else 0)
    return Month(year, month) if month <= 12 else None


@cache
def month_names() -> dict[str, int]:
    """The number of each month's name and abbreviation, in lower case without dots."""
    names = dict(OTHER_MONTHS)
    for locale in LANGUAGES_OF_MONTHS:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, locale).items():
                    if len(key := name.strip(".").casefold()) >= 3:
                        names.setdefault(key, number)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(re.escape(name) for name in sorted(month_names(), key=len, reverse=True))
    month_and_year = rf"{DAY}(?:{months})\b\.?,?\s*(?:(?:de|of|del)\s+)?(?:\d{{4}}|['’]\d{{2}})"
    numbers = r"(?:\d{1,2}[./-])?\d{1,2}\s?[./-]\s?\d{4}|\d{4}[./-]\d{1,2}(?:[./-]\d{1,2})?(?![\d./-])|\d{4}"
    point = rf"(?<!\w)(?:{month_and_year}|{numbers})(?!\d)"
    short_year = r"\d{2}(?![\d/.-])"
    return re.compile(
        rf"(?P<first>{point}){UNTIL}(?:(?P<now>{NOW})|(?P<last>{point}|{short_year}))(?:\s*(?:tak\b|تک))?"
        rf"|{SINCE}(?P<since>{point})(?!{UNTIL}(?:{point}|{NOW}))",
        re.IGNORECASE,
    )
