"""Which skills the open vacancies ask for and how many candidates have them, read from the stored picture."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation.counting import counted
from talent.readiness.outlook import DEMAND, newest
from talent.taxonomy.service import labels


@dataclass(frozen=True)
class SkillGap:
    """One skill: seats that must have it, seats that welcome it, candidates who say that they have it.

    ``candidates`` is None when there are fewer than ten, but some.
    """

    skill_id: UUID
    label: str
    must_seats: int
    nice_seats: int
    candidates: int | None

    @property
    def seats(self) -> int:
        """All seats that ask for it."""
        return self.must_seats + self.nice_seats


@dataclass(frozen=True)
class Gaps:
    """The skills that most open seats ask for, and when they were counted; None before the first picture."""

    computed_at: datetime | None
    skills: list[SkillGap]


def skill_gaps(session: Session, actor: Actor, *, language: str, limit: int = 40) -> Gaps:
    """The skills that most open seats ask for, most first.

    Raises:
        NotPermitted: the actor may not read them.
    """
    picture = newest(session, actor, DEMAND)
    if picture is None:
        return Gaps(None, [])
    must: dict[str, int] = defaultdict(int)
    nice: dict[str, int] = defaultdict(int)
    held: dict[str, int] = defaultdict(int)
    for _, skill, by_country in picture.content["seats"]:
        must[skill] += sum(asked for asked, _ in by_country.values())
        nice[skill] += sum(welcome for _, welcome in by_country.values())
    for _, skill, people in picture.content["held"]:
        held[skill] += people
    most = sorted(must, key=lambda skill: (-must[skill] - nice[skill], skill))[:limit]
    names = labels(session, [UUID(skill) for skill in most], language=language)
    return Gaps(
        picture.computed_at,
        [SkillGap(UUID(skill), names[UUID(skill)], must[skill], nice[skill], counted(held[skill])) for skill in most],
    )
