"""Letters of the night to institutes whose report about a cohort is due: once for each report."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.addresses import officers_addresses
from talent.foundation.clock import now, today
from talent.foundation.mail import send_later
from talent.foundation.row_context import SystemContext, within
from talent.training.models import Cohort
from talent.training.records import CohortReport
from talent.training.reports import DueRule, due_on, due_rules, months_told
from talent.training.states import COHORT, CohortState
from talent.training.terms import ReportKind

REMINDED_BEFORE = timedelta(days=3)
"""How long before its day an institute is reminded of a report (S-OWN-8)."""
TITLE = "A report is due / ایک رپورٹ کی تاریخ آ گئی"
BODY = (
    "{english} about the cohort {reference} is due on {due}. Sign in to take its file and to note that it was sent.\n\n"
    "گروپ {reference} کی {urdu} {due} تک دینی ہے۔ اس کی فائل لینے اور بھیجے جانے کا اندراج کرنے کے لیے سائن اِن کریں۔"
)
LETTER_NAMES: dict[ReportKind, tuple[str, str]] = {
    ReportKind.INCEPTION: ("The inception report", "ابتدائی رپورٹ"),
    ReportKind.TRAINEES: ("The list of trainees", "زیرِ تربیت افراد کی فہرست"),
    ReportKind.PROGRESS: ("The monthly progress report", "ماہانہ پیش رفت کی رپورٹ"),
    ReportKind.COMPLETION: ("The completion report", "تکمیل کی رپورٹ"),
    ReportKind.ON_THE_JOB: ("The on-the-job report", "کام پر تربیت کی رپورٹ"),
}


DueReport = tuple[Cohort, ReportKind, date | None, date]
"""A report of a cohort, its month if it is a monthly one, and the day on which it is due."""


def remind(session: Session, *, on: date | None = None) -> int:
    """Queue a letter for each report that is due soon or late, was not sent, and was not written about; how many."""
    day = on or today()
    with within(session, SystemContext.TRAINING):
        rules = due_rules(session)
        cohorts = session.scalars(
            select(Cohort).where(Cohort.state != CohortState.CANCELLED, Cohort.starts_on.is_not(None))
        ).all()
        due = [one for cohort in cohorts for rule in rules for one in _due(cohort, rule, day)]
        new = _not_written_about(session, due)
    return sum(_write(session, *one) for one in new)


def _due(cohort: Cohort, rule: DueRule, on: date) -> Iterator[DueReport]:
    """The reports of this kind that are due soon or late; of a closed cohort those that fell due since the decision."""
    for month in months_told(rule.kind, cohort):
        due = due_on(rule, cohort, month)
        if due is None or due - REMINDED_BEFORE > on:
            continue
        if cohort.state not in COHORT.final or (rule.is_own and due.isoformat() >= rule.as_of):
            yield cohort, rule.kind, month, due


def _not_written_about(session: Session, due: Sequence[DueReport]) -> list[DueReport]:
    """Those that nobody was written to about and nobody sent; from now on somebody was written to."""
    if not due:
        return []
    reports = {(cohort.id, kind, month): (cohort, kind, month, day) for cohort, kind, month, day in due}
    rows: list[dict[str, object]] = [
        {"cohort_id": cohort.id, "kind": kind, "month": month, "due_on": day, "reminded_at": now(), "figures": {}}
        for cohort, kind, month, day in due
    ]
    row = insert(CohortReport)
    made = row.on_conflict_do_update(
        index_elements=["cohort_id", "kind", "month"],
        set_={"reminded_at": row.excluded.reminded_at, "due_on": row.excluded.due_on},
        where=CohortReport.reminded_at.is_(None) & CohortReport.sent_at.is_(None),
    )
    told = made.returning(CohortReport.cohort_id, CohortReport.kind, CohortReport.month)
    return [reports[one.cohort_id, one.kind, one.month] for one in session.execute(told, rows)]


def _write(session: Session, cohort: Cohort, kind: ReportKind, month: date | None, day_due: date) -> bool:
    of_month = f" ({month:%Y-%m})" if month else ""
    english, urdu = (f"{name}{of_month}" for name in LETTER_NAMES[kind])
    body = BODY.format(english=english, urdu=urdu, reference=cohort.reference, due=day_due.isoformat())
    for address in officers_addresses(session, cohort.organisation_id):
        send_later(session, recipient=address, subject=TITLE, body=body)
    return True
