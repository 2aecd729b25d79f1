"""How good and how fair matching is: the last evaluation, calibration, drift, agreement, groups, what vectors tell."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.matching.measurements import measurements
from talent.matching.trust_models import MeasurementKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.matching_quality import QualityView
from web.policy import holds
from web.score_weights import weights_view

router = APIRouter(prefix="/staff/matching", dependencies=[holds(Permission.OVERVIEW_READ)])


HOME = "/staff/matching"


@router.get("")
def quality(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The newest measuring of each kind, and the weights of the score."""
    return page.show("staff/matching.html", quality_view(session, actor))


def quality_view(session: Session, actor: Actor) -> QualityView:
    """Everything that the page shows to this reader."""
    found = measurements(session, actor)
    return QualityView(
        **{kind.value: found.get(kind) for kind in MeasurementKind},
        may_judge=actor.has(Permission.MATCH_JUDGE),
        weights=weights_view(session, actor),
    )
