"""What the forms of placements may hold."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, field_validator

from talent.casework.clock_terms import Pause
from talent.foundation.amounts import cents_of
from talent.foundation.words import N_
from talent.placements.complaint_states import ComplaintAction
from talent.placements.consistency import Paper, Told
from talent.placements.cost_terms import PAYEES, PAYERS, CostKind, CostParty
from talent.placements.states import ExitReason
from talent.vacancies.terms import CURRENCIES

MONEY = ("PKR", *CURRENCIES)
MOST_CENTS = 1_000_000_000  # ten million of any currency
AMOUNT_BOUNDS = N_("Check the amount: it must be more than nothing and less than ten million.")
Cents = Annotated[int, BeforeValidator(lambda typed: cents_of(typed) if isinstance(typed, str) else typed)]


class PlacementBegun(BaseModel):
    """By which way a candidate is to come."""

    pathway: str = Field(
        max_length=60, title=N_("way"), json_schema_extra={"missing": N_("Choose the way."), "*": N_("Choose the way.")}
    )


class EmployerChosen(BaseModel):
    """Which employer takes part in a placement; nobody when no office is named."""

    employer: Literal["nobody"] | UUID = Field(
        title=N_("Employer"), json_schema_extra={"*": N_("Choose the employer, or that none takes part.")}
    )

    @property
    def employer_id(self) -> UUID | None:
        """The employer's organisation; None for nobody."""
        return None if self.employer == "nobody" else self.employer


class StepNamed(BaseModel):
    """Which step of which way is meant."""

    way: str = Field(max_length=60)
    step: str = Field(max_length=60)


class StepDone(StepNamed):
    """That one step of a way was done."""

    done_on: date = Field(title=N_("Day"), json_schema_extra={"missing": N_("Enter the day on which it was done.")})


class ClockStopped(StepNamed):
    """That the clock of a step stands still from a day on, and why."""

    why: Pause = Field(title=N_("reason"), json_schema_extra={"*": N_("Choose why the clock stands still.")})
    since: date = Field(
        title=N_("Day"), json_schema_extra={"missing": N_("Enter the day on which the authority asked.")}
    )


class ClockResumed(StepNamed):
    """That the clock of a step goes on after a day."""

    until: date = Field(
        title=N_("Day"), json_schema_extra={"missing": N_("Enter the day on which the authority was answered.")}
    )


class PlacementMoved(BaseModel):
    """A move of a placement with what is told about it."""

    reason: ExitReason | None = Field(
        default=None, title=N_("reason"), json_schema_extra={"*": N_("Choose the reason.")}
    )
    note: str = Field(default="", max_length=1000, title=N_("Note"))
    on: date | None = Field(default=None, title=N_("Day"))


class CostNoted(BaseModel):
    """One cost as somebody tells it; without a day it was asked for and not paid yet."""

    kind: CostKind = Field(title=N_("What for"), json_schema_extra={"*": N_("Choose what it was for.")})
    payer: CostParty = Field(CostParty.WORKER, title=N_("Who pays"), json_schema_extra={"*": N_("Choose who pays.")})
    payee: CostParty = Field(title=N_("Who is paid"), json_schema_extra={"*": N_("Choose who is paid.")})
    payee_name: str = Field("", max_length=200, title=N_("Name"))
    amount_cents: Cents | None = Field(
        None,
        gt=0,
        le=MOST_CENTS,
        title=N_("Amount"),
        json_schema_extra={"greater_than": AMOUNT_BOUNDS, "less_than_equal": AMOUNT_BOUNDS},
    )
    currency: str = Field("PKR", title=N_("Currency"))
    paid_on: date | None = Field(None, title=N_("Day"))
    fee: str = Field("", max_length=121, title=N_("Fee of the law"))
    words: str = Field("", max_length=1000, title=N_("In your words"))

    @field_validator("payer", "payee", "currency")
    @classmethod
    def _of_the_list(cls, chosen: str, field: ValidationInfo) -> str:
        if chosen not in CHOICES[field.field_name or ""]:
            raise ValueError(N_("Choose one of the list."))
        return chosen


CHOICES: dict[str, tuple[str, ...]] = {"payer": PAYERS, "payee": PAYEES, "currency": MONEY}


class ComplaintDecided(BaseModel):
    """What staff decide about a complaint, and why."""

    decision: ComplaintAction = Field(title=N_("Decision"), json_schema_extra={"*": N_("Choose the decision.")})
    reason: str = Field("", max_length=1000, title=N_("Reason"))


class PapersTold(BaseModel):
    """What the four papers say, told for the moment; everything may stay empty and nothing is kept."""

    passport_name: str = Field("", max_length=200, title=N_("Name"))
    passport_born_on: date | None = Field(None, title=N_("Date of birth"))
    passport_number: str = Field("", max_length=40, title=N_("Passport number"))
    passport_until: date | None = Field(None, title=N_("Valid until"))
    certificate_name: str = Field("", max_length=200, title=N_("Name"))
    certificate_born_on: date | None = Field(None, title=N_("Date of birth"))
    contract_name: str = Field("", max_length=200, title=N_("Name"))
    contract_number: str = Field("", max_length=40, title=N_("Passport number"))
    contract_employer: str = Field("", max_length=200, title=N_("Employer"))
    contract_starts_on: date | None = Field(None, title=N_("First day of work"))
    permit_name: str = Field("", max_length=200, title=N_("Name"))
    permit_born_on: date | None = Field(None, title=N_("Date of birth"))
    permit_number: str = Field("", max_length=40, title=N_("Passport number"))
    permit_employer: str = Field("", max_length=200, title=N_("Employer"))
    permit_starts_on: date | None = Field(None, title=N_("First day of work"))
    decision_on: date | None = Field(None, title=N_("Expected decision"))

    def told(self) -> dict[Paper, Told]:
        """What each paper says."""
        return {paper: Told(**{name: getattr(self, f"{paper}_{name}") for name in SAID[paper]}) for paper in Paper}


SAID: dict[Paper, tuple[str, ...]] = {
    Paper.PASSPORT: ("name", "born_on", "number"),
    Paper.CERTIFICATE: ("name", "born_on"),
    Paper.CONTRACT: ("name", "number", "employer", "starts_on"),
    Paper.PERMIT: ("name", "born_on", "number", "employer", "starts_on"),
}
"""Which of the compared things each paper says."""
