"""What candidates demand about their own data, answered by project staff within a month."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.matching.schemas import ReviewAnswer
from talent.profiles import rights
from web.demands import RequestsView
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Answer, FormDep
from web.policy import holds

router = APIRouter(prefix="/requests", dependencies=[holds(Permission.REVIEW_ANSWER)])


@router.get("")
def waiting(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The demands that wait for an answer."""
    return page.show("requests/list.html", RequestsView(rights.open_requests(session, actor)))


def one_of(session: SessionDep, actor: ActorDep, request_id: UUID) -> RequestsView:
    """One demand that waits."""
    return RequestsView([rights.open_request(session, actor, request_id)])


@router.get("/{request_id}")
def one(request_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One demand and the form that answers it."""
    return page.show("requests/request.html", one_of(session, actor, request_id))


@router.post("/{request_id}")
def answer(request_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Answer a demand."""
    form.once(session, actor, then="/requests")
    given: Answer[ReviewAnswer] = form.read(ReviewAnswer)
    if given.value is None:
        return page.again("requests/request.html", one_of(session, actor, request_id), given)
    rights.answer_request(session, actor, request_id, given.value.answer)
    return form.done(session, "/requests")
