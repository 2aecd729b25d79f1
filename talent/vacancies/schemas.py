"""What an agency may write: a whole vacancy as resolved values, and the four parts of its form with their limits."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from talent.foundation.amounts import cents_of, number_of
from talent.foundation.words import N_, Sentence
from talent.taxonomy.countries import MEMBER_STATES
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.taxonomy.licences import LICENCE_NAMES
from talent.vacancies.terms import (
    CURRENCIES,
    FEWEST_HOURS,
    FEWEST_SEATS,
    MOST_EXPERIENCE_MONTHS,
    MOST_HOURS,
    MOST_PAY_CENTS,
    MOST_QUALIFICATION_MONTHS,
    MOST_SEATS,
    CostPayer,
    PayPeriod,
)

LONGEST_TITLE = 200
LONGEST_REFERENCE = 60
LONGEST_DESCRIPTION = 10_000
MOST_SKILLS = 60
LANGUAGE_ROWS = 4


class WantedSkill(BaseModel):
    """A skill that the work needs, in the agency's words."""

    model_config = ConfigDict(frozen=True)
    skill_id: UUID
    words: str = Field(max_length=300)
    is_must: bool = True


class WantedLanguage(BaseModel):
    """The least level of a language that the work needs."""

    model_config = ConfigDict(frozen=True)
    language: str = Field(title=N_("Language"), json_schema_extra={"missing": N_("Choose the language")})
    level: CEFR = Field(title=N_("Level"), json_schema_extra={"missing": N_("Choose the level of the language")})

    @field_validator("language")
    @classmethod
    def _known(cls, code: str) -> str:
        return _one_of(code, LANGUAGE_CODES, N_("Choose a language of the list."))


class VacancyDraft(BaseModel):
    """A vacancy with everything looked up. Only the fields that were set are written by an edit."""

    model_config = ConfigDict(frozen=True)
    reference: str = ""
    title: str = ""
    employer: str = ""
    description: str = ""
    occupation_id: UUID | None = None
    country: str = ""
    place: str = ""
    seats: int = 1
    skills: tuple[WantedSkill, ...] = ()
    languages: tuple[WantedLanguage, ...] = ()
    qualification_kind: QualificationKind | None = None
    qualification_field: str = ""
    qualification_months: int | None = None
    licences: tuple[str, ...] = ()
    experience_months: int = 0
    pay_from_cents: int | None = None
    pay_to_cents: int | None = None
    pay_currency: str = "EUR"
    pay_period: PayPeriod | None = None
    hours_per_week: float | None = None
    start_on: date | None = None
    closes_on: date | None = None
    cost_payer: CostPayer = CostPayer.UNKNOWN


def _one_of(code: str, known: Any, sentence: str) -> str:
    if code not in known:
        raise ValueError(Sentence(sentence))
    return code


def _amount(typed: object) -> object:
    return cents_of(typed) if isinstance(typed, str) else typed


def _number(typed: object) -> object:
    return number_of(typed) if isinstance(typed, str) else typed


PAY_BOUNDS = N_("Check the pay: it must be more than nothing and less than a million.")
Cents = Annotated[int, BeforeValidator(_amount)]
Hours = Annotated[float, BeforeValidator(_number)]


class JobPart(BaseModel):
    """Part 1: the job, where it is, and how many people it needs."""

    title: str = Field(
        max_length=LONGEST_TITLE, title=N_("Job title"), json_schema_extra={"missing": N_("Enter the job title")}
    )
    employer: str = Field("", max_length=LONGEST_TITLE, title=N_("Employer"))
    reference: str = Field("", max_length=LONGEST_REFERENCE, title=N_("Your reference"))
    occupation: str = Field("", max_length=LONGEST_TITLE, title=N_("Occupation"))
    occupation_id: UUID | None = Field(None, title=N_("Occupation"))
    occupation_for: str = Field("", title=N_("Occupation"))  # the words for which ``occupation_id`` was chosen
    description: str = Field("", max_length=LONGEST_DESCRIPTION, title=N_("Description"))
    country: str = Field("", title=N_("Country"))
    place: str = Field("", max_length=LONGEST_TITLE, title=N_("Place of work"))
    seats: int = Field(1, ge=FEWEST_SEATS, le=MOST_SEATS, title=N_("Seats"))

    @field_validator("country")
    @classmethod
    def _member_state(cls, code: str) -> str:
        return _one_of(code, MEMBER_STATES, N_("Choose a Member State of the European Union."))


