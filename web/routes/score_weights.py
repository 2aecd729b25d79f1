"""Deciding about weights of the score: one member of the project's staff proposes, another one adopts."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Unprocessable
from talent.matching import weighting
from talent.matching.schemas import WeightsDecision
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep
from web.policy import holds
from web.routes.matching_quality import HOME, quality_view

router = APIRouter(prefix="/staff/weights", dependencies=[holds(Permission.WEIGHTS_DECIDE)])


@router.post("/hand")
def go_back(session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Propose to go back to the weights set by hand."""
    form.once(session, actor, then=HOME)
    weighting.propose_hand(session, actor)
    return form.done(session, HOME)


@router.post("/{weights_id}/decide")
def decide(weights_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Propose, adopt or reject."""
    found = weighting.get_weights(session, actor, weights_id)
    answer = form.read(WeightsDecision)
    if answer.value is None:
        return page.again("staff/matching.html", quality_view(session, actor), answer)
    try:
        with session.begin_nested():
            form.once(session, actor, then=HOME)
            weighting.decide(session, actor, found, answer.value.action, reason=answer.value.reason)
    except Unprocessable as missing:
        again = answer.refuse("action", missing.message)
        return page.again("staff/matching.html", quality_view(session, actor), again)
    return form.done(session, HOME)
