"""Both shores' steps on one line: what is done, whose turn it is, and which clock runs. Pure, from days alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from talent.casework.deadlines import STANDING, Clock, Reading, Stop, read_clock
from talent.casework.working_days import WorkCalendar
from talent.pathways.catalogue import Pathway, Stride
from talent.pathways.terms import Doer, Stage

Done = Mapping[tuple[str, str], date]
"""The day on which each step was done, by way and step."""
Stops = Mapping[tuple[str, str], Sequence[Stop]]
"""The times in which the clock of each step stood still, by way and step."""
NO_STOPS: Stops = MappingProxyType({})


@dataclass(frozen=True)
class Line:
    """One step on the timeline: whether it is done, may be done now, and what its clock says."""

    way: Pathway
    step: Stride
    done_on: date | None
    is_next: bool
    reading: Reading | None
    stops: Sequence[Stop] = ()

    @property
    def stands_since(self) -> Stop | None:
        """The stop that lasts, if its clock stands still."""
        stands = self.reading is not None and self.reading.state == STANDING
        return next((one for one in self.stops if one.until is None), None) if stands else None

    @property
    def due_on(self) -> date | None:
        """The day with which its running clock ends."""
        return self.reading.ends_on if self.reading and self.done_on is None else None


def timeline(
    ways: Sequence[Pathway], done: Done, calendars: Mapping[str, WorkCalendar], *, on: date, stops: Stops = NO_STOPS
) -> list[Line]:
    """The steps of all ways by the part of the journey, each way's own order kept; ``is_next`` marks whose turn it is.

    A step's turn has come when it is not done and every required step before it, on its own shore, is.
    """
    lines = [line for way in ways for line in _of_one(way, done, calendars[way.calendar], on, stops)]
    order = list(Stage)
    return sorted(lines, key=lambda line: order.index(line.step.stage))


def _of_one(way: Pathway, done: Done, calendar: WorkCalendar, on: date, stops: Stops) -> Iterable[Line]:
    is_free = True
    for step in way.steps:
        done_on = done.get((way.id, step.id))
        own = tuple(stops.get((way.id, step.id), ()))
        reading = _reading(way, step, done, calendar, on, own)
        yield Line(way, step, done_on, done_on is None and is_free, reading, own)
        is_free = is_free and (done_on is not None or step.is_optional)


def _reading(
    way: Pathway, step: Stride, done: Done, calendar: WorkCalendar, on: date, stops: tuple[Stop, ...]
) -> Reading | None:
    if step.limit is None:
        return None
    starter = way.starter(step)
    begun = done.get((way.id, starter.id)) if starter else None
    clock = Clock(begun, stops, stopped_on=done.get((way.id, step.id)))
    return read_clock(step.limit, clock, calendar, on=on)


def required_open(lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
    """The required steps that are not done, as the workflow asks for them."""
    return tuple(
        (line.step.stage.value, line.step.text) for line in lines if line.done_on is None and not line.step.is_optional
    )


def next_line(lines: Sequence[Line]) -> Line | None:
    """The step on top: the first required one whose turn has come; else an optional one that the way has not passed."""
    turns = [line for line in lines if line.is_next]
    required = next((line for line in turns if not line.step.is_optional), None)
    return required or next((line for line in turns if not is_passed(line, lines)), None)


def is_passed(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a later step of the same way is done."""
    own = [one for one in lines if one.way.id == line.way.id]
    return any(one.done_on is not None for one in own[own.index(line) + 1 :])


def waits_for(lines: Sequence[Line]) -> Doer | None:
    """Who must act now."""
    line = next_line(lines)
    return line.step.doer if line else None


def next_due(lines: Iterable[Line]) -> date | None:
    """The nearest end of a running clock."""
    return min((line.due_on for line in lines if line.due_on is not None), default=None)
