"""The weekly letter to project staff: what is late, what waits for each of them, and what changed."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.foundation.mail import send_later
from talent.foundation.row_context import SystemContext, within
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.stalls import changed_this_week, late_count

SUBJECT = "This week: {late} placements late, {waiting} follow-ups for you / اس ہفتے"
BODY = (
    "Past a deadline: {late} placements.\n"
    "Waiting for you: {waiting} follow-ups, {overdue} of them past their day.\n"
    "In the last seven days {moved} placements moved on, and {ended} ended.\n"
    "Sign in and open Today to see each of them.\n\n"
    "{late} تقرریاں مقررہ تاریخ سے آگے نکل چکی ہیں۔\n"
    "آپ کے ذمے {waiting} کام ہیں، جن میں سے {overdue} کی تاریخ گزر چکی ہے۔\n"
    "پچھلے سات دنوں میں {moved} تقرریاں آگے بڑھیں اور {ended} ختم ہوئیں۔\n"
    "ہر ایک دیکھنے کے لیے سائن اِن کریں اور ”آج“ کھولیں۔\n"
)
"""Sums only: a letter leaves the service, and names and references stay in it."""


def send_digest(session: Session) -> int:
    """Queue one letter for each of the project staff; how many."""
    with within(session, SystemContext.NIGHTLY):
        late = late_count(session)
        waiting, overdue = _counts(session, is_late=False), _counts(session, is_late=True)
    with within(session, SystemContext.FIGURES):
        changed = dict(changed_this_week(session))
    with within(session, SystemContext.LETTERS):
        staff = session.execute(
            select(Account.id, Account.login).where(Account.role == Role.PROJECT_STAFF, Account.suspended_at.is_(None))
        ).all()
    ended = changed.get("ended", 0)
    for account_id, login in staff:
        values = {
            "late": late,
            "waiting": waiting[account_id],
            "overdue": overdue[account_id],
            "moved": sum(changed.values()) - ended,
            "ended": ended,
        }
        send_later(session, recipient=login, subject=SUBJECT.format(**values), body=BODY.format(**values))
    return len(staff)


def _counts(session: Session, *, is_late: bool) -> Counter[object]:
    query = select(FollowUp.assigned_to, func.count()).where(FollowUp.done_at.is_(None))
    if is_late:
        query = query.where(FollowUp.due_on < today())
    return Counter({row[0]: row[1] for row in session.execute(query.group_by(FollowUp.assigned_to))})
