"""Vectors that are current: whatever is stale is embedded again, whatever is not is read."""

import hashlib
from collections.abc import Callable, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.matching.encoder import Encoder
from talent.matching.models import SubjectKind, SubjectVector
from talent.matching.similarity import NEAR_OCCUPATION, NEAR_SKILL, Concepts
from talent.taxonomy.models import Label, Occupation, Skill

FLOAT = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much is done and how much there is."""

ENCODE_AT_ONCE = 256
WRITE_AT_ONCE = 2_000
PLURAL = {SubjectKind.PROFILE: "profiles", SubjectKind.VACANCY: "vacancies", SubjectKind.LABEL: "labels"}


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress shown."""


def text_hash(text: str) -> str:
    """SHA-256 of the text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def current_vectors(
    session: Session,
    encoder: Encoder,
    kind: SubjectKind,
    texts: Sequence[tuple[UUID, str]],
    progress: Progress = silent,
) -> FLOAT:
    """The vector of each text, (n, d) float32, in the texts' order; stale and new ones are embedded and stored."""
    vectors = np.zeros((len(texts), encoder.dimensions), np.float32)
    known = stored(session, encoder, kind, [subject for subject, _ in texts])
    stale: list[int] = []
    for position, (subject, text) in enumerate(texts):
        found = known.get(subject)
        if found is not None and found[0] == text_hash(text):
            vectors[position] = found[1]
        else:
            stale.append(position)
    for start in range(0, len(stale), ENCODE_AT_ONCE):
        batch = stale[start : start + ENCODE_AT_ONCE]
        vectors[batch] = encoder.encode([texts[position][1] for position in batch])
        write(session, encoder, kind, [(*texts[position], vectors[position]) for position in batch])
        progress(f"embedding {PLURAL[kind]}", min(start + ENCODE_AT_ONCE, len(stale)), len(stale))
    return vectors


def stored_and_current(
    session: Session, encoder: Encoder, kind: SubjectKind, texts: Sequence[tuple[UUID, str]]
) -> dict[UUID, FLOAT]:
    """The vectors of those texts that have a current one; nothing is embedded."""
    known = stored(session, encoder, kind, [subject for subject, _ in texts])
    return {
        subject: known[subject][1]
        for subject, text in texts
        if subject in known and known[subject][0] == text_hash(text)
    }


def stored(
    session: Session, encoder: Encoder, kind: SubjectKind, subjects: Sequence[UUID]
) -> dict[UUID, tuple[str, FLOAT]]:
    """The stored text hash and vector of each subject that has one by this model."""
    query = select(SubjectVector.subject_id, SubjectVector.text_hash, SubjectVector.vector).where(
        SubjectVector.subject_kind == kind, SubjectVector.model_hash == encoder.model_hash
    )
    if len(subjects) < WRITE_AT_ONCE:
        query = query.where(SubjectVector.subject_id.in_(subjects))
    return {subject: (digest, np.asarray(vector, np.float32)) for subject, digest, vector in session.execute(query)}


def write(session: Session, encoder: Encoder, kind: SubjectKind, rows: Sequence[tuple[UUID, str, FLOAT]]) -> None:
    """Store these vectors in place of older ones of the same subjects."""
    statement = insert(SubjectVector)
    statement = statement.on_conflict_do_update(
        index_elements=[SubjectVector.subject_kind, SubjectVector.subject_id],
        set_={name: statement.excluded[name] for name in ("text_hash", "model_hash", "vector")},
    )
    session.execute(
        statement,
        [
            {
                "subject_kind": kind,
                "subject_id": subject,
                "text_hash": text_hash(text),
                "model_hash": encoder.model_hash,
                "vector": vector,
            }
            for subject, text, vector in rows
        ],
    )


def load_concepts(session: Session, encoder: Encoder, progress: Progress = silent) -> tuple[Concepts, Concepts]:
    """Occupations and skills of every loaded release with the vectors of their English labels."""
    labels = session.execute(
        select(Label.id, Label.occupation_id, Label.skill_id, Label.text)
        .where(Label.language == "en")
        .order_by(Label.is_preferred.desc(), Label.id)
    ).all()
    vectors = current_vectors(
        session, encoder, SubjectKind.LABEL, [(label, text) for label, _, _, text in labels], progress
    )
    occupations = session.execute(select(Occupation.id, Occupation.isco_group).order_by(Occupation.id)).all()
    skills = session.scalars(select(Skill.id).order_by(Skill.id)).all()
    return (
        grouped(
            [row.id for row in occupations],
            [row[1] for row in labels],
            vectors,
            NEAR_OCCUPATION,
            [row.isco_group for row in occupations],
        ),
        grouped(skills, [row[2] for row in labels], vectors, NEAR_SKILL),
    )


def grouped(
    ids: Sequence[UUID],
    owners: Sequence[UUID | None],
    vectors: FLOAT,
    bounds: tuple[float, float],
    isco: Sequence[str] = (),
) -> Concepts:
    """The concepts with the label vectors that they own, concept after concept."""
    number = {concept: position for position, concept in enumerate(ids)}
    owner = np.array([number.get(concept, -1) if concept else -1 for concept in owners], np.int64)
    order = np.argsort(owner, kind="stable")
    order = order[owner[order] >= 0]
    starts = np.searchsorted(owner[order], np.arange(len(ids)))
    return Concepts(ids, np.ascontiguousarray(vectors[order]), starts.astype(np.int64), bounds, isco)
