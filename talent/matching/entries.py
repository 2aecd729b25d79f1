"""Pool entries: what was read of candidates is written for the next start, and their views are fetched when needed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar
from uuid import UUID

import numpy as np
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from talent.matching.inputs import candidate_from, canonical
from talent.matching.models import MatchInput, PoolEntry
from talent.matching.pool import Pool
from talent.matching.reading import Reading
from talent.matching.records import HASH_BYTES, ID_BYTES
from talent.matching.views import CandidateView

AT_ONCE: Final = 1_000
"""Candidates that are read, written or fetched by one statement (S-OWN-10)."""
WRITE: Final = text(
    "insert into pool_entry (profile_id, record, view, setup, version, followed, good_until)"
    " select given.profile_id, given.record, cast(given.view as jsonb), given.setup, given.version, given.followed,"
    " given.good_until from unnest(cast(:ids as uuid[]), cast(:records as bytea[]), cast(:views as text[]),"
    " cast(:setups as text[]), cast(:versions as integer[]), cast(:followed as bigint[]), cast(:days as date[]))"
    " as given(profile_id, record, view, setup, version, followed, good_until)"
    " join profile on profile.id = given.profile_id"
    " on conflict (profile_id) do update set record = excluded.record, view = excluded.view, setup = excluded.setup,"
    " version = excluded.version, followed = excluded.followed, good_until = excluded.good_until"
    " where excluded.version >= pool_entry.version and excluded.followed >= pool_entry.followed"
)
"""Whoever was erased meanwhile is left out; what another worker read later stays."""
ItemT = TypeVar("ItemT")
Views = Mapping[int, CandidateView]
"""The view of each of some rows of the pool."""


class Outdated(Exception):
    """What this worker holds in memory cannot be brought up to date by following; it has to load anew."""


@dataclass
class Unwritten:
    """What was put into the pool and is not written yet, and who left it."""

    readings: dict[UUID, Reading] = field(default_factory=dict)
    left: set[UUID] = field(default_factory=set)

    def add(self, reading: Reading) -> None:
        """Note that this candidate was put into the pool as read."""
        self.readings[reading.view.profile_id] = reading
        self.left.discard(reading.view.profile_id)

    def leave(self, profile_id: UUID) -> None:
        """Note that this candidate was taken out of the pool."""
        self.readings.pop(profile_id, None)
        self.left.add(profile_id)


def write(session: Session, pool: Pool, unwritten: Unwritten) -> None:
    """Write what is not written yet, in the order of ids, and remove the entries of those who left."""
    for ids in in_parts(sorted(unwritten.readings)):
        readings = [unwritten.readings[one] for one in ids]
        records = pool.records(np.array([pool.index[one] for one in ids], np.int32))
        session.execute(
            WRITE,
            {
                "ids": list(ids),
                "records": [record.tobytes() for record in records],
                "views": [canonical(one.view) for one in readings],
                "setups": [one.setup for one in readings],
                "versions": [one.version for one in readings],
                "followed": [one.followed for one in readings],
                "days": [one.good_until for one in readings],
            },
        )
    if unwritten.left:
        session.execute(delete(PoolEntry).where(PoolEntry.profile_id.in_(sorted(unwritten.left))))
    unwritten.readings.clear()
    unwritten.left.clear()


def views_of(session: Session, pool: Pool, unwritten: Unwritten, rows: Iterable[int]) -> Views:
    """The views of these rows, each the one whose hash the pool holds.

    Raises:
        Outdated: another worker has written a later view of somebody, and the one in the pool was never stored.
    """
    wanted = {row: pool.profile_id(row) for row in rows}
    found = {row: unwritten.readings[one].view for row, one in wanted.items() if one in unwritten.readings}
    for source in (entered_views, stored_views):
        found |= source(session, pool, [row for row in wanted if row not in found])
    if len(found) < len(wanted):
        raise Outdated
    return found


def entered_views(session: Session, pool: Pool, rows: Sequence[int]) -> dict[int, CandidateView]:
    """Of these rows those whose entry holds what the pool holds, with its view."""
    digest = func.substring(PoolEntry.record, ID_BYTES + 1, HASH_BYTES)
    found: dict[int, CandidateView] = {}
    for some in in_parts(rows):
        ids = [pool.profile_id(row) for row in some]
        query = select(PoolEntry.profile_id, PoolEntry.view, digest).where(PoolEntry.profile_id.in_(ids))
        for profile, view, seen in session.execute(query):
            row = pool.index[profile]
            if bytes(seen) == pool.hashes[row].tobytes():
                found[row] = candidate_from(view)
    return found


def stored_views(session: Session, pool: Pool, rows: Sequence[int]) -> dict[int, CandidateView]:
    """Of these rows those whose input is stored under its hash, with its view."""
    found: dict[int, CandidateView] = {}
    for some in in_parts(rows):
        digests = {pool.digest(row): row for row in some}
        query = select(MatchInput.input_hash, MatchInput.view).where(MatchInput.input_hash.in_(digests))
        found |= {digests[digest]: candidate_from(view) for digest, view in session.execute(query)}
    return found


def in_parts(some: Sequence[ItemT]) -> Iterator[Sequence[ItemT]]:
    """These in parts that one statement takes."""
    return (some[start : start + AT_ONCE] for start in range(0, len(some), AT_ONCE))
