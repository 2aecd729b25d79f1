"""The cost ledger: what the law lets a worker pay, shown beforehand, and what was paid; a charge stops everything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence
from talent.pathways.catalogue import Fee, Pathway
from talent.pathways.terms import Payer
from talent.placements.complaints import open_complaint
from talent.placements.cost_models import Cost
from talent.placements.cost_terms import NEVER_THE_WORKERS, RECRUITERS, CostKind, CostParty
from talent.placements.models import Placement
from talent.placements.policy import visible_costs
from talent.placements.schemas import CostNoted
from talent.placements.service import ways_of
from talent.vacancies.models import Vacancy

TO_A_RECRUITER = N_("The worker pays whoever recruits. Here a worker pays a recruiter nothing, whatever it is called.")
NEVER = N_("Fees for a job and deposits are paid by no worker here.")
LAW_SAYS_ANOTHER = N_("By law the worker does not pay this fee.")
WHO_ASKED = N_("Choose who asked for the money.")
NO_SUCH_FEE = N_("Choose a fee of the list.")
PAID_IN_FUTURE = N_("The day is in the future.")


@dataclass(frozen=True)
class StatutoryFee:
    """A fee of the law on this journey."""

    way: Pathway
    fee: Fee

    @property
    def key(self) -> str:
        """By which a cost names it."""
        return f"{self.way.id}/{self.fee.id}"


@dataclass(frozen=True)
class WorkersShare:
    """What the law lets the worker pay in one currency; ``unknown`` counts the fees whose amount is not known."""

    currency: str
    least_cents: int
    most_cents: int
    unknown: int


def fees_of(placement: Placement) -> list[StatutoryFee]:
    """Every fee of the law on the way there and of Pakistan's own steps."""
    return [StatutoryFee(way, fee) for way in ways_of(placement) for fee in way.fees]


def workers_share(fees: Iterable[StatutoryFee]) -> list[WorkersShare]:
    """What the law lets the worker pay, by currency; recruitment fees are never counted, whatever a law allows."""
    theirs = [row.fee for row in fees if row.fee.payer is Payer.WORKER and not row.fee.is_recruitment]
    return [_share(currency, theirs) for currency in dict.fromkeys(fee.currency for fee in theirs)]


def _share(currency: str, fees: Sequence[Fee]) -> WorkersShare:
    own = [fee for fee in fees if fee.currency == currency]
    least, most = (
        sum(value or 0 for value in values)
        for values in zip(*((f.least_cents, f.most_cents) for f in own), strict=True)
    )
    return WorkersShare(currency, least, most, sum(fee.least_cents is None for fee in own))


def why_a_charge(kind: CostKind, payer: CostParty, payee: CostParty, fee: Fee | None) -> list[str]:
    """Why this cost is a charge for recruitment; empty when it is none.

    Source: S-ILO, definition of recruitment fees and related costs: none is collected from workers, directly or not.
    """
    if payer is not CostParty.WORKER:
        return []
    found = {
        TO_A_RECRUITER: payee in RECRUITERS,
        NEVER: kind in NEVER_THE_WORKERS,
        LAW_SAYS_ANOTHER: fee is not None and (fee.is_recruitment or fee.payer in (Payer.EMPLOYER, Payer.PROMOTER)),
    }
    return [sentence for sentence, holds in found.items() if holds]


def costs_of(session: Session, actor: Actor, placement: Placement) -> Sequence[Cost]:
    """What was told about this placement that the actor may know, oldest first."""
    own = visible_costs(actor).where(Cost.placement_id == placement.id)
    return session.scalars(own.order_by(Cost.noted_at, Cost.id)).all()


def note_cost(session: Session, actor: Actor, placement: Placement, told: CostNoted) -> Cost:
    """Add a cost to the ledger of a placement; a charge freezes the vacancy and opens a complaint.

    Raises:
        NotPermitted: the actor's organisation is suspended.
        Unprocessable: the fee is none of this journey, or the day is in the future.
    """
    actor.require(Permission.PLACEMENT_READ)
    actor.refuse_when_suspended()
    fees = {row.key: row for row in fees_of(placement)}
    if told.fee and told.fee not in fees:
        raise Unprocessable(NO_SUCH_FEE)
    vacancy = (placement.vacancy_id, placement.organisation_id)
    return _noted(session, actor, told, fees.get(told.fee), placement.account_id, vacancy, placement.id)


def report_charge(session: Session, actor: Actor, vacancy: Vacancy, told: CostNoted) -> Cost:
    """What a recruiter asked of a candidate before there is a placement.

    Raises:
        NotPermitted: the actor is no candidate.
        Unprocessable: nobody who recruits was paid, or the day is in the future.
    """
    actor.require(Permission.MATCH_ANSWER)
    if told.payee not in RECRUITERS:
        raise Unprocessable(WHO_ASKED)
    paid = told.model_copy(update={"payer": CostParty.WORKER, "fee": ""})
    return _noted(session, actor, paid, None, actor.id, (vacancy.id, vacancy.organisation_id), None)


def _noted(
    session: Session,
    actor: Actor,
    told: CostNoted,
    fee: StatutoryFee | None,
    account_id: UUID,
    vacancy: tuple[UUID, UUID],
    placement_id: UUID | None,
) -> Cost:
    if told.paid_on is not None and told.paid_on > today():
        raise Unprocessable(PAID_IN_FUTURE)
    law = fee.fee if fee else None
    cost = Cost(
        **told.model_dump(),
        account_id=account_id,
        vacancy_id=vacancy[0],
        organisation_id=vacancy[1],
        placement_id=placement_id,
        legal=(law.legal or law.source) if law else "",
        is_charge=bool(why_a_charge(told.kind, told.payer, told.payee, law)),
        noted_by=actor.id,
        noted_role=actor.role.value,
        noted_at=now(),
    )
    session.add(cost)
    session.flush()
    if cost.is_charge:
        open_complaint(session, cost)
    return cost


def reasons_of(cost: Cost, fees: Iterable[StatutoryFee]) -> list[Sentence]:
    """Why a cost in the ledger is a charge."""
    fee = next((row.fee for row in fees if row.key == cost.fee), None)
    return [Sentence(words) for words in why_a_charge(cost.kind, cost.payer, cost.payee, fee)]
