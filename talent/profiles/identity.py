"""Who a candidate is: sealed when it is saved, opened only for the candidate and for whom the candidate agreed to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.foundation.crypto import Key, Place, seal, unseal
from talent.foundation.person_keys import key_for, keys_for
from talent.profiles.models import PersonIdentity, Profile

FIELDS = ("full_name", "email", "phone")


@dataclass(frozen=True, repr=False)
class Contact:
    """A name and how to reach the person; it does not print itself, so that no log can."""

    full_name: str
    email: str = ""
    phone: str = ""


def save_contact(session: Session, profile: Profile, contact: Contact) -> None:
    """Keep this contact, sealed with the candidate's own key."""
    row = session.get(PersonIdentity, profile.id) or PersonIdentity(
        profile_id=profile.id, account_id=profile.account_id
    )
    key = key_for(session, profile.account_id)
    for name, value in sealed_contact(key, profile.id, contact).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def sealed_contact(key: Key, profile_id: UUID, contact: Contact) -> dict[str, str]:
    """The columns of a contact; an empty value stays empty."""
    return {
        f"{field}_sealed": seal(key, value, _place(field, profile_id)) if value else ""
        for field in FIELDS
        for value in [getattr(contact, field)]
    }


def contact_of(session: Session, profile_id: UUID) -> Contact | None:
    """The contact of this profile, opened; None when no name was given. Who may read it is the caller's to know.

    Raises:
        DoesNotOpen: the person's key is destroyed, or a value was changed or moved.
    """
    row = session.get(PersonIdentity, profile_id)
    return opened(session, [row])[profile_id] if row else None


def opened(session: Session, rows: Iterable[PersonIdentity]) -> Mapping[UUID, Contact]:
    """These identities, opened, by profile.

    Raises:
        DoesNotOpen: as for ``contact_of``.
    """
    sealed = list(rows)
    keys = keys_for(session, {row.account_id for row in sealed})
    return {
        row.profile_id: Contact(**{field: _open(keys[row.account_id], row, field) for field in FIELDS})
        for row in sealed
    }


def named_profiles(session: Session, profile_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these profiles that have a name, without opening it."""
    named = select(PersonIdentity.profile_id).where(PersonIdentity.profile_id.in_(list(profile_ids)))
    return set(session.scalars(named))


def _open(key: Key, row: PersonIdentity, field: str) -> str:
    sealed = getattr(row, f"{field}_sealed")
    return unseal(key, sealed, _place(field, row.profile_id)) if sealed else ""


def _place(field: str, profile_id: UUID) -> Place:
    return Place("identity", f"{field}_sealed", profile_id)
