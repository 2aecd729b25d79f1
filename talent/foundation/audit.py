"""The journal of every change and of every look at a person, written in the transaction that makes the change.

Entries stand in several chains, so that writers never wait for each other: a transaction takes whichever head is free.
Each entry carries a mark: HMAC-SHA-256, keyed from the ring of keys, over its chain, position, the mark before it,
and its canonical JSON. Whoever can write to the database but does not hold the ring cannot make a mark. Entries hold
ids and words from the code, never anything that a person typed, so that erasing somebody leaves the chains whole.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from uuid import UUID

from sqlalchemy import BigInteger, Index, SmallInteger, String, insert, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, Session, mapped_column

from talent.foundation.clock import now
from talent.foundation.crypto import derive
from talent.foundation.database import Base, Instant
from talent.foundation.keyring import the_ring

CHAINS: Final = 32
BEFORE_THE_FIRST: Final = "0" * 64
LEAF: Final = b"\x00"  # what is marked is an entry; nodes of trees would begin with another byte, as in RFC 6962
DOER: Final = "talent_doer"


class Doer(Protocol):
    """Whoever acts: an actor of ``talent.accounts``."""

    @property
    def id(self) -> UUID:
        """The account, or the service's own number."""

    @property
    def role(self) -> str:
        """What the actor is to this service."""

    @property
    def organisation_id(self) -> UUID | None:
        """For whom the actor acts."""


class AuditHead(Base):
    """The end of one chain: where the next entry goes and which mark it follows."""

    __tablename__ = "audit_head"
    chain: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
    mark: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """One thing that somebody did or looked at; rows are added and never changed, the database refuses both."""

    __tablename__ = "audit_entry"
    chain: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[Instant]
    actor_id: Mapped[UUID]
    actor_role: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(60))  # noun.verb, such as identity.read
    thing: Mapped[str] = mapped_column(String(60))  # the table or kind of thing
    thing_id: Mapped[str] = mapped_column(String(120))
    subject_id: Mapped[UUID | None]  # the account or the profile of the person whom it is about
    fields: Mapped[list[str]] = mapped_column(ARRAY(String(60)))
    reason: Mapped[str] = mapped_column(String(60))  # a word from the code
    mark: Mapped[str] = mapped_column(String(64))
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_id", "at"),
        Index("ix_audit_entry_actor", "actor_id", "at"),
        Index("ix_audit_entry_at", "at"),
    )


@dataclass(frozen=True)
class Deed:
    """What is written down about one change or look."""

    action: str
    thing: str
    thing_id: str = ""
    subject_id: UUID | None = None
    fields: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Unknown:
    """Whoever acts when nobody said who: a command, a job, the start of the service."""

    id: UUID = field(default=UUID(int=0))
    role: str = "system"
    organisation_id: UUID | None = None


def acting(session: Session, doer: Doer | None) -> None:
    """From now on this session's deeds are this actor's; None: the service's own."""
    session.info[DOER] = doer or Unknown()


def record(session: Session, doer: Doer, deed: Deed) -> None:
    """Write down one deed of this actor, in the session's own transaction."""
    write(session, [deed], doer)


def write(session: Session, deeds: Iterable[Deed], doer: Doer | None = None) -> None:
    """Write these deeds down, in order, at the end of one chain that nobody else is writing to."""
    by = doer or session.info.get(DOER) or Unknown()
    connection = session.connection()
    chain, position, mark = connection.execute(FREE_HEAD).first() or connection.execute(ANY_HEAD).one()
    rows, key = [], journal_key()
    for deed in deeds:
        position += 1
        row = {
            "chain": chain,
            "position": position,
            "at": now(),
            "actor_id": by.id,
            "actor_role": str(by.role),
            "organisation_id": by.organisation_id,
            **asdict(deed),
            "fields": sorted(deed.fields),
        }
        mark = mark_of(key, row, mark)
        rows.append({**row, "mark": mark})
    if rows:
        connection.execute(insert(AuditEntry), rows)
        connection.execute(update(AuditHead).where(AuditHead.chain == chain).values(position=position, mark=mark))


HEAD = select(AuditHead.chain, AuditHead.position, AuditHead.mark).limit(1)
FREE_HEAD = HEAD.order_by(
    text(f"(chain + pg_backend_pid()) % {CHAINS}")  # each connection begins its search elsewhere
).with_for_update(skip_locked=True)
ANY_HEAD = HEAD.where(text(f"chain = pg_backend_pid() % {CHAINS}")).with_for_update()
"""Waited for only when so many transactions write at once that no chain is free."""


def journal_key() -> bytes:
    """The key of the marks."""
    return derive(the_ring().key("journal").secret, "marks")


def mark_of(key: bytes, row: Mapping[str, Any], before: str) -> str:
    """The mark of an entry that follows the mark ``before``, in hexadecimal."""
    head = row["chain"].to_bytes(2, "big") + row["position"].to_bytes(8, "big") + bytes.fromhex(before)
    return hmac.new(key, LEAF + head + canonical(row), hashlib.sha256).hexdigest()


MARKED: Final = (
    "at",
    "actor_id",
    "actor_role",
    "organisation_id",
    "action",
    "thing",
    "thing_id",
    "subject_id",
    "fields",
    "reason",
)


def canonical(row: Mapping[str, Any]) -> bytes:
    """The one spelling of an entry: JSON with sorted names, ids and instants as text, in UTF-8."""
    said = {name: plain(row[name]) for name in MARKED}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, list) else str(value)
