"""For one candidate: the courses that would bring vacancies into reach, and how many."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.row_context import SystemContext, within
from talent.profiles.models import Profile, ProfileSkill
from talent.readiness.outlook import published_musts
from talent.training.models import Cohort, Course
from talent.training.states import CohortState

MOST_SHOWN = 5


@dataclass(frozen=True)
class Reach:
    """One course with the vacancies and seats whose missing must-have skills it teaches."""

    course: Course
    vacancies: tuple[UUID, ...]
    seats: int
    learnt: tuple[str, ...]
    """The skills that the candidate lacks and that open at least one of them."""


def within_reach(session: Session, actor: Actor) -> list[Reach]:
    """Courses with a cohort that takes people or is planned, the one that opens most seats first.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.TRAINING_APPLY)
    with within(session, SystemContext.FIGURES):
        return _reached(session, actor)


def _reached(session: Session, actor: Actor) -> list[Reach]:
    profile = session.execute(
        select(Profile.id, Profile.occupation_id).where(Profile.account_id == actor.id)
    ).one_or_none()
    if profile is None or profile.occupation_id is None:
        return []
    held = set(session.scalars(select(ProfileSkill.skill_id).where(ProfileSkill.profile_id == profile.id)))
    wanted = published_musts(session, occupation_id=profile.occupation_id).get(profile.occupation_id, [])
    coming = select(Cohort.course_id).where(Cohort.state.in_([CohortState.PLANNED, CohortState.ENROLLING]))
    courses = session.scalars(
        select(Course).where(Course.id.in_(coming)).options(selectinload(Course.skills)).order_by(Course.title)
    )
    found = []
    for course in courses:
        words = {skill.skill_id: skill.words for skill in course.skills}
        missing = {one.id: one.musts - held for one in wanted}
        opened = [one for one in wanted if missing[one.id] and missing[one.id] <= words.keys()]
        if opened:
            learnt = sorted({words[skill] for one in opened for skill in missing[one.id]})
            reached = tuple(one.id for one in opened)
            found.append(Reach(course, reached, sum(one.seats for one in opened), tuple(learnt)))
    return sorted(found, key=lambda one: (-one.seats, one.course.title))[:MOST_SHOWN]
