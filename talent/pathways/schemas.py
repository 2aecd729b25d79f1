"""What somebody may tell the check of ways; everything but country and occupation may stay untold, nothing is kept."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from talent.foundation.words import N_
from talent.pathways.facts import FACT_NAMES, Fact, RouteFacts
from talent.taxonomy.levels import QualificationKind

Told = Literal["yes", "no"] | None
Level = Literal["none", "A1", "A2", "B1", "B2", "C1", "C2"] | None
CENTS = 100
MOST_MONTHS = 600
MOST_PAY = 1_000_000
MOST_AGE = 99
FEWEST_AGE = 15
YES_OR_NO = N_("Choose yes or no, or leave it open.")
ENTER_MONTHS = N_("Enter a number of months, or leave it empty.")


def _told(fact: Fact) -> Told:
    made: Told = Field(default=None, title=FACT_NAMES[fact], json_schema_extra={"*": YES_OR_NO})
    return made


def _months(fact: Fact) -> int | None:
    made: int | None = Field(
        default=None, ge=0, le=MOST_MONTHS, title=FACT_NAMES[fact], json_schema_extra={"*": ENTER_MONTHS}
    )
    return made


def _day(fact: Fact) -> date | None:
    made: date | None = Field(default=None, title=FACT_NAMES[fact])
    return made


class RouteQuestion(BaseModel):
    """A question to the check of ways; names are those of ``RouteFacts``, ``pay_year`` is in whole euros."""

    country: str = Field(
        pattern=r"^[A-Z]{2}$",
        title=N_("country"),
        json_schema_extra={"missing": N_("Choose the country."), "*": N_("Choose the country.")},
    )
    occupation: str = Field(
        pattern=r"^\d{4}$",
        title=N_("occupation"),
        json_schema_extra={"missing": N_("Choose the occupation."), "*": N_("Choose the occupation from the list.")},
    )
    award: QualificationKind | None = Field(default=None, title=N_("award"))
    has_offer: Told = _told(Fact.HAS_OFFER)
    contract_months: int | None = _months(Fact.CONTRACT_MONTHS)
    pay_year: int | None = Field(
        default=None,
        ge=1,
        le=MOST_PAY,
        title=FACT_NAMES[Fact.PAY_YEAR_CENTS],
        json_schema_extra={"*": N_("Enter the pay for a year in whole euros, or leave it empty.")},
    )
    has_collective_pay: Told = _told(Fact.HAS_COLLECTIVE_PAY)
    training_months: int | None = _months(Fact.TRAINING_MONTHS)
    is_state_recognised: Told = _told(Fact.IS_STATE_RECOGNISED)
    degree_is_comparable: Told = _told(Fact.DEGREE_IS_COMPARABLE)
    degree_awarded_on: date | None = _day(Fact.DEGREE_AWARDED_ON)
    recognition: Literal["full", "partial", "none"] | None = Field(default=None, title=FACT_NAMES[Fact.RECOGNITION])
    has_licence: Told = _told(Fact.HAS_LICENCE)
    experience_months_in_5: int | None = _months(Fact.EXPERIENCE_MONTHS_IN_5)
    experience_months_in_7: int | None = _months(Fact.EXPERIENCE_MONTHS_IN_7)
    german: Level = Field(default=None, title=FACT_NAMES[Fact.GERMAN])
    english: Level = Field(default=None, title=FACT_NAMES[Fact.ENGLISH])
    age_told: int | None = Field(
        default=None,
        ge=FEWEST_AGE,
        le=MOST_AGE,
        title=FACT_NAMES[Fact.AGE],
        json_schema_extra={"*": N_("Enter the age in years, or leave it empty.")},
    )
    has_pension: Told = _told(Fact.HAS_PENSION)
    agrees_recognition: Told = _told(Fact.AGREES_RECOGNITION)
    can_train: Told = _told(Fact.CAN_TRAIN)
    has_livelihood: Told = _told(Fact.HAS_LIVELIHOOD)
    months_in_country: int | None = _months(Fact.MONTHS_IN_COUNTRY)
    spouse_qualifies: Told = _told(Fact.SPOUSE_QUALIFIES)
    has_driving_licence: Told = _told(Fact.HAS_DRIVING_LICENCE)
    has_approved_course: Told = _told(Fact.HAS_APPROVED_COURSE)
    course_ended_on: date | None = _day(Fact.COURSE_ENDED_ON)
    has_quota_place: Told = _told(Fact.HAS_QUOTA_PLACE)
    market_was_tested: Told = _told(Fact.MARKET_WAS_TESTED)
    stay_months: int | None = _months(Fact.STAY_MONTHS)
    has_housing: Told = _told(Fact.HAS_HOUSING)
    passport_until: date | None = _day(Fact.PASSPORT_UNTIL)
    has_shortage_training: Told = _told(Fact.HAS_SHORTAGE_TRAINING)
    austrian_points: int | None = Field(default=None, ge=0, le=MOST_AGE, title=FACT_NAMES[Fact.AUSTRIAN_POINTS])


ASKED_AS: dict[Fact, str] = {
    Fact.PAY_YEAR_CENTS: "pay_year",
    Fact.PAY_MONTH_CENTS: "pay_year",
    Fact.AGE: "age_told",
    Fact.HAS_DEGREE: "award",
    Fact.HAS_VOCATIONAL: "award",
}
"""Facts that are asked about under another name."""
NOT_ASKED = frozenset({Fact.ISCO_GROUP, Fact.IS_REGULATED, Fact.HAS_VISA, Fact.HAS_CONTRACT, Fact.WORKER_PAYS_NOTHING})
"""Facts that the service knows by itself, or that come only later in a case."""


def asked_as(fact: Fact) -> str:
    """The name of the field that asks about this fact; empty for one that nobody is asked."""
    return "" if fact in NOT_ASKED else ASKED_AS.get(fact, fact.value)


def told_facts(question: RouteQuestion, *, on: date) -> RouteFacts:
    """The facts of a question, for the rules of this day; regulation is looked up by whoever asks."""
    told = question.model_dump(exclude={"country", "occupation", "pay_year", "award"}, exclude_none=True)
    values = {name: {"yes": True, "no": False}.get(value, value) for name, value in told.items()}
    pay = None if question.pay_year is None else question.pay_year * CENTS
    return RouteFacts(on=on, isco_group=question.occupation, award=question.award, pay_year_cents=pay, **values)
