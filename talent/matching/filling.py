"""Lists kept full: when a pair drops out of a list, the list is filled up again from the pool."""

import time
from collections.abc import Iterable
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from talent.matching.engine import Engine
from talent.matching.models import Introduction, SubjectKind, Suggestion
from talent.matching.ranking import CANDIDATE_LIST, Ranked, shortlist_length
from talent.matching.storage import add_run, store_pairs

KEYS = NDArray[np.int64]
NOTHING = np.int64(-1)
"""A bound that every key reaches."""


def nth_best(keys: KEYS, length: int) -> np.int64:
    """The key that stands last in a list of this length; anything is enough while the list is not full."""
    return NOTHING if len(keys) < length else np.int64(np.partition(keys, len(keys) - length)[len(keys) - length])


def forget_pairs(session: Session, which: object) -> list[tuple[UUID, UUID]]:
    """Delete these suggestions, but not what somebody has acted on; the (vacancy, profile) pairs that went."""
    acted_on = exists().where(
        Introduction.vacancy_id == Suggestion.vacancy_id, Introduction.profile_id == Suggestion.profile_id
    )
    gone = session.execute(
        delete(Suggestion).where(which, ~acted_on).returning(Suggestion.vacancy_id, Suggestion.profile_id)  # type: ignore[arg-type]  # a column expression
    )
    return sorted(gone.all())


def fill_candidates(session: Session, engine: Engine, profiles: Iterable[UUID]) -> None:
    """Bring the lists of these candidates up to length after one of their vacancies left."""
    living = [profile for profile in profiles if profile in engine.pool.index]
    if not living or not engine.vacancies:
        return
    rows = np.array([engine.pool.index[profile] for profile in living], np.int64)
    ranked = {vacancy: engine.rank(vacancy, rows) for vacancy in engine.vacancies}
    keys = np.stack([found.keys for found in ranked.values()])
    for column, profile in enumerate(living):
        engine.enough_for_candidate[profile] = nth_best(keys[:, column], CANDIDATE_LIST)
    enough = np.array([engine.enough_for_candidate[profile] for profile in living], np.int64)
    for vacancy, found in ranked.items():
        fill(session, engine, vacancy, found, np.flatnonzero(found.keys >= enough))


def fill_vacancies(session: Session, engine: Engine, vacancies: Iterable[UUID]) -> None:
    """Bring the shortlists of these vacancies up to length after one of their candidates left."""
    for vacancy in vacancies:
        if vacancy not in engine.vacancies:
            continue
        ranked = engine.rank(vacancy)
        length = shortlist_length(engine.vacancies[vacancy].view.seats)
        engine.enough_for_vacancy[vacancy] = nth_best(ranked.keys, length)
        fill(session, engine, vacancy, ranked, np.flatnonzero(ranked.keys >= engine.enough_for_vacancy[vacancy]))


def fill(session: Session, engine: Engine, vacancy: UUID, ranked: Ranked, wanted: KEYS) -> None:
    """Store those of the wanted pairs that are not stored yet."""
    if not len(wanted):
        return
    ids = [engine.pool.view(ranked.rows[position]).profile_id for position in wanted]
    stored = set(
        session.scalars(
            select(Suggestion.profile_id).where(Suggestion.vacancy_id == vacancy, Suggestion.profile_id.in_(ids))
        )
    )
    new = np.array([position for position, profile in zip(wanted, ids, strict=True) if profile not in stored], np.int64)
    if len(new):
        started = time.perf_counter()
        shown = [[str(engine.pool.view(ranked.rows[p]).profile_id), "", ranked.scores[p] / 100] for p in new]
        run = add_run(session, engine, SubjectKind.VACANCY, vacancy, shown, len(ranked.rows), started)
        store_pairs(session, engine, run, vacancy, ranked, new)
