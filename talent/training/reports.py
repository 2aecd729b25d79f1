"""What an institute reports about a cohort: when each report is due, and that it was sent.

A due date that no source states is shown as unknown, never made up.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.training import seats
from talent.training.models import Cohort
from talent.training.policy import visible_reports
from talent.training.records import CohortReport
from talent.training.terms import ReportKind


@dataclass(frozen=True)
class DueRule:
    """When a report is due, counted in days from the cohort's first day; None where no source states it."""

    kind: ReportKind
    days_from_start: int | None
    source: str
    as_of: str
    confidence: str


DUE_RULES: tuple[DueRule, ...] = (
    DueRule(ReportKind.INCEPTION, -10, "S-PSDF-1", "2026", "medium"),
    DueRule(ReportKind.TRAINEES, 15, "S-PSDF-1", "2026", "medium"),
    DueRule(ReportKind.PROGRESS, None, "S-PSDF-1", "2026", "unknown"),
    DueRule(ReportKind.COMPLETION, None, "S-PSDF-1", "2026", "unknown"),
    DueRule(ReportKind.ON_THE_JOB, None, "S-PSDF-1", "2026", "unknown"),
)


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
    months: dict[ReportKind, list[date | None]] = {ReportKind.PROGRESS: [*months_of(cohort)]}
    return [
        Due(rule.kind, month, due_on(rule, cohort.starts_on), sent.get((rule.kind, month)))
        for rule in DUE_RULES
        for month in months.get(rule.kind, [None])
    ]


def due_on(rule: DueRule, starts_on: date | None) -> date | None:
    """The day on which the report is due, as far as that is known."""
    if rule.days_from_start is None or starts_on is None:
        return None
    return starts_on + timedelta(days=rule.days_from_start)


def months_of(cohort: Cohort) -> list[date]:
    """The first day of each month from the cohort's first day to its last, and not beyond this month."""
    if cohort.starts_on is None:
        return []
    last = min(cohort.ends_on or today(), today())
    months = []
    month = cohort.starts_on.replace(day=1)
    while month <= last:
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
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
