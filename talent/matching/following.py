"""Several workers keep one set of lists: each follows what the others committed, and one at a time writes.

A worker compares without waiting for anybody. Before it writes it takes its turn, follows what was committed since, and
mends its result where that touches it (``runs``). With its lists it writes what it did to which, so that every other
worker has the same bounds before it writes itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.matching import ends
from talent.matching.embedding import stored_and_current
from talent.matching.engine import Engine
from talent.matching.entries import Outdated
from talent.matching.models import ListChange, SubjectKind
from talent.matching.pool import NOTHING
from talent.matching.weighting import in_force
from talent.profiles.models import ProfileChange
from talent.vacancies.models import VacancyChange

LISTS, START = 8_001, 8_002
"""Numbers of PostgreSQL's advisory locks: who writes lists, and who loads and embeds."""
WAIT = text(
    "select set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)"
    ", pg_advisory_xact_lock(:turn), set_config('lock_timeout', :lock, true)"
    ", set_config('statement_timeout', :statement, true)"
)
TIMEOUTS = text("select current_setting('lock_timeout') as lock, current_setting('statement_timeout') as statement")


@dataclass
class Seen:
    """The last change of each sequence that a worker followed."""

    profile_change: int = 0
    vacancy_change: int = 0
    list_change: int = 0


@dataclass
class Followed:
    """Whom and what following put into memory anew, or took out of it."""

    profiles: set[UUID] = field(default_factory=set)
    vacancies: set[UUID] = field(default_factory=set)


def take_turn(session: Session, turn: int) -> None:
    """Wait, however long, until no other worker holds this lock; it is held until the transaction ends."""
    before = session.execute(TIMEOUTS).one()
    session.execute(WAIT, {"turn": turn, **before._mapping})


def newest(session: Session) -> Seen:
    """Where the sequences end now."""
    ends = [session.scalar(select(func.max(one.number))) or 0 for one in (ProfileChange, VacancyChange, ListChange)]
    return Seen(*ends)


def follow(session: Session, engine: Engine, seen: Seen, worker: UUID) -> Followed:
    """Bring the engine up to the last committed change.

    Whatever still has to be embedded is left to the job of its own change, which tells everybody when it is done.

    Raises:
        Outdated: another worker computed every list anew, or other weights were adopted.
    """
    if in_force(session) != engine.weights:
        raise Outdated
    profiles = _after(session, ProfileChange.number, ProfileChange.profile_id, seen.profile_change)
    vacancies = _after(session, VacancyChange.number, VacancyChange.vacancy_id, seen.vacancy_change)
    done = session.scalars(
        select(ListChange)
        .where(ListChange.number > seen.list_change, ListChange.worker != worker)
        .order_by(ListChange.number)
    ).all()
    if any(change.subject_id is None for change in done):
        raise Outdated
    seen.profile_change = max((seen.profile_change, *(number for number, _ in profiles)))
    seen.vacancy_change = max((seen.vacancy_change, *(number for number, _ in vacancies)))
    seen.list_change = max((seen.list_change, *(change.number for change in done)))
    anew = {kind: _anew(done, kind) for kind in (SubjectKind.PROFILE, SubjectKind.VACANCY)}
    followed = Followed(
        _read_profiles(session, engine, anew[SubjectKind.PROFILE] | {profile for _, profile in profiles}),
        _read_vacancies(session, engine, anew[SubjectKind.VACANCY] | {vacancy for _, vacancy in vacancies}),
    )
    for change in done:
        _set_bound(engine, change)
    return followed


def _after(session: Session, number: object, subject: object, seen: int) -> Sequence[tuple[int, UUID]]:
    return session.execute(select(number, subject).where(number > seen)).all()  # type: ignore[call-overload,operator]  # two columns


def _anew(done: Iterable[ListChange], kind: SubjectKind) -> set[UUID]:
    return {one.subject_id for one in done if one.subject_kind is kind and one.looked_at_anew and one.subject_id}


def _read_profiles(session: Session, engine: Engine, wanted: set[UUID]) -> set[UUID]:
    """Those of the wanted candidates that were put into the engine or taken out of it."""
    if not wanted:
        return set()
    found = {one.view.profile_id: one for one in engine.read(session, sorted(wanted))}
    texts = [(profile, one.view.text) for profile, one in found.items()]
    current = stored_and_current(session, engine.encoder, SubjectKind.PROFILE, texts)
    changed = engine.put_changed_profiles([found[one] for one in current], list(current.values()))
    gone = {one for one in wanted - found.keys() if one in engine.pool.index}
    for profile in gone:
        engine.remove_profile(profile)
    return changed | gone


def _read_vacancies(session: Session, engine: Engine, wanted: set[UUID]) -> set[UUID]:
    """Those of the wanted vacancies that were put into the engine or taken out of it."""
    if not wanted:
        return set()
    views = list(engine.assembler(session).vacancies(sorted(wanted)))
    texts = [(view.vacancy_id, view.text) for view in views]
    current = stored_and_current(session, engine.encoder, SubjectKind.VACANCY, texts)
    changed = {
        view.vacancy_id
        for view in views
        if view.vacancy_id in current and engine.put_changed_vacancy(view, current[view.vacancy_id])
    }
    gone = {one for one in wanted - {view.vacancy_id for view in views} if one in engine.vacancies}
    for vacancy in gone:
        engine.remove_vacancy(vacancy)
    return changed | gone


def _set_bound(engine: Engine, change: ListChange) -> None:
    subject = change.subject_id
    if subject is None:
        return
    if change.subject_kind is SubjectKind.VACANCY and subject in engine.vacancies:
        engine.enough_for_vacancy[subject] = np.int64(change.enough)
    elif change.subject_kind is SubjectKind.PROFILE and subject in engine.pool.index:
        engine.pool.enough[engine.pool.index[subject]] = change.enough


def tell(session: Session, engine: Engine, worker: UUID) -> None:
    """Write what was done to which lists since the last time, in the order of their ids."""
    touched = sorted(engine.touched.items())
    ended = {subject: ends.end_of(engine, subject) for subject, _ in touched}
    rows = [
        {
            "worker": worker,
            "subject_kind": kind,
            "subject_id": subject,
            "looked_at_anew": anew,
            "enough": int(NOTHING) if (end := ended[kind, subject]) is None else end,
            "at": now(),
        }
        for (kind, subject), anew in touched
    ]
    engine.touched.clear()
    if rows:
        session.execute(insert(ListChange), rows)
        ends.write(session, ended)


def tell_of_everything(session: Session, engine: Engine, worker: UUID) -> None:
    """Write that every list was computed anew."""
    engine.touched.clear()
    ends.write_all(session, engine)
    session.add(ListChange(worker=worker, looked_at_anew=True, enough=int(NOTHING), at=now()))
