"""For project staff: people who fit an open vacancy and whom no agency has on its first page."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.paging import Page
from talent.matching.shared_places import Unseen, unseen
from web.dependencies import ActorDep, PageDep, SessionDep
from web.policy import holds

router = APIRouter(prefix="/staff", dependencies=[holds(Permission.REVIEW_ANSWER)])


@dataclass(frozen=True)
class UnseenView:
    """One page of the list."""

    listed: Page[Unseen]


@router.get("/unseen")
def unseen_people(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Who fits and is never shown, nearest to the first page first."""
    return page.show("staff/unseen.html", UnseenView(unseen(session, actor, number=page.number)))
