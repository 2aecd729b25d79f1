"""How others fared: anonymous figures of decided cases, safe to show to anybody.

Every figure is rounded down to a multiple of five, so that none under five is shown and none can be reckoned exactly
by taking one figure from another. An institute or a year has its own line only when what is left without it is nobody
or at least five. A table is published anew only after five more decisions, so that two readings never show one person.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median_low

from talent.foundation.text import fold
from talent.recognition.states import Outcome

SMALLEST_CELL = 5
"""Least number of people whom a figure may be about (S-OWN-3)."""
MOST_PARTS = 8
PART_BREAKS = re.compile(r"[\n;]+")


class Part(StrEnum):
    """What a line of the table is about."""

    ALL = "all"
    INSTITUTE = "institute"
    YEAR = "year"


@dataclass(frozen=True)
class Decided:
    """One decided case, without anything that names its person."""

    outcome: Outcome
    days: int
    institute: str = ""
    year: int | None = None
    missing_parts: tuple[str, ...] = ()

    def value(self, part: Part) -> str:
        """To which line of this part the case belongs; an empty one stands for what was not told."""
        if part is Part.YEAR:
            return str(self.year or "")
        return fold(self.institute) if part is Part.INSTITUTE else ""


@dataclass(frozen=True)
class Line:
    """One published line; numbers are multiples of five, and an outcome under five is not in ``outcomes``."""

    part: Part
    name: str
    cases: int
    outcomes: Mapping[Outcome, int]
    days: int | None = None
    missing_parts: tuple[str, ...] = field(default=())


def parts_of(text: str) -> tuple[str, ...]:
    """The missing parts that a decision names, one for each line or semicolon, each once."""
    found = (" ".join(one.split()).strip(" .,–-") for one in PART_BREAKS.split(text))
    return tuple(dict.fromkeys(one for one in found if one))


def in_fives(number: int) -> int:
    """The number rounded down to a multiple of five."""
    return number - number % SMALLEST_CELL


def may_replace(before: int | None, cases: int) -> bool:
    """Whether a table of so many cases may take the place of the published one."""
    if cases < SMALLEST_CELL:
        return False
    return before is None or abs(cases - before) >= SMALLEST_CELL


def table(cases: Sequence[Decided]) -> list[Line]:
    """The whole table of these cases; empty when they are fewer than five."""
    if len(cases) < SMALLEST_CELL:
        return []
    lines = [line(Part.ALL, "", cases, days=median_low(case.days for case in cases), parts=named_parts(cases))]
    for part in (Part.INSTITUTE, Part.YEAR):
        for value, group in shown_groups(cases, part).items():
            name = value if part is Part.YEAR else Counter(case.institute for case in group).most_common(1)[0][0]
            lines.append(line(part, name, group))
    return lines


def line(
    part: Part, name: str, cases: Sequence[Decided], *, days: int | None = None, parts: tuple[str, ...] = ()
) -> Line:
    """The published line of these cases."""
    counted = Counter(case.outcome for case in cases)
    shown = {outcome: in_fives(counted[outcome]) for outcome in Outcome if counted[outcome] >= SMALLEST_CELL}
    return Line(part, name, in_fives(len(cases)), shown, days, parts)


def shown_groups(cases: Sequence[Decided], part: Part) -> dict[str, list[Decided]]:
    """The institutes or years with a line of their own, most cases first; the rest is nobody or at least five."""
    groups: dict[str, list[Decided]] = {}
    for case in cases:
        groups.setdefault(case.value(part), []).append(case)
    rest = len(groups.pop("", []))
    ordered = sorted(groups, key=lambda value: (-len(groups[value]), value))
    while ordered and len(groups[ordered[-1]]) < SMALLEST_CELL:
        rest += len(groups.pop(ordered.pop()))
    while ordered and 0 < rest < SMALLEST_CELL:
        rest += len(groups.pop(ordered.pop()))
    return {value: groups[value] for value in ordered}


def named_parts(cases: Iterable[Decided]) -> tuple[str, ...]:
    """The missing parts that at least five decisions name, the most frequent first, without their numbers."""
    counted: Counter[str] = Counter()
    words: dict[str, str] = {}
    for case in cases:
        for part in {fold(one): one for one in case.missing_parts}.items():
            counted[part[0]] += 1
            words.setdefault(*part)
    frequent = [key for key, number in counted.most_common() if number >= SMALLEST_CELL]
    return tuple(words[key] for key in frequent[:MOST_PARTS])
