"""What pictures of figures show: shapes reckoned here, drawn by ``parts/pictures.html``, each with its data table."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from talent.profiles.statistics import Province
from web.parts import Text

LEVELS = 4
"""Shades of a map or heat map, beside the empty one."""
TALL, WIDE = 40.0, 100.0
"""Height and width of a line picture, in its own units."""


@dataclass(frozen=True)
class FunnelRow:
    """One stage of a funnel; ``people`` None: told together with the stage before."""

    label: Text
    people: int | None
    of_before: float | None
    """The share of the stage told before, from 0 to 1."""
    width: float
    """Percent of the widest."""


def funnel_rows(rungs: Iterable[tuple[Text, int | None]]) -> list[FunnelRow]:
    """The rows of a funnel from its stages and people."""
    rows: list[FunnelRow] = []
    before: int | None = None
    most = 0
    for label, people in rungs:
        most = max(most, people or 0)
        share = people / before if people is not None and before else None
        rows.append(FunnelRow(label, people, share, 100 * (people or 0) / most if most else 0.0))
        before = people if people is not None else before
    return rows


@dataclass(frozen=True)
class SpanRow:
    """How long one part of the way takes, in days; ``begin``, ``end`` and ``middle`` in percent of the longest."""

    label: Text
    people: int
    first: int | None
    median: int | None
    last: int | None
    begin: float = 0.0
    middle: float | None = None
    end: float = 100.0


def span_rows(rows: Sequence[SpanRow]) -> list[SpanRow]:
    """The rows with their places on one common scale; what is longer than was seen reaches the end."""
    longest = max([row.last or row.median or row.first or 0 for row in rows], default=0) or 1

    def at(days: int | None) -> float | None:
        return None if days is None else 100 * min(days, longest) / longest

    return [
        SpanRow(
            row.label,
            row.people,
            row.first,
            row.median,
            row.last,
            begin=at(row.first) or 0.0,
            middle=at(row.median),
            end=100.0 if row.last is None else at(row.last) or 0.0,
        )
        for row in rows
    ]


def level_of(people: int, most: int) -> int:
    """The shade of a figure beside the largest: 0 for nobody, then 1 to 4."""
    return math.ceil(LEVELS * people / most) if people and most else 0


@dataclass(frozen=True)
class HeatRow:
    """One row of a heat map: its name, a figure and a shade for each column, their sum, and shares if told."""

    label: Text
    cells: Sequence[tuple[int, int]]
    total: int
    shares: Sequence[float | None] = ()


@dataclass(frozen=True)
class HeatMap:
    """A table whose cells are the darker the more people they hold."""

    columns: Sequence[Text]
    rows: Sequence[HeatRow]

    @property
    def total(self) -> int:
        """The sum of everything."""
        return sum(row.total for row in self.rows)


def heat_map(
    rows: Sequence[tuple[str, Text]], columns: Sequence[tuple[str, Text]], people: Mapping[tuple[str, str], int]
) -> HeatMap:
    """The map of these rows and columns, each a value and its name."""
    most = max(people.values(), default=0)
    made = []
    for row, label in rows:
        counts = [people.get((row, column), 0) for column, _ in columns]
        made.append(HeatRow(label, [(count, level_of(count, most)) for count in counts], sum(counts)))
    return HeatMap([label for _, label in columns], made)


@dataclass(frozen=True)
class Period:
    """People of the months from one to another."""

    begins: date
    ends: date
    people: int

    @property
    def months(self) -> int:
        """How many months."""
        return (self.ends.year - self.begins.year) * 12 + self.ends.month - self.begins.month + 1


def line_of(periods: Sequence[Period]) -> str:
    """The points of a line that tells people a month, oldest first, for the ``points`` of an SVG polyline."""
    if not periods:
        return ""
    start = periods[0].begins
    most = max(period.people / period.months for period in periods)
    span = max(Period(start, periods[-1].ends, 0).months - 1, 1)
    points = []
    for period in periods:
        since = Period(start, period.begins, 0).months - 1
        y = TALL * (1 - period.people / period.months / most)
        points += [f"{WIDE * month / span:.1f},{y:.1f}" for month in (since, since + period.months - 1)]
    return " ".join(dict.fromkeys(points))


@dataclass(frozen=True)
class Tile:
    """One square of a map: its letters, name, place and figure; ``people`` None: no figure is told."""

    letters: str
    name: Text
    row: int
    column: int
    people: int | None
    level: int = 0


MEMBER_STATE_TILES: Mapping[str, tuple[int, int]] = {
    "SE": (0, 5), "FI": (0, 6), "EE": (1, 6), "IE": (2, 0), "NL": (2, 2), "DK": (2, 4), "LV": (2, 6), "BE": (3, 2),
    "DE": (3, 4), "PL": (3, 5), "LT": (3, 6), "FR": (4, 2), "LU": (4, 3), "CZ": (4, 4), "SK": (4, 5), "AT": (5, 4),
    "HU": (5, 5), "RO": (5, 6), "PT": (6, 0), "ES": (6, 1), "IT": (6, 3), "SI": (6, 4), "HR": (6, 5), "BG": (6, 6),
    "MT": (7, 3), "GR": (7, 6), "CY": (7, 7),
}  # fmt: skip
"""Row and column of each Member State: squares of one size, roughly where the countries lie."""
PROVINCE_TILES: Mapping[Province, tuple[str, int, int]] = {
    Province.GILGIT_BALTISTAN: ("GB", 0, 2),
    Province.KHYBER_PAKHTUNKHWA: ("KP", 1, 1),
    Province.ISLAMABAD: ("IS", 1, 2),
    Province.AZAD_KASHMIR: ("JK", 1, 3),
    Province.BALOCHISTAN: ("BA", 2, 0),
    Province.PUNJAB: ("PB", 2, 2),
    Province.SINDH: ("SD", 3, 1),
}
"""Letters (ISO 3166-2), row and column of each province and territory, likewise."""


def shaded(tiles: Sequence[Tile]) -> list[Tile]:
    """The tiles with the shade of their figures."""
    most = max((tile.people or 0 for tile in tiles), default=0)
    return [
        Tile(tile.letters, tile.name, tile.row, tile.column, tile.people, level_of(tile.people or 0, most))
        for tile in tiles
    ]
