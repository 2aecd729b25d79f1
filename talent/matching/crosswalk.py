"""Proposals of the crosswalk: which skills a competency unit of an award is most like, by the encoder's own vectors."""

from typing import Final
from uuid import UUID

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.text import fold
from talent.matching.engine import Engine
from talent.matching.runs import match_profile
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileChange, Qualification
from talent.recognition.crosswalk_models import AwardStandard, AwardUnit, LinkState, UnitLink

PROPOSALS: Final = 6
"""Skills proposed for each unit (S-OWN-1)."""
LEAST_LIKENESS: Final = 0.35
"""Cosine below which a skill is not proposed (S-OWN-1)."""


def propose(session: Session, engine: Engine, standard_id: UUID) -> int:
    """Write the likeliest skills of each unit of this award as proposals; how many. What people said stays."""
    query = select(AwardUnit).where(AwardUnit.standard_id == standard_id).order_by(AwardUnit.number)
    units = session.scalars(query).all()
    concepts = engine.pool.skill_concepts
    if not units or not len(concepts.vectors):
        return 0
    ids = [unit.id for unit in units]
    session.execute(delete(UnitLink).where(UnitLink.unit_id.in_(ids), UnitLink.verdict == LinkState.PROPOSED))
    decided = set(session.execute(select(UnitLink.unit_id, UnitLink.skill_id).where(UnitLink.unit_id.in_(ids))))
    vectors = engine.encoder.encode([unit.title for unit in units])
    labels = vectors @ concepts.vectors.T
    done = 0
    for unit, likeness in zip(units, labels, strict=True):
        for skill_id, value in best_of(engine, likeness):
            if (unit.id, skill_id) not in decided:
                session.add(
                    UnitLink(unit_id=unit.id, skill_id=skill_id, likeness=value, model_hash=engine.encoder.model_hash)
                )
                done += 1
    session.flush()
    return done


def best_of(engine: Engine, likeness: np.ndarray) -> list[tuple[UUID, float]]:
    """The skills whose best label is most like the unit: (n_labels,) float32 cosines in, best skills first out."""
    concepts = engine.pool.skill_concepts
    ends = np.append(concepts.starts[1:], len(likeness))
    labelled = np.flatnonzero(concepts.starts < ends)
    best = np.maximum.reduceat(likeness, concepts.starts[labelled])
    order = np.argsort(-best, kind="stable")[:PROPOSALS]
    return [
        (concepts.ids[int(labelled[place])], float(best[place])) for place in order if best[place] >= LEAST_LIKENESS
    ]


def match_award(session: Session, engine: Engine, standard_id: UUID) -> int:
    """Compute anew the lists of every candidate who holds this award; how many."""
    standard = session.get(AwardStandard, standard_id)
    if standard is None:
        return 0
    held = (
        select(Qualification.profile_id, Qualification.title)
        .join(Profile, Profile.id == Qualification.profile_id)
        .where(Qualification.kind == standard.kind, may_be_ranked())
    )
    profiles = sorted({row.profile_id for row in session.execute(held) if fold(row.title) == standard.folded})
    for profile_id in profiles:
        session.add(ProfileChange(profile_id=profile_id, at=now()))
        match_profile(session, engine, profile_id)
    return len(profiles)
