"""A form sent twice has one effect."""

from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.models import UsedFormKey
from talent.foundation.clock import now


def first_time(session: Session, key: str, actor_id: UUID) -> bool:
    """Whether this form key is used for the first time; a second sending waits for the first and then says no."""
    used = session.execute(
        insert(UsedFormKey)
        .values(key=key[:64], sent_by=actor_id, at=now(), went_to="")
        .on_conflict_do_nothing()
        .returning(UsedFormKey.key)
    ).scalar()
    return used is not None


def give_back(session: Session, key: str) -> None:
    """Let this form key count again: what was sent with it came to nothing."""
    with session.no_autoflush:
        session.execute(update(UsedFormKey).where(UsedFormKey.key == key[:64]).values(key=f"refused {uuid4()}"))


def remember_where(session: Session, key: str, went_to: str) -> None:
    """Note where the first sending led, so that the second leads there too."""
    used = session.get(UsedFormKey, key[:64])
    if used is not None:
        used.went_to = went_to[:500]


def where_it_went(session: Session, key: str, actor_id: UUID) -> str:
    """Where the first sending of this form led its sender; empty when unknown or another person's."""
    used = session.get(UsedFormKey, key[:64])
    return used.went_to if used is not None and used.sent_by == actor_id else ""
