"""Demand against supply, and what each course would open: computed by the worker, stored, read by pages in one row."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.foundation.counting import counted
from talent.foundation.row_context import SystemContext, within
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile, ProfileSkill
from talent.readiness.demand import demand, months
from talent.readiness.models import Outlook
from talent.readiness.openings import Held, Opened, Wanted
from talent.training.models import CourseSkill
from talent.vacancies.models import Vacancy, VacancySkill
from talent.vacancies.states import VacancyState

DEMAND, MONTHS, COURSES = "demand", "months", "courses"
KEPT = timedelta(days=30)
Tick = Callable[[int, int], None]
"""Told after each part: how many are done, of how many."""


@dataclass(frozen=True)
class Picture:
    """One stored picture and when it was made."""

    computed_at: datetime
    took_ms: int
    content: dict[str, Any]


def nobody_watches(_done: int, _of: int) -> None:
    """Nobody waits for the picture."""


def refresh(session: Session, tick: Tick = nobody_watches) -> None:
    """Compute and store every picture, and forget those of more than a month ago; ``tick`` hears how far each is."""
    for kind, compute in PICTURES.items():
        started = time.perf_counter()
        content = compute(session, tick)
        took = round(1000 * (time.perf_counter() - started))
        session.add(Outlook(kind=kind, computed_at=now(), took_ms=took, content=content))
    session.execute(delete(Outlook).where(Outlook.computed_at < now() - KEPT))
    session.flush()


def newest(session: Session, actor: Actor, kind: str) -> Picture | None:
    """The newest picture of this kind, or None before the first.

    Raises:
        NotPermitted: the actor may not read what vacancies ask for.
    """
    actor.require(Permission.GAPS_READ)
    query = select(Outlook).where(Outlook.kind == kind).order_by(Outlook.computed_at.desc(), Outlook.id).limit(1)
    with within(session, SystemContext.FIGURES):
        found = session.scalar(query)
    return Picture(found.computed_at, found.took_ms, found.content) if found else None


def months_of_skill(session: Session, actor: Actor, skill_id: UUID) -> dict[str, Any]:
    """Seats and people by month of one skill, from the newest picture; empty when nothing asks for or teaches it.

    Raises:
        NotPermitted: the actor may not read what vacancies ask for.
    """
    actor.require(Permission.GAPS_READ)
    query = select(Outlook.content[str(skill_id)]).where(Outlook.kind == MONTHS)
    with within(session, SystemContext.FIGURES):
        found = session.scalar(query.order_by(Outlook.computed_at.desc(), Outlook.id).limit(1))
    return found or {"starts": [], "ends": []}


def courses(session: Session, tick: Tick) -> dict[str, Any]:
    """For each course the vacancies and seats that it would open and the people one certificate away, most seats first.

    A vacancy is opened when somebody of its occupation lacks must-have skills and the course teaches all of them.
    """
    teaching: dict[UUID, set[UUID]] = defaultdict(set)
    for course_id, skill_id in session.execute(select(CourseSkill.course_id, CourseSkill.skill_id)):
        teaching[course_id].add(skill_id)
    taught = {key: frozenset(skills) for key, skills in teaching.items()}
    opened, by_occupation = Opened(), published_musts(session)
    for number, (occupation_id, wanted) in enumerate(by_occupation.items(), 1):
        opened.add(_held(session, occupation_id), wanted, taught)
        tick(number, len(by_occupation))
    rows = [
        {
            "course": str(key),
            "vacancies": len(vacancies),
            "seats": sum(vacancies.values()),
            "people": counted(opened.people[key]),
        }
        for key, vacancies in opened.vacancies.items()
    ]
    return {"courses": sorted(rows, key=lambda row: (-cast("int", row["seats"]), cast("str", row["course"])))}


def published_musts(session: Session, *, occupation_id: UUID | None = None) -> dict[UUID, list[Wanted]]:
    """The published vacancies that ask for skills, by occupation."""
    query = (
        select(Vacancy.occupation_id, Vacancy.id, Vacancy.seats, func.array_agg(VacancySkill.skill_id))
        .join(VacancySkill, VacancySkill.vacancy_id == Vacancy.id)
        .where(Vacancy.state == VacancyState.PUBLISHED, VacancySkill.is_must, Vacancy.occupation_id.is_not(None))
        .group_by(Vacancy.id)
        .order_by(Vacancy.id)
    )
    if occupation_id is not None:
        query = query.where(Vacancy.occupation_id == occupation_id)
    found: dict[UUID, list[Wanted]] = defaultdict(list)
    for occupation, key, seats, musts in session.execute(query):
        assert occupation is not None  # the query leaves the others out
        found[occupation].append(Wanted(key, seats, frozenset(musts)))
    return found


def _held(session: Session, occupation_id: UUID) -> Held:
    ranked = select(Profile.id).where(Profile.occupation_id == occupation_id, may_be_ranked())
    people = ranked.add_columns(func.row_number().over(order_by=Profile.id).label("number")).subquery()
    known = session.scalars(
        select(ProfileSkill.skill_id).join(people, people.c.id == ProfileSkill.profile_id).distinct()
    ).all()
    skills = {skill: number for number, skill in enumerate(sorted(known))}
    count = session.scalar(select(func.count()).select_from(people)) or 0
    has = np.zeros((count, len(skills) + 1), dtype=np.bool_)  # the last column: skills that nobody has
    rows = session.execute(
        select(ProfileSkill.skill_id, func.array_agg(people.c.number - 1))
        .join(people, people.c.id == ProfileSkill.profile_id)
        .group_by(ProfileSkill.skill_id)
    )
    for skill, numbers in rows:
        has[numbers, skills[skill]] = True
    return Held(skills, has)


PICTURES: dict[str, Callable[[Session, Tick], dict[str, Any]]] = {
    DEMAND: lambda session, _: demand(session),
    MONTHS: lambda session, _: months(session),
    COURSES: courses,
}
