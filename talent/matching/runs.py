"""Lists computed and stored: what changed is compared with everything, and both sides' lists stay exact.

The stored pairs of a vacancy hold its whole shortlist, those of a candidate the whole list of best vacancies. A pair
is stored when it belongs to either, or when somebody has acted on it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import ReturningDelete

from talent.foundation.clock import now
from talent.matching.embedding import Progress, silent
from talent.matching.engine import Engine, Open, refresh_profiles, with_vectors
from talent.matching.filling import KNOWN, fill_candidates, fill_vacancies, forget_pairs, keys_of
from talent.matching.following import Followed
from talent.matching.kernels import offer, over_rows
from talent.matching.lengths import CANDIDATE_LIST, shortlist_length
from talent.matching.models import Introduction, MatchRun, SubjectKind, Suggestion
from talent.matching.pool import NOTHING, Pool
from talent.matching.question import question
from talent.matching.ranking import PairKeys, Ranked
from talent.matching.search import Reaching, reaching
from talent.matching.sieve import KEYS, nth_best
from talent.matching.storage import add_run, made_run, pair_rows, write_pairs
from talent.profiles.models import Profile, ProfileChange

NOTHING_FOLLOWED = Followed()
Fill = Callable[[Session, Engine, Sequence[UUID]], None]
"""What brings the lists of these candidates up to length."""
Compared = dict[UUID, PairKeys]
"""The keys of one candidate with each open vacancy."""


@dataclass(frozen=True)
class Shortlist:
    """What comparing a vacancy with everybody found, ready to be written.

    enough : (n,) int64, the key that was enough for each row of the pool to be looked at in full.
    """

    open_: Open
    enough: KEYS
    ranked: Ranked
    found: Reaching
    run_id: UUID
    rows: list[dict[str, Any]]
    started: float

    @property
    def vacancy_id(self) -> UUID:
        """Whose list it is."""
        return self.open_.view.vacancy_id


def compare_vacancy(session: Session, engine: Engine, vacancy_id: UUID) -> Shortlist | None:
    """The shortlist of one vacancy, read and embedded anew; None when it is no longer published. Nothing is written."""
    views = list(engine.assembler(session).vacancies([vacancy_id]))
    for view, vector in with_vectors(session, engine, views):
        engine.put_vacancy(view, vector)
    return made_shortlist(session, engine, vacancy_id) if views else None


def made_shortlist(session: Session, engine: Engine, vacancy_id: UUID) -> Shortlist:
    """The shortlist of a vacancy that the engine holds."""
    started = time.perf_counter()
    pool, open_ = engine.pool, engine.vacancies[vacancy_id]
    enough = pool.enough.copy()
    enough[_acted_on(session, engine, vacancy_id)] = NOTHING
    ranked, found = engine.best(vacancy_id, shortlist_length(open_.view.seats), enough)
    run_id = uuid4()
    rows = pair_rows(engine, run_id, vacancy_id, ranked, np.arange(len(ranked.rows)))
    return Shortlist(open_, enough[: len(pool)], ranked, found, run_id, rows, started)


def _acted_on(session: Session, engine: Engine, vacancy_id: UUID) -> list[int]:
    """The rows of the pool of those who were introduced to this vacancy."""
    profiles = session.scalars(select(Introduction.profile_id).where(Introduction.vacancy_id == vacancy_id))
    return [engine.pool.index[profile] for profile in profiles if profile in engine.pool.index]


def match_vacancy(
    session: Session,
    engine: Engine,
    vacancy_id: UUID,
    shortlist: Shortlist | None = None,
    followed: Followed = NOTHING_FOLLOWED,
    fill: Fill = fill_candidates,
) -> MatchRun | None:
    """Compare one vacancy with every candidate and store its shortlist; None when it is no longer published.

    ``shortlist`` is what was compared before this worker's turn came; what was followed since is mended in it. ``fill``
    is what happens to the lists of candidates that the vacancy leaves.
    """
    known = engine.vacancies.get(vacancy_id)
    if shortlist is None or shortlist.open_ is not known or followed.profiles:
        shortlist = compare_vacancy(session, engine, vacancy_id)
    if shortlist is None:
        engine.remove_vacancy(vacancy_id)
        engine.touch(SubjectKind.VACANCY, vacancy_id, anew=True)
        dropped = forget_pairs(session, Suggestion.vacancy_id == vacancy_id)
        fill(session, engine, [profile for _, profile in dropped])
        engine.write_entries(session)
        return None
    run, dropped_profiles = store_shortlist(session, engine, shortlist)
    fill(session, engine, dropped_profiles)
    engine.write_entries(session)
    return run


def store_shortlist(session: Session, engine: Engine, shortlist: Shortlist) -> tuple[MatchRun, list[UUID]]:
    """The stored run of one vacancy, and the candidates in whose lists it no longer stands."""
    vacancy_id, ranked, pool = shortlist.vacancy_id, shortlist.ranked, engine.pool
    length = shortlist_length(shortlist.open_.view.seats)
    engine.enough_for_vacancy[vacancy_id] = shortlist.found.last
    engine.touch(SubjectKind.VACANCY, vacancy_id, anew=True)
    late = come_late(session, engine, shortlist)
    before = keys_of(session.execute(_taken_out(Suggestion.vacancy_id == vacancy_id, Suggestion.profile_id)).all())
    rows = shortlist.rows
    shown = [[str(rows[i]["profile_id"]), rows[i]["profile_input"], rows[i]["score"]] for i in ranked.order()[:length]]
    made = made_run(
        engine,
        SubjectKind.VACANCY,
        vacancy_id,
        shown,
        shortlist.found.compared,
        shortlist.started,
        shortlist.run_id,
    )
    run = add_run(session, engine, made)
    rows = [*rows, *pair_rows(engine, shortlist.run_id, vacancy_id, late, np.arange(len(late.rows)))]
    write_pairs(session, engine, rows)
    staying = in_own_list(pool, ranked) | in_own_list(pool, late)
    stood = {one for one, keys in before.items() if one in pool.index and keys.own >= pool.enough[pool.index[one]]}
    return run, sorted(stood - staying)


def _taken_out(
    which: ColumnElement[bool], other: InstrumentedAttribute[UUID]
) -> ReturningDelete[UUID, float, int, int, float]:
    """Delete these pairs; of each its other side, its score, how much is missing, its tie, and its wishes."""
    return delete(Suggestion).where(which).returning(other, *KNOWN)


def come_late(session: Session, engine: Engine, shortlist: Shortlist) -> Ranked:
    """Those whom the comparison left out and who belong here now.

    Since then they were introduced, or the end of their own list fell.
    """
    pool, acted_on = engine.pool, np.array(_acted_on(session, engine, shortlist.vacancy_id), np.int64)
    before = slice(len(shortlist.enough))
    fell = np.flatnonzero((pool.enough[before] < shortlist.enough) & pool.alive[before])
    rows = np.setdiff1d(np.concatenate((fell, acted_on)), shortlist.ranked.rows).astype(np.int32)
    found = engine.rank(shortlist.vacancy_id, rows)
    kept = np.isin(found.rows, acted_on) | (found.own_keys >= pool.enough[found.rows])
    return engine.rank(shortlist.vacancy_id, found.rows[kept])


def in_own_list(pool: Pool, ranked: Ranked) -> set[UUID]:
    """The candidates in whose own lists the vacancy stands."""
    rows = ranked.rows[ranked.own_keys >= pool.enough[ranked.rows]]
    return {pool.profile_id(row) for row in rows.tolist()}


def compare_profile(session: Session, engine: Engine, profile_id: UUID) -> Compared | None:
    """One candidate, read and embedded anew, against every open vacancy; None when no longer published."""
    return engine.keys_of(profile_id) if refresh_profiles(session, engine, [profile_id]) else None


def match_profile(
    session: Session,
    engine: Engine,
    profile_id: UUID,
    compared: Compared | None = None,
    followed: Followed = NOTHING_FOLLOWED,
    *,
    left: Sequence[UUID] = (),
) -> MatchRun | None:
    """Compare one candidate with every open vacancy and store the list; None when no longer published.

    ``compared`` is what was compared before this worker's turn came; what was followed since is mended in it. ``left``
    are vacancies from whose lists the candidate was erased.
    """
    if compared is None or profile_id in followed.profiles:
        compared = compare_profile(session, engine, profile_id)
    if compared is None:
        engine.remove_profile(profile_id)
        engine.touch(SubjectKind.PROFILE, profile_id, anew=True)
        dropped = forget_pairs(session, Suggestion.profile_id == profile_id)
        fill_vacancies(session, engine, [*left, *(vacancy for vacancy, _ in dropped)])
        engine.write_entries(session)
        return None
    keys = engine.keys_of(profile_id) if followed.vacancies else compared
    run, dropped_vacancies = store_list(session, engine, profile_id, keys)
    fill_vacancies(session, engine, dropped_vacancies)
    engine.write_entries(session)
    return run


def match_account(session: Session, engine: Engine, account_id: UUID) -> MatchRun | None:
    """As ``match_profile`` for the candidate with this account, told to every worker; None without a profile."""
    profile_id = session.scalar(select(Profile.id).where(Profile.account_id == account_id))
    if profile_id is None:
        return None
    session.add(ProfileChange(profile_id=profile_id, at=now()))
    return match_profile(session, engine, profile_id)


def store_list(session: Session, engine: Engine, profile_id: UUID, keys: Compared) -> tuple[MatchRun, list[UUID]]:
    """The stored run of one candidate, and the vacancies on whose shortlists the candidate no longer stands."""
    started, row = time.perf_counter(), engine.pool.index[profile_id]
    enough = nth_best(np.array([key.own for key in keys.values()], np.int64), CANDIDATE_LIST)
    engine.pool.enough[row] = enough
    engine.touch(SubjectKind.PROFILE, profile_id, anew=True)
    acted_on = set(session.scalars(select(Introduction.vacancy_id).where(Introduction.profile_id == profile_id)))
    before = keys_of(session.execute(_taken_out(Suggestion.profile_id == profile_id, Suggestion.vacancy_id)).all())
    on_shortlist, stood = _on_shortlist(engine, keys), _on_shortlist(engine, before)
    kept = [one for one, key in keys.items() if key.own >= enough or one in on_shortlist or one in acted_on]
    best_first = sorted(kept, key=lambda one: -keys[one].own)
    ranked = {one: engine.rank(one, np.array([row], np.int32)) for one in best_first}
    shown = [
        [str(one), engine.vacancies[one].input_hash, found.scores[0] / 100]
        for one, found in islice(ranked.items(), CANDIDATE_LIST)
    ]
    run = add_run(session, engine, made_run(engine, SubjectKind.PROFILE, profile_id, shown, len(keys), started))
    rows: list[dict[str, Any]] = []
    for one, found in ranked.items():
        rows += pair_rows(engine, run.id, one, found, np.array([0]))
    write_pairs(session, engine, rows)
    return run, sorted(stood - on_shortlist)


def _on_shortlist(engine: Engine, keys: Compared) -> set[UUID]:
    """The vacancies on whose shortlists somebody with these keys stands."""
    return {one for one, key in keys.items() if key.listed >= engine.enough_for_vacancy.get(one, NOTHING)}


def match_everything(session: Session, engine: Engine, progress: Progress = silent) -> int:
    """Compute and store every list afresh; the number of vacancies done."""
    set_bounds(engine, progress)
    for number, vacancy in enumerate(sorted(engine.vacancies), start=1):
        store_shortlist(session, engine, made_shortlist(session, engine, vacancy))
        progress("matching vacancies", number, len(engine.vacancies))
    return len(engine.vacancies)


def set_bounds(engine: Engine, progress: Progress = silent) -> None:
    """Set the exact key that stands last in every shortlist and every candidate's list, in one pass over all pairs.

    A pair is scored when it reaches the shortlist or the best that the candidate was offered so far.
    """
    pool = engine.pool
    best = np.full((len(pool), CANDIDATE_LIST), NOTHING, np.int64)
    for number, (vacancy, open_) in enumerate(engine.vacancies.items(), start=1):
        asked = question(pool, open_.view, open_.vector, engine.weights)
        length = shortlist_length(open_.view.seats)
        found = reaching(pool, asked, length, np.ascontiguousarray(best[:, 0]))
        engine.enough_for_vacancy[vacancy] = found.last
        over_rows(len(found.rows), partial(offer, rows=found.rows, keys=found.own_keys, best=best))
        progress("comparing", number, len(engine.vacancies))
    pool.enough[: len(pool)] = best[:, 0]
