"""Codes of six digits that an app on the phone shows for thirty seconds (RFC 6238).

A code counts once: the newest step that was used is kept, and only a newer one is taken. The clock of a phone may be
one step fast or slow.
"""

import hmac
from uuid import UUID

import pyotp
from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.factor_models import AuthenticatorApp
from talent.accounts.models import Account
from talent.foundation.clock import now
from talent.foundation.crypto import Key, Place, derive, seal, unseal
from talent.foundation.errors import Unprocessable
from talent.foundation.settings import Settings
from talent.foundation.text import fold
from talent.foundation.words import N_

STEP_S = 30
DIGITS = 6
DRIFT_STEPS = 1
ISSUER = "Talent Partnership"
WRONG_CODE = N_(
    "This code does not fit. Type the six digits that your app shows now, and check that the phone's clock is right."
)


def factor_key(settings: Settings) -> Key:
    """The key that seals the secrets of second factors, made from the installation's secret key."""
    assert settings.secret_key is not None  # load_settings() puts one in place
    return Key("factors1", derive(settings.secret_key.get_secret_value().encode(), "second factors"))


def new_secret() -> str:
    """A secret of 160 random bits in base 32, to be shown to its holder once."""
    return pyotp.random_base32()


def setting_up(key: Key, account_id: UUID, secret: str) -> str:
    """A secret on its way through a form: readable for this service and this account only."""
    return seal(key, secret, Place("authenticator_app", "setting_up", account_id))


def set_up_secret(key: Key, account_id: UUID, sealed: str) -> str:
    """The secret that came back through the form.

    Raises:
        DoesNotOpen: it was changed, or belongs to another account.
    """
    return unseal(key, sealed, Place("authenticator_app", "setting_up", account_id))


def address_of(account: Account, secret: str) -> str:
    """What the picture for the app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=ISSUER)


def present_step() -> int:
    """The number of the present thirty seconds since 1970."""
    return int(now().timestamp()) // STEP_S


def code_at(secret: str, step: int) -> str:
    """The code of one step."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_S).generate_otp(step)


def step_of(secret: str, code: str) -> int | None:
    """The step that this code belongs to, at most one away from the present one; None when it belongs to none."""
    typed = fold(code).replace(" ", "")
    present = present_step()
    steps = range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1)
    fitting = [step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), typed.encode())]
    return max(fitting, default=None)


def add(session: Session, key: Key, account: Account, *, secret: str, code: str) -> None:
    """Keep the secret of an app that has just shown the right code; an older app of this account ends.

    Raises:
        Unprocessable: the code does not fit.
    """
    step = step_of(secret, code)
    if step is None:
        raise Unprocessable(WRONG_CODE)
    keep(session, key, account.id, secret, last_step=step)


def keep(session: Session, key: Key, account_id: UUID, secret: str, *, last_step: int = 0) -> None:
    """Write the sealed secret of an account's app."""
    sealed = seal(key, secret, Place("authenticator_app", "sealed_secret", account_id))
    values = {"sealed_secret": sealed, "last_step": last_step, "created_at": now()}
    row = insert(AuthenticatorApp).values(account_id=account_id, **values)
    session.execute(row.on_conflict_do_update(index_elements=[AuthenticatorApp.account_id], set_=values))


def accept(session: Session, key: Key, account_id: UUID, code: str) -> bool:
    """Whether the code is the app's and newer than the last one that was used; it is used up by this."""
    sealed = session.scalar(select(AuthenticatorApp.sealed_secret).where(AuthenticatorApp.account_id == account_id))
    if sealed is None:
        return False
    step = step_of(unseal(key, sealed, Place("authenticator_app", "sealed_secret", account_id)), code)
    if step is None:
        return False
    newer = (AuthenticatorApp.account_id == account_id, AuthenticatorApp.last_step < step)
    used = update(AuthenticatorApp).where(*newer).values(last_step=step).returning(AuthenticatorApp.account_id)
    return session.execute(used).first() is not None


def has_app(session: Session, account_id: UUID) -> bool:
    """Whether the account has an authenticator app."""
    return bool(session.scalar(select(exists().where(AuthenticatorApp.account_id == account_id))))


def remove(session: Session, account_id: UUID) -> None:
    """End the account's authenticator app."""
    session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.account_id == account_id))
