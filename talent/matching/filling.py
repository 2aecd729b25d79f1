"""Lists kept full: when a pair drops out of a list, the list is filled up again from the pool."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

import numpy as np
from sqlalchemy import Row, delete, exists, text
from sqlalchemy.orm import Session

from talent.foundation.jobs import defer
from talent.matching.engine import Engine
from talent.matching.holding import needs_views
from talent.matching.lengths import CANDIDATE_LIST, shortlist_length
from talent.matching.models import Introduction, SubjectKind, Suggestion
from talent.matching.ranking import PairKeys, list_keys, own_keys
from talent.matching.sieve import nth_best
from talent.matching.storage import made_run, pair_rows, store_input, write_pairs
from talent.matching.tasks import FILL_LISTS

FILLED_AT_ONCE: Final = 100
"""Lists that are filled up by one job (S-OWN-10)."""
AFTER_CHANGES: Final = -1
"""The priority of filling up: whatever changed comes before it."""
Pair = tuple[UUID, UUID]
"""A vacancy and a candidate."""
NOT_STORED = text(
    "select vacancy, profile from unnest(cast(:v as uuid[]), cast(:p as uuid[])) as wanted (vacancy, profile)"
    " where not exists (select from suggestion where vacancy_id = vacancy and profile_id = profile) order by 1, 2"
)


def forget_pairs(session: Session, which: object) -> list[Pair]:
    """Delete these suggestions, but not what somebody has acted on; the (vacancy, profile) pairs that went."""
    acted_on = exists().where(
        Introduction.vacancy_id == Suggestion.vacancy_id, Introduction.profile_id == Suggestion.profile_id
    )
    gone = session.execute(
        delete(Suggestion).where(which, ~acted_on).returning(Suggestion.vacancy_id, Suggestion.profile_id)  # type: ignore[arg-type]  # a column expression
    )
    return sorted(gone.all())


def keys_of(pairs: Sequence[Row[UUID, float, int, int, float]]) -> dict[UUID, PairKeys]:
    """The keys of each stored pair, given as its other side, score, number of missing things, tie and wishes."""
    if not pairs:
        return {}
    others, scores, missing, ties, wishes = zip(*pairs, strict=True)
    hundredths, wished = (np.rint(np.array(points) * 100).astype(np.int32) for points in (scores, wishes))
    keys = list_keys(np.array(missing, np.int16), hundredths, np.array(ties, np.int64))
    return dict(zip(others, map(PairKeys, keys.tolist(), own_keys(keys, wished).tolist()), strict=True))


def fill_candidates(session: Session, engine: Engine, profiles: Iterable[UUID]) -> None:
    """Bring the lists of these candidates up to length after one of their vacancies left."""
    living = [profile for profile in profiles if profile in engine.pool.index]
    if not living or not engine.vacancies:
        return
    board, started = engine.board, time.perf_counter()
    rows = np.array([engine.pool.index[profile] for profile in living], np.int32)
    _, keys = board.against(engine.pool, rows)
    enough = np.array([nth_best(own, CANDIDATE_LIST) for own in keys], np.int64)
    engine.pool.enough[rows] = enough
    for profile in living:
        engine.touch(SubjectKind.PROFILE, profile, anew=False)
    wanted = [(board.ids[place], living[number]) for number, place in np.argwhere(keys >= enough[:, None]).tolist()]
    add_missing(session, engine, wanted, dict.fromkeys(board.ids, len(living)), started)


def fill_candidates_later(session: Session, engine: Engine, profiles: Sequence[UUID]) -> None:
    """The same for few at once; the lists of many are filled by jobs of their own, after whatever else has changed.

    Until then these lists are short of the vacancy that left them, and the bounds in memory are those from before it.
    """
    if len(profiles) <= FILLED_AT_ONCE:
        fill_candidates(session, engine, profiles)
        return
    for start in range(0, len(profiles), FILLED_AT_ONCE):
        some = [str(profile) for profile in profiles[start : start + FILLED_AT_ONCE]]
        defer(session, FILL_LISTS, priority=AFTER_CHANGES, profile_ids=some)


def fill_vacancies(session: Session, engine: Engine, vacancies: Iterable[UUID]) -> None:
    """Bring the shortlists of these vacancies up to length after one of their candidates left."""
    started = time.perf_counter()
    wanted: list[Pair] = []
    compared: dict[UUID, int] = {}
    for vacancy in vacancies:
        if vacancy not in engine.vacancies:
            continue
        reached = engine.reaching(vacancy, shortlist_length(engine.vacancies[vacancy].view.seats))
        engine.enough_for_vacancy[vacancy] = reached.last
        engine.touch(SubjectKind.VACANCY, vacancy, anew=False)
        wanted += [(vacancy, engine.pool.profile_id(row)) for row in reached.rows.tolist()]
        compared[vacancy] = reached.compared
    add_missing(session, engine, wanted, compared, started)


def not_stored(session: Session, pairs: Sequence[Pair]) -> list[Pair]:
    """Those of these pairs that are not stored, in the order of their ids."""
    vacancies, profiles = [vacancy for vacancy, _ in pairs], [profile for _, profile in pairs]
    return [(row.vacancy, row.profile) for row in session.execute(NOT_STORED, {"v": vacancies, "p": profiles})]


def add_missing(
    session: Session, engine: Engine, wanted: Sequence[Pair], compared: Mapping[UUID, int], started: float
) -> None:
    """Store those of these pairs that are not stored yet, with one run for each vacancy."""
    new: dict[UUID, list[int]] = {}
    for vacancy, profile in not_stored(session, wanted):
        new.setdefault(vacancy, []).append(engine.pool.index[profile])
    found = {vacancy: engine.rank(vacancy, np.array(some, np.int32)) for vacancy, some in new.items()}
    runs, rows = [], []
    asked_for_papers = [ranked for ranked in found.values() if needs_views(ranked.requirements)]
    views = engine.views(session, sorted({row for ranked in asked_for_papers for row in ranked.rows.tolist()}))
    for vacancy, ranked in found.items():
        shown = [
            [str(engine.pool.profile_id(row)), "", score / 100]
            for row, score in zip(ranked.rows.tolist(), ranked.scores.tolist(), strict=True)
        ]
        runs.append(made_run(engine, SubjectKind.VACANCY, vacancy, shown, compared[vacancy], started))
        rows += pair_rows(session, engine, runs[-1].id, vacancy, ranked, np.arange(len(ranked.rows)), views)
        if engine.vacancies[vacancy].input_hash not in engine.kept_inputs:
            store_input(session, engine, SubjectKind.VACANCY, vacancy)
    session.add_all(runs)
    session.flush()
    write_pairs(session, engine, rows)
