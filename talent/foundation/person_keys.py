"""One data key for each account and each organisation that keeps names, wrapped by the key ring.

Destroying a data key makes everything sealed with it unreadable.
"""

import os
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ForeignKey, String, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from talent.foundation.crypto import NONCE_BYTES, Key, Place, new_secret, seal, seal_bytes, unseal, unseal_bytes
from talent.foundation.database import Base
from talent.foundation.keyring import KeyRing, the_ring

OWN: Final = "own"
"""The name of every data key inside what it sealed; whose it is, the row says."""


class WrappedKey:
    """A data key, wrapped by the key of the ring that ``key_id`` names."""

    key_id: Mapped[str] = mapped_column(String(20), index=True)
    wrapped: Mapped[str] = mapped_column(String(200))


class PersonKey(WrappedKey, Base):
    """The wrapped data key of one account; it goes with the account."""

    __tablename__ = "person_key"
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)


class OrganisationKey(WrappedKey, Base):
    """The wrapped data key of one organisation, for the names in its own lists."""

    __tablename__ = "organisation_key"
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)


Kind = type[PersonKey] | type[OrganisationKey]
KINDS: Final[tuple[Kind, ...]] = (PersonKey, OrganisationKey)


def _owner(kind: Kind) -> Any:
    return kind.account_id if kind is PersonKey else kind.organisation_id  # type: ignore[union-attr] # told apart before


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
    return _key_for(session, PersonKey, account_id)


def key_of_organisation(session: Session, organisation_id: UUID) -> Key:
    """The organisation's data key, made and wrapped the first time.

    Raises:
        DoesNotOpen: as for ``key_for``.
    """
    return _key_for(session, OrganisationKey, organisation_id)


def keys_for(session: Session, account_ids: Iterable[UUID]) -> Mapping[UUID, Key]:
    """The data keys of these accounts; those that have none are left out.

    Raises:
        DoesNotOpen: as for ``key_for``.
    """
    return _keys_for(session, PersonKey, account_ids)


def keys_of_organisations(session: Session, organisation_ids: Iterable[UUID]) -> Mapping[UUID, Key]:
    """The data keys of these organisations; those that have none are left out.

    Raises:
        DoesNotOpen: as for ``key_for``.
    """
    return _keys_for(session, OrganisationKey, organisation_ids)


def _key_for(session: Session, kind: Kind, owner_id: UUID) -> Key:
    known = _keys_for(session, kind, [owner_id]).get(owner_id)
    if known is not None:
        return known
    values = {_owner(kind).key: owner_id, **wrap(the_ring(), owner_id, new_secret(), kind)}
    session.execute(insert(kind).values(values).on_conflict_do_nothing())
    return _keys_for(session, kind, [owner_id])[owner_id]  # Another tab may have been faster.


def _keys_for(session: Session, kind: Kind, owner_ids: Iterable[UUID]) -> Mapping[UUID, Key]:
    ring, owner = the_ring(), _owner(kind)
    rows = session.execute(select(owner, kind.key_id, kind.wrapped).where(owner.in_(list(owner_ids))))
    return {owner_id: unwrap(ring, owner_id, key_id, wrapped, kind) for owner_id, key_id, wrapped in rows}


def destroy_key(session: Session, account_id: UUID) -> None:
    """Remove the account's data key: what it sealed can never be read again."""
    session.execute(delete(PersonKey).where(PersonKey.account_id == account_id))


def rewrap(session: Session, ring: KeyRing, *, at_most: int) -> int:
    """Wrap so many keys anew that an older key of the ring still wraps; how many it were, 0 when none is left.

    It may be stopped at any time and goes on where it was; rows that somebody holds wait for the next time.
    """
    done = 0
    for kind in KINDS:
        owner = _owner(kind)
        old = select(kind).where(kind.key_id != ring.current.id).order_by(owner).limit(at_most - done)
        rows: list[Any] = list(session.scalars(old.with_for_update(skip_locked=True)))
        for row in rows:
            owner_id = getattr(row, owner.key)
            secret = unwrap(ring, owner_id, row.key_id, row.wrapped, kind).secret
            row.key_id, row.wrapped = wrap(ring, owner_id, secret, kind).values()
        session.flush()
        done += len(rows)
    return done


def unneeded(session: Session, ring: KeyRing) -> set[str]:
    """The older keys of the ring that wrap nothing any more."""
    return {
        key.id
        for key in ring.wrapping
        if key.id != ring.current.id
        and not any(session.scalar(select(exists().where(kind.key_id == key.id))) for kind in KINDS)
    }


def wrap(ring: KeyRing, owner_id: UUID, secret: bytes, kind: Kind = PersonKey) -> dict[str, str]:
    """A data key wrapped with the current key of the ring: ``key_id`` and ``wrapped``."""
    wrapped = seal_bytes(ring.current, secret, _place(kind, owner_id), nonce=os.urandom(NONCE_BYTES))
    return {"key_id": ring.current.id, "wrapped": wrapped}


def unwrap(ring: KeyRing, owner_id: UUID, key_id: str, wrapped: str, kind: Kind = PersonKey) -> Key:
    """A data key.

    Raises:
        DoesNotOpen: the ring's key is gone, or the row was changed or belongs to somebody else.
    """
    return Key(OWN, unseal_bytes(ring.key(key_id), wrapped, _place(kind, owner_id)))


def _place(kind: Kind, owner_id: UUID) -> Place:
    return Place(kind.__tablename__, "wrapped", owner_id)
