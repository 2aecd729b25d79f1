"""How long the rest of the way to work took others: from our own history alone, and unknown while it is short."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Float, cast, extract, func, select
from sqlalchemy.orm import Session, aliased

from talent.casework.models import CaseEvent
from talent.foundation.row_context import SystemContext, within
from talent.placements.models import Placement
from talent.placements.places import FEWEST_CASES
from talent.placements.states import BEFORE_WORK, PLACEMENT, PlacementAction, PlacementState

SECONDS_A_DAY = 86_400
SHARES = (0.1, 0.5, 0.9)
"""The ends of the range in which eight of ten lie, and the middle."""
LATEST = 500
"""From how many of those who came to work last it is told (S-OWN-3)."""


@dataclass(frozen=True)
class Forecast:
    """Days from the state in which a placement stands to the first day of work, and from how many others it is told."""

    least: int
    middle: int
    most: int
    cases: int


def forecast(session: Session, placement: Placement) -> Forecast | None:
    """What the last others of this way took from this state on; None at work, after it, and below ten of them."""
    if placement.state not in BEFORE_WORK:
        return None
    latest = (
        select(Placement.id, Placement.created_at)
        .where(Placement.pathway_id == placement.pathway_id, Placement.work_began_on.is_not(None))
        .order_by(Placement.work_began_on.desc(), Placement.id)
        .limit(LATEST)
        .subquery()
    )
    began, entered = aliased(CaseEvent), aliased(CaseEvent)
    is_first = placement.state is PlacementState.OFFERED
    days = cast(extract("epoch", began.at - (latest.c.created_at if is_first else entered.at)), Float) / SECONDS_A_DAY
    query = select(func.count(), *(func.percentile_cont(share).within_group(days) for share in SHARES))
    query = query.select_from(latest).join(
        began, _of(began, latest.c.id) & (began.action == PlacementAction.START_WORK.value)
    )
    if not is_first:
        query = query.join(entered, _of(entered, latest.c.id) & (entered.to_state == placement.state.value))
    with within(session, SystemContext.FIGURES):
        cases, *found = session.execute(query).one()
    if cases < FEWEST_CASES:
        return None
    least, middle, most = (round(value) for value in found)
    return Forecast(least, middle, most, cases)


def _of(event: type[CaseEvent], placement_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    return (event.case_kind == PLACEMENT.name) & (event.case_id == placement_id)
