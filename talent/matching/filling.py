"""Lists kept full: when a pair drops out of a list, the list is filled up again from the pool."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import numpy as np
from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from talent.foundation.jobs import defer
from talent.matching.engine import Engine
from talent.matching.lengths import CANDIDATE_LIST, shortlist_length
from talent.matching.models import Introduction, SubjectKind, Suggestion
from talent.matching.ranking import PairKeys, list_keys, own_keys
from talent.matching.sieve import nth_best
from talent.matching.storage import made_run, pair_rows, store_input, write_pairs
from talent.matching.tasks import AFTER_CHANGES, FILL_LISTS

FILLED_AT_ONCE: Final = 100
"""Lists that are filled up by one job (S-OWN-10)."""
Pair = tuple[UUID, UUID]
"""A vacancy and a candidate."""
PAIR: Final = Suggestion.vacancy_id, Suggestion.profile_id
KNOWN: Final = Suggestion.score, Suggestion.missing, Suggestion.tie, Suggestion.wished
"""What the keys of a stored pair are made of."""


def forget_pairs(session: Session, which: ColumnElement[bool]) -> list[Pair]:
    """Delete these suggestions, but not what somebody has acted on; all of the (vacancy, profile) pairs, in order.

    What was acted on leaves the lists with the others, although it stays stored.
    """
    pairs = session.execute(select(*PAIR).where(which)).all()
    acted_on = exists().where(
        Introduction.vacancy_id == Suggestion.vacancy_id, Introduction.profile_id == Suggestion.profile_id
    )
    session.execute(delete(Suggestion).where(which, ~acted_on))
    return sorted((vacancy, profile) for vacancy, profile in pairs)


def keys_of(pairs: Iterable[Sequence[Any]]) -> dict[Any, PairKeys]:
    """The keys of stored pairs by what names each; of each what names it, and then ``KNOWN``."""
    pairs = list(pairs)
    if not pairs:
        return {}
    others, scores, missing, ties, wishes = zip(*pairs, strict=True)
    hundredths, wished = (np.rint(np.array(points) * 100).astype(np.int32) for points in (scores, wishes))
    keys = list_keys(np.array(missing, np.int16), hundredths, np.array(ties, np.int64))
    return dict(zip(others, map(PairKeys, keys.tolist(), own_keys(keys, wished).tolist()), strict=True))


def stored_keys(session: Session, which: ColumnElement[bool]) -> dict[Pair, PairKeys]:
    """The keys of these stored pairs, as they were stored."""
    pairs = session.execute(select(*PAIR, *KNOWN).where(which)).all()
    return keys_of([((vacancy, profile), *known) for vacancy, profile, *known in pairs])


def fill_candidates(session: Session, engine: Engine, profiles: Iterable[UUID]) -> None:
    """Bring the lists of these candidates up to length after one of their vacancies left.

    A stored pair counts as it was stored. Where one side has changed since, its own job stores it anew and looks where
    the pair stood: with the key of now the list would be taken for full, and be one short when the pair leaves it.
    """
    living = sorted(profile for profile in set(profiles) if profile in engine.pool.index)
    if not living or not engine.vacancies:
        return
    board, started = engine.board, time.perf_counter()
    rows = np.array([engine.pool.index[profile] for profile in living], np.int32)
    _, keys = board.against(engine.pool, rows)
    stored = stored_keys(session, Suggestion.profile_id.in_(living))
    numbers, places = place_of(living), place_of(board.ids)
    for (vacancy, profile), known in stored.items():
        if vacancy in places:
            keys[numbers[profile], places[vacancy]] = known.own
    enough = np.array([nth_best(own, CANDIDATE_LIST) for own in keys], np.int64)
    engine.pool.enough[rows] = enough
    for profile in living:
        engine.touch(SubjectKind.PROFILE, profile, anew=False)
    reach = ((board.ids[place], living[number]) for number, place in np.argwhere(keys >= enough[:, None]).tolist())
    wanted = [pair for pair in reach if pair not in stored]
    add_missing(session, engine, wanted, dict.fromkeys(board.ids, len(living)), started)


def place_of(ids: Sequence[UUID]) -> dict[UUID, int]:
    """Where each of these stands."""
    return {one: place for place, one in enumerate(ids)}


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
    """Bring the shortlists of these vacancies up to length after one of their candidates left.

    A stored pair counts as it was stored, as in ``fill_candidates``.
    """
    started = time.perf_counter()
    wanted: list[Pair] = []
    compared: dict[UUID, int] = {}
    for vacancy in sorted(one for one in set(vacancies) if one in engine.vacancies):
        stored = listed_keys(session, engine, vacancy)
        changed = otherwise(engine, vacancy, stored)
        length = shortlist_length(engine.vacancies[vacancy].view.seats)
        reached = engine.reaching(vacancy, length + len(changed))
        new = [key for row, key in zip(reached.rows.tolist(), reached.keys.tolist(), strict=True) if row not in changed]
        last = nth_best(np.array(new + [stored[row] for row in changed], np.int64), length)
        engine.enough_for_vacancy[vacancy] = last
        engine.touch(SubjectKind.VACANCY, vacancy, anew=False)
        rows = reached.rows[reached.keys >= last].tolist()
        wanted += [(vacancy, engine.pool.profile_id(row)) for row in rows if row not in stored]
        compared[vacancy] = reached.compared
    add_missing(session, engine, wanted, compared, started)


def listed_keys(session: Session, engine: Engine, vacancy: UUID) -> dict[int, int]:
    """The key of each stored pair of this vacancy in its list, as it was stored, by the row of the pool."""
    stored, index = stored_keys(session, Suggestion.vacancy_id == vacancy), engine.pool.index
    return {index[profile]: known.listed for (_, profile), known in stored.items() if profile in index}


def otherwise(engine: Engine, vacancy: UUID, stored: Mapping[int, int]) -> set[int]:
    """The rows of stored pairs with this vacancy whose key is another now: a side changed, and its job has to run."""
    ranked = engine.rank(vacancy, np.array(sorted(stored), np.int32))
    return {row for row, key in zip(ranked.rows.tolist(), ranked.keys.tolist(), strict=True) if stored[row] != key}


def add_missing(
    session: Session, engine: Engine, wanted: Sequence[Pair], compared: Mapping[UUID, int], started: float
) -> None:
    """Store these pairs, none of which is stored yet, with one run for each vacancy."""
    new: dict[UUID, list[int]] = {}
    for vacancy, profile in sorted(wanted):
        new.setdefault(vacancy, []).append(engine.pool.index[profile])
    found = {vacancy: engine.rank(vacancy, np.array(some, np.int32)) for vacancy, some in new.items()}
    runs, rows = [], []
    for vacancy, ranked in found.items():
        shown = [
            [str(engine.pool.profile_id(row)), "", score / 100]
            for row, score in zip(ranked.rows.tolist(), ranked.scores.tolist(), strict=True)
        ]
        runs.append(made_run(engine, SubjectKind.VACANCY, vacancy, shown, compared[vacancy], started))
        rows += pair_rows(engine, runs[-1].id, vacancy, ranked, np.arange(len(ranked.rows)))
        if engine.vacancies[vacancy].input_hash not in engine.kept_inputs:
            store_input(session, engine, SubjectKind.VACANCY, vacancy)
    session.add_all(runs)
    session.flush()
    write_pairs(session, engine, rows)