class SkillsPart(BaseModel):
    """Part 2: what somebody must be able to do, and what would be good."""

    must: list[UUID] = Field([], max_length=MOST_SKILLS, title=N_("Skills"))
    nice: list[UUID] = Field([], max_length=MOST_SKILLS, title=N_("Skills"))
    search: str = Field("", max_length=100, title=N_("Search"))


class RequirementsPart(BaseModel):
    """Part 3: languages, qualification, licences, experience."""

    languages: list[WantedLanguage] = Field([], title=N_("Languages"))
    qualification_kind: QualificationKind | None = Field(None, title=N_("Qualification"))
    qualification_field: str = Field("", max_length=4, title=N_("Field of the qualification"))
    qualification_months: int | None = Field(
        None, ge=1, le=MOST_QUALIFICATION_MONTHS, title=N_("Full-time months of training")
    )
    licences: list[str] = Field([], title=N_("Licences"))
    experience_months: int = Field(0, ge=0, le=MOST_EXPERIENCE_MONTHS, title=N_("Months of experience"))

    @field_validator("languages")
    @classmethod
    def _each_once(cls, rows: list[WantedLanguage]) -> list[WantedLanguage]:
        if len({row.language for row in rows}) < len(rows):
            raise ValueError(Sentence(N_("Choose each language only once.")))
        return rows

    @field_validator("licences")
    @classmethod
    def _known(cls, codes: list[str]) -> list[str]:
        return [_one_of(code, LICENCE_NAMES, N_("Choose licences of the list.")) for code in dict.fromkeys(codes)]


class ConditionsPart(BaseModel):
    """Part 4: pay, hours, dates, and who pays the recruitment costs."""

    pay_from_cents: Cents | None = Field(
        None,
        gt=0,
        le=MOST_PAY_CENTS,
        title=N_("Pay"),
        json_schema_extra={"greater_than": PAY_BOUNDS, "less_than_equal": PAY_BOUNDS},
    )
    pay_to_cents: Cents | None = Field(
        None,
        gt=0,
        le=MOST_PAY_CENTS,
        title=N_("Pay up to"),
        json_schema_extra={"greater_than": PAY_BOUNDS, "less_than_equal": PAY_BOUNDS},
    )
    pay_currency: str = Field("EUR", title=N_("Currency"))
    pay_period: PayPeriod | None = Field(None, title=N_("What the pay is for"))
    hours_per_week: Hours | None = Field(None, ge=FEWEST_HOURS, le=MOST_HOURS, title=N_("Hours a week"))
    start_on: date | None = Field(None, title=N_("Start"))
    closes_on: date | None = Field(None, title=N_("Closing date"))
    cost_payer: CostPayer = Field(CostPayer.UNKNOWN, title=N_("Who pays the recruitment costs"))

    @field_validator("pay_currency")
    @classmethod
    def _money(cls, code: str) -> str:
        return _one_of(code, CURRENCIES, N_("Choose the currency of a Member State."))

    @field_validator("pay_to_cents")
    @classmethod
    def _not_lower(cls, most: int | None, others: ValidationInfo) -> int | None:
        least = others.data.get("pay_from_cents")
        if most is not None and least is None and "pay_from_cents" in others.data:
            raise ValueError(Sentence(N_("Enter where the pay begins, too.")))
        if most is not None and least is not None and most < least:
            raise ValueError(Sentence(N_("The pay ends lower than it begins. Check both amounts.")))
        return most


class Closing(BaseModel):
    """Why a vacancy is closed; the reason stands in its journal."""

    note: str = Field("", max_length=1000, title=N_("Why you close it"))
