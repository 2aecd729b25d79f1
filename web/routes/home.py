"""The start page, open to everybody."""

from fastapi import APIRouter
from starlette.responses import Response

from web.dependencies import OptionalActorDep, PageDep, see
from web.navigation import home_of
from web.policy import PUBLIC

router = APIRouter(dependencies=[PUBLIC])


@router.get("/")
def start(actor: OptionalActorDep, page: PageDep) -> Response:
    """What the service is and who starts where; whoever is signed in goes to their own first page."""
    if actor is not None and home_of(actor.role) != "/":
        return see(home_of(actor.role))
    return page.show("home/start.html")
