"""What an institute reports about a cohort: when each report is due, and that it was sent.

A due date that no source states is shown as unknown, never made up; the project may set its own, with who decided it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.training import seats
from talent.training.models import Cohort
from talent.training.policy import visible_reports
from talent.training.records import CohortReport, ReportDays
from talent.training.schemas import ReportDaysDraft
from talent.training.terms import ReportKind


class CountedFrom(StrEnum):
    """The day from which a report's days are counted."""

    FIRST_DAY = "first_day"
    MONTH_END = "month_end"
    LAST_DAY = "last_day"


COUNTED_FROM: Mapping[ReportKind, CountedFrom] = {
    ReportKind.INCEPTION: CountedFrom.FIRST_DAY,
    ReportKind.TRAINEES: CountedFrom.FIRST_DAY,
    ReportKind.PROGRESS: CountedFrom.MONTH_END,
    ReportKind.COMPLETION: CountedFrom.LAST_DAY,
    ReportKind.ON_THE_JOB: CountedFrom.LAST_DAY,
}


@dataclass(frozen=True)
class DueRule:
    """When a report is due: so many days after the day from which its kind is counted; None where nobody states it.

    ``source`` is a source of the service's list, or in words who decided for the project and when, in ``as_of``.
    """

    kind: ReportKind
    days: int | None
    source: str
    as_of: str
    confidence: str
    is_own: bool = False


PUBLISHED: tuple[DueRule, ...] = (
    DueRule(ReportKind.INCEPTION, -10, "S-PSDF-1", "2026", "medium"),
    DueRule(ReportKind.TRAINEES, 15, "S-PSDF-1", "2026", "medium"),
    DueRule(ReportKind.PROGRESS, None, "S-PSDF-1", "2026", "unknown"),
    DueRule(ReportKind.COMPLETION, None, "S-PSDF-1", "2026", "unknown"),
    DueRule(ReportKind.ON_THE_JOB, None, "S-PSDF-1", "2026", "unknown"),
)


def due_rules(session: Session) -> list[DueRule]:
    """The rule of each kind of report: the project's own where it has set one, otherwise the published one."""
    own = {one.kind: one for one in session.scalars(select(ReportDays))}
    return [_own(own[rule.kind]) if rule.kind in own else rule for rule in PUBLISHED]


def _own(row: ReportDays) -> DueRule:
    return DueRule(row.kind, row.days, row.decided_by, row.decided_on.isoformat(), "own", is_own=True)


def set_days(session: Session, actor: Actor, draft: ReportDaysDraft) -> None:
    """Set when a kind of report is due, with who decided it and when.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    actor.require(Permission.REPORT_DAYS_SET)
    row = session.get(ReportDays, draft.kind) or ReportDays(kind=draft.kind)
    row.days, row.decided_by, row.decided_on = draft.days, draft.decided_by, draft.decided_on
    row.set_at, row.set_by = now(), actor.id
    session.add(row)
    session.flush()


def forget_days(session: Session, actor: Actor, kind: ReportKind) -> None:
    """Take the project's own days of this kind back: what is published counts again, or it is unknown.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    actor.require(Permission.REPORT_DAYS_SET)
    row = session.get(ReportDays, kind)
    if row is not None:
        session.delete(row)
        session.flush()


@dataclass(frozen=True)
class Due:
    """One report of a cohort: a monthly one for its month, when it is due, and when it was sent."""

    kind: ReportKind
    month: date | None
    due_on: date | None
    report: CohortReport | None

    @property
    def is_sent(self) -> bool:
        """Whether somebody noted that it was sent."""
        return self.report is not None and self.report.sent_at is not None

    @property
    def is_late(self) -> bool:
        """Whether its day is past and it was not sent."""
        return not self.is_sent and self.due_on is not None and self.due_on < today()


def due_reports(session: Session, actor: Actor, cohort: Cohort) -> list[Due]:
    """Every report of the cohort in the order in which they fall; monthly ones up to this month."""
    sent = {
        (one.kind, one.month): one
        for one in session.scalars(visible_reports(actor).where(CohortReport.cohort_id == cohort.id))
    }
    return [
        Due(rule.kind, month, due_on(rule, cohort, month), sent.get((rule.kind, month)))
        for rule in due_rules(session)
        for month in months_told(rule.kind, cohort)
    ]


def months_told(kind: ReportKind, cohort: Cohort) -> Sequence[date | None]:
    """The months of which there is a report of this kind; one None for a report about the whole cohort."""
    return months_of(cohort) if kind is ReportKind.PROGRESS else (None,)


def due_on(rule: DueRule, cohort: Cohort, month: date | None = None) -> date | None:
    """The day on which the report is due, as far as that is known."""
    starts = {
        CountedFrom.FIRST_DAY: cohort.starts_on,
        CountedFrom.MONTH_END: month and next_month(month) - timedelta(days=1),
        CountedFrom.LAST_DAY: cohort.ends_on,
    }
    counted_from = starts[COUNTED_FROM[rule.kind]]
    if rule.days is None or counted_from is None:
        return None
    return counted_from + timedelta(days=rule.days)


def next_month(month: date) -> date:
    """The first day of the month after this one."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_of(cohort: Cohort) -> list[date]:
    """The first day of each month from the cohort's first day to its last, and not beyond this month."""
    if cohort.starts_on is None:
        return []
    last = min(cohort.ends_on or today(), today())
    months = []
    month = cohort.starts_on.replace(day=1)
    while month <= last:
        months.append(month)
        month = next_month(month)
    return months


def figures(session: Session, cohort: Cohort) -> dict[str, int]:
    """How many people stand where today: what a report that is sent rests on."""
    return dict(Counter(one.state.value for one in seats.people_in(session, cohort)))


def mark_sent(session: Session, actor: Actor, cohort: Cohort, kind: ReportKind, month: date | None) -> CohortReport:
    """Note that the report was sent; a second time changes nothing.

    Raises:
        NotPermitted: the actor is no institute officer.
        NotFound: the cohort has no such report.
    """
    actor.require(Permission.TRAINING_KEEP)
    wanted = next((one for one in due_reports(session, actor, cohort) if (one.kind, one.month) == (kind, month)), None)
    if wanted is None:
        raise NotFound(N_("There is no such report."))
    report = wanted.report or CohortReport(cohort_id=cohort.id, kind=kind, month=month, due_on=wanted.due_on)
    if not wanted.is_sent:
        report.sent_at, report.sent_by, report.figures = now(), actor.id, figures(session, cohort)
        session.add(report)
        session.flush()
    return report
