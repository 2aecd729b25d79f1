"""One data key for each account, wrapped by the key ring: destroying it makes everything sealed with it unreadable."""

import os
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, String, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from talent.foundation.crypto import NONCE_BYTES, Key, Place, new_secret, seal, seal_bytes, unseal, unseal_bytes
from talent.foundation.database import Base
from talent.foundation.keyring import KeyRing, the_ring

OWN: Final = "own"
"""The name of every person's data key inside what it sealed; whose it is, the account says."""


class PersonKey(Base):
    """The wrapped data key of one account; it goes with the account."""

    __tablename__ = "person_key"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(20), index=True)  # the key of the ring that wraps it
    wrapped: Mapped[str] = mapped_column(String(200))


def seal_for(session: Session, account_id: UUID, plain: str, place: Place) -> str:
    """The text sealed with this account's data key for this place; the key is made the first time."""
    return seal(key_for(session, account_id), plain, place)


def unseal_for(session: Session, account_id: UUID, sealed: str, place: Place) -> str:
    """The text that was sealed for this account and place.

    Raises:
        DoesNotOpen: the key is destroyed, or the value was changed or moved.
    """
    return unseal(key_for(session, account_id), sealed, place)


def key_for(session: Session, account_id: UUID) -> Key:
    """The account's data key, made and wrapped the first time.

    Raises:
        DoesNotOpen: the ring no longer holds the key that wraps it, or its row was changed.
    """
    known = keys_for(session, [account_id]).get(account_id)
    if known is not None:
        return known
    wrapped = wrap(the_ring(), account_id, new_secret())
    session.execute(insert(PersonKey).values(account_id=account_id, **wrapped).on_conflict_do_nothing())
    return keys_for(session, [account_id])[account_id]  # Another tab may have been faster.


def keys_for(session: Session, account_ids: Iterable[UUID]) -> Mapping[UUID, Key]:
    """The data keys of these accounts; those that have none are left out.

    Raises:
        DoesNotOpen: as for ``key_for``.
    """
    ring = the_ring()
    rows = select(PersonKey.account_id, PersonKey.key_id, PersonKey.wrapped).where(
        PersonKey.account_id.in_(list(account_ids))
    )
    return {row.account_id: unwrap(ring, row.account_id, row.key_id, row.wrapped) for row in session.execute(rows)}


def destroy_key(session: Session, account_id: UUID) -> None:
    """Remove the account's data key: what it sealed can never be read again."""
    session.execute(delete(PersonKey).where(PersonKey.account_id == account_id))


def rewrap(session: Session, ring: KeyRing, *, at_most: int) -> int:
    """Wrap so many keys anew that an older key of the ring still wraps; how many it were, 0 when none is left.

    It may be stopped at any time and goes on where it was; rows that somebody holds wait for the next time.
    """
    old = (
        select(PersonKey)
        .where(PersonKey.key_id != ring.current.id)
        .order_by(PersonKey.account_id)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(old))
    for row in rows:
        secret = unwrap(ring, row.account_id, row.key_id, row.wrapped).secret
        row.key_id, row.wrapped = wrap(ring, row.account_id, secret).values()
    session.flush()
    return len(rows)


def unneeded(session: Session, ring: KeyRing) -> set[str]:
    """The older keys of the ring that wrap nothing any more."""
    return {
        key.id
        for key in ring.wrapping
        if key.id != ring.current.id and not session.scalar(select(exists().where(PersonKey.key_id == key.id)))
    }


def wrap(ring: KeyRing, account_id: UUID, secret: bytes) -> dict[str, str]:
    """A person's data key wrapped with the current key of the ring: ``key_id`` and ``wrapped``."""
    wrapped = seal_bytes(ring.current, secret, _place(account_id), nonce=os.urandom(NONCE_BYTES))
    return {"key_id": ring.current.id, "wrapped": wrapped}


def unwrap(ring: KeyRing, account_id: UUID, key_id: str, wrapped: str) -> Key:
    """A person's data key.

    Raises:
        DoesNotOpen: the ring's key is gone, or the row was changed or belongs to somebody else.
    """
    return Key(OWN, unseal_bytes(ring.key(key_id), wrapped, _place(account_id)))


def _place(account_id: UUID) -> Place:
    return Place("person_key", "wrapped", account_id)
