"""Lists computed and stored: what changed is compared with everything, and both sides' lists stay exact.

The stored pairs of a vacancy hold its whole shortlist, those of a candidate the whole list of best vacancies. A pair
is stored when it belongs to either, or when somebody has acted on it.
"""

import time
from functools import partial
from uuid import UUID

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.matching.assemble import Assembler
from talent.matching.embedding import Progress, silent
from talent.matching.engine import Engine, refresh_profiles, with_vectors
from talent.matching.filling import fill_candidates, fill_vacancies, forget_pairs
from talent.matching.kernels import offer, over_rows
from talent.matching.lengths import CANDIDATE_LIST, shortlist_length
from talent.matching.models import Introduction, MatchRun, SubjectKind, Suggestion
from talent.matching.pool import NOTHING
from talent.matching.search import nth_best, question, reaching
from talent.matching.storage import add_run, store_pairs
from talent.profiles.models import Profile, ProfileChange


def match_vacancy(session: Session, engine: Engine, vacancy_id: UUID) -> MatchRun | None:
    """Compare one vacancy with every candidate and store its shortlist; None when it is no longer published."""
    views = list(Assembler(session).vacancies([vacancy_id]))
    if not views:
        engine.remove_vacancy(vacancy_id)
        dropped = forget_pairs(session, Suggestion.vacancy_id == vacancy_id)
        fill_candidates(session, engine, [profile for _, profile in dropped])
        return None
    for view, vector in with_vectors(session, engine, views):
        engine.put_vacancy(view, vector)
    run, dropped_profiles = store_shortlist(session, engine, vacancy_id)
    fill_candidates(session, engine, dropped_profiles)
    return run


def store_shortlist(session: Session, engine: Engine, vacancy_id: UUID) -> tuple[MatchRun, list[UUID]]:
    """The stored run of one vacancy, and the candidates in whose lists it no longer stands."""
    started = time.perf_counter()
    pool, length = engine.pool, shortlist_length(engine.vacancies[vacancy_id].view.seats)
    acted_on = session.scalars(select(Introduction.profile_id).where(Introduction.vacancy_id == vacancy_id))
    touched = [pool.index[profile] for profile in acted_on if profile in pool.index]
    enough = pool.enough.copy()
    enough[touched] = NOTHING
    ranked, found = engine.best(vacancy_id, length, enough)
    engine.enough_for_vacancy[vacancy_id] = found.last
    ids = [pool.view(row).profile_id for row in ranked.rows.tolist()]
    in_candidates_list = ranked.keys >= pool.enough[ranked.rows]
    before = set(
        session.scalars(delete(Suggestion).where(Suggestion.vacancy_id == vacancy_id).returning(Suggestion.profile_id))
    )
    shown = [[str(ids[i]), engine.profile_hash[ids[i]], ranked.scores[i] / 100] for i in ranked.order()[:length]]
    run = add_run(session, engine, SubjectKind.VACANCY, vacancy_id, shown, found.compared, started)
    store_pairs(session, engine, run, vacancy_id, ranked, np.arange(len(ids)))
    return run, sorted(before - {ids[i] for i in np.flatnonzero(in_candidates_list)})


def match_profile(session: Session, engine: Engine, profile_id: UUID) -> MatchRun | None:
    """Compare one candidate with every open vacancy and store the list; None when no longer published."""
    views = list(Assembler(session).candidates([profile_id]))
    if not views:
        engine.remove_profile(profile_id)
        dropped = forget_pairs(session, Suggestion.profile_id == profile_id)
        fill_vacancies(session, engine, [vacancy for vacancy, _ in dropped])
        return None
    refresh_profiles(session, engine, views)
    run, dropped_vacancies = store_list(session, engine, profile_id)
    fill_vacancies(session, engine, dropped_vacancies)
    return run


def match_account(session: Session, engine: Engine, account_id: UUID) -> MatchRun | None:
    """As ``match_profile`` for the candidate with this account, told to every worker; None without a profile."""
    profile_id = session.scalar(select(Profile.id).where(Profile.account_id == account_id))
    if profile_id is None:
        return None
    session.add(ProfileChange(profile_id=profile_id, at=now()))
    return match_profile(session, engine, profile_id)


def store_list(session: Session, engine: Engine, profile_id: UUID) -> tuple[MatchRun, list[UUID]]:
    """The stored run of one candidate, and the vacancies on whose shortlists the candidate no longer stands."""
    started = time.perf_counter()
    row = np.array([engine.pool.index[profile_id]], np.int32)
    ranked = {vacancy: engine.rank(vacancy, row) for vacancy in engine.vacancies}
    keys = {vacancy: found.keys[0] for vacancy, found in ranked.items()}
    enough = nth_best(np.array(list(keys.values()), np.int64), CANDIDATE_LIST)
    engine.pool.enough[row] = enough
    on_shortlist = {vacancy for vacancy, key in keys.items() if key >= engine.enough_for_vacancy.get(vacancy, NOTHING)}
    acted_on = set(session.scalars(select(Introduction.vacancy_id).where(Introduction.profile_id == profile_id)))
    before = set(
        session.scalars(delete(Suggestion).where(Suggestion.profile_id == profile_id).returning(Suggestion.vacancy_id))
    )
    by_key = sorted(keys, key=lambda vacancy: -keys[vacancy])
    shown = [
        [str(vacancy), engine.vacancies[vacancy].input_hash, ranked[vacancy].scores[0] / 100]
        for vacancy in by_key[:CANDIDATE_LIST]
    ]
    run = add_run(session, engine, SubjectKind.PROFILE, profile_id, shown, len(ranked), started)
    for vacancy in by_key:
        if keys[vacancy] >= enough or vacancy in on_shortlist or vacancy in acted_on:
            store_pairs(session, engine, run, vacancy, ranked[vacancy], np.array([0]))
    return run, sorted(before - on_shortlist)


def match_everything(session: Session, engine: Engine, progress: Progress = silent) -> int:
    """Compute and store every list afresh; the number of vacancies done."""
    set_bounds(engine, progress)
    for number, vacancy in enumerate(sorted(engine.vacancies), start=1):
        store_shortlist(session, engine, vacancy)
        progress("matching vacancies", number, len(engine.vacancies))
    return len(engine.vacancies)


def set_bounds(engine: Engine, progress: Progress = silent) -> None:
    """Set the exact key that stands last in every shortlist and every candidate's list, in one pass over all pairs.

    A pair is scored when it reaches the shortlist or the best that the candidate was offered so far.
    """
    pool = engine.pool
    best = np.full((len(pool), CANDIDATE_LIST), NOTHING, np.int64)
    for number, (vacancy, open_) in enumerate(engine.vacancies.items(), start=1):
        asked, length = question(pool, open_.view, open_.vector), shortlist_length(open_.view.seats)
        found = reaching(pool, asked, length, np.ascontiguousarray(best[:, 0]))
        engine.enough_for_vacancy[vacancy] = found.last
        over_rows(len(found.rows), partial(offer, rows=found.rows, keys=found.keys, best=best))
        progress("comparing", number, len(engine.vacancies))
    pool.enough[: len(pool)] = best[:, 0]
