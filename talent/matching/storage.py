"""How inputs and pairs are written: once, in bulk, with everything that an explanation needs."""

import json
import time
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import make_url, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.matching.engine import Engine
from talent.matching.features import skill_strengths
from talent.matching.fixed_point import from_steps
from talent.matching.inputs import as_json
from talent.matching.models import MatchInput, MatchRun, SubjectKind, Suggestion
from talent.matching.pool import Pool
from talent.matching.ranking import Ranked
from talent.matching.requirements import Finding, Verdict, held_for
from talent.matching.scorer import PART_KEYS
from talent.matching.similarity import LIKENESS

ROWS_AT_ONCE = 1_000
GIVEN = [column for column in Suggestion.__table__.columns if column.server_default is None]
PSYCOPG = make_url("postgresql+psycopg://").get_dialect()()
NAMES = ", ".join(column.name for column in GIVEN)
VALUES = ", ".join(f"given.{column.name}" for column in GIVEN)
TYPES = ", ".join(f"{column.name} {column.type.compile(PSYCOPG)}" for column in GIVEN)
ADD_PAIRS = text(
    f"insert into suggestion ({NAMES}, account_id, organisation_id)"  # noqa: S608 - names of our own columns
    f" select {VALUES}, profile.account_id, vacancy.organisation_id"
    f" from json_to_recordset(cast(:rows as json)) as given ({TYPES})"
    " join profile on profile.id = given.profile_id join vacancy on vacancy.id = given.vacancy_id"
)
"""Whose a pair is comes from both its sides; the database refuses any other owner."""
LEAST_STRENGTH = 0.25
"""Strength below which a held skill is not shown as covering a needed one (S-OWN-1)."""


def input_row(engine: Engine, kind: SubjectKind, subject: UUID) -> dict[str, Any]:
    """What matching sees of this subject now, as a row."""
    if kind is SubjectKind.VACANCY:
        open_ = engine.vacancies[subject]
        view: Any = open_.view
        digest, vector = open_.input_hash, open_.vector
    else:
        row = engine.pool.index[subject]
        view, digest, vector = engine.pool.view(row), engine.profile_hash[subject], from_steps(engine.pool.vectors[row])
    return {
        "input_hash": digest,
        "subject_kind": kind,
        "subject_id": subject,
        "view": as_json(view),
        "vector": vector,
        "at": now(),
    }


def store_input(session: Session, engine: Engine, kind: SubjectKind, subject: UUID) -> str:
    """Keep what matching sees of this subject, under its hash."""
    row = input_row(engine, kind, subject)
    store_inputs(session, engine, [row])
    return str(row["input_hash"])


def store_inputs(session: Session, engine: Engine, rows: list[dict[str, Any]]) -> None:
    """Keep those of these inputs that are not kept yet."""
    session.execute(insert(MatchInput).on_conflict_do_nothing(), rows)
    engine.kept_inputs.update(row["input_hash"] for row in rows)


def add_run(
    session: Session,
    engine: Engine,
    kind: SubjectKind,
    subject: UUID,
    shown: list[list[object]],
    compared: int,
    started: float,
    run_id: UUID | None = None,
) -> MatchRun:
    """The row of one ranking, with its inputs stored; ``run_id`` where its pairs were made before it."""
    model, weights, taxonomy = engine.setup
    run = MatchRun(
        id=run_id or uuid4(),
        subject_kind=kind,
        subject_id=subject,
        at=now(),
        took_ms=round((time.perf_counter() - started) * 1000),
        model_hash=model,
        weights_version=weights,
        taxonomy_version=taxonomy,
        input_hash=store_input(session, engine, kind, subject),
        compared=compared,
        order_shown=shown,
    )
    session.add(run)
    session.flush()
    return run


def store_pairs(
    session: Session, engine: Engine, run: MatchRun, vacancy_id: UUID, ranked: Ranked, kept: NDArray[np.int64]
) -> None:
    """Write these positions of a ranking as suggestions; none of the pairs may be stored already."""
    write_pairs(session, engine, pair_rows(engine, run.id, vacancy_id, ranked, kept))


