"""Deciding about weights of the score: one member of the project's staff proposes, another one adopts."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.matching import weighting
from talent.matching.schemas import WeightsDecision
from web.deciding import DeciderDep
from web.dependencies import ActorDep, SessionDep
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
def decide(weights_id: UUID, by: DeciderDep) -> Response:
    """Propose, adopt or reject."""
    found = weighting.get_weights(by.session, by.actor, weights_id)
    return by.decided(
        WeightsDecision,
        lambda sent: weighting.decide(by.session, by.actor, found, sent.action, reason=sent.reason),
        template="staff/matching.html",
        view=lambda: quality_view(by.session, by.actor),
        then=HOME,
    )
