"""How inputs and pairs are written: once, in bulk, with everything that an explanation needs."""

import time
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.matching.engine import Engine
from talent.matching.inputs import as_json
from talent.matching.models import MatchInput, MatchRun, SubjectKind, Suggestion
from talent.matching.ranking import Ranked
from talent.matching.requirements import Finding, Verdict, held_for
from talent.matching.scorer import PART_KEYS

LEAST_STRENGTH = 0.25
"""Strength below which a held skill is not shown as covering a needed one (source D-0008)."""
WRITE_AT_ONCE = 1_000


def input_row(engine: Engine, kind: SubjectKind, subject: UUID) -> dict[str, Any]:
    """What matching sees of this subject now, as a row."""
    if kind is SubjectKind.VACANCY:
        open_ = engine.vacancies[subject]
        view: Any = open_.view
        digest, vector = open_.input_hash, open_.vector
    else:
        row = engine.pool.index[subject]
        view, digest, vector = engine.pool.view(row), engine.profile_hash[subject], engine.pool.vectors[row]
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
) -> MatchRun:
    """The row of one ranking, with its inputs stored."""
    model, weights, taxonomy = engine.setup
    run = MatchRun(
        id=uuid4(),
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
    """Write these positions of a ranking as suggestions, in place of older ones of the same pairs."""
    rows = [pair_row(engine, run, vacancy_id, ranked, int(position)) for position in kept]
    new = [row["profile_id"] for row in rows if row["profile_input"] not in engine.kept_inputs]
    if new:
        store_inputs(session, engine, [input_row(engine, SubjectKind.PROFILE, profile) for profile in new])
    statement = insert(Suggestion)
    replacing = statement.on_conflict_do_update(
        index_elements=[Suggestion.vacancy_id, Suggestion.profile_id],
        set_={
            column.name: statement.excluded[column.name]
            for column in Suggestion.__table__.columns
            if not column.primary_key
        },
    )
    for start in range(0, len(rows), WRITE_AT_ONCE):
        session.execute(replacing, rows[start : start + WRITE_AT_ONCE])


def pair_row(engine: Engine, run: MatchRun, vacancy_id: UUID, ranked: Ranked, position: int) -> dict[str, Any]:
    """One pair with its parts, matched skills and findings."""
    open_ = engine.vacancies[vacancy_id]
    candidate = engine.pool.view(int(ranked.rows[position]))
    return {
        "vacancy_id": vacancy_id,
        "profile_id": candidate.profile_id,
        "run_id": run.id,
        "score": ranked.scores[position] / 100,
        "missing": int(ranked.missing[position]),
        "tie": int(ranked.ties[position]),
        "parts": {key: value / 100 for key, value in zip(PART_KEYS, ranked.parts[position].tolist(), strict=True)},
        "skills": skill_rows(engine, vacancy_id, ranked, position),
        "findings": [
            Finding(asked, Verdict(verdict), held_for(candidate, asked)).as_row()
            for asked, verdict in zip(ranked.requirements, ranked.verdicts[position].tolist(), strict=True)
        ],
        "vacancy_input": open_.input_hash,
        "profile_input": engine.profile_hash[candidate.profile_id],
    }


def skill_rows(engine: Engine, vacancy_id: UUID, ranked: Ranked, position: int) -> list[list[Any]]:
    """For each needed skill: its id, the held skill that covers it or null, and how well (two decimals)."""
    held = engine.pool.skills[ranked.rows[position]]
    concepts = engine.pool.skill_concepts.ids
    found = []
    for column, needed in enumerate(engine.vacancies[vacancy_id].view.skills):
        strength = round(float(ranked.compared.strengths[position, column]), 2)
        number = held[ranked.compared.best[position, column]]
        covers = strength >= LEAST_STRENGTH and number < len(concepts)
        found.append([str(needed.skill_id), str(concepts[number]) if covers else None, strength if covers else 0.0])
    return found
