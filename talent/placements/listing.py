"""Finding placements in a list: by country, step, whoever must act, and whether a deadline has passed."""

from datetime import date

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.paging import Page, page_of
from talent.pathways.terms import Doer
from talent.placements.models import Placement
from talent.placements.policy import visible_placements
from talent.placements.states import FINAL, PlacementState


class Cases(BaseModel):
    """Which placements are meant; what is left empty is not asked."""

    model_config = ConfigDict(frozen=True)
    country: str = ""
    state: PlacementState | None = None
    doer: Doer | None = None
    late: bool = False

    def conditions(self, on: date) -> list[ColumnElement[bool]]:
        """The conditions that a placement of these meets."""
        asked: list[tuple[object, ColumnElement[bool]]] = [
            (self.country, Placement.country == self.country),
            (self.state, Placement.state == self.state),
            (self.doer, Placement.waits_for == self.doer),
            (self.late, Placement.next_due_on < on),
        ]
        return [condition for wanted, condition in asked if wanted]


EVERY_CASE = Cases()


def inbox(session: Session, actor: Actor, which: Cases = EVERY_CASE, *, number: int = 1) -> Page[Placement]:
    """One page of these placements that the actor knows of, open ones first, the oldest deadline on top.

    Raises:
        NotPermitted: the actor has nothing to do with placements.
    """
    actor.require(Permission.PLACEMENT_READ, Permission.PLACEMENT_EMPLOY)
    order = (Placement.state.in_(FINAL), Placement.next_due_on.asc().nulls_last(), Placement.created_at, Placement.id)
    query = visible_placements(actor).where(*which.conditions(today())).order_by(*order)
    return page_of(session, query, number=number)


def countries(session: Session, actor: Actor) -> list[str]:
    """The countries of the placements that the actor knows of."""
    query = visible_placements(actor).with_only_columns(Placement.country).group_by(Placement.country)
    return sorted(session.scalars(query))
