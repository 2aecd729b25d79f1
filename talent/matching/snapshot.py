"""The pool as the database keeps it: entries that are current come by binary COPY straight into its columns."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, cast
from uuid import UUID

import numpy as np
import psycopg
from numpy.typing import NDArray
from sqlalchemy import Select, exists, func, or_, select, text
from sqlalchemy.orm import Session

from talent.foundation.clock import today
from talent.matching.entries import entered_views
from talent.matching.models import MatchInput, PoolEntry, SubjectKind
from talent.matching.pool import Pool
from talent.matching.reading import started_cases
from talent.matching.records import HASH_BYTES, ID_BYTES, Bytes
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileChange
from talent.profiles.states import ProfileState

BLOCK_BYTES: Final = 2**26
"""Bytes of a copy that are decoded at once."""
SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0"
EXTENSION_AT: Final = len(SIGNATURE) + 4
"""Where the header, after its flags, says how many bytes of extensions follow, in four bytes (S-PG-1)."""
TRAILER: Final = b"\xff\xff"
Message = bytes | bytearray | memoryview


def load(session: Session, pool: Pool, setup: str) -> list[UUID]:
    """Put everybody whose entry is current into the empty pool; the ids of all others who may be ranked.

    Raises:
        ValueError: what came is no binary copy of records.
    """
    others: list[Bytes] = []
    published = select(func.count()).where(Profile.state == ProfileState.PUBLISHED)
    pool.reserve(session.scalar(published) or 0)
    pool.put_new(_known(copied(session, current_records(pool, setup), pool.layout), others))
    missing = [UUID(bytes=one.tobytes()) for block in others for one in block]
    return sorted([*missing, *_take_out_changed_cases(session, pool)])


def _known(blocks: Iterator[NDArray[np.void]], others: list[Bytes]) -> Iterator[NDArray[np.void]]:
    """The records with a hash; the ids of all others are put aside."""
    for records in blocks:
        known = records["hashes"].any(axis=1)
        others.append(records["ids"][~known])
        yield records if known.all() else records[known]


def current_records(pool: Pool, setup: str) -> Select[bytes]:
    """The record of everybody who may be ranked; its id and zeros where no entry is current."""
    size = pool.layout.itemsize
    later = exists().where(ProfileChange.profile_id == PoolEntry.profile_id, ProfileChange.number > PoolEntry.followed)
    current = (
        select(PoolEntry.profile_id, PoolEntry.version, PoolEntry.record)
        .where(
            PoolEntry.setup == setup,
            or_(PoolEntry.good_until.is_(None), PoolEntry.good_until > today()),
            func.length(PoolEntry.record) == size,
            ~later,
        )
        .subquery()
    )
    nothing = func.decode(func.repeat("00", size - ID_BYTES), "hex")
    return (
        select(func.coalesce(current.c.record, func.uuid_send(Profile.id).op("||")(nothing)))
        .outerjoin_from(Profile, current, (current.c.profile_id == Profile.id) & (current.c.version == Profile.version))
        .where(may_be_ranked())
    )


def copied(session: Session, query: Select[bytes], dtype: np.dtype[np.void]) -> Iterator[NDArray[np.void]]:
    """What a query for one column of byte strings, each as long as the type, finds: blocks of (n,) of the type.

    Raises:
        ValueError: what came is no binary copy of such values.
    """
    statement = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
    rest, decode = b"", after_header
    driver = cast(psycopg.Connection, session.connection().connection.driver_connection)
    command = f"copy ({statement}) to stdout (format binary)".encode()
    with patient(session), driver.cursor() as cursor, cursor.copy(command) as copy:
        for block in _joined(copy):
            found, rest = decode(rest + block, dtype)
            decode = decoded
            yield found
    if rest != TRAILER:
        raise ValueError("a copy that ends too early")


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


def after_header(block: bytes, dtype: np.dtype[np.void]) -> tuple[NDArray[np.void], bytes]:
    """As ``decoded`` for the first block, in which the copy's header comes first.

    Raises:
        ValueError: there is no such header, or as ``decoded``.
    """
    if not block.startswith(SIGNATURE):
        raise ValueError("no binary copy")
    extension = int.from_bytes(block[EXTENSION_AT : EXTENSION_AT + 4], "big")
    return decoded(block[EXTENSION_AT + 4 + extension :], dtype)


def decoded(block: bytes, dtype: np.dtype[np.void]) -> tuple[NDArray[np.void], bytes]:
    """The values of the whole tuples in a block of a binary copy, (n,), and what is left of it.

    Raises:
        ValueError: a tuple holds something else than one value of this length.
    """
    framed = np.dtype([("fields", ">i2"), ("length", ">i4"), ("value", dtype)])
    count = len(block) // framed.itemsize
    tuples = np.frombuffer(block, framed, count)
    if (tuples["fields"] != 1).any() or (tuples["length"] != dtype.itemsize).any():
        raise ValueError("a tuple of another length")
    return tuples["value"], block[count * framed.itemsize :]


@contextmanager
def patient(session: Session) -> Iterator[None]:
    """Let a statement of this transaction take as long as it needs."""
    say = text("select set_config('statement_timeout', :limit, true)")
    before = session.scalar(text("select current_setting('statement_timeout')"))
    session.execute(say, {"limit": "0"})
    yield
    session.execute(say, {"limit": before})


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
    query = select(func.decode(MatchInput.input_hash, "hex")).where(MatchInput.subject_kind == SubjectKind.PROFILE)
    blocks = [block["hash"] for block in copied(session, query, np.dtype([("hash", "u1", HASH_BYTES)]))]
    stored = np.concatenate(blocks)
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
