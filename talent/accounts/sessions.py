"""Server-side sign-in sessions: the cookie holds a random token, the database its hash.

A session has a stage. Until it is ``FULL`` it opens nothing but the second step, or the page that sets one up. Each
step gives a new token, so that nobody can plant one beforehand.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation, SignInSession, SignInStage
from talent.accounts.permissions import NEEDS_SECOND_STEP, Role
from talent.accounts.standing import READ_ONLY
from talent.foundation.clock import now
from talent.foundation.errors import NotFound


@dataclass(frozen=True)
class Limits:
    """How long a session lives: without a request, and at most."""

    idle: timedelta
    longest: timedelta


STAFF_LIMITS = Limits(idle=timedelta(minutes=30), longest=timedelta(hours=12))
CANDIDATE_LIMITS = Limits(idle=timedelta(minutes=60), longest=timedelta(hours=24))
HALF_LIMITS = Limits(idle=timedelta(minutes=15), longest=timedelta(minutes=30))
"""While the second step is still to come, or is being set up."""
LIMITS: Mapping[Role, Limits] = {role: STAFF_LIMITS if role in NEEDS_SECOND_STEP else CANDIDATE_LIMITS for role in Role}
SEEN_EVERY = timedelta(minutes=1)
FRESH = timedelta(minutes=15)
"""How long after a proof the way of signing in may be changed without another one (S-ASVS, 7.5.1)."""


@dataclass(frozen=True)
class Holder:
    """Who holds a session, and how far signing in has come."""

    account: Account
    session: SignInSession
    may_only_read: bool = False

    @property
    def stage(self) -> SignInStage:
        """How far signing in has come."""
        return self.session.stage

    @property
    def actor(self) -> Actor:
        """The holder, as they act once signed in."""
        account = self.account
        return Actor(
            account.id, account.role, account.name, account.organisation_id, account.language, self.may_only_read
        )

    @property
    def is_fresh(self) -> bool:
        """Whether the holder has proved a moment ago who they are."""
        proved = self.session.proved_at
        return proved is not None and now() < proved + FRESH


def token_hash(token: str) -> str:
    """The SHA-256 under which a token is stored, in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def limits_of(role: Role, stage: SignInStage) -> Limits:
    """How long a session of this role lives at this stage."""
    return LIMITS[role] if stage is SignInStage.FULL else HALF_LIMITS


def open_session_for(
    session: Session,
    account: Account,
    *,
    device: str,
    stage: SignInStage = SignInStage.FULL,
    network: str = "",
    then: str = "",
) -> str:
    """A new token for this account; ``device`` is the browser in words, ``network`` its prefix."""
    token = secrets.token_urlsafe(32)
    moment = now()
    session.add(
        SignInSession(
            token_hash=token_hash(token),
            account_id=account.id,
            stage=stage,
            role=account.role,
            device=device[:200],
            network=network[:50],
            then=then[:500],
            created_at=moment,
            last_seen_at=moment,
            expires_at=moment + limits_of(account.role, stage).longest,
            proved_at=moment,
        )
    )
    session.flush()
    return token


def holder_of(session: Session, token: str) -> Holder | None:
    """Who holds this token; nobody, when it is unknown, too old, idle for too long or made for another role.

    A suspended account holds nothing.
    """
    row = session.execute(
        select(SignInSession, Account, Organisation.state)
        .join(Account, Account.id == SignInSession.account_id)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .where(SignInSession.token_hash == token_hash(token))
    ).first()
    if row is None:
        return None
    sign_in, account, standing = row
    moment = now()
    limits = limits_of(account.role, sign_in.stage)
    ended = moment > min(sign_in.expires_at, sign_in.last_seen_at + limits.idle)
    if ended or account.suspended_at is not None or sign_in.role != account.role:
        return None
    if moment > sign_in.last_seen_at + SEEN_EVERY:
        sign_in.last_seen_at = moment
    return Holder(account, sign_in, standing in READ_ONLY)


def actor_of(session: Session, token: str) -> Actor | None:
    """Who has signed in completely with this token, or nobody."""
    holder = holder_of(session, token)
    return holder.actor if holder is not None and holder.stage is SignInStage.FULL else None


def prove_again(session: Session, holder: Holder, token: str) -> str:
    """The new token of a holder who has just proved again who they are; the old one ends."""
    old = holder.session
    made = open_session_for(session, holder.account, device=old.device, network=old.network)
    session.execute(
        select(SignInSession).where(SignInSession.token_hash == token_hash(made))
    ).scalar_one().expires_at = old.expires_at
    close_session(session, token)
    return made


def close_session(session: Session, token: str) -> None:
    """End this one session."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == token_hash(token)))


def sessions_of(session: Session, account_id: UUID, *, at: datetime | None = None) -> list[SignInSession]:
    """The complete sessions of an account that still live, the one seen last first."""
    moment = at or now()
    rows = session.execute(
        select(SignInSession, Account.role)
        .join(Account, Account.id == SignInSession.account_id)
        .where(SignInSession.account_id == account_id, SignInSession.stage == SignInStage.FULL)
        .where(SignInSession.expires_at > moment, SignInSession.role == Account.role)
        .order_by(SignInSession.last_seen_at.desc(), SignInSession.id)
    )
    return [row for row, role in rows if moment <= row.last_seen_at + LIMITS[role].idle]


def end_session(session: Session, actor: Actor, session_id: UUID) -> None:
    """End one session of the actor's own.

    Raises:
        NotFound: there is no such session of this person.
    """
    own = (SignInSession.id == session_id, SignInSession.account_id == actor.id)
    if session.execute(delete(SignInSession).where(*own).returning(SignInSession.id)).first() is None:
        raise NotFound


def end_sessions_of(session: Session, account_id: UUID, *, but: str = "") -> int:
    """How many sessions of an account ended: all of them, or all but the one with this token."""
    others = (SignInSession.account_id == account_id, SignInSession.token_hash != token_hash(but))
    return len(session.execute(delete(SignInSession).where(*others).returning(SignInSession.id)).all())
