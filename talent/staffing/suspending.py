"""Suspending an account and letting it in again: with a reason, every session ends at once, nothing is removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.logins import folded_login
from talent.accounts.models import Account
from talent.accounts.permissions import INVITED_BY, Permission, Role
from talent.accounts.sessions import end_sessions_of
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.errors import NotFound
from talent.foundation.row_context import SystemContext, within
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.staffing.service import held_with_administrators, role_was_taken
from talent.staffing.states import ACCOUNT, AccountAction, AccountFacts, AccountState

NOBODY = N_("There is no account with this e-mail address or mobile number that you may suspend.")
MOST_SHOWN = 200


@dataclass
class Standing:
    """An account as a case: whether it may sign in."""

    id: UUID
    state: AccountState


def standing_of(account: Account) -> Standing:
    """The account as a case."""
    return Standing(account.id, AccountState.ACTIVE if account.suspended_at is None else AccountState.SUSPENDED)


def may_suspend(actor: Actor, role: Role) -> bool:
    """Whether the actor suspends accounts of this role: candidates, and whomever the actor may invite."""
    return actor.has(Permission.ACCOUNT_SUSPEND) and (role is Role.CANDIDATE or role in INVITED_BY.get(actor.role, ()))


def find(session: Session, actor: Actor, login: str) -> Account:
    """The account of this login, for whoever knows it from the person; nobody can leaf through accounts.

    Raises:
        NotPermitted: the actor may suspend nobody.
        NotFound: there is no such account that the actor may suspend.
    """
    actor.require(Permission.ACCOUNT_SUSPEND)
    with within(session, SystemContext.SIGN_IN):
        account = session.scalar(select(Account).where(Account.login == folded_login(login)))
    if account is None or not may_suspend(actor, account.role):
        raise NotFound(NOBODY)
    return account


def get_account(session: Session, actor: Actor, account_id: UUID) -> Account:
    """One account that the actor may suspend; the look at it is written down.

    Raises:
        NotPermitted: the actor may suspend nobody.
        NotFound: there is no such account that the actor may suspend.
    """
    actor.require(Permission.ACCOUNT_SUSPEND)
    with within(session, SystemContext.SIGN_IN):
        account = session.scalar(select(Account).where(Account.id == account_id))
    if account is None or not may_suspend(actor, account.role):
        raise NotFound
    audit.record(session, actor, Deed("account.read", "account", str(account.id), account.id, ("login",)))
    return account


def suspended(session: Session, actor: Actor) -> Sequence[Account]:
    """The suspended accounts about which the actor decides, the newest suspension first.

    Raises:
        NotPermitted: the actor may suspend nobody.
    """
    actor.require(Permission.ACCOUNT_SUSPEND)
    kept_out = select(Account).where(Account.suspended_at.is_not(None))
    with within(session, SystemContext.SIGN_IN):
        rows = session.scalars(kept_out.order_by(Account.suspended_at.desc(), Account.id).limit(MOST_SHOWN)).all()
    return [account for account in rows if may_suspend(actor, account.role)]


def account_journal(session: Session, account: Account) -> list[CaseEvent]:
    """When the account was suspended and let in again, by whom and why, oldest first."""
    return journal(session, ACCOUNT, account.id)


def reason_of(session: Session, account_id: UUID) -> str:
    """Why the account is suspended, as its holder reads it; empty when nobody wrote it down."""
    lines = journal(session, ACCOUNT, account_id)
    return lines[-1].note if lines and lines[-1].to_state == AccountState.SUSPENDED else ""


def decide(session: Session, actor: Actor, account: Account, action: AccountAction, *, reason: str) -> CaseEvent:
    """Suspend the account or let it in again; with a suspension every session of it ends.

    Raises:
        NotPermitted: the actor may not suspend this account.
        NotFound: the actor may not know it.
        Conflict, Unprocessable: as ``take_step``.
    """
    actor.require(Permission.ACCOUNT_SUSPEND)
    if not may_suspend(actor, account.role):
        raise NotFound
    with within(session, SystemContext.SIGN_IN):
        held, administrators = held_with_administrators(session, account.id)
    facts = AccountFacts(
        has_reason=bool(clean(reason)),
        is_own=account.id == actor.id,
        leaves_an_administrator=bool(administrators) or held.role is not Role.ADMINISTRATOR,
        role_was_taken=role_was_taken(session, account.id),
    )
    event = take_step(session, actor, standing_of(held), ACCOUNT, action, facts, note=clean(reason))
    with within(session, SystemContext.SIGN_IN):
        held.suspended_at = event.at if action is AccountAction.SUSPEND else None
        session.flush()
        end_sessions_of(session, held.id)
    return event
