"""Letters that ask people at work how the work is: one when a question round is due, one more when it stays open."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.models import Account
from talent.foundation.clock import now, today
from talent.foundation.mail import HERE, send_later
from talent.placements.after_models import CheckIn
from talent.placements.check_ins import due_month, new_round
from talent.placements.models import Placement
from talent.placements.states import AT_WORK

REMIND_AFTER = timedelta(days=7)
"""How long after the first letter a round without an answer is asked about once more (S-OWN-3)."""
SUBJECT = "How is your work? / آپ کا کام کیسا ہے؟"
BODY = (
    "You have worked for {month} months ({reference}). Sign in, open “My journey” and answer in a minute: is your pay, "
    "are your hours and your work as promised? Your employer and your agency do not see your answers.\n\n"
    "آپ کو کام کرتے ہوئے {month} مہینے ہو گئے ({reference})۔ سائن اِن کریں، ”میرا سفر“ کھولیں اور ایک منٹ میں بتائیں: "
    "کیا تنخواہ، گھنٹے اور کام وعدے کے مطابق ہیں؟ آپ کے جواب آپ کا آجر اور ایجنسی نہیں دیکھتے۔"
)
REMINDER = "Once more: how is your work? / ایک بار پھر: آپ کا کام کیسا ہے؟"


def ask(session: Session, *, on: date | None = None) -> int:
    """Ask everybody at work whose round is due and who was not asked yet, by letter; how many. The night calls this."""
    day = on or today()
    at_work = (
        select(Placement, Account.login)
        .join(Account, Account.id == Placement.account_id)
        .where(Placement.state.in_(AT_WORK), Placement.work_began_on <= day)
        .order_by(Placement.id)
    )
    asked = {(row.placement_id, row.month) for row in session.execute(select(CheckIn.placement_id, CheckIn.month))}
    count = 0
    for placement, login in session.execute(at_work).all():
        month = due_month(placement, on=day)
        if month is None or placement.work_began_on is None or (placement.id, month) in asked:
            continue
        row = new_round(placement, month, placement.work_began_on)
        row.asked_at = now()
        session.add(row)
        _write(session, placement, login, month, SUBJECT)
        count += 1
    session.flush()
    return count


def remind(session: Session) -> int:
    """Ask once more, and no third time, where a round stays without an answer; how many. The night calls this."""
    silent = (
        select(CheckIn, Placement, Account.login)
        .join(Placement, Placement.id == CheckIn.placement_id)
        .join(Account, Account.id == Placement.account_id)
        .where(CheckIn.answered_at.is_(None), CheckIn.settled_at.is_(None), CheckIn.reminded_at.is_(None))
        .where(CheckIn.asked_at <= now() - REMIND_AFTER, Placement.state.in_(AT_WORK))
        .order_by(CheckIn.id)
    )
    found = [row for row in session.execute(silent) if due_month(row[1], on=today()) == row[0].month]
    for round_, placement, login in found:
        round_.reminded_at = now()
        _write(session, placement, login, round_.month, REMINDER)
    session.flush()
    return len(found)


def _write(session: Session, placement: Placement, login: str, month: int, subject: str) -> None:
    link = f"{HERE}/placements/{placement.id}/check-in"
    body = BODY.format(month=month, reference=placement.reference) + f"\n\n{link}"
    send_later(session, recipient=login, subject=subject, body=body)
