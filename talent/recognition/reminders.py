"""Letters of the night: to the candidate whose turn it is, whose paper runs out, or whose authority is late.

When a deadline has passed, the office or the employer who is to act is written to as well.
"""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, selectinload

from talent.accounts.addresses import officers_addresses
from talent.accounts.models import Account
from talent.foundation.clock import now, today
from talent.foundation.mail import send_later
from talent.recognition.documents import expiring
from talent.recognition.models import RecognitionCase, RecognitionReminder
from talent.recognition.states import RECOGNITION_CASE, CaseState
from talent.recognition.terms import Act

AFTER_A_NOTICE = timedelta(days=14)
"""How long after the authority's notice the candidate is reminded, and how long between two reminders (S-OWN-3)."""
OVERDUE, SUPPLY, EXPIRY, FEE = "overdue", "supply", "expiry", "fee"
LETTERS: dict[str, tuple[str, str]] = {
    OVERDUE: (
        "The deadline has passed / مدت گزر گئی",
        "A deadline in your case {reference} ended on {due}. Sign in to read what that means.\n\n"
        "آپ کے کیس {reference} میں ایک مدت {due} کو ختم ہو گئی۔ اس کا مطلب جاننے کے لیے سائن اِن کریں۔",
    ),
    FEE: (
        "A fee is to be paid / فیس ادا کرنی ہے",
        "Pay the fee in your case {reference} by {due}. Then sign in and note the day.\n\n"
        "اپنے کیس {reference} کی فیس {due} تک ادا کریں۔ پھر سائن اِن کر کے وہ دن درج کریں۔",
    ),
    SUPPLY: (
        "The authority waits for your documents / اتھارٹی آپ کے کاغذات کی منتظر ہے",
        "The authority asked for documents in your case {reference}. Its clock starts when they are there. "
        "Sign in to add them.\n\nاتھارٹی نے آپ کے کیس {reference} میں کاغذات مانگے ہیں۔ "
        "مدت ان کے پہنچنے پر شروع ہوگی۔ انہیں شامل کرنے کے لیے سائن اِن کریں۔",
    ),
    EXPIRY: (
        "A document runs out / ایک کاغذ کی میعاد ختم ہو رہی ہے",
        "A document in your case {reference} counts until {due}. Sign in and add a new one.\n\n"
        "آپ کے کیس {reference} کا ایک کاغذ {due} تک کارآمد ہے۔ سائن اِن کریں اور نیا شامل کریں۔",
    ),
}
TO_OFFICERS = (
    "A deadline has passed in a case of recognition",
    "In the case {reference} a deadline ended on {due}, and it is for you to act. Sign in to read what is waited for.",
)


def remind(session: Session, *, on: date | None = None) -> int:
    """Queue each letter that is due and was not sent before; how many."""
    day = on or today()
    open_cases = (
        select(RecognitionCase, Account.login)
        .outerjoin(Account, Account.id == RecognitionCase.account_id)
        .where(RecognitionCase.state.not_in(sorted(RECOGNITION_CASE.final)) | RecognitionCase.next_act.is_not(None))
        .options(selectinload(RecognitionCase.papers))
        .order_by(RecognitionCase.id)
    )
    return sum(
        _send(session, case, login or "", subject, due)
        for case, login in session.execute(open_cases.execution_options(yield_per=1000))
        for subject, due in due_letters(case, on=day)
    )


def due_letters(case: RecognitionCase, *, on: date) -> list[tuple[str, date]]:
    """The letters that this case calls for on this day, each with the day that it is about."""
    found = []
    if case.next_deadline_on is not None and case.next_deadline_on < on:
        found.append((OVERDUE, case.next_deadline_on))
    elif case.next_deadline_on is not None and case.next_act is Act.PAYMENT:
        found.append((FEE, case.next_deadline_on))
    if case.state is CaseState.DEFICIENT and case.deficit_at is not None:
        times = (on - case.deficit_at.date()) // AFTER_A_NOTICE
        if times:
            found.append((SUPPLY, case.deficit_at.date() + times * AFTER_A_NOTICE))
    found += [(EXPIRY, row.expires_on) for row in expiring(case.papers, on=on) if row.expires_on is not None]
    return found


def _send(session: Session, case: RecognitionCase, login: str, subject: str, due: date) -> bool:
    """Whether this letter was new; it is queued with its row, so that neither is there without the other."""
    row = insert(RecognitionReminder).values(case_id=case.id, subject=subject, due_on=due, sent_at=now())
    new = session.execute(row.on_conflict_do_nothing().returning(RecognitionReminder.case_id)).first()
    if new is None:
        return False
    letters = [(login, *LETTERS[subject])]
    if subject == OVERDUE:
        letters += [(address, *TO_OFFICERS) for address in addresses_to_act(session, case)]
    values = {"reference": case.reference, "due": due.isoformat()}
    for recipient, title, body in letters:
        send_later(session, recipient=recipient, subject=title, body=body.format(**values))
    return True


def addresses_to_act(session: Session, case: RecognitionCase) -> list[str]:
    """Where the officers read letters who are to act now: the authority's, or those of whoever acts for the worker.

    The fee is the candidate's to pay. The office for foreigners has no account here: the employer asks it.
    """
    if case.next_act is Act.PAYMENT:
        return []
    office_id = case.acting_id if case.next_act is Act.INVITE_EMPLOYER else case.organisation_id
    return officers_addresses(session, office_id) if office_id else []
