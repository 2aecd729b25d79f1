"""How long things are kept, as rows, and the night's work that follows them: warn first, erase later."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from talent.accounts.models import Account, SignInSession
from talent.accounts.permissions import Role
from talent.erasure import erase
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now, today
from talent.foundation.mail import send_later
from talent.foundation.settings import Settings
from talent.foundation.words import N_
from talent.matching.lengths import CHANGES_KEPT
from talent.matching.models import ListChange, ListEnd, MatchInput, MatchRun, SubjectKind, SubjectVector, Suggestion
from talent.profiles.consent import standing
from talent.profiles.models import ConsentPurpose, Profile, RetentionNotice
from talent.profiles.statistics import StatisticsAnswer


@dataclass(frozen=True)
class Rule:
    """How long something is kept; ``source`` is a row of docs/sources.md."""

    what: str
    kept: timedelta
    source: str
    warned_before: timedelta = timedelta(0)


UNUSED_ACCOUNT: Final = Rule(
    N_("An account that its candidate does not use"), timedelta(days=730), "S-OWN-7", timedelta(days=60)
)
RANKINGS: Final = Rule(N_("The log of a ranking that no list shows any more"), timedelta(days=730), "S-OWN-7")
SIGN_IN_TRACES: Final = Rule(N_("Failed tries to sign in, and prints of used forms"), timedelta(days=1), "S-OWN-7")
RULES: Final = (UNUSED_ACCOUNT, RANKINGS, SIGN_IN_TRACES)

SIGNED_IN: Final = "sign_in_session.add"
SUBJECT: Final = "Your account will be deleted – آپ کا اکاؤنٹ حذف کر دیا جائے گا"
BODY: Final = (
    "You have not used the Talent Partnership service for a long time. On {day} we delete your account and everything\n"
    "in it. To keep it, sign in before that day. There is nothing else to do.\n\n"
    "آپ نے کافی عرصے سے ٹیلنٹ پارٹنرشپ سروس استعمال نہیں کی۔ {day} کو ہم آپ کا اکاؤنٹ اور اس کی ہر چیز حذف کر دیں گے۔\n"
    "اگر آپ اسے رکھنا چاہتے ہیں تو اس دن سے پہلے سائن ان کریں۔ اور کچھ کرنے کی ضرورت نہیں۔\n"
)


def keep_the_rules(session: Session, settings: Settings) -> dict[str, int]:
    """How many people were warned, how many were erased because nobody came back, and how many rankings went."""
    forget_notices_of_those_who_came_back(session)
    unused, gone = unused_without_notice(session), due(session)
    for account_id in gone:
        erase(session, settings, account_id, reason="retention")
    for account_id, login in unused:
        warn(session, account_id, login)
    forget_what_hangs_on_nobody(session)
    session.execute(delete(StatisticsAnswer).where(~standing(ConsentPurpose.STATISTICS, StatisticsAnswer.account_id)))
    session.execute(delete(ListChange).where(ListChange.at < now() - CHANGES_KEPT))
    old = delete(MatchRun).where(
        MatchRun.at < now() - RANKINGS.kept, ~exists(select(Suggestion.run_id).where(Suggestion.run_id == MatchRun.id))
    )
    runs = session.execute(old.returning(MatchRun.id)).all()
    return {"warned": len(unused), "erased": len(gone), "rankings": len(runs)}


def forget_what_hangs_on_nobody(session: Session) -> None:
    """Remove vectors, inputs and ends that a ranking which ran during an erasure may have stored again."""
    profiles = select(Profile.id)
    for table in (SubjectVector, MatchInput, ListEnd):
        orphans = delete(table).where(table.subject_kind == SubjectKind.PROFILE, table.subject_id.not_in(profiles))
        session.execute(orphans)


def used_since(moment: Any) -> ColumnElement[bool]:
    """The condition that a candidate did anything since: began, changed the profile, signed in, or any deed."""
    return or_(
        Account.created_at > moment,
        exists(select(Profile.id).where(Profile.account_id == Account.id, Profile.changed_at > moment)),
        exists(
            select(SignInSession.token_hash).where(
                SignInSession.account_id == Account.id, SignInSession.last_seen_at > moment
            )
        ),
        exists(select(AuditEntry.position).where(AuditEntry.actor_id == Account.id, AuditEntry.at > moment)),
        exists(
            select(AuditEntry.position).where(
                AuditEntry.subject_id == Account.id, AuditEntry.action == SIGNED_IN, AuditEntry.at > moment
            )
        ),
    )


def unused_without_notice(session: Session) -> list[tuple[UUID, str]]:
    """Candidates who have not come for so long that they must be warned, and were not."""
    since = now() - UNUSED_ACCOUNT.kept + UNUSED_ACCOUNT.warned_before
    warned = exists(select(RetentionNotice.account_id).where(RetentionNotice.account_id == Account.id))
    rows = select(Account.id, Account.login).where(Account.role == Role.CANDIDATE, ~used_since(since), ~warned)
    return [(account_id, login) for account_id, login in session.execute(rows)]


def warn(session: Session, account_id: UUID, login: str) -> None:
    """Say on which day the account will be erased; a telephone number reads it at the next sign-in."""
    day = today() + UNUSED_ACCOUNT.warned_before
    session.add(RetentionNotice(account_id=account_id, warned_at=now(), due_on=day))
    session.flush()
    send_later(session, recipient=login, subject=SUBJECT, body=BODY.format(day=day.isoformat()))


def forget_notices_of_those_who_came_back(session: Session) -> None:
    """Whoever used the account since the warning keeps it."""
    back = select(Account.id).where(Account.id == RetentionNotice.account_id, used_since(RetentionNotice.warned_at))
    session.execute(delete(RetentionNotice).where(exists(back)))


def due(session: Session) -> list[UUID]:
    """Accounts whose day has come."""
    return list(session.scalars(select(RetentionNotice.account_id).where(RetentionNotice.due_on <= today())))
