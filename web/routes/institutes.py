"""What a training institute sees: the skills that open vacancies ask for."""

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.readiness.gaps import skill_gaps
from web.dependencies import ActorDep, PageDep, SessionDep
from web.policy import holds

router = APIRouter(prefix="/institute", dependencies=[holds(Permission.GAPS_READ)])


@router.get("")
def institute(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Skills in demand."""
    return page.show("institutes/gaps.html", skill_gaps(session, actor, language=page.language.code))
