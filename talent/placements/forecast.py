"""How long the rest of the way to work took others: from our own history alone, and unknown while it is short."""

from dataclasses import dataclass

from sqlalchemy import Float, cast, extract, func, select
from sqlalchemy.orm import Session

from talent.casework.models import CaseEvent
from talent.foundation.row_context import SystemContext, within
from talent.placements.models import Placement
from talent.placements.places import FEWEST_CASES
from talent.placements.states import BEFORE_WORK, PLACEMENT, PlacementAction, PlacementState

SECONDS_A_DAY = 86_400
SHARES = (0.1, 0.5, 0.9)
"""The ends of the range in which eight of ten lie, and the middle."""


@dataclass(frozen=True)
class Forecast:
    """Days from the state in which a placement stands to the first day of work, and from how many others it is told."""

    least: int
    middle: int
    most: int
    cases: int


def forecast(session: Session, placement: Placement) -> Forecast | None:
    """What others of this way took from this state on; None at work, after it, and below ten of them."""
    if placement.state not in BEFORE_WORK:
        return None
    own = CaseEvent.case_kind == PLACEMENT.name
    worked = select(CaseEvent.case_id, func.min(CaseEvent.at).label("at")).where(
        own, CaseEvent.action == PlacementAction.START_WORK.value
    )
    began = worked.group_by(CaseEvent.case_id).subquery()
    arrived = select(CaseEvent.case_id, func.min(CaseEvent.at).label("at")).where(
        own, CaseEvent.to_state == placement.state.value
    )
    entered = arrived.group_by(CaseEvent.case_id).subquery()
    is_first = placement.state is PlacementState.OFFERED
    since = Placement.created_at if is_first else entered.c.at
    days = cast(extract("epoch", began.c.at - since), Float) / SECONDS_A_DAY
    query = select(func.count(), *(func.percentile_cont(share).within_group(days) for share in SHARES))
    query = query.select_from(Placement).join(began, began.c.case_id == Placement.id)
    if not is_first:
        query = query.join(entered, entered.c.case_id == Placement.id)
    with within(session, SystemContext.FIGURES):
        cases, *found = session.execute(query.where(Placement.pathway_id == placement.pathway_id)).one()
    if cases < FEWEST_CASES:
        return None
    least, middle, most = (round(value) for value in found)
    return Forecast(least, middle, most, cases)
