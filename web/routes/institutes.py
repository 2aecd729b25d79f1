"""What a training institute sees: the skills that open vacancies ask for."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.matching.gaps import SkillGap, skill_gaps
from web.dependencies import ActorDep, PageDep, SessionDep
from web.policy import holds

router = APIRouter(prefix="/institute", dependencies=[holds(Permission.GAPS_READ)])


@dataclass(frozen=True)
class GapsView:
    """The skills that most open seats ask for."""

    gaps: list[SkillGap]


@router.get("")
def institute(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Skills in demand."""
    return page.show("institutes/gaps.html", GapsView(skill_gaps(session, actor, language=page.language.code)))
