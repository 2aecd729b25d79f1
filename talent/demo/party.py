"""Everybody who takes part in one placement of the demonstration, and the steps that each of them takes."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.demo.travels import Journey
from talent.foundation.clock import today
from talent.placements import contracts, demands, service
from talent.placements.contract_schemas import ContractMoved, ContractTold, LetterTold
from talent.placements.contract_states import ContractAction
from talent.placements.contract_terms import Housing, Length, Payment
from talent.placements.models import Placement
from talent.placements.rules import may_note
from talent.placements.schemas import PlacementMoved, StepDone
from talent.placements.states import PARTS, PlacementAction
from talent.vacancies.models import Vacancy
from talent.vacancies.terms import PayPeriod

A, C = PlacementAction, ContractAction
DAYS_A_STEP = 6
MONTHS = 24


@dataclass(frozen=True)
class Party:
    """One placement and everybody who takes part in it, as they act."""

    session: Session
    journey: Journey
    placement: Placement
    candidate: Actor
    officer: Actor
    protector: Actor

    def move(self, action: PlacementAction, told: PlacementMoved | None = None) -> None:
        """Take one step of the workflow, by whom it belongs to."""
        mover = {A.ACCEPT: self.candidate, A.RETURN: self.candidate, A.CLEAR: self.protector}.get(action, self.officer)
        service.move(self.session, mover, self.placement, action, told or PlacementMoved())

    def agree(self, action: ContractAction, told: ContractMoved | None = None) -> None:
        """Take one step of the contract, by whom it belongs to."""
        mover = {C.SEND: self.officer, C.ATTEST: self.protector}.get(action, self.candidate)
        contracts.move(self.session, mover, self.placement, action, told or ContractMoved())

    def note(self, last_part: str, *, at_most: int | None = None) -> None:
        """Note the required steps up to this part of the journey, some days apart; at most so many when told."""
        parts = PARTS[: PARTS.index(last_part) + 1]
        left = len(service.lines_of(self.placement)) if at_most is None else at_most
        while left:
            lines = [one for one in service.lines_of(self.placement) if one.is_next and not one.step.is_optional]
            line = next((one for one in lines if one.step.stage.value in parts), None)
            if line is None:
                return
            noter = next(
                one for one in (self.candidate, self.officer, self.protector) if may_note(one.role, line.step.doer)
            )
            ago = self.journey.days - DAYS_A_STEP * (len(self.placement.done) + 1)
            done = StepDone(way=line.way.id, step=line.step.id, done_on=today() - timedelta(days=max(0, ago)))
            service.note_step(self.session, noter, self.placement, done)
            left -= 1


def write_letter(party: Party) -> None:
    """The demand letter of the vacancy, to which the agency agrees."""
    pay = party.session.get_one(Vacancy, party.placement.vacancy_id).pay_from_cents or 0
    told = LetterTold(seats=2, pay_cents=pay, period=PayPeriod.MONTH, months=MONTHS)
    letter = demands.write(party.session, party.officer, party.placement, told)
    demands.agree(party.session, party.officer, party.placement, version=letter.version)


def send_terms(party: Party) -> None:
    """The terms as the vacancy promised them, written down and sent."""
    vacancy = party.session.get_one(Vacancy, party.placement.vacancy_id)
    told = ContractTold(
        pay_cents=vacancy.pay_from_cents,
        period=PayPeriod.MONTH,
        hours_week=vacancy.hours_per_week,
        length=Length.FIXED,
        months=MONTHS,
        housing=Housing.RENTED,
        rent_cents=38_000,
        return_ticket=Payment.EMPLOYER,
        insurance=Payment.SHARED,
        probation_months=6,
        languages=["en", "ur"],
    )
    contracts.save_terms(party.session, party.officer, party.placement, told)
    party.agree(C.SEND)
