"""Which clocks run in a case, from which day and until which: a table of acts, without a database.

Several may run at once, such as the authority's for its decision and the candidate's for the fee; the inbox is ordered
by the one that ends first.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from talent.casework.deadlines import Clock, Extension, Reading, Stop, read_clock
from talent.casework.working_days import WorkCalendar
from talent.recognition.procedures import Deadline, Procedure
from talent.recognition.states import CaseState
from talent.recognition.terms import Act, ClockStart, Measure, Noted

WITH_A_FEE = frozenset({CaseState.SUBMITTED, CaseState.DEFICIENT, CaseState.SUPPLIED, CaseState.COMPLETE})
"""States in which a fee that the application made due is still waited for."""


class CaseRow(Protocol):
    """The columns of a case on which its clocks depend."""

    state: CaseState
    submitted_on: date | None
    complete_on: date | None
    decided_on: date | None
    measure: Measure | None
    measure_on: date | None
    extension_told_on: date | None
    extended_until: date | None


@dataclass(frozen=True)
class CaseDays:
    """The days of a case on which its deadlines depend; ``noted`` are in their order."""

    state: CaseState
    submitted_on: date | None = None
    complete_on: date | None = None
    decided_on: date | None = None
    measure: Measure | None = None
    measure_on: date | None = None
    extension: Extension | None = None
    stops: tuple[Stop, ...] = ()
    noted: tuple[tuple[Noted, date], ...] = ()

    def last(self, *what: Noted) -> date | None:
        """The last day that was noted of any of these."""
        return max((day for one, day in self.noted if one in what), default=None)

    def waits(self, begun: Noted, *ended: Noted) -> bool:
        """Whether the last of these to be noted was the beginning: a later beginning starts the clock anew."""
        marks = [one for one, _day in self.noted if one in (begun, *ended)]
        return bool(marks) and marks[-1] is begun


def days_of(row: CaseRow, stops: Iterable[Stop], noted: Iterable[tuple[Noted, date]]) -> CaseDays:
    """The days of a case, from its row, the times in which its clock stood still, and the days noted in it."""
    told, until = row.extension_told_on, row.extended_until
    return CaseDays(
        state=row.state,
        submitted_on=row.submitted_on,
        complete_on=row.complete_on,
        decided_on=row.decided_on,
        measure=row.measure,
        measure_on=row.measure_on,
        extension=Extension(told, until) if told and until else None,
        stops=tuple(stops),
        noted=tuple(noted),
    )


def is_accelerated(procedure: Procedure, days: CaseDays) -> bool:
    """Whether the case runs under AufenthG § 81a: by its procedure, or since an employer agreed it with the office."""
    return procedure.is_fast_track or days.last(Noted.AGREEMENT) is not None


def decision_act(procedure: Procedure, days: CaseDays) -> Act:
    """Which of the procedure's deadlines for a decision holds; the accelerated one takes the other's place."""
    if is_accelerated(procedure, days) and procedure.deadline(Act.DECISION_FAST_TRACK) is not None:
        return Act.DECISION_FAST_TRACK
    return Act.DECISION


Runs = Callable[[Procedure, CaseDays], bool]
RUNS: Mapping[Act, Runs] = {
    Act.RECEIPT: lambda _procedure, days: days.state is CaseState.SUBMITTED,
    Act.DECISION: lambda procedure, days: _decides(procedure, days, Act.DECISION),
    Act.DECISION_FAST_TRACK: lambda procedure, days: _decides(procedure, days, Act.DECISION_FAST_TRACK),
    Act.PAYMENT: lambda _procedure, days: days.state in WITH_A_FEE and days.last(Noted.FEE_PAID) is None,
    Act.INVITE_EMPLOYER: lambda procedure, days: (
        is_accelerated(procedure, days)
        and days.state is not CaseState.WITHDRAWN
        and days.waits(Noted.OFFICE_RECEIVED, Noted.EMPLOYER_INVITED)
    ),
    Act.APTITUDE_TEST_OFFERED: lambda _procedure, days: _chose(days, Measure.APTITUDE_TEST),
    Act.KNOWLEDGE_TEST_OFFERED: lambda _procedure, days: _chose(days, Measure.KNOWLEDGE_TEST),
    Act.COURSE_EXTENSION: lambda _procedure, days: (
        _chose(days, Measure.ADAPTATION_PERIOD)
        and days.waits(Noted.LONGER_COURSE_ASKED, Noted.LONGER_COURSE_GRANTED, Noted.LONGER_COURSE_REFUSED)
    ),
}
"""When each act is waited for; what the procedure has no deadline for is never waited for."""


def _decides(procedure: Procedure, days: CaseDays, act: Act) -> bool:
    return days.state is CaseState.COMPLETE and decision_act(procedure, days) is act


def _chose(days: CaseDays, measure: Measure) -> bool:
    return days.state is CaseState.MEASURE and days.measure is measure


def clock_of(rule: Deadline, days: CaseDays) -> Clock:
    """The clock of one deadline, from the days of the case."""
    started = {
        ClockStart.APPLICATION: days.submitted_on,
        ClockStart.RECEIPT_BY_OFFICE: days.last(Noted.OFFICE_RECEIVED),
        ClockStart.COMPLETE_FILE: days.complete_on,
        ClockStart.CHOICE_OF_TEST: days.measure_on,
        ClockStart.DEFICIT_DECISION: days.decided_on,
        ClockStart.COURSE_REQUEST: days.last(Noted.LONGER_COURSE_ASKED),
    }[rule.clock_start]
    return Clock(started, days.stops, days.extension)


def running(procedure: Procedure, days: CaseDays) -> list[Deadline]:
    """The deadlines that are waited for now, in the order of the procedure."""
    return [row for row in procedure.deadlines if RUNS[row.act](procedure, days)]


def readings(
    procedure: Procedure, days: CaseDays, calendar: WorkCalendar, *, on: date
) -> list[tuple[Deadline, Reading]]:
    """Every deadline that is waited for with what its clock says on this day; the first to end first."""
    found = [(rule, read_clock(rule, clock_of(rule, days), calendar, on=on)) for rule in running(procedure, days)]
    return sorted(found, key=lambda one: one[1].ends_on or date.max)


def next_deadline(
    procedure: Procedure, days: CaseDays, calendar: WorkCalendar, *, on: date
) -> tuple[Act | None, date | None]:
    """The act by which the inbox orders this case, and the day by which it is to be done; Nones when nothing waits."""
    first = next(iter(readings(procedure, days, calendar, on=on)), None)
    return (first[0].act, first[1].ends_on) if first else (None, None)
