"""Lists kept full: when a pair drops out of a list, the list is filled up again from the pool."""

import time
from collections.abc import Iterable
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from talent.matching.engine import Engine
from talent.matching.entries import Views
from talent.matching.lengths import CANDIDATE_LIST, shortlist_length
from talent.matching.models import Introduction, SubjectKind, Suggestion
from talent.matching.ranking import Ranked
from talent.matching.search import nth_best
from talent.matching.storage import add_run, pair_rows, write_pairs


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
    rows = np.array([engine.pool.index[profile] for profile in living], np.int32)
    ranked = {vacancy: engine.rank(vacancy, rows) for vacancy in engine.vacancies}
    views = engine.views(session, rows.tolist())
    keys = np.stack([found.keys for found in ranked.values()])
    enough = np.array([nth_best(keys[:, column], CANDIDATE_LIST) for column in range(len(living))], np.int64)
    engine.pool.enough[rows] = enough
    for profile in living:
        engine.touch(SubjectKind.PROFILE, profile, anew=False)
    for vacancy, found in ranked.items():
        fill(session, engine, vacancy, found, np.flatnonzero(found.keys >= enough), len(living), views)


def fill_vacancies(session: Session, engine: Engine, vacancies: Iterable[UUID]) -> None:
    """Bring the shortlists of these vacancies up to length after one of their candidates left."""
    for vacancy in vacancies:
        if vacancy not in engine.vacancies:
            continue
        ranked, found = engine.best(vacancy, shortlist_length(engine.vacancies[vacancy].view.seats))
        engine.enough_for_vacancy[vacancy] = found.last
        engine.touch(SubjectKind.VACANCY, vacancy, anew=False)
        fill(session, engine, vacancy, ranked, np.arange(len(ranked.rows)), found.compared)


def fill(
    session: Session,
    engine: Engine,
    vacancy: UUID,
    ranked: Ranked,
    wanted: NDArray[np.int64],
    compared: int,
    views: Views | None = None,
) -> None:
    """Store those of the wanted pairs that are not stored yet; ``views`` where they are known already."""
    if not len(wanted):
        return
    ids = [engine.pool.profile_id(ranked.rows[position]) for position in wanted]
    stored = set(
        session.scalars(
            select(Suggestion.profile_id).where(Suggestion.vacancy_id == vacancy, Suggestion.profile_id.in_(ids))
        )
    )
    new = np.array([position for position, profile in zip(wanted, ids, strict=True) if profile not in stored], np.int64)
    if len(new):
        started = time.perf_counter()
        shown = [[str(engine.pool.profile_id(ranked.rows[p])), "", ranked.scores[p] / 100] for p in new]
        run = add_run(session, engine, SubjectKind.VACANCY, vacancy, shown, compared, started)
        write_pairs(session, engine, pair_rows(session, engine, run.id, vacancy, ranked, new, views))
