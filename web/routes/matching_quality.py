"""How good and how fair matching is: the last evaluation, calibration, drift, agreement, groups, what vectors tell."""

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.matching.measurements import measurements
from talent.matching.trust_models import MeasurementKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.matching_quality import QualityView
from web.policy import holds

router = APIRouter(prefix="/staff/matching", dependencies=[holds(Permission.OVERVIEW_READ)])


@router.get("")
def quality(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The newest measuring of each kind."""
    found = measurements(session, actor)
    view = QualityView(
        **{kind.value: found.get(kind) for kind in MeasurementKind}, may_judge=actor.has(Permission.MATCH_JUDGE)
    )
    return page.show("staff/matching.html", view)
