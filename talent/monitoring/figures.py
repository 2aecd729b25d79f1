"""The stored figures: made by the worker from everybody's way, replaced as a whole, read by pages in milliseconds."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from talent.foundation.clock import now, today
from talent.foundation.counting import SMALLEST_CELL
from talent.monitoring.figure_models import FigureCell, FigureRefresh, FigureSpan, FigureTrend
from talent.monitoring.groups import Values, groups, periods, together
from talent.monitoring.journeys import Journey, journeys
from talent.monitoring.ladder import CUBES, LADDER, WITHHELD, Dimension, Stage
from talent.monitoring.spans import durations

ALL = ""
"""The dimension of durations that are told about everybody."""
PLACES = "places"
NOT_NAMED = frozenset({WITHHELD, ALL})
SPAN_DIMENSIONS = (Dimension.COUNTRY, Dimension.PATHWAY, Dimension.SECTOR)
Rows = list[dict[str, Any]]


def refresh(session: Session, *, on: date | None = None) -> FigureRefresh | None:
    """Make every figure anew; None, and nothing stored, while too few people changed since the last time.

    One person's step is never published alone: at least ten people must stand elsewhere than before.
    """
    started, day = time.perf_counter(), on or today()
    people = list(journeys(session))
    begins = together([count for _, count in _by_stage(people)])
    told = [LADDER[place] for place in sorted(set(begins))]
    stage_of = {stage: LADDER[begin] for stage, begin in zip(LADDER, begins, strict=bool(begins))}
    cells = [cell for cube in CUBES for cell in _cells(people, cube, stage_of)] if told else []
    if _changed(session, cells) < SMALLEST_CELL:
        return None
    for model in (FigureCell, FigureSpan, FigureTrend, FigureRefresh):
        session.execute(delete(model))
    _write(session, FigureCell, cells)
    _write(session, FigureSpan, _spans(people, stage_of, day))
    _write(session, FigureTrend, _trends(people))
    took = round(1000 * (time.perf_counter() - started))
    made = FigureRefresh(at=now(), took_ms=took, people=len(people), stages=[stage.value for stage in told])
    session.add(made)
    session.flush()
    return made


def _write(session: Session, model: type, rows: Rows) -> None:
    if rows:
        session.execute(insert(model), rows)


def _by_stage(people: Iterable[Journey]) -> list[tuple[Stage, int]]:
    counts = Counter(one.stage for one in people)
    return [(stage, counts[stage]) for stage in LADDER]


def values_in(one: Journey, cube: str, stage_of: dict[Stage, Stage]) -> Values:
    """What tells this person apart in a cube, the stage first."""
    return (stage_of[one.stage].value, *(one.values[dimension] for dimension in CUBES[cube]))


def _cells(people: Sequence[Journey], cube: str, stage_of: dict[Stage, Stage]) -> Rows:
    counts = Counter(values_in(one, cube, stage_of) for one in people)
    stored: Counter[Values] = Counter()
    for values, group in groups(counts).items():
        stored[group] += counts[values]
    names = [dimension.value for dimension in CUBES[cube]]
    return [
        {"cube": cube, "people": count, "stage": group[0], **dict(zip(names, group[1:], strict=True))}
        for group, count in stored.items()
    ]


def _changed(session: Session, cells: Rows) -> int:
    """How many people stand in another group than the stored figures say, in the cube where most do."""
    columns = [FigureCell.cube, FigureCell.stage, *(getattr(FigureCell, dimension) for dimension in Dimension)]
    before = {tuple(row[:-1]): row[-1] for row in session.execute(select(*columns, FigureCell.people))}
    after = {
        (cell["cube"], cell["stage"], *(cell.get(dimension.value) for dimension in Dimension)): cell["people"]
        for cell in cells
    }
    more: Counter[str] = Counter()
    less: Counter[str] = Counter()
    for key in before.keys() | after.keys():
        change = after.get(key, 0) - before.get(key, 0)
        (more if change > 0 else less)[key[0]] += abs(change)
    return max([*more.values(), *less.values()], default=0)


def _spans(people: Sequence[Journey], stage_of: dict[Stage, Stage], day: date) -> Rows:
    """Durations of everybody, and of each group of one dimension, by what the stored groups tell of each person."""
    if not stage_of:
        return []
    values = [values_in(one, PLACES, stage_of) for one in people]
    group = groups(Counter(values))
    found = _spans_of(((one, ALL) for one in people), ALL, day)
    for dimension in SPAN_DIMENSIONS:
        place = 1 + CUBES[PLACES].index(dimension)
        named = ((one, group[each][place]) for one, each in zip(people, values, strict=True))
        found += _spans_of(((one, value) for one, value in named if value not in NOT_NAMED), dimension.value, day)
    return found


def _spans_of(named: Iterable[tuple[Journey, str]], dimension: str, day: date) -> Rows:
    return [
        {
            "span": span,
            "dimension": dimension,
            "value": value,
            "people": count - count % SMALLEST_CELL,
            "median_days": told.median,
            "first_days": told.first,
            "last_days": told.last,
        }
        for (span, value), (count, told) in durations(named, on=day).items()
    ]


def _trends(people: Iterable[Journey]) -> Rows:
    months: dict[Stage, Counter[date]] = {stage: Counter() for stage in LADDER}
    for one in people:
        for stage, day in one.days.items():
            months[stage][day.replace(day=1)] += 1
    return [
        {"stage": stage.value, "from_month": first, "to_month": last, "people": count}
        for stage, counts in months.items()
        for first, last, count in periods(counts)
    ]
