"""The second step of signing in: what a person has for it, who needs it, and whether what was typed is right."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts import authenticator_apps, recovery_codes
from talent.accounts.factor_models import Passkey
from talent.accounts.models import Account, SignInStage
from talent.accounts.permissions import NEEDS_SECOND_STEP
from talent.accounts.throttle import (
    Visit,
    count_failure,
    is_known_device,
    refuse_when_throttled,
    throttle_keys,
)
from talent.foundation.audit import Deed, write
from talent.foundation.crypto import Key
from talent.foundation.errors import NotPermitted, Unprocessable
from talent.foundation.words import N_

WRONG = N_("This code does not fit, or was used before. Wait for the next one and type it.")
LAST_ONE = N_("Your work needs a second step. Add another one first, then remove this one.")


@dataclass(frozen=True)
class Factors:
    """What somebody can use for the second step."""

    has_app: bool
    passkeys: Sequence[Passkey]
    codes_left: int

    @property
    def count(self) -> int:
        """How many there are; recovery codes are for emergencies and do not count."""
        return int(self.has_app) + len(self.passkeys)


def factors_of(session: Session, account: Account) -> Factors:
    """What this account has for the second step."""
    passkeys = select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.created_at, Passkey.id)
    return Factors(
        authenticator_apps.has_app(session, account.id),
        session.scalars(passkeys).all(),
        recovery_codes.left(session, account.id),
    )


def stage_after_password(session: Session, account: Account) -> SignInStage:
    """What follows the right password: the second step, setting one up, or nothing more."""
    if factors_of(session, account).count:
        return SignInStage.SECOND_STEP
    return SignInStage.SET_UP if account.role in NEEDS_SECOND_STEP else SignInStage.FULL


def code_keys(session: Session, account: Account, visit: Visit) -> dict[str, str]:
    """The counters of tries for a code."""
    known = is_known_device(session, account.login, visit.device)
    return throttle_keys(f"code|{account.id}", visit.device, visit.network, known=known, kind="code")


def check_code(session: Session, key: Key, account: Account, code: str, visit: Visit) -> None:
    """Nothing, when the code is the app's present one or a recovery code that was not used; it is used up.

    A failure is counted by adding rows: the caller commits them although this raises.

    Raises:
        NotPermitted: the code does not fit.
        TooMany: too many codes were wrong.
    """
    keys = code_keys(session, account, visit)
    refuse_when_throttled(session, keys)
    fits = authenticator_apps.accept(session, key, account.id, code) or recovery_codes.accept(session, account.id, code)
    if not fits:
        count_failure(session, keys)
        write(session, [Deed("second_step.refused", "account", str(account.id), account.id)])
        raise NotPermitted(WRONG)


def refuse_without(session: Session, account: Account) -> None:
    """Nothing, while the account has what its role needs; asked after something was taken away.

    Raises:
        Unprocessable: the last second step of somebody who needs one is gone; the caller's transaction is not kept.
    """
    if account.role in NEEDS_SECOND_STEP and not factors_of(session, account).count:
        raise Unprocessable(LAST_ONE)


def tidy_codes(session: Session, account: Account) -> None:
    """End the recovery codes of somebody who has no second step any more."""
    if not factors_of(session, account).count:
        recovery_codes.remove(session, account.id)
