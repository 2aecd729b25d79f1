"""What happens beside the way in the demonstration: objections, fees, a charge, answers, a return, a refusal."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from talent.demo.party import Party
from talent.demo.travels import Extra
from talent.foundation.clock import today
from talent.placements import check_ins, demands, employers, returns
from talent.placements.after_schemas import CheckInTold
from talent.placements.after_terms import Kept, Problem
from talent.placements.contract_schemas import ContractMoved
from talent.placements.contract_states import ContractAction
from talent.placements.cost_terms import CostKind, CostParty
from talent.placements.costs import note_cost
from talent.placements.schemas import CostNoted, PlacementMoved
from talent.placements.states import ExitReason, PlacementAction

A, C = PlacementAction, ContractAction
ATTESTED_BY = "Embassy of Pakistan, Community Welfare Wing (invented)"
REFUSED = "The labour office found that the terms of work are below those of others there."
OBJECTION = "I was told 2 900 euros a month. The terms say less, and I do not understand the part about the rent."
AS_PROMISED: dict[str, Any] = {"in_job": Kept.YES, "pay": Kept.YES, "hours": Kept.YES, "job": Kept.YES}


def object_to_terms(party: Party) -> None:
    """The candidate says what is not as it was promised."""
    party.agree(C.OBJECT, ContractMoved(words=OBJECTION))


def attest(party: Party) -> None:
    """The Protectorate agrees to the demand letter and writes down the attestation of the contract."""
    letter = demands.letter_of(party.session, party.protector, party.placement)
    assert letter is not None  # written before
    demands.agree(party.session, party.protector, party.placement, version=letter.version)
    seen = ContractMoved(attested_by=ATTESTED_BY, attested_on=today(), attestation_number="CWA-0417")
    party.agree(C.ATTEST, seen)


def pay_state_fees(party: Party) -> None:
    """What the law lets the worker pay, and what the employer paid."""
    paid = today() - timedelta(days=2)
    insured = CostNoted(
        kind=CostKind.INSURANCE, payee=CostParty.OFFICE, amount_cents=250_000, paid_on=paid, fee="pk_exit/insurance"
    )
    flight = CostNoted(
        kind=CostKind.TRAVEL,
        payer=CostParty.EMPLOYER,
        payee=CostParty.PROVIDER,
        amount_cents=62_000,
        currency="EUR",
        paid_on=paid,
    )
    note_cost(party.session, party.candidate, party.placement, insured)
    note_cost(party.session, party.officer, party.placement, flight)


def tell_of_charge(party: Party) -> None:
    """The candidate tells that somebody asked for money: a complaint opens and the vacancy freezes."""
    asked = CostNoted(
        kind=CostKind.RECRUITMENT,
        payee=CostParty.GO_BETWEEN,
        payee_name="A man who said that he works for the firm",
        amount_cents=15_000_000,
        words="He wants the money before the permit comes.",
    )
    note_cost(party.session, party.candidate, party.placement, asked)


def answer_well(party: Party) -> None:
    """The worker answers the questions of the last round: all is as promised."""
    check_ins.answer(party.session, party.candidate, party.placement, CheckInTold(**AS_PROMISED))


def answer_badly(party: Party) -> None:
    """The worker answers that hours and housing are not as promised, and asks to be called."""
    told = CheckInTold(
        **AS_PROMISED | {"hours": Kept.NO},
        problems=[Problem.HOUSING],
        words="Six of us sleep in one room, and we work on Sundays.",
        wants_call=True,
    )
    check_ins.answer(party.session, party.candidate, party.placement, told)


def come_back(party: Party) -> None:
    """The worker returns, with what was learned."""
    party.move(A.RETURN)


def ask_for_help(party: Party) -> None:
    """Back at home, the candidate asks project staff for help."""
    returns.ask_for_help(party.session, party.candidate, party.placement)


def be_refused(party: Party) -> None:
    """The authority refuses the permit."""
    party.move(A.END, PlacementMoved(reason=ExitReason.PERMIT_REFUSED, note=REFUSED))


def let_employer_in(party: Party) -> None:
    """The agency lets the employer's own office take part."""
    office = employers.employers_of(party.session, party.placement)[0]
    employers.let_in(party.session, party.officer, party.placement, office.id)


def nothing(_party: Party) -> None:
    """Of what happened before the terms were sent."""


HAPPENS: Mapping[Extra, Callable[[Party], None]] = {
    Extra.DEMAND_LETTER: nothing,
    Extra.OBJECTION: object_to_terms,
    Extra.ATTESTATION: attest,
    Extra.STATE_FEES: pay_state_fees,
    Extra.CHARGE: tell_of_charge,
    Extra.GOOD_ANSWERS: answer_well,
    Extra.BAD_ANSWERS: answer_badly,
    Extra.RETURN: come_back,
    Extra.HELP: ask_for_help,
    Extra.REFUSAL: be_refused,
    Extra.EMPLOYER: let_employer_in,
}
"""What happens beside the way, by whom it belongs to."""
