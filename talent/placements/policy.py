"""Who may know about which placement, and about which cost of it."""

from sqlalchemy import Select, false, or_, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.placements.after_models import BulkMove, CheckIn
from talent.placements.contract_models import Contract, DemandLetter
from talent.placements.contract_states import ContractState
from talent.placements.cost_models import ChargeComplaint, Cost
from talent.placements.ledger_models import SeatBook
from talent.placements.models import Placement
from talent.placements.row_rules import EXIT_WAY
from talent.placements.states import LEAVING, PlacementState
from talent.placements.step_models import PlacementProof


def visible_placements(actor: Actor) -> Select[Placement]:
    """A candidate's own, an agency's own, those of an employer that its agency let in, all for project staff.

    The Protectorate knows of those that are about to leave; an employer of none before its offer was accepted.
    """
    placements = select(Placement)
    if actor.has(Permission.PLACEMENT_READ_ALL):
        return placements
    if actor.has(Permission.PLACEMENT_ANSWER):
        return placements.where(Placement.account_id == actor.id)
    if actor.has(Permission.PLACEMENT_CLEAR):
        return placements.where(Placement.state.in_(LEAVING))
    if actor.has(Permission.PLACEMENT_MOVE) and actor.organisation_id is not None:
        return placements.where(Placement.organisation_id == actor.organisation_id)
    if actor.has(Permission.PLACEMENT_EMPLOY) and actor.organisation_id is not None:
        own = Placement.employer_id == actor.organisation_id
        return placements.where(own, Placement.state != PlacementState.OFFERED)
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


def visible_contracts(actor: Actor) -> Select[Contract]:
    """The contracts of placements that the actor may know.

    A draft is the agency's alone; the Protectorate reads what the worker agreed to.
    """
    known = visible_placements(actor).with_only_columns(Placement.id)
    contracts = select(Contract).where(Contract.placement_id.in_(known))
    if actor.has(Permission.PLACEMENT_MOVE):
        return contracts
    if actor.has(Permission.PLACEMENT_CLEAR):
        return contracts.where(Contract.state.in_((ContractState.CONFIRMED, ContractState.ATTESTED)))
    return contracts.where(Contract.state != ContractState.DRAFT)


def visible_letters(actor: Actor) -> Select[DemandLetter]:
    """The demand letters of an agency's own vacancies, or of vacancies in which the actor knows a placement."""
    letters = select(DemandLetter)
    if actor.has(Permission.PLACEMENT_READ_ALL):
        return letters
    if actor.has(Permission.PLACEMENT_MOVE) and actor.organisation_id is not None:
        return letters.where(DemandLetter.organisation_id == actor.organisation_id)
    known = visible_placements(actor).with_only_columns(Placement.vacancy_id)
    return letters.where(DemandLetter.vacancy_id.in_(known))


def visible_check_ins(actor: Actor) -> Select[CheckIn]:
    """The answers after arrival: a worker's own, all for project staff, none for agencies and employers."""
    rounds = select(CheckIn)
    if actor.has(Permission.PLACEMENT_READ_ALL):
        return rounds
    if actor.has(Permission.PLACEMENT_ANSWER):
        own = visible_placements(actor).with_only_columns(Placement.id)
        return rounds.where(CheckIn.placement_id.in_(own))
    return rounds.where(false())


def visible_proofs(actor: Actor) -> Select[PlacementProof]:
    """The documents of placements that the actor may know.

    Of them the Protectorate reads those of Pakistan's steps, and an employer those that its own office brought.
    """
    known = visible_placements(actor).with_only_columns(Placement.id)
    proofs = select(PlacementProof).where(PlacementProof.placement_id.in_(known))
    if actor.has(Permission.PLACEMENT_EMPLOY):
        return proofs.where(PlacementProof.organisation_id == actor.organisation_id)
    if actor.has(Permission.PLACEMENT_READ_ALL) or not actor.has(Permission.PLACEMENT_CLEAR):
        return proofs
    return proofs.where(PlacementProof.way_id == EXIT_WAY)


def visible_bulk_moves(actor: Actor) -> Select[BulkMove]:
    """What an agency's own officers moved together; everything for project staff."""
    made = select(BulkMove)
    if actor.has(Permission.PLACEMENT_READ_ALL):
        return made
    if actor.has(Permission.PLACEMENT_MOVE) and actor.organisation_id is not None:
        return made.where(BulkMove.organisation_id == actor.organisation_id)
    return made.where(false())


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
