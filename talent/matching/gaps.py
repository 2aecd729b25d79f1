"""Which skills the open vacancies ask for, and how many published candidates have them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.row_context import SystemContext, within
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileSkill
from talent.taxonomy.service import labels
from talent.vacancies.models import Vacancy, VacancySkill
from talent.vacancies.states import VacancyState

SMALLEST_CELL = 10
"""Fewer candidates than this are not counted out, so that nobody can be singled out (S-OWN-2)."""


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


def skill_gaps(session: Session, actor: Actor, *, language: str, limit: int = 40) -> list[SkillGap]:
    """The skills that most open seats ask for, most first.

    Raises:
        NotPermitted: the actor may not read them.
    """
    actor.require(Permission.GAPS_READ)
    with within(session, SystemContext.FIGURES):
        return asked_and_held(session, language=language, limit=limit)


def asked_and_held(session: Session, *, language: str, limit: int) -> list[SkillGap]:
    """The skills that most open seats ask for, for whoever may read them."""
    seats = func.sum(Vacancy.seats)
    asked = session.execute(
        select(
            VacancySkill.skill_id,
            func.coalesce(seats.filter(VacancySkill.is_must), 0).label("must_seats"),
            func.coalesce(seats.filter(~VacancySkill.is_must), 0).label("nice_seats"),
        )
        .join(Vacancy, Vacancy.id == VacancySkill.vacancy_id)
        .where(Vacancy.state == VacancyState.PUBLISHED)
        .group_by(VacancySkill.skill_id)
        .order_by(seats.desc(), VacancySkill.skill_id)
        .limit(limit)
    ).all()
    ids = [row.skill_id for row in asked]
    held = dict(
        session.execute(
            select(ProfileSkill.skill_id, func.count())
            .join(Profile, Profile.id == ProfileSkill.profile_id)
            .where(may_be_ranked(), ProfileSkill.skill_id.in_(ids))
            .group_by(ProfileSkill.skill_id)
        ).all()
    )
    names = labels(session, ids, language=language)
    return [
        SkillGap(row.skill_id, names[row.skill_id], row.must_seats, row.nice_seats, counted(held.get(row.skill_id, 0)))
        for row in asked
    ]


def counted(number: int) -> int | None:
    """The number, or None when it is small enough to single somebody out."""
    return None if 0 < number < SMALLEST_CELL else number
