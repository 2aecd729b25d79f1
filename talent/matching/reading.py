"""What a worker reads of candidates, and how long it may take what it read for current."""

import hashlib
import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import ModuleType
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.foundation import text
from talent.foundation.clock import today
from talent.matching import assemble, fixed_point, grades, inputs, language, records, views
from talent.matching.assemble import Assembler, recognitions
from talent.matching.pool import Pool
from talent.matching.views import CandidateView, HeldRecognition
from talent.profiles import rules
from talent.profiles.models import Profile, ProfileChange
from talent.profiles.rules import experience_holds_until
from talent.recognition import crosswalk
from talent.recognition.models import RecognitionCase

READERS: Final[tuple[ModuleType, ...]] = (
    assemble,
    crosswalk,
    fixed_point,
    grades,
    inputs,
    language,
    records,
    rules,
    text,
    views,
)
"""The code that makes a view and a record from rows: what an older version of it made is read anew."""


@dataclass(frozen=True)
class Reading:
    """One candidate as read: the view, the version and the last change of the profile, and what it depends on else."""

    view: CandidateView
    version: int
    followed: int
    good_until: date | None
    setup: str


def read(assembler: Assembler, pool: Pool, model_hash: str, ids: Sequence[UUID]) -> list[Reading]:
    """Those of these candidates who may be ranked, as they are now.

    Changes are counted before anything is read: what is committed meanwhile counts as not yet followed.
    """
    day, followed = today(), last_changes(assembler.session, ids)
    setup = setup_of(pool, model_hash, assembler)
    return [
        Reading(view, profile.version, followed.get(profile.id, 0), experience_holds_until(profile.work, day), setup)
        for profile, view in assembler.profiles(ids)
    ]


def last_changes(session: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The number of the last change of each of these profiles that has one."""
    query = (
        select(ProfileChange.profile_id, func.max(ProfileChange.number))
        .where(ProfileChange.profile_id.in_(ids))
        .group_by(ProfileChange.profile_id)
    )
    return dict(session.execute(query).all())


def setup_of(pool: Pool, model_hash: str, assembler: Assembler) -> str:
    """SHA-256, in hexadecimal, over whatever a view and a record depend on besides the profile's own rows.

    That is the encoder, the concepts in their order, their English labels, the published crosswalks, what places and
    bits of a record stand for, and the code that makes both.
    """
    parts: Iterable[bytes] = (
        model_hash.encode(),
        repr((pool.layout.descr, records.MEANINGS, code_hash())).encode(),
        *(one.bytes for one in pool.occupation_concepts.ids),
        *(one.bytes for one in pool.skill_concepts.ids),
        assembler.terms.digest,
        repr(sorted(assembler.award_skills.items())).encode(),
    )
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@cache
def code_hash() -> str:
    """SHA-256, in hexadecimal, over the source of ``READERS``."""
    return hashlib.sha256("".join(inspect.getsource(module) for module in READERS).encode()).hexdigest()


def started_cases(session: Session) -> dict[UUID, tuple[HeldRecognition, ...]]:
    """For each profile with a started recognition of a regulated profession, how far it is: few have one."""
    owners = select(Profile.account_id, Profile.id).where(
        Profile.account_id.in_(select(RecognitionCase.account_id).distinct())
    )
    held = recognitions(session)
    return {profile: held[account] for account, profile in session.execute(owners) if account in held}
