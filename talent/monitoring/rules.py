"""What can be read out of the words of a report without a database: amounts, ends of timeframes, redactions."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

REDACTED = "[REDACTED]"
"""How a report's text marks what its publisher blacked out."""
_REDACTION = re.compile(r"\[redacted\]", re.IGNORECASE)
_NUMBER = r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:\.\d+)?)"
_AFTER = re.compile(rf"\b(M)?(EUR|USD|PKR)\s*{_NUMBER}\s*(million\b|M\b)?")
_QUARTER = re.compile(r"\bQ([1-4])(?:\s*[-–]\s*Q([1-4]))?\s+(\d{4})\b")
MILLION = 1_000_000


@dataclass(frozen=True)
class Amount:
    """Integer cents of a currency."""

    cents: int
    currency: str


def redactions_in(words: str) -> int:
    """How many passages of these words are blacked out."""
    return len(_REDACTION.findall(words))


def is_redacted(words: str) -> bool:
    """Whether nothing but redactions is left of these words."""
    return bool(_REDACTION.search(words)) and not _REDACTION.sub("", words).strip(" .;")


def amounts_in(words: str) -> list[Amount]:
    """The amounts of money that these words name, in their order: EUR 9M, MEUR 1.7, EUR 990 000, EUR 50 million."""
    found = []
    for before, currency, number, after in _AFTER.findall(words):
        value = float(re.sub(r"[ \u00a0\u202f]", "", number)) * (MILLION if before or after else 1)
        found.append(Amount(round(value * 100), currency))
    return found


def end_of_timeframe(words: str) -> date | None:
    """The last day of the quarter or quarters that a timeframe names; None where it names none."""
    ends = []
    for first, last, year in _QUARTER.findall(words):
        month = 3 * int(last or first)
        ends.append(date(int(year), month, monthrange(int(year), month)[1]))
    return max(ends, default=None)
