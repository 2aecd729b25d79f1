"""Where placements stand still: counts by country, step and who must act, and the cases behind each count.

Project staff may read every placement; these lists and their counts are theirs alone, exact and of this moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.foundation.clock import now, today
from talent.foundation.paging import Page, page_of
from talent.foundation.row_context import SystemContext, within
from talent.pathways.terms import Doer
from talent.placements.listing import EVERY_CASE, Cases
from talent.placements.models import Placement
from talent.placements.policy import visible_placements
from talent.placements.states import AT_WORK, FINAL, PLACEMENT, PlacementState

CASES_SHOWN = 100
WEEK = timedelta(days=7)
UNDER_WAY = tuple(state for state in PlacementState if state not in FINAL and state not in AT_WORK)


@dataclass(frozen=True)
class Jam:
    """Cases of one country that stand at the same step and wait for the same: how many, how many late, how long."""

    country: str
    state: PlacementState
    doer: Doer | None
    cases: int
    late: int
    days: int
    """Half of them have waited at least so many days since anything was noted."""


def under_way(which: Cases) -> list[ColumnElement[bool]]:
    """The conditions that a case of these meets which is under way."""
    return [Placement.state.in_(UNDER_WAY), *which.conditions(today())]


def jams(session: Session, actor: Actor, *, country: str = "") -> list[Jam]:
    """Where cases stand, the most late first, then the most cases.

    Raises:
        NotPermitted: the actor may not read every placement.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    waited = func.extract("epoch", now() - Placement.changed_at) / timedelta(days=1).total_seconds()
    late = func.count().filter(Placement.next_due_on < today())
    by = (Placement.country, Placement.state, Placement.waits_for)
    query = (
        select(*by, func.count(), late, func.percentile_disc(0.5).within_group(waited))
        .where(*under_way(Cases(country=country)))
        .group_by(*by)
        .order_by(late.desc(), func.count().desc(), *by)
    )
    return [Jam(row[0], row[1], row[2], row[3], row[4], int(row[5])) for row in session.execute(query)]


def countries(session: Session, actor: Actor) -> list[str]:
    """The countries with cases under way."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    query = select(Placement.country).where(*under_way(EVERY_CASE)).group_by(Placement.country)
    return sorted(session.scalars(query))


def cases(session: Session, actor: Actor, which: Cases, *, number: int = 1, size: int = CASES_SHOWN) -> Page[Placement]:
    """These cases, the oldest deadline first, then those that were touched longest ago."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    order = (Placement.next_due_on.asc().nulls_last(), Placement.changed_at, Placement.id)
    query = visible_placements(actor).where(*under_way(which)).order_by(*order)
    return page_of(session, query, number=number, size=size)


def late_count(session: Session) -> int:
    """How many cases under way are past a deadline."""
    query = select(func.count()).select_from(Placement).where(*under_way(Cases(late=True)))
    return session.scalar(query) or 0


def changed_this_week(session: Session) -> Sequence[tuple[str, int]]:
    """How many placements came to each state in the last seven days, most first."""
    query = (
        select(CaseEvent.to_state, func.count(func.distinct(CaseEvent.case_id)))
        .where(CaseEvent.case_kind == PLACEMENT.name, CaseEvent.at > now() - WEEK)
        .group_by(CaseEvent.to_state)
    )
    with within(session, SystemContext.FIGURES):
        rows: list[tuple[Any, ...]] = [tuple(row) for row in session.execute(query)]
    return sorted(((str(state), int(count)) for state, count in rows), key=lambda row: (-row[1], row[0]))
