"""The pool as the database keeps it: entries that are current come by binary COPY straight into its columns."""

import typing
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import numpy as np
import psycopg
from numpy.typing import NDArray
from sqlalchemy import LargeBinary, Select, cast, func, or_, select, text
from sqlalchemy.orm import Session

from talent.foundation.clock import today
from talent.matching.entries import entered_views
from talent.matching.models import MatchInput, PoolEntry, SubjectKind
from talent.matching.pool import Pool
from talent.matching.reading import started_cases
from talent.matching.records import HASH_BYTES, ID_BYTES, Bytes, halves
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileChange

BLOCK_BYTES: Final = 2**22
"""Bytes of a copy that are decoded at once (S-OWN-10)."""
SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0"
EXTENSION_AT: Final = len(SIGNATURE) + 4
"""Where the header, after its flags, says how many bytes of extensions follow, in four bytes (S-PG-1)."""
TRAILER: Final = b"\xff\xff"
RANKED: Final = np.dtype([("id", "u1", ID_BYTES), ("version", ">i4"), ("last", ">i8")])
READING_MUCH: Final = {"statement_timeout": "0", "enable_nestloop": "off", "work_mem": "256MB"}
"""How PostgreSQL reads everybody: for as long as it takes, and never person by person (S-OWN-10).

The rules of row-level security let its planner expect a handful of rows, whom it would look up one by one.
"""
Message = bytes | bytearray | memoryview


def load(session: Session, pool: Pool, setup: str) -> list[UUID]:
    """Put everybody whose entry is current into the empty pool; the ids of all others who may be ranked.

    Raises:
        ValueError: what came is no binary copy of records.
    """
    with reading_much(session):
        ranked = Ranked(np.frombuffer(b"".join(session.scalars(ranked_now())), RANKED))
        pool.reserve(len(ranked.found))
        fields = {"record": pool.layout, "version": ">i4", "followed": ">i8"}
        pool.put_new(ranked.current(rows) for rows in copied(session, entries_of(pool, setup), fields))
    missing = [UUID(bytes=one.tobytes()) for one in ranked.missing()]
    return sorted([*missing, *_take_out_changed_cases(session, pool)])


class Ranked:
    """Everybody who may be ranked, with the version and the last change of the profile: (n,) of ``RANKED``."""

    def __init__(self, people: NDArray[np.void]) -> None:
        high, low = halves(people["id"])
        order = np.argsort(low)
        self._high, self._low, self._people = high[order], low[order], people[order]
        self.found = np.zeros(len(people), bool)

    def current(self, rows: NDArray[np.void]) -> NDArray[np.void]:
        """The records among these entries that are of somebody here and as new as the profile.

        One of two people whose ids end alike may be missed, and is read anew.
        """
        if not len(self._low):
            return rows["record"][:0]
        high, low = halves(rows["record"]["ids"])
        places = np.minimum(np.searchsorted(self._low, low), len(self._low) - 1)
        people = self._people[places]
        known = (self._low[places] == low) & (self._high[places] == high)
        known &= (people["version"] == rows["version"]) & (people["last"] <= rows["followed"])
        self.found[places[known]] = True
        return np.asarray(rows["record"][known])

    def missing(self) -> Bytes:
        """The ids of those of whom no entry was current: (n, 16) uint8."""
        return np.asarray(self._people["id"][~self.found])


def ranked_now() -> Select[bytes]:
    """Everybody who may be ranked, as ``RANKED``, many to each value."""
    last = (
        select(ProfileChange.profile_id, func.max(ProfileChange.number).label("number"))
        .group_by(ProfileChange.profile_id)
        .subquery()
    )
    told = (
        func.uuid_send(Profile.id)
        .concat(func.int4send(Profile.version))
        .concat(func.int8send(func.coalesce(last.c.number, 0)))
    )
    return (
        select(func.string_agg(told, cast(b"", LargeBinary)))
        .outerjoin_from(Profile, last, last.c.profile_id == Profile.id)
        .where(may_be_ranked())
        .group_by(func.get_byte(func.uuid_send(Profile.id), 0))
    )


def entries_of(pool: Pool, setup: str) -> Select[bytes, int, int]:
    """Record, version and last followed change of each entry with this setup whose experience has not grown since."""
    return select(PoolEntry.record, PoolEntry.version, PoolEntry.followed).where(
        PoolEntry.setup == setup,
        or_(PoolEntry.good_until.is_(None), PoolEntry.good_until > today()),
        func.length(PoolEntry.record) == pool.layout.itemsize,
    )


