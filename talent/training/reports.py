"""What an institute reports about a cohort: when each report is due, what stands in it, and that it was sent.

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
from talent.training import attendance, results, seats
from talent.training.attendance import ATTENDS
from talent.training.models import Cohort
from talent.training.policy import visible_reports
from talent.training.records import CohortReport
from talent.training.states import EnrolmentState
from talent.training.terms import REPORT_NAMES, ReportKind


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
    def is_late(self) -> bool:
        """Whether its day is past and it was not sent."""
        return self.report is None and self.due_on is not None and self.due_on < today()


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


def lines(session: Session, cohort: Cohort, kind: ReportKind) -> list[list[str]]:
    """What stands in the report, as lines of cells in English, which is the language of the programmes' reports."""
    head = [
        [REPORT_NAMES[kind]],
        ["Course", cohort.course.title],
        ["Cohort", cohort.reference],
        ["First day", str(cohort.starts_on or "")],
        ["Last day", str(cohort.ends_on or "")],
        ["Venue", cohort.venue],
        ["Instructors", ", ".join(cohort.instructors)],
        ["Seats", str(cohort.seats)],
        [],
    ]
    return head + (_people(session, cohort) if kind is not ReportKind.INCEPTION else _plan(session, cohort))


def _plan(session: Session, cohort: Cohort) -> list[list[str]]:
    planned = attendance.days(session, cohort)
    return [["Day", "Part", "Minutes"], *([str(one.day), one.part.value, str(one.minutes)] for one in planned)]


def _people(session: Session, cohort: Cohort) -> list[list[str]]:
    stands = attendance.standings(session, cohort)
    recorded = results.results_of(session, cohort)
    tests = results.assessments(session, cohort)
    header = ["Name", "State", "Hours attended", "Hours held", "Attendance in percent"]
    rows = [[*header, *(one.title for one in tests)]]
    for person in seats.people_in(session, cohort):
        if person.state is EnrolmentState.APPLIED:
            continue
        row = [person.trainee.full_name, person.state.value.replace("_", " ")]
        standing = stands.get(person.id) if person.state in ATTENDS else None
        if standing is None:
            row += ["", "", ""]
        else:
            percent = "" if standing.percent is None else str(standing.percent)
            row += [str(standing.attended // 60), str(standing.past // 60), percent]
        own = recorded.get(person.id, {})
        row += [_said(own[one.id].passed) if one.id in own else "" for one in tests]
        rows.append(row)
    return rows


def _said(passed: bool) -> str:
    return "passed" if passed else "not passed"


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
    if wanted.report is not None:
        return wanted.report
    made = CohortReport(
        cohort_id=cohort.id,
        kind=kind,
        month=month,
        due_on=wanted.due_on,
        sent_at=now(),
        sent_by=actor.id,
        figures=figures(session, cohort),
    )
    session.add(made)
    session.flush()
    return made
