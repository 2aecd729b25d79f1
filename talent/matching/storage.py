"""How inputs and pairs are written: once, in bulk, with everything that an explanation needs."""

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import make_url, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.matching.engine import Engine
from talent.matching.entries import in_parts
from talent.matching.fixed_point import from_steps
from talent.matching.inputs import View, as_json
from talent.matching.models import MatchInput, MatchRun, SubjectKind, Suggestion
from talent.matching.packing import packed
from talent.matching.ranking import Ranked
from talent.matching.wishes import both_sides

ROWS_AT_ONCE = 5_000
PSYCOPG = make_url("postgresql+psycopg://").get_dialect()()
GIVEN = {
    column.name: column.type.compile(PSYCOPG).partition("(")[0]
    for column in Suggestion.__table__.columns
    if column.server_default is None
}
"""The columns that the worker gives, with the type of each."""
ADD_PAIRS = text(
    f"insert into suggestion ({', '.join(GIVEN)}, account_id, organisation_id)"  # noqa: S608 - our own columns
    f" select {', '.join(f'given.{name}' for name in GIVEN)}, profile.account_id, vacancy.organisation_id"
    f" from unnest({', '.join(f'cast(:{name} as {kind}[])' for name, kind in GIVEN.items())})"
    f" as given({', '.join(GIVEN)})"
    " join profile on profile.id = given.profile_id join vacancy on vacancy.id = given.vacancy_id"
)
"""Whose a pair is comes from both its sides; the database refuses any other owner."""


def vacancy_input(engine: Engine, vacancy_id: UUID) -> dict[str, Any]:
    """What matching sees of this vacancy now, as a row."""
    open_ = engine.vacancies[vacancy_id]
    return _input_row(SubjectKind.VACANCY, vacancy_id, open_.input_hash, open_.view, open_.vector)


def profile_inputs(session: Session, engine: Engine, rows: Sequence[int]) -> list[dict[str, Any]]:
    """What matching sees of these rows of the pool now, as rows; their views are fetched at once."""
    pool, views = engine.pool, engine.views(session, rows)
    return [
        _input_row(
            SubjectKind.PROFILE, pool.profile_id(row), pool.digest(row), views[row], from_steps(pool.vectors[row])
        )
        for row in rows
    ]


def _input_row(
    kind: SubjectKind, subject: UUID, digest: str, view: View, vector: NDArray[np.float32]
) -> dict[str, Any]:
    return {
        "input_hash": digest,
        "subject_kind": kind,
        "subject_id": subject,
        "view": as_json(view),
        "vector": vector,
        "at": now(),
    }


def store_input(session: Session, engine: Engine, kind: SubjectKind, subject: UUID) -> None:
    """Keep what matching sees of this subject, under its hash."""
    if kind is SubjectKind.PROFILE:
        store_profile_inputs(session, engine, [engine.pool.index[subject]])
        return
    store_inputs(session, [vacancy_input(engine, subject)])
    engine.kept_inputs.add(engine.vacancies[subject].input_hash)


def store_profile_inputs(session: Session, engine: Engine, rows: Sequence[int]) -> None:
    """Keep what matching sees of these rows of the pool."""
    for some in in_parts(rows):
        store_inputs(session, profile_inputs(session, engine, some))
        engine.pool.kept[list(some)] = True


def store_inputs(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep those of these inputs that are not kept yet."""
    session.execute(insert(MatchInput).on_conflict_do_nothing(), rows)


def add_run(session: Session, engine: Engine, run: MatchRun) -> MatchRun:
    """The row of one ranking, written with its inputs."""
    store_input(session, engine, run.subject_kind, run.subject_id)
    session.add(run)
    session.flush()
    return run


def made_run(
    engine: Engine,
    kind: SubjectKind,
    subject: UUID,
    shown: list[list[object]],
    compared: int,
    started: float,
    run_id: UUID | None = None,
) -> MatchRun:
    """The row of one ranking, which is not added yet; ``run_id`` where its pairs were made before it."""
    model, weights, taxonomy = engine.setup
    is_profile = kind is SubjectKind.PROFILE
    return MatchRun(
        id=run_id or uuid4(),
        subject_kind=kind,
        subject_id=subject,
        at=now(),
        took_ms=round((time.perf_counter() - started) * 1000),
        model_hash=model,
        weights_version=weights,
        taxonomy_version=taxonomy,
        input_hash=engine.profile_hash(subject) if is_profile else engine.vacancies[subject].input_hash,
        compared=compared,
        order_shown=shown,
    )


def pair_rows(
    engine: Engine, run_id: UUID, vacancy_id: UUID, ranked: Ranked, kept: NDArray[np.int64]
) -> list[dict[str, Any]]:
    """These positions of a ranking as suggestions that are not written yet."""
    pool, open_, rows = engine.pool, engine.vacancies[vacancy_id], ranked.rows[kept].tolist()
    same = {
        "vacancy_id": vacancy_id,
        "run_id": run_id,
        "weights_version": engine.weights.version,
        "vacancy_input": open_.input_hash,
    }
    scores, totals = ranked.scores[kept], ranked.wished.total[kept, 0]
    own = {
        "profile_id": [pool.profile_id(row) for row in rows],
        "profile_input": [pool.digest(row) for row in rows],
        "score": (scores / 100).tolist(),
        "missing": ranked.missing[kept].tolist(),
        "tie": ranked.ties[kept].tolist(),
        "wished": (totals / 100).tolist(),
        "mutual": (both_sides(scores, totals) / 100).tolist(),
        "reasons": packed(pool, open_.view, ranked, kept),
    }
    return [same | dict(zip(own, values, strict=True)) for values in zip(*own.values(), strict=True)]


def write_pairs(session: Session, engine: Engine, rows: list[dict[str, Any]]) -> None:
    """Write these suggestions, with whatever was seen of both their sides and is not kept yet.

    A vacancy may stand in the list of a candidate before its own job ran: its change was followed (``following``).
    """
    pool = engine.pool
    people = sorted({row["profile_id"] for row in rows})
    new = [pool.index[profile] for profile in people if not pool.kept[pool.index[profile]]]
    if new:
        store_profile_inputs(session, engine, new)
    for vacancy in sorted({row["vacancy_id"] for row in rows if row["vacancy_input"] not in engine.kept_inputs}):
        store_input(session, engine, SubjectKind.VACANCY, vacancy)
    add_pairs(session, rows)


def add_pairs(session: Session, rows: list[dict[str, Any]]) -> None:
    """Write these rows into the table of suggestions, some thousands in one statement.

    PostgreSQL refuses COPY on a table that row-level security guards.
    """
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        session.execute(ADD_PAIRS, {name: [row[name] for row in some] for name in GIVEN})
