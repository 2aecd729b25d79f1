"""Made-up vectors for populated people and vacancies, so that a measurement need not embed them first.

Each is the normalised sum of the vectors of the codes' labels and of noise, as in ``benchmarks.crowd``; it is kept
under the hash of the text that it stands for, so that the worker takes it for current.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from talent.matching import embedding
from talent.matching.assemble import Assembler
from talent.matching.encoder import Encoder
from talent.matching.models import SubjectKind
from talent.matching.similarity import Concepts

FLOAT = NDArray[np.float32]
NOISE = 0.33
AT_ONCE = 2_000


def give_vectors(session: Session, encoder: Encoder) -> None:
    """Store a vector for everybody and every vacancy that is published; the labels' own are embedded."""
    occupations, skills = embedding.load_concepts(session, encoder)
    draw, assembler = np.random.default_rng(8), Assembler(session)
    people = (
        (view.profile_id, view.text, view.occupation_ids[:1], [held.skill_id for held in view.skills])
        for view in assembler.candidates()
    )
    jobs = (
        (view.vacancy_id, view.text, [view.occupation_id], [needed.skill_id for needed in view.skills])
        for view in assembler.vacancies()
    )
    for kind, subjects in ((SubjectKind.PROFILE, people), (SubjectKind.VACANCY, jobs)):
        for some in iter(lambda subjects=subjects: list(islice(subjects, AT_ONCE)), []):
            rows = [
                (subject, text, mixed([*labels(occupations, own), *labels(skills, held)], encoder.dimensions, draw))
                for subject, text, own, held in some
            ]
            embedding.write(session, encoder, kind, rows)


def labels(concepts: Concepts, ids: Iterable[UUID | None]) -> Iterator[FLOAT]:
    """The vector of each concept's first label."""
    for one in ids:
        if one in concepts.index:
            yield concepts.vectors[concepts.starts[concepts.index[one]]]


def mixed(parts: list[FLOAT], dimensions: int, draw: np.random.Generator) -> FLOAT:
    """The parts and some noise as one vector of length one: (d,) float32."""
    total = np.sum(parts, axis=0, dtype=np.float32) if parts else np.zeros(dimensions, np.float32)
    length = float(np.linalg.norm(total)) or 1.0
    total = total + draw.standard_normal(dimensions, np.float32) * np.float32(NOISE * length / np.sqrt(dimensions))
    return np.asarray(total / np.linalg.norm(total), np.float32)
