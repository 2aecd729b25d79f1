"""Asking a signed-in person for the password again, before what cannot be undone: phones are shared in families."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.passwords import is_password
from talent.accounts.throttle import count_failure, refuse_when_throttled, throttle_keys
from talent.foundation.row_context import SystemContext, within


def confirmed(session: Session, actor: Actor, password: str) -> bool:
    """Whether this is the actor's own password; a wrong one is counted like a failed sign-in.

    Raises:
        TooMany: the account used up its tries.
    """
    with within(session, SystemContext.SIGN_IN):
        return _fits(session, actor, password)


def _fits(session: Session, actor: Actor, password: str) -> bool:
    account = session.execute(select(Account.login, Account.password_hash).where(Account.id == actor.id)).one()
    keys = {"account": throttle_keys(account.login, "", "")["account"]}
    refuse_when_throttled(session, keys)
    if is_password(password, account.password_hash):
        return True
    count_failure(session, keys)
    return False
