"""Server-side sign-in sessions: the cookie holds a random token, the database its hash."""

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation, SignInSession
from talent.accounts.standing import READ_ONLY
from talent.foundation.clock import now

LONGEST = timedelta(days=7)
IDLE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)


def token_hash(token: str) -> str:
    """The SHA-256 under which a token is stored, in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def open_session_for(session: Session, account: Account, *, device: str) -> str:
    """A new token for this account on this device."""
    token = secrets.token_urlsafe(32)
    moment = now()
    session.add(
        SignInSession(
            token_hash=token_hash(token),
            account_id=account.id,
            device=device[:200],
            created_at=moment,
            last_seen_at=moment,
            expires_at=moment + LONGEST,
        )
    )
    session.flush()
    return token


def actor_of(session: Session, token: str) -> Actor | None:
    """Who holds this token; nobody, when it is unknown, too old or idle for too long."""
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
    if moment > sign_in.expires_at or moment > sign_in.last_seen_at + IDLE:
        return None
    if moment > sign_in.last_seen_at + SEEN_EVERY:
        sign_in.last_seen_at = moment
    may_only_read = standing in READ_ONLY
    return Actor(account.id, account.role, account.name, account.organisation_id, account.language, may_only_read)


def close_session(session: Session, token: str) -> None:
    """End this one session."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == token_hash(token)))