def pair_rows(
    engine: Engine, run_id: UUID, vacancy_id: UUID, ranked: Ranked, kept: NDArray[np.int64]
) -> list[dict[str, Any]]:
    """These positions of a ranking as suggestions that are not written yet."""
    skills = skill_rows(engine, vacancy_id, ranked.rows[kept])
    return [
        pair_row(engine, run_id, vacancy_id, ranked, int(position)) | {"skills": matched}
        for position, matched in zip(kept, skills, strict=True)
    ]


def write_pairs(session: Session, engine: Engine, rows: list[dict[str, Any]]) -> None:
    """Write these suggestions, with whatever was seen of both their sides and is not kept yet.

    A vacancy may stand in the list of a candidate before its own job ran: its change was followed (``following``).
    """
    seen = {(SubjectKind.PROFILE, row["profile_id"]): row["profile_input"] for row in rows}
    seen |= {(SubjectKind.VACANCY, row["vacancy_id"]): row["vacancy_input"] for row in rows}
    new = sorted(subject for subject, digest in seen.items() if digest not in engine.kept_inputs)
    if new:
        store_inputs(session, engine, [input_row(engine, *subject) for subject in new])
    add_pairs(session, rows)


def add_pairs(session: Session, rows: list[dict[str, Any]]) -> None:
    """Write these rows into the table of suggestions, a thousand in one statement.

    PostgreSQL refuses COPY on a table that row-level security guards.
    """
    for start in range(0, len(rows), ROWS_AT_ONCE):
        session.execute(ADD_PAIRS, {"rows": json.dumps(rows[start : start + ROWS_AT_ONCE], default=str)})


def pair_row(engine: Engine, run_id: UUID, vacancy_id: UUID, ranked: Ranked, position: int) -> dict[str, Any]:
    """One pair with its parts and findings."""
    open_ = engine.vacancies[vacancy_id]
    candidate = engine.pool.view(int(ranked.rows[position]))
    return {
        "vacancy_id": vacancy_id,
        "profile_id": candidate.profile_id,
        "run_id": run_id,
        "weights_version": engine.weights.version,
        "score": ranked.scores[position] / 100,
        "missing": int(ranked.missing[position]),
        "tie": int(ranked.ties[position]),
        "parts": {key: value / 100 for key, value in zip(PART_KEYS, ranked.parts[position].tolist(), strict=True)},
        "findings": [
            Finding(asked, Verdict(verdict), held_for(candidate, asked)).as_row()
            for asked, verdict in zip(ranked.requirements, ranked.verdicts[position].tolist(), strict=True)
        ],
        "vacancy_input": open_.input_hash,
        "profile_input": engine.profile_hash[candidate.profile_id],
    }


def skill_rows(engine: Engine, vacancy_id: UUID, rows: NDArray[np.int32]) -> list[list[list[Any]]]:
    """For each row and each needed skill: its id, the held skill that covers it or null, how well (two decimals)."""
    pool, needed = engine.pool, engine.vacancies[vacancy_id].needed
    strengths, best = skill_strengths(pool, engine.vacancies[vacancy_id].view.skills, rows)
    held = np.take_along_axis(pool.skills[rows], best, axis=1)
    shares = (strengths / LIKENESS).round(2).tolist()
    return [
        [covered(pool, *one) for one in zip(needed, numbers, each, strict=True)]
        for numbers, each in zip(held.tolist(), shares, strict=True)
    ]


def covered(pool: Pool, needed: str, number: int, strength: float) -> list[Any]:
    """One needed skill with the held one, by its number in the pool, that covers it so well, or with null."""
    names = pool.skill_concepts.names
    return (
        [needed, names[number], strength] if strength >= LEAST_STRENGTH and number < len(names) else [needed, None, 0.0]
    )
