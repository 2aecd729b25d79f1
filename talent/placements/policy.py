"""Who may know about which placement."""

from sqlalchemy import Select, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.placements.models import Placement
from talent.placements.states import LEAVING


def visible_placements(actor: Actor) -> Select[Placement]:
    """A candidate's own, an agency's own, for the Protectorate those that are about to leave, all for project staff."""
    placements = select(Placement)
    if actor.has(Permission.PLACEMENT_READ_ALL):
        return placements
    if actor.has(Permission.PLACEMENT_ANSWER):
        return placements.where(Placement.account_id == actor.id)
    if actor.has(Permission.PLACEMENT_CLEAR):
        return placements.where(Placement.state.in_(LEAVING))
    if actor.has(Permission.PLACEMENT_MOVE) and actor.organisation_id is not None:
        return placements.where(Placement.organisation_id == actor.organisation_id)
    return placements.where(false())
