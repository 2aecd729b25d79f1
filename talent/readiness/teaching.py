"""Courses that people can come to, by what they teach: the way from something that is missing to learning it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.row_context import SystemContext, within
from talent.taxonomy.levels import CEFR
from talent.training.models import Cohort, Course, CourseSkill
from talent.training.states import CohortState


@dataclass(frozen=True)
class Taught:
    """The titles of courses by the skill, and by the language that is taught to the level asked for."""

    skills: Mapping[UUID, list[str]] = field(default_factory=dict)
    languages: Mapping[str, list[str]] = field(default_factory=dict)


def taught(session: Session, actor: Actor, *, skills: Collection[UUID], languages: Mapping[str, CEFR]) -> Taught:
    """Courses with a cohort that takes people or is planned, by title; a language's level is the least that counts.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.TRAINING_APPLY)
    if not skills and not languages:
        return Taught()
    coming = select(Cohort.course_id).where(Cohort.state.in_([CohortState.PLANNED, CohortState.ENROLLING]))
    teaches = and_(CourseSkill.course_id == Course.id, CourseSkill.skill_id.in_(skills))
    query = (
        select(Course.title, Course.language_taught, Course.language_level, CourseSkill.skill_id)
        .outerjoin(CourseSkill, teaches)
        .where(Course.id.in_(coming), or_(CourseSkill.id.is_not(None), Course.language_taught.in_(languages)))
        .order_by(Course.title, Course.id)
    )
    by_skill: dict[UUID, list[str]] = defaultdict(list)
    by_language: dict[str, list[str]] = defaultdict(list)
    levels = list(CEFR)
    with within(session, SystemContext.FIGURES):
        rows = session.execute(query).all()
    for title, language, level, skill in rows:
        if skill is not None:
            by_skill[skill].append(title)
        wanted = languages.get(language)
        reaches = wanted is not None and level is not None and levels.index(level) >= levels.index(wanted)
        if reaches and title not in by_language[language]:
            by_language[language].append(title)
    return Taught(by_skill, by_language)
