"""The first step of signing in: login and password, with one answer for every failure."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.logins import folded_login
from talent.accounts.models import Account
from talent.accounts.passwords import is_password, stronger_hash
from talent.accounts.standing import KeptOut
from talent.accounts.throttle import Visit, count_failure, is_known_device, refuse_when_throttled, throttle_keys
from talent.foundation.audit import Deed, write
from talent.foundation.errors import NotPermitted, Unprocessable
from talent.foundation.words import N_

WRONG = N_("The e-mail address or phone number and the password do not fit together. Check both and try again.")


def login_as_typed(text: str) -> str:
    """The login in its one spelling; whatever cannot be one is kept, so that it is counted like any other."""
    try:
        return folded_login(text)
    except Unprocessable:
        return text.strip().casefold()[:254]


def password_keys(session: Session, login: str, visit: Visit) -> dict[str, str]:
    """The counters of tries for a password, for this login from this browser."""
    known = is_known_device(session, login, visit.device)
    return throttle_keys(login, visit.device, visit.network, known=known)


def refuse_guesses(session: Session, *, login: str, visit: Visit) -> None:
    """Nothing, while this browser and network have not guessed too often; asked before an account is made.

    Raises:
        TooMany: they have; whether or not the login has an account.
    """
    refuse_when_throttled(session, password_keys(session, login_as_typed(login), visit))


def sign_in(session: Session, *, login: str, password: str, device: str, network: str) -> Account:
    """The account that login and password belong to; whether a second step follows is asked afterwards.

    A failure is counted by adding rows: the caller commits them although this raises.

    Raises:
        NotPermitted: they do not fit together; the same sentence whether or not the account exists.
        KeptOut: they fit together, and the account is suspended.
        TooMany: account, device or network used up its tries.
    """
    folded = login_as_typed(login)
    keys = password_keys(session, folded, Visit(device, network))
    refuse_when_throttled(session, keys)
    account = session.scalar(select(Account).where(Account.login == folded))
    fits = is_password(password, account.password_hash if account else None)
    if fits and account is not None and account.suspended_at is not None:
        write(session, [Deed("sign_in.refused", "account", str(account.id), account.id, reason="suspended")])
        raise KeptOut(account.id)
    if not fits or account is None:
        count_failure(session, keys)
        write(session, [Deed("sign_in.refused", "account", subject_id=account.id if account else None)])
        raise NotPermitted(WRONG)
    account.password_hash = stronger_hash(password, account.password_hash)
    return account
