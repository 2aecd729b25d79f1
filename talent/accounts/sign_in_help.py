"""Helping somebody back in who has no e-mail address, or has lost every second step: it takes two people.

One makes sure who the person is and asks; another one agrees and reads out a code, which opens once.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.factor_models import CodeKind, IdentityCheck, SignInHelp
from talent.accounts.logins import folded_login
from talent.accounts.models import Account
from talent.accounts.new_passwords import keep_code
from talent.accounts.permissions import INVITED_BY, Permission, Role
from talent.accounts.recovery_codes import new_code
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_

WAITS = timedelta(hours=24)
NOBODY = N_(
    "There is no account with this e-mail address or mobile number that you may help. Check it with the person."
)
SAME_PERSON = N_("You asked for this help yourself. A second person has to agree.")
ANSWERED = N_("This request was answered or is too old. Ask anew.")


def may_help(actor: Actor, role: Role) -> bool:
    """Whether the actor may help somebody of this role: candidates, and whomever the actor may invite."""
    return actor.has(Permission.SIGN_IN_HELP) and (role is Role.CANDIDATE or role in INVITED_BY.get(actor.role, ()))


def ask(session: Session, actor: Actor, *, login: str, checked: IdentityCheck) -> SignInHelp:
    """A request to help this person; the actor has made sure who it is.

    Raises:
        NotPermitted: the actor may help nobody.
        NotFound: there is no such account that the actor may help.
        Unprocessable: the login is neither an address nor a number.
    """
    actor.require(Permission.SIGN_IN_HELP)
    with within(session, SystemContext.SIGN_IN):
        return _ask(session, actor, folded_login(login), checked)


def _ask(session: Session, actor: Actor, login: str, checked: IdentityCheck) -> SignInHelp:
    account = session.scalar(select(Account).where(Account.login == login, Account.suspended_at.is_(None)))
    if account is None or account.id == actor.id or not may_help(actor, account.role):
        raise NotFound(NOBODY)
    moment = now()
    made = SignInHelp(
        account_id=account.id, checked=checked, asked_by=actor.id, asked_at=moment, expires_at=moment + WAITS
    )
    session.add(made)
    session.flush()
    return made


def waiting(session: Session, actor: Actor) -> Sequence[tuple[SignInHelp, Account]]:
    """The requests that wait for an answer and that this actor may know, oldest first.

    Raises:
        NotPermitted: the actor may help nobody.
    """
    actor.require(Permission.SIGN_IN_HELP)
    query = (
        select(SignInHelp, Account)
        .join(Account, Account.id == SignInHelp.account_id)
        .where(SignInHelp.answered_at.is_(None), SignInHelp.expires_at > now())
        .order_by(SignInHelp.asked_at, SignInHelp.id)
    )
    with within(session, SystemContext.SIGN_IN):
        rows = session.execute(query).all()
    return [(request, account) for request, account in rows if may_help(actor, account.role)]


def answer(session: Session, actor: Actor, request_id: UUID, *, agreed: bool) -> str:
    """The code to read out, when a second person agrees; empty when they refuse.

    Raises:
        NotPermitted: the actor may help nobody, or asked for this help.
        NotFound: there is no such request that the actor may know.
        Conflict: it was answered, or is too old.
    """
    actor.require(Permission.SIGN_IN_HELP)
    with within(session, SystemContext.SIGN_IN):
        return _answer(session, actor, request_id, agreed)


def _answer(session: Session, actor: Actor, request_id: UUID, agreed: bool) -> str:
    found = session.execute(
        select(SignInHelp, Account)
        .join(Account, Account.id == SignInHelp.account_id)
        .where(SignInHelp.id == request_id)
        .with_for_update(of=SignInHelp)
    ).first()
    if found is None or not may_help(actor, found[1].role) or found[1].id == actor.id:
        raise NotFound
    request, account = found
    if request.answered_at is not None or now() >= request.expires_at:
        raise Conflict(ANSWERED)
    if request.asked_by == actor.id:
        raise NotPermitted(SAME_PERSON)
    request.answered_by, request.answered_at, request.agreed = actor.id, now(), agreed
    session.flush()
    if not agreed:
        return ""
    code = new_code()
    keep_code(session, account.id, code, CodeKind.HELP)
    return code
