"""Signing in, with throttles that never lock out the thousands who share one mobile address."""

from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.logins import folded_login
from talent.accounts.models import Account, SignInFailure
from talent.accounts.passwords import is_password
from talent.foundation.clock import now
from talent.foundation.errors import NotPermitted, TooMany, Unprocessable
from talent.foundation.words import N_, Sentence

WINDOW = timedelta(minutes=15)
ALLOWED_FAILURES = {"account": 10, "device": 20, "network": 500}
WRONG = N_("The e-mail address or phone number and the password do not fit together. Check both and try again.")


def throttle_keys(login: str, device: str, network: str) -> dict[str, str]:
    """One counter key each for the account, the device and the network prefix (/24 or /48)."""
    try:
        prefix = str(ip_network((network, 24 if ip_address(network).version == 4 else 48), strict=False))
    except ValueError:
        prefix = "unknown"
    raw = {"account": login, "device": device, "network": prefix}
    return {kind: f"{kind}:{sha256(value.encode()).hexdigest()[:32]}" for kind, value in raw.items() if value}


def refuse_when_throttled(session: Session, keys: dict[str, str]) -> None:
    """Nothing, while fewer tries failed in the window than each key allows.

    Raises:
        TooMany: one key has used up its tries.
    """
    since = now() - WINDOW
    failures = dict(
        session.execute(
            select(SignInFailure.key, func.count())
            .where(SignInFailure.key.in_(keys.values()), SignInFailure.at > since)
            .group_by(SignInFailure.key)
        ).all()
    )
    if any(failures.get(key, 0) >= ALLOWED_FAILURES[kind] for kind, key in keys.items()):
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooMany(Sentence(N_("Too many tries. Wait {minutes} minutes and try again."), {"minutes": minutes}))


def sign_in(session: Session, *, login: str, password: str, device: str, network: str) -> Account:
    """The account that login and password belong to.

    A failure is counted by adding rows: the caller commits them although this raises.

    Raises:
        NotPermitted: they do not fit together; the same sentence whether or not the account exists.
        TooMany: account, device or network used up its tries.
    """
    try:
        folded = folded_login(login)
    except Unprocessable:
        folded = login.strip().casefold()[:254]
    keys = throttle_keys(folded, device, network)
    refuse_when_throttled(session, keys)
    account = session.scalar(select(Account).where(Account.login == folded))
    if not is_password(password, account.password_hash if account else None) or account is None:
        session.add_all(SignInFailure(key=key, at=now()) for key in keys.values())
        session.flush()
        raise NotPermitted(WRONG)
    return account
