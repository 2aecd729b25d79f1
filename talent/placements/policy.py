"""Who may know about which placement, and about which cost of it."""

from sqlalchemy import Select, false, or_, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.placements.cost_models import ChargeComplaint, Cost
from talent.placements.ledger_models import SeatBook
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


def visible_costs(actor: Actor) -> Select[Cost]:
    """The costs of placements that the actor may know; charges that others told of are for candidate and staff alone.

    Whoever charges a worker must not read that the worker told of it.
    """
    costs = select(Cost)
    if actor.has(Permission.PLACEMENT_READ_ALL):
        return costs
    if actor.has(Permission.PLACEMENT_ANSWER):
        return costs.where(Cost.account_id == actor.id)
    known = visible_placements(actor).with_only_columns(Placement.id)
    return costs.where(Cost.placement_id.in_(known), or_(Cost.is_charge.is_(False), Cost.noted_by == actor.id))


def visible_complaints(actor: Actor) -> Select[ChargeComplaint]:
    """All complaints about charges for project staff, their own for candidates, none for anybody else."""
    complaints = select(ChargeComplaint)
    if actor.has(Permission.CHARGE_DECIDE):
        return complaints
    if actor.has(Permission.PLACEMENT_ANSWER):
        return complaints.where(ChargeComplaint.account_id == actor.id)
    return complaints.where(false())


def visible_books(actor: Actor) -> Select[SeatBook]:
    """Every counter for project staff; for an agency those of countries and of its own vacancies; none for others."""
    books = select(SeatBook)
    if actor.has(Permission.PLACEMENT_READ_ALL):
        return books
    if actor.has(Permission.PLACEMENT_MOVE) and actor.organisation_id is not None:
        return books.where(or_(SeatBook.organisation_id.is_(None), SeatBook.organisation_id == actor.organisation_id))
    return books.where(false())
