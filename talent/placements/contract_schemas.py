"""What the forms of contracts and demand letters may hold."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, field_validator
from pydantic.config import JsonDict

from talent.foundation.amounts import number_of
from talent.foundation.words import N_
from talent.placements.contract_terms import FEWEST_HOURS, MOST_HOURS, MOST_MONTHS, Housing, Length, Payment
from talent.placements.schemas import AMOUNT_BOUNDS, MOST_CENTS, Cents
from talent.vacancies.terms import CURRENCIES, FEWEST_SEATS, MOST_SEATS, PayPeriod

Number = Annotated[float, BeforeValidator(lambda typed: number_of(typed) if isinstance(typed, str) else typed)]
WRITTEN_IN = ("ur", "en", "de", "it", "fi", "sv", "es", "el", "fr", "nl", "pl")
"""In which languages a contract can be handed out, as the form offers them."""
BOUNDS: JsonDict = {"greater_than": AMOUNT_BOUNDS, "less_than_equal": AMOUNT_BOUNDS}
MONTHS_BOUNDS = N_("Enter whole months, from 1 to 120.")
HOURS_BOUNDS = N_("Enter the hours of one week, from 1 to 80.")
PROBATION_BOUNDS = N_("Enter whole months; 0 when there is no probation.")


class ContractTold(BaseModel):
    """The terms of a contract; what is left empty is not written down in it."""

    pay_cents: Cents | None = Field(None, gt=0, le=MOST_CENTS, title=N_("Pay before tax"), json_schema_extra=BOUNDS)
    currency: str = Field("EUR", title=N_("Currency"))
    period: PayPeriod | None = Field(None, title=N_("Paid for"))
    hours_week: Number | None = Field(
        None, ge=FEWEST_HOURS, le=MOST_HOURS, title=N_("Hours a week"), json_schema_extra={"*": HOURS_BOUNDS}
    )
    length: Length | None = Field(None, title=N_("How long the contract lasts"))
    months: int | None = Field(None, ge=1, le=MOST_MONTHS, title=N_("Months"), json_schema_extra={"*": MONTHS_BOUNDS})
    housing: Housing | None = Field(None, title=N_("A place to live"))
    rent_cents: Cents | None = Field(None, gt=0, le=MOST_CENTS, title=N_("Rent a month"), json_schema_extra=BOUNDS)
    return_ticket: Payment | None = Field(None, title=N_("Ticket home at the end"))
    insurance: Payment | None = Field(None, title=N_("Health insurance"))
    probation_months: int | None = Field(
        None, ge=0, le=MOST_MONTHS, title=N_("Probation"), json_schema_extra={"*": PROBATION_BOUNDS}
    )
    languages: list[str] = Field(default_factory=list, title=N_("Language of the contract"))

    @field_validator("currency")
    @classmethod
    def _of_the_list(cls, chosen: str) -> str:
        if chosen not in CURRENCIES:
            raise ValueError(N_("Choose one of the list."))
        return chosen

    @field_validator("languages")
    @classmethod
    def _offered(cls, chosen: list[str]) -> list[str]:
        if set(chosen) - set(WRITTEN_IN):
            raise ValueError(N_("Choose from the list."))
        return list(dict.fromkeys(chosen))


class ContractMoved(BaseModel):
    """What is told with a step of a contract."""

    was_read: bool = False
    words: str = Field("", max_length=1000, title=N_("In your words"))
    attested_by: str = Field("", max_length=200, title=N_("Office that attested it"))
    attested_on: date | None = Field(None, title=N_("Day"))
    attestation_number: str = Field("", max_length=60, title=N_("Number of the attestation"))


class LetterTold(BaseModel):
    """The terms of a demand letter."""

    seats: int = Field(ge=FEWEST_SEATS, le=MOST_SEATS, title=N_("How many people"))
    pay_cents: Cents = Field(gt=0, le=MOST_CENTS, title=N_("Pay before tax"), json_schema_extra=BOUNDS)
    currency: str = Field("EUR", title=N_("Currency"))
    period: PayPeriod = Field(title=N_("Paid for"), json_schema_extra={"*": N_("Choose what the pay is paid for.")})
    months: int | None = Field(None, ge=1, le=MOST_MONTHS, title=N_("Months"), json_schema_extra={"*": MONTHS_BOUNDS})

    @field_validator("currency")
    @classmethod
    def _of_the_list(cls, chosen: str) -> str:
        if chosen not in CURRENCIES:
            raise ValueError(N_("Choose one of the list."))
        return chosen


class LetterAgreed(BaseModel):
    """Which version of a demand letter somebody agrees to."""

    version: int = Field(title=N_("Version"))
