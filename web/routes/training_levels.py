"""The level of each skill that a course teaches, on completion."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.taxonomy.levels import EQF_LEVELS, eqf_name
from talent.training import service
from talent.training.models import Course
from talent.training.schemas import CourseLevels
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.parts import Choice
from web.policy import holds

router = APIRouter(prefix="/training/courses/{course_id}/levels", dependencies=[holds(Permission.TRAINING_KEEP)])
LEVELS = [Choice(str(level), eqf_name(level)) for level in EQF_LEVELS]


def levels_view(course: Course) -> dict[str, object]:
    """The course and the levels that can be chosen."""
    return {"course": course, "levels": LEVELS}


@router.get("")
def levels(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One choice for each skill."""
    service.own_institute(actor)
    course = service.get_course(session, actor, course_id)
    held = {f"rows-{number}-level": one.eqf_level for number, one in enumerate(course.skills)}
    return page.show("training/levels.html", levels_view(course), form=blank(**held))


@router.post("")
def save_levels(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write the levels; an empty one is not stated."""
    course = service.get_course(session, actor, course_id)
    answer = form.read(CourseLevels)
    if answer.value is None:
        return page.again("training/levels.html", levels_view(course), answer)
    here = f"/training/courses/{course_id}"
    form.once(session, actor, then=here)
    service.set_levels(session, actor, course, {one.skill_id: one.level for one in answer.value.rows})
    return form.done(session, here)