def copied(session: Session, query: Select[*tuple[Any, ...]], fields: Mapping[str, Any]) -> Iterator[NDArray[np.void]]:
    """What a query finds, in blocks of (n,) with these fields; its columns have their types, each of fixed length.

    Raises:
        ValueError: what came is no binary copy of such columns.
    """
    statement = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
    driver = typing.cast(psycopg.Connection, session.connection().connection.driver_connection)
    rest, decode, row = b"", after_header, framed(fields)
    with driver.cursor() as cursor, cursor.copy(f"copy ({statement}) to stdout (format binary)".encode()) as copy:
        for block in _joined(copy):
            found, rest = decode(rest + block, row)
            decode = decoded
            yield found
    if rest != TRAILER:
        raise ValueError("a copy that ends too early")


def framed(fields: Mapping[str, Any]) -> np.dtype[np.void]:
    """A row of a binary copy: the number of its fields, and each field after its length in bytes."""
    parts: list[tuple[Any, ...]] = [("fields", ">i2")]
    for name, kind in fields.items():
        parts += [(f"{name}_bytes", ">i4"), (name, *kind) if isinstance(kind, tuple) else (name, kind)]
    return np.dtype(parts)


def _joined(copy: Iterable[Message]) -> Iterator[bytes]:
    """The messages of a copy, each a row, in large blocks."""
    held: list[Message] = []
    size = 0
    for message in copy:
        held.append(message)
        size += len(message)
        if size >= BLOCK_BYTES:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def after_header(block: bytes, row: np.dtype[np.void]) -> tuple[NDArray[np.void], bytes]:
    """As ``decoded`` for the first block, in which the copy's header comes first.

    Raises:
        ValueError: there is no such header, or as ``decoded``.
    """
    if not block.startswith(SIGNATURE):
        raise ValueError("no binary copy")
    extension = int.from_bytes(block[EXTENSION_AT : EXTENSION_AT + 4], "big")
    return decoded(block[EXTENSION_AT + 4 + extension :], row)


def decoded(block: bytes, row: np.dtype[np.void]) -> tuple[NDArray[np.void], bytes]:
    """The whole rows in a block of a binary copy, (n,) of ``framed``, and what is left of it.

    Raises:
        ValueError: a row has other fields, or one of another length.
    """
    count = len(block) // row.itemsize
    rows = np.frombuffer(block, row, count)
    lengths = {name: row[name.removesuffix("_bytes")].itemsize for name in row.names or () if name.endswith("_bytes")}
    if (rows["fields"] != len(lengths)).any() or any((rows[name] != size).any() for name, size in lengths.items()):
        raise ValueError("a row of another length")
    return rows, block[count * row.itemsize :]


@contextmanager
def reading_much(session: Session) -> Iterator[None]:
    """Let statements of this transaction read everybody."""
    say = text("select set_config(:name, :value, true)")
    before = {name: session.scalar(text("select current_setting(:name)"), {"name": name}) for name in READING_MUCH}
    session.execute(say, [{"name": name, "value": value} for name, value in READING_MUCH.items()])
    yield
    session.execute(say, [{"name": name, "value": value} for name, value in before.items()])


def _take_out_changed_cases(session: Session, pool: Pool) -> list[UUID]:
    """Tell the pool of started recognitions; those whose cases are not what was read of them leave it."""
    now_, flagged = started_cases(session), np.flatnonzero(pool.has_case[: len(pool)]).tolist()
    read = entered_views(session, pool, flagged)
    begun = {pool.index[profile] for profile in now_ if profile in pool.index}
    changed = []
    for row in sorted({*flagged, *begun}):
        profile = pool.profile_id(row)
        if row in read and read[row].recognitions == now_.get(profile):
            pool.note_recognitions(row, now_[profile])
        else:
            pool.remove(profile)
            changed.append(profile)
    return changed


def note_kept(session: Session, pool: Pool) -> None:
    """Note of everybody in the pool whether the input of their hash is stored already."""
    begins = func.left(MatchInput.input_hash, 2)
    query = (
        select(func.string_agg(func.decode(MatchInput.input_hash, "hex"), cast(b"", LargeBinary)))
        .where(MatchInput.subject_kind == SubjectKind.PROFILE)
        .group_by(begins)
    )
    with reading_much(session):
        together = b"".join(session.scalars(query))
    stored = np.frombuffer(together, np.uint8).reshape(-1, HASH_BYTES)
    pool.kept[: len(pool)] = among(pool.hashes[: len(pool)], stored)


def among(hashes: Bytes, stored: Bytes) -> NDArray[np.bool_]:
    """Whether each of these hashes, (n, 32) uint8, is one of those, (m, 32); two that begin alike may be missed."""
    if not len(stored):
        return np.zeros(len(hashes), bool)
    first = np.ascontiguousarray(stored[:, :8]).view(np.uint64)[:, 0]
    order = np.argsort(first)
    asked = np.ascontiguousarray(hashes[:, :8]).view(np.uint64)[:, 0]
    places = order[np.minimum(np.searchsorted(first, asked, sorter=order), len(order) - 1)]
    return np.asarray((stored[places] == hashes).all(axis=1))
