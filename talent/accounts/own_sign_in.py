"""What somebody changes about their own sign-in: the password, the second step, who else is signed in."""

from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts import authenticator_apps, passkeys, second_steps, sessions, signin
from talent.accounts.models import Account
from talent.accounts.passwords import checked_password, hash_password, shortest_for
from talent.accounts.throttle import Visit
from talent.foundation.crypto import Key


def prove(session: Session, key: Key, account: Account, *, password: str, code: str, visit: Visit) -> None:
    """Nothing, when password and, where there is a second step, code are right; failures are counted and kept.

    Raises:
        NotPermitted: one of them is wrong.
        TooMany: too many were.
    """
    signin.sign_in(session, login=account.login, password=password, device=visit.device, network=visit.network)
    if second_steps.factors_of(session, account).count:
        second_steps.check_code(session, key, account, code, visit)


def change_password(session: Session, account: Account, *, current: str, chosen: str, visit: Visit, token: str) -> None:
    """Take a new password; every other session of the account ends.

    Raises:
        NotPermitted: the current password is wrong.
        TooMany: it was wrong too often.
        Unprocessable: the new one is too short, too long or a guess.
    """
    signin.sign_in(session, login=account.login, password=current, device=visit.device, network=visit.network)
    set_password(session, account, chosen)
    sessions.end_sessions_of(session, account.id, but=token)


def set_password(session: Session, account: Account, chosen: str) -> None:
    """Write the hash of a new password.

    Raises:
        Unprocessable: it is too short, too long or a guess.
    """
    good = checked_password(chosen, login=account.login, shortest=shortest_for(account.role))
    account.password_hash = hash_password(good)
    session.flush()


def remove_app(session: Session, account: Account, *, token: str) -> None:
    """End the authenticator app, and every other session.

    Raises:
        Unprocessable: it is the last second step of somebody who needs one.
    """
    authenticator_apps.remove(session, account.id)
    _after_removal(session, account, token)


def remove_passkey(session: Session, account: Account, passkey_id: UUID, *, token: str) -> None:
    """Forget one passkey, and end every other session.

    Raises:
        NotFound: the account has no such passkey.
        Unprocessable: it is the last second step of somebody who needs one.
    """
    passkeys.remove(session, account, passkey_id)
    _after_removal(session, account, token)


def _after_removal(session: Session, account: Account, token: str) -> None:
    second_steps.refuse_without(session, account)
    second_steps.tidy_codes(session, account)
    sessions.end_sessions_of(session, account.id, but=token)
