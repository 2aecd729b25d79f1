"""The statutory clock: from what happened to the day on which a deadline ends, and what its passing means.

German deadlines run by §§ 187–193 BGB through § 31 VwVfG (S-DE-14): the day of the event is not counted; weeks and
months end on the day of the same name or number, or on the last of a shorter month; an end on a Saturday, a Sunday or
a public holiday moves to the next working day. Days in which the clock stands still (Hemmung) are not counted
(§ 209 BGB). For other countries the same counting is used, and their rows say how sure their lengths are.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from talent.casework.clock_terms import Binding, OnSilence, Pause
from talent.casework.sourced import TimeLimit
from talent.casework.working_days import ONE_DAY, WorkCalendar

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Stop:
    """A time in which the clock stands still: from the first such day to the last, which is None while it lasts."""

    why: Pause
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Extension:
    """A reasoned extension: the new end that the authority told, and the day on which it told it."""

    told_on: date
    until: date


@dataclass(frozen=True)
class Clock:
    """Everything that a deadline depends on; ``started_on`` is the day of the event, None before it happens."""

    started_on: date | None
    stops: tuple[Stop, ...] = ()
    extension: Extension | None = None
    stopped_on: date | None = None
    """The day on which the act was done, which ends the clock."""


@dataclass(frozen=True)
class Reading:
    """What a clock says on one day: when it ends, how many days are left, whether it stands still or is over.

    ends_on: None while the clock has not begun, stands still, or its length is not known.
    days_left: calendar days to the end; negative when it is past.
    """

    state: str  # waiting, running, standing, done, overdue, unknown
    ends_on: date | None = None
    days_left: int | None = None
    silence: OnSilence = OnSilence.NONE

    @property
    def is_overdue(self) -> bool:
        """Whether the end is past and nothing was done."""
        return self.state == OVERDUE


WAITING, RUNNING, STANDING, DONE, OVERDUE, NOT_KNOWN = "waiting", "running", "standing", "done", "overdue", "unknown"


def plain_end(event: date, length: str) -> date:
    """The last day of a period that begins after the day of the event, before weekends are looked at.

    Raises:
        ValueError: the length is no ISO 8601 length of one unit.
    """
    n, unit = int(length[1:-1]), length[-1]
    if unit in "DW":
        return event + timedelta(days=n * (7 if unit == "W" else 1))
    if unit not in "MY":
        raise ValueError(f"no such length: {length}")
    months = event.month - 1 + n * (MONTHS_A_YEAR if unit == "Y" else 1)
    year, month = event.year + months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1
    return date(year, month, min(event.day, calendar.monthrange(year, month)[1]))


def standing_days(stops: Iterable[Stop], *, after: date, until: date) -> int:
    """How many different days between the event and this day the clock stood still."""
    still: set[date] = set()
    for stop in stops:
        day = max(stop.since, after + ONE_DAY)
        last = min(stop.until or until, until)
        while day <= last:
            still.add(day)
            day += ONE_DAY
    return len(still)


def end_of(rule: TimeLimit, clock: Clock, calendar_of_authority: WorkCalendar) -> date | None:
    """The day with which the deadline ends; None before it begins, without a known length, or while it stands still."""
    if clock.started_on is None or rule.length is None:
        return None
    stops = [stop for stop in clock.stops if stop.why in rule.pauses]
    if any(stop.until is None for stop in stops):
        return None
    if rule.counts == "working":
        return _working_end(rule.length, clock.started_on, stops, calendar_of_authority)
    end = _moved_by_stops(plain_end(clock.started_on, rule.length), clock.started_on, stops)
    if clock.extension is not None and is_valid_extension(rule, clock.extension, end):
        end = clock.extension.until
    return calendar_of_authority.on_or_after(end)


def _moved_by_stops(end: date, event: date, stops: Sequence[Stop]) -> date:
    """The end after as many days more as the clock stood still before it; a stop after the moved end does not count."""
    moved = end
    while True:
        later = end + timedelta(days=standing_days(stops, after=event, until=moved))
        if later == moved:
            return moved
        moved = later


def _working_end(length: str, event: date, stops: Sequence[Stop], days: WorkCalendar) -> date:
    end = event
    left = int(length[1:-1])
    while left:
        end = days.on_or_after(end + ONE_DAY)
        if not any(stop.since <= end <= (stop.until or end) for stop in stops):
            left -= 1
    return end


def is_valid_extension(rule: TimeLimit, extension: Extension, end: date) -> bool:
    """Whether this extension counts: the rule allows one, it was told in time, and it is later than the end.

    BQFG § 6(3) sentences 3 and 4: once, justified, and told in good time.
    """
    return rule.extendable == "once_reasoned" and extension.told_on <= end and extension.until > end


def read_clock(rule: TimeLimit, clock: Clock, days: WorkCalendar, *, on: date) -> Reading:
    """What the clock says on this day."""
    if clock.stopped_on is not None:
        return Reading(DONE, end_of(rule, clock, days))
    if clock.started_on is None or clock.started_on > on:
        return Reading(WAITING)
    if rule.length is None:
        return Reading(NOT_KNOWN)
    end = end_of(rule, clock, days)
    if end is None:
        return Reading(STANDING)
    if on > end:
        return Reading(OVERDUE, end, (end - on).days, rule.on_silence)
    return Reading(RUNNING, end, (end - on).days)


def silence_decides(rule: TimeLimit) -> bool:
    """Whether the passing of this deadline counts as a decision."""
    return rule.binding is Binding.DEEMED or rule.on_silence is not OnSilence.NONE
