"""How often somebody may try: counted by account, known device, device and network prefix.

Thousands share one mobile address, so an address alone never shuts anybody out. A browser in which the account has
signed in before has counters of its own: whoever guesses elsewhere cannot lock the holder out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.factor_models import FailureStreak, KnownDevice
from talent.accounts.models import Account, SignInFailure
from talent.foundation.clock import now
from talent.foundation.errors import TooMany
from talent.foundation.words import N_, Sentence

WINDOW = timedelta(minutes=15)
ALLOWED_FAILURES: Mapping[str, int] = {
    "account": 10,
    "known": 10,
    "code": 5,
    "letter": 3,
    "device": 20,
    "network": 500,
    "letters": 500,
    "application": 3,
    "applications": 50,
    "claim": 10,
    "report": 3,
    "reports": 50,
}
"""Failures, or letters asked for, of one counter within the window; the next try is refused."""
IN_A_ROW = frozenset({"account", "known", "code"})
LONGEST_STREAK = 100
"""Failures in a row, however slow, after which only a new password helps (S-NIST, section 3.2.2)."""
STREAKS_KEPT = timedelta(days=90)
PREFIX_BITS = {4: 24, 6: 48}
WAIT = N_("Too many tries. Wait {minutes} minutes and try again.")
CHOOSE_ANEW = N_(
    "Too many tries. Choose a new password with “I forgot my password”, or try from a phone you used before."
)


def network_prefix(address: str) -> str:
    """The network that an address belongs to, a /24 or a /48; "unknown" when it is no address."""
    try:
        return str(ip_network((address, PREFIX_BITS[ip_address(address).version]), strict=False))
    except ValueError:
        return "unknown"


def hashed(value: str) -> str:
    """The SHA-256 of a value, in hexadecimal."""
    return sha256(value.encode()).hexdigest()


@dataclass(frozen=True)
class Visit:
    """Where a try comes from: the browser's random name, its network address and what it says it is."""

    device: str
    network: str
    browser: str = ""

    @property
    def prefix(self) -> str:
        """The network prefix."""
        return network_prefix(self.network)


def throttle_keys(subject: str, device: str, network: str, *, known: bool = False, kind: str = "") -> dict[str, str]:
    """One counter key each, by what it counts; ``kind`` keeps the counters of codes apart from those of passwords."""
    own = kind or ("known" if known else "account")
    raw = {
        own: f"{subject}|{device}" if known else subject,
        "device": device,
        "network": network_prefix(network),
    }
    return {name: f"{name}:{hashed(value)[:32]}" for name, value in raw.items() if value}


def is_known_device(session: Session, login: str, device: str) -> bool:
    """Whether the account of this login has signed in completely in this browser."""
    query = exists().where(
        KnownDevice.account_id == Account.id, Account.login == login, KnownDevice.device_hash == hashed(device)
    )
    return bool(session.scalar(select(query)))


def refuse_when_throttled(session: Session, keys: Mapping[str, str]) -> None:
    """Nothing, while fewer tries failed than each counter allows.

    Raises:
        TooMany: a counter is used up; the sentence says what to do.
    """
    failures = dict(
        session.execute(
            select(SignInFailure.key, func.count())
            .where(SignInFailure.key.in_(keys.values()), SignInFailure.at > now() - WINDOW)
            .group_by(SignInFailure.key)
        ).all()
    )
    streak = session.scalar(select(func.max(FailureStreak.failures)).where(FailureStreak.key.in_(streak_keys(keys))))
    if (streak or 0) >= LONGEST_STREAK:
        raise TooMany(CHOOSE_ANEW)
    if any(failures.get(key, 0) >= ALLOWED_FAILURES[kind] for kind, key in keys.items()):
        raise TooMany(Sentence(WAIT, {"minutes": int(WINDOW.total_seconds() // 60)}))


def streak_keys(keys: Mapping[str, str]) -> list[str]:
    """The counters that belong to one person alone, which count failures in a row and start anew after a success."""
    return [key for kind, key in keys.items() if kind in IN_A_ROW]


def count_failure(session: Session, keys: Mapping[str, str]) -> None:
    """Count one failed try; the caller commits it although the try is refused."""
    moment = now()
    session.add_all(SignInFailure(key=key, at=moment) for key in keys.values())
    session.flush()
    for key in streak_keys(keys):
        row = insert(FailureStreak).values(key=key, failures=1, last_at=moment)
        more = {"failures": FailureStreak.failures + 1, "last_at": moment}
        session.execute(row.on_conflict_do_update(index_elements=[FailureStreak.key], set_=more))


def begin_anew(session: Session, keys: Mapping[str, str]) -> None:
    """Forget the failures of this person's own counters, after a success or a new password."""
    own = streak_keys(keys)
    session.execute(delete(SignInFailure).where(SignInFailure.key.in_(own)))
    session.execute(delete(FailureStreak).where(FailureStreak.key.in_(own)))
