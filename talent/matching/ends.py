"""The key that stands last in each list, kept by the database: every worker knows the same, also one that starts.

Whether a pair is stored depends on these keys. A worker with keys of its own would leave out a pair that another one
takes for stored; so they change in a worker's turn alone, together with the lists (``following``).
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

import numpy as np
from sqlalchemy import Select, delete, select, text
from sqlalchemy.orm import Session

from talent.matching.engine import Engine
from talent.matching.entries import in_parts
from talent.matching.models import ListEnd, SubjectKind
from talent.matching.records import ID_BYTES
from talent.matching.snapshot import copied, reading_much

Subject = tuple[SubjectKind, UUID]
WRITE: Final = text(
    "insert into list_end (subject_kind, subject_id, enough)"
    " select * from unnest(cast(:kinds as text[]), cast(:ids as uuid[]), cast(:ends as bigint[]))"
    " on conflict (subject_kind, subject_id) do update set enough = excluded.enough"
)
FIELDS: Final = {"id": ("u1", ID_BYTES), "enough": ">i8"}


def load(session: Session, engine: Engine) -> None:
    """Tell the engine the ends of all lists; whoever has none there is looked at as not compared yet."""
    pool = engine.pool
    ended = np.zeros(len(pool), bool)
    with reading_much(session):
        for some in copied(session, ends_of(SubjectKind.PROFILE), FIELDS):
            rows = pool.index.rows_of(some["id"])
            known = rows >= 0
            pool.enough[rows[known]] = some["enough"][known]
            ended[rows[known]] = True
        for some in copied(session, ends_of(SubjectKind.VACANCY), FIELDS):
            subjects = (UUID(bytes=one.tobytes()) for one in some["id"])
            ends = zip(subjects, some["enough"].astype(np.int64), strict=True)
            engine.enough_for_vacancy |= {one: end for one, end in ends if one in engine.vacancies}
    pool.kept[: len(pool)] &= ended


def ends_of(kind: SubjectKind) -> Select[UUID, int]:
    """The end of the list of everything of this kind."""
    return select(ListEnd.subject_id, ListEnd.enough).where(ListEnd.subject_kind == kind)


def end_of(engine: Engine, subject: Subject) -> int | None:
    """The key that stands last in this list; None for whatever the engine does not hold."""
    kind, which = subject
    if kind is SubjectKind.VACANCY:
        end = engine.enough_for_vacancy.get(which)
    else:
        row = engine.pool.index.get(which)
        end = None if row is None else engine.pool.enough[row]
    return None if end is None else int(end)


def write(session: Session, ends: Mapping[Subject, int | None]) -> None:
    """Keep these ends, and forget those of whatever has none."""
    gone = [which for (_, which), end in ends.items() if end is None]
    if gone:
        session.execute(delete(ListEnd).where(ListEnd.subject_id.in_(gone)))
    _add(session, {subject: end for subject, end in ends.items() if end is not None})


def write_all(session: Session, engine: Engine) -> None:
    """Keep the ends of all lists that the engine holds, and no others."""
    session.execute(delete(ListEnd))
    of_vacancies = {(SubjectKind.VACANCY, one): int(end) for one, end in engine.enough_for_vacancy.items()}
    _add(session, of_vacancies)
    for rows in in_parts(engine.pool.living().tolist()):
        ids = (engine.pool.profile_id(row) for row in rows)
        ends = engine.pool.enough[list(rows)].tolist()
        _add(session, {(SubjectKind.PROFILE, one): end for one, end in zip(ids, ends, strict=True)})


def _add(session: Session, ends: Mapping[Subject, int]) -> None:
    if ends:
        kinds, ids = zip(*ends, strict=True)
        values = {"kinds": list(kinds), "ids": list(ids), "ends": list(ends.values())}
        session.execute(WRITE, values)
