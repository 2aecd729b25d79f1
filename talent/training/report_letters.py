"""Letters of the night to institutes whose report about a cohort is due: once for each report."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.foundation.mail import send_later
from talent.foundation.row_context import SystemContext, within
from talent.training.models import Cohort
from talent.training.records import CohortReport
from talent.training.reports import DUE_RULES, DueRule, due_on
from talent.training.states import COHORT
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


def remind(session: Session, *, on: date | None = None) -> int:
    """Queue a letter for each report that is due soon or late, was not sent, and was not written about; how many."""
    day = on or today()
    with within(session, SystemContext.TRAINING):
        due = [
            (cohort, rule, day_due)
            for cohort in session.scalars(
                select(Cohort).where(Cohort.state.not_in(sorted(COHORT.final)), Cohort.starts_on.is_not(None))
            )
            for rule in DUE_RULES
            if (day_due := due_on(rule, cohort.starts_on)) is not None and day_due - REMINDED_BEFORE <= day
        ]
        new = [(cohort, rule, day_due) for cohort, rule, day_due in due if _is_new(session, cohort.id, rule, day_due)]
    return sum(_write(session, cohort, rule.kind, day_due) for cohort, rule, day_due in new)


def _is_new(session: Session, cohort_id: UUID, rule: DueRule, day_due: date) -> bool:
    """Whether nobody was written to about this report; from now on somebody was."""
    row = insert(CohortReport).values(
        cohort_id=cohort_id, kind=rule.kind, month=None, due_on=day_due, reminded_at=now(), figures={}
    )
    unsent = (CohortReport.reminded_at.is_(None)) & (CohortReport.sent_at.is_(None))
    made = row.on_conflict_do_update(
        index_elements=["cohort_id", "kind", "month"], set_={"reminded_at": now()}, where=unsent
    )
    return session.execute(made.returning(CohortReport.id)).first() is not None


def _write(session: Session, cohort: Cohort, kind: ReportKind, day_due: date) -> bool:
    officers = select(Account.login).where(
        Account.organisation_id == cohort.organisation_id, Account.role == Role.INSTITUTE_OFFICER
    )
    with within(session, SystemContext.LETTERS):
        logins = session.scalars(officers).all()
    english, urdu = LETTER_NAMES[kind]
    body = BODY.format(english=english, urdu=urdu, reference=cohort.reference, due=day_due.isoformat())
    for login in logins:
        send_later(session, recipient=login, subject=TITLE, body=body)
    return True
