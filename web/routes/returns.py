"""Coming back: skills gained abroad go onto the profile, and help is asked for by own choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, Unprocessable
from talent.monitoring.programmes import Programme, programmes
from talent.monitoring.terms import ProgrammeKind
from talent.placements import returns, service
from talent.placements.models import Placement
from talent.profiles.consent import CURRENT, ConsentText
from talent.profiles.models import ConsentPurpose
from talent.profiles.schemas import SkillsAnswer
from talent.profiles.service import own_profile
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import WHOLE_FORM, FormDep, blank
from web.parts import Choice
from web.policy import holds

router = APIRouter(prefix="/placements", dependencies=[holds(Permission.PLACEMENT_ANSWER)])


@dataclass(frozen=True)
class ReturnView:
    """What the job asked for and the profile lacks, what may be asked for, and what there is."""

    placement: Placement
    skills: Sequence[Choice]
    job: str
    asks: bool
    text: ConsentText
    centres: Sequence[Programme]


def return_page(placement_id: UUID) -> str:
    """The address of the page about coming back."""
    return f"/placements/{placement_id}/return"


def return_view(session: Session, actor: Actor, placement_id: UUID) -> ReturnView:
    """Everything that the page needs.

    Raises:
        NotFound, Conflict: there is no such placement, or nobody has come back.
    """
    placement = service.get(session, actor, placement_id)
    returns.came_back(placement)
    own = own_profile(session, actor)
    held = {skill.skill_id for skill in own.profile.skills} if own else set()
    skills = [row for row in returns.skills_of_job(session, placement) if row.skill_id not in held]
    return ReturnView(
        placement,
        [Choice(str(row.skill_id), row.words) for row in skills],
        f"{placement.job_title}, {placement.employer}" if placement.work_began_on else "",
        returns.asks_for_help(session, actor, placement),
        CURRENT[ConsentPurpose.REINTEGRATION],
        [row for row in programmes() if row.kind is ProgrammeKind.CENTRE],
    )


@router.get("/{placement_id}/return")
def back(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What was learned, and who helps."""
    return page.show("placements/return.html", return_view(session, actor, placement_id), form=blank())


@router.post("/{placement_id}/return/skills")
def record(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Put the job and the ticked skills on the profile."""
    view = return_view(session, actor, placement_id)
    answer = form.read(SkillsAnswer)
    if answer.value is None:
        return page.again("placements/return.html", view, answer)
    form.once(session, actor, then=return_page(placement_id))
    try:
        with session.begin_nested():
            returns.record_gains(session, actor, view.placement, answer.value.skills)
    except (Unprocessable, Conflict) as refused:
        return page.again("placements/return.html", view, answer.refuse(WHOLE_FORM, refused.message))
    return form.done(session, "/profile/check")


@router.post("/{placement_id}/return/help")
def ask(placement_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Say yes to being helped."""
    form.once(session, actor, then=return_page(placement_id))
    returns.ask_for_help(session, actor, service.get(session, actor, placement_id))
    return form.done(session, return_page(placement_id))


@router.post("/{placement_id}/return/help/end")
def end(placement_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take that yes back."""
    form.once(session, actor, then=return_page(placement_id))
    returns.need_no_help(session, actor, service.get(session, actor, placement_id))
    return form.done(session, return_page(placement_id))
