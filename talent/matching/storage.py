"""How inputs and pairs are written: once, in bulk, with everything that an explanation needs."""

import json
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
from talent.matching.entries import Views, in_parts
from talent.matching.features import skill_strengths
from talent.matching.fixed_point import from_steps
from talent.matching.grades import ungraded
from talent.matching.holding import held_by, needs_views
from talent.matching.inputs import View, as_json
from talent.matching.models import MatchInput, MatchRun, SubjectKind, Suggestion
from talent.matching.pool import Pool
from talent.matching.ranking import Ranked
from talent.matching.requirements import Finding, Verdict
from talent.matching.scorer import PART_KEYS
from talent.matching.similarity import LIKENESS
from talent.matching.wishes import WISH_KEYS, both_sides, granted

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
"""Likeness below which a held skill is not shown as covering a needed one (S-OWN-1)."""


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
    session: Session,
    engine: Engine,
    run_id: UUID,
    vacancy_id: UUID,
    ranked: Ranked,
    kept: NDArray[np.int64],
    views: Views | None = None,
) -> list[dict[str, Any]]:
    """These positions of a ranking as suggestions that are not written yet; ``views`` where they are known already."""
    rows, asked = ranked.rows[kept], ranked.requirements
    if views is None:
        views = engine.views(session, rows.tolist()) if needs_views(asked) else {}
    skills, wishes = skill_rows(engine, vacancy_id, rows), wish_rows(engine, vacancy_id, ranked, kept)
    held = [held_by(engine.pool, rows, one, views) for one in asked]
    return [
        pair_row(engine, run_id, vacancy_id, ranked, int(position), [own[number] for own in held])
        | {"skills": matched}
        | wished
        for number, (position, matched, wished) in enumerate(zip(kept, skills, wishes, strict=True))
    ]


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
    """Write these rows into the table of suggestions, a thousand in one statement.

    PostgreSQL refuses COPY on a table that row-level security guards.
    """
    for start in range(0, len(rows), ROWS_AT_ONCE):
        session.execute(ADD_PAIRS, {"rows": json.dumps(rows[start : start + ROWS_AT_ONCE], default=str)})


def pair_row(
    engine: Engine, run_id: UUID, vacancy_id: UUID, ranked: Ranked, position: int, held: Sequence[Any]
) -> dict[str, Any]:
    """One pair with its parts and findings; ``held`` towards each requirement."""
    open_, row = engine.vacancies[vacancy_id], int(ranked.rows[position])
    return {
        "vacancy_id": vacancy_id,
        "profile_id": engine.pool.profile_id(row),
        "run_id": run_id,
        "weights_version": engine.weights.version,
        "score": ranked.scores[position] / 100,
        "missing": int(ranked.missing[position]),
        "tie": int(ranked.ties[position]),
        "parts": {key: value / 100 for key, value in zip(PART_KEYS, ranked.parts[position].tolist(), strict=True)},
        "findings": [
            Finding(asked, Verdict(verdict), own).as_row()
            for asked, verdict, own in zip(ranked.requirements, ranked.verdicts[position].tolist(), held, strict=True)
        ],
        "vacancy_input": open_.input_hash,
        "profile_input": engine.pool.digest(row),
    }


def skill_rows(engine: Engine, vacancy_id: UUID, rows: NDArray[np.int32]) -> list[list[list[Any]]]:
    """For each row and each needed skill: its id, the held skill that covers it or null, how alike (two decimals)."""
    pool, needed = engine.pool, engine.vacancies[vacancy_id].needed
    strengths, best = skill_strengths(pool, engine.vacancies[vacancy_id].view.skills, rows)
    held, counts = ungraded(np.take_along_axis(pool.skills[rows], best, axis=1), len(pool.skill_concepts.ids))
    shares = (strengths / counts / LIKENESS).round(2).tolist()
    return [
        [covered(pool, *one) for one in zip(needed, numbers, each, strict=True)]
        for numbers, each in zip(held.tolist(), shares, strict=True)
    ]


def wish_rows(engine: Engine, vacancy_id: UUID, ranked: Ranked, kept: NDArray[np.int64]) -> list[dict[str, Any]]:
    """For each of these positions what is kept of the candidate's wishes, and of both sides together."""
    found, view = ranked.wished, engine.vacancies[vacancy_id].view
    said = {"work": view.occupation_id is not None, "country": True, "pay": view.euros_a_month is not None}
    points, most = found.points[kept, 0].tolist(), found.most[kept].tolist()
    shares = np.stack([each[kept, 0] for each in found.shares], axis=1).tolist()
    totals = found.total[kept, 0]
    mutual = both_sides(ranked.scores[kept], totals)
    return [
        {
            "wished": total / 100,
            "mutual": both / 100,
            "wishes": {
                key: [own / 100, of / 100, granted(key, share, is_said=said[key]).value]
                for key, own, of, share in zip(WISH_KEYS, *each, strict=True)
                if of
            },
        }
        for total, both, *each in zip(totals.tolist(), mutual.tolist(), points, most, shares, strict=True)
    ]


def covered(pool: Pool, needed: str, number: int, strength: float) -> list[Any]:
    """One needed skill with the held one, by its number in the pool, that covers it so well, or with null."""
    names = pool.skill_concepts.names
    return (
        [needed, names[number], strength] if strength >= LEAST_STRENGTH and number < len(names) else [needed, None, 0.0]
    )
