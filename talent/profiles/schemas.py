"""What each step of the profile asks, with its limits; the sentences say what to do, not what went wrong."""

import re
from collections.abc import Container
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr, StringConstraints

from talent.accounts.logins import EMAIL, folded_login
from talent.foundation.amounts import whole_euros_of
from talent.foundation.errors import Unprocessable
from talent.foundation.text import DIGITS
from talent.foundation.words import N_
from talent.profiles.models import NumberKind, RequestKind
from talent.profiles.rules import EARLIEST_YEAR
from talent.taxonomy.countries import MEMBER_STATES
from talent.taxonomy.fields import FIELD_NAMES
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.taxonomy.licences import LICENCE_NAMES

LATIN_NAME = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff'’. \-]*")
LATIN_DIGITS = {ord(digit): latin for digit, latin in DIGITS.items()}
LATEST_YEAR = 2100
MOST_MONTHS = 120
MOST_YEARS = 10
MOST_SKILLS = 60
MOST_FOUND_AT_ONCE = 30
LONGEST_TEXT = 2000
MOST_FIRST_COUNTRIES = 3  # whoever likes more of them best says little about any one; set by this project
MOST_PAY_EUROS = 100_000  # a month, as the database checks: nobody is paid more, so more is a slip of the finger

NAME_LETTERS = N_("Write your name in Latin letters, as in your passport. For example: Muhammad Aslam Khan")
NOT_EMAIL = N_("Enter an e-mail address like name@example.com, or leave the box empty")
NOT_PHONE = N_("Enter a phone number like 0301 2345678, or leave the box empty")
NOT_YEAR = N_("Enter the year with four digits, such as 2019")
NOT_MONTH = N_("Choose the month")
CHOOSE_ONE = N_("Choose one of the answers")
TOO_MANY_COUNTRIES = N_("Tick at most {max_length} countries: those that you like best")
NOT_PAY = N_("Enter whole euros a month from 1 to 100,000, such as 1500, or leave the box empty")
TOO_MANY_SKILLS = N_("Choose at most {max_length} skills: those that you know best")


def plain_digits(value: object) -> object:
    """Urdu and Arabic digits as Latin ones; anything but a text as it is."""
    return value.translate(LATIN_DIGITS) if isinstance(value, str) else value


def latin(name: str) -> str:
    """The name with single spaces, when it is in Latin letters and without digits."""
    if not LATIN_NAME.fullmatch(name):
        raise ValueError(NAME_LETTERS)
    return " ".join(name.split())


def email(address: str) -> str:
    """The e-mail address in lower case."""
    if not EMAIL.fullmatch(address):
        raise ValueError(NOT_EMAIL)
    return address.casefold()


def phone(number: str) -> str:
    """The telephone number as E.164; a number without a country code is a Pakistani one."""
    try:
        folded = folded_login(number)
    except Unprocessable:
        folded = ""
    if not folded.startswith("+"):
        raise ValueError(NOT_PHONE)
    return folded


def whole_euros(typed: object) -> object:
    """The amount typed, in whole euros; anything but a text as it is."""
    if not isinstance(typed, str):
        return typed
    try:
        return whole_euros_of(typed)
    except ValueError:
        raise ValueError(NOT_PAY) from None


def one_of(known: Container[str]) -> AfterValidator:
    """Only a value that the table knows."""

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(CHOOSE_ONE)
        return value

    return AfterValidator(check)


def words(title: str, missing: str, *, most: int = 200) -> Any:
    """A text that must be given: what the field is called, and what to say when it is empty."""
    return Field(title=title, min_length=1, max_length=most, json_schema_extra={"missing": missing})


Email = Annotated[str, AfterValidator(email)]
Phone = Annotated[str, AfterValidator(phone)]
Number = BeforeValidator(plain_digits)
Year = Annotated[int, Number, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR, json_schema_extra={"*": NOT_YEAR})]
Month = Annotated[int, Number, Field(ge=1, le=12, json_schema_extra={"*": NOT_MONTH})]
Country = Annotated[str, one_of(MEMBER_STATES), Field(json_schema_extra={"*": CHOOSE_ONE})]


class NameAnswer(BaseModel):
    """Who the candidate is and how to reach them; at least one way to reach them is asked for."""

    full_name: Annotated[str, AfterValidator(latin)] = words(
        N_("Your full name"), N_("Enter your full name as in your passport")
    )
    email: Email | Literal[""] = Field("", title=N_("E-mail address"), max_length=254)
    phone: Phone | Literal[""] = Field("", title=N_("Phone number"), max_length=40)


class OccupationAnswer(BaseModel):
    """The occupation, and the words in which the candidate looked for it."""

    occupation: UUID = Field(title=N_("Occupation"), json_schema_extra={"*": N_("Choose your occupation")})
    words: str = Field("", title=N_("Your own words"), max_length=200)


class AboutAnswer(BaseModel):
    """The candidate's own words about the work."""

    about: str = Field("", title=N_("Your own words"), max_length=LONGEST_TEXT)


class JobAnswer(BaseModel):
    """One job, from month to month; ``goes_on`` says that there is no end yet."""

    title: str = words(N_("Job title"), N_("Enter what you worked as, such as welder"))
    same_work: bool = Field(False, title=N_("The same work"))
    employer: str = Field("", title=N_("Employer"), max_length=200)
    country: str = Field("", title=N_("Country"), max_length=2, pattern="[A-Z]{2}")
    started_month: Month = Field(title=N_("Month"), json_schema_extra={"*": NOT_MONTH})
    started_year: Year = Field(title=N_("Year"), json_schema_extra={"*": NOT_YEAR})
    goes_on: bool = Field(False, title=N_("I still work there"))
    ended_month: Month | None = Field(None, title=N_("Month"), json_schema_extra={"*": NOT_MONTH})
    ended_year: Year | None = Field(None, title=N_("Year"), json_schema_extra={"*": NOT_YEAR})
    tasks: str = Field("", title=N_("Your tasks"), max_length=LONGEST_TEXT)


class SkillsAnswer(BaseModel):
    """The skills ticked on the page."""

    skills: list[UUID] = Field(
        default_factory=list,
        title=N_("Skills"),
        max_length=MOST_SKILLS,
        json_schema_extra={"too_long": TOO_MANY_SKILLS, "*": CHOOSE_ONE},
    )


class FoundSkillsAnswer(BaseModel):
    """The skills ticked among those found, and the words that they were looked for with."""

    found: list[UUID] = Field(
        title=N_("Skills"),
        min_length=1,
        max_length=MOST_FOUND_AT_ONCE,
        json_schema_extra={"*": N_("Tick at least one skill, or search with other words")},
    )
    words: str = Field("", title=N_("Your own words"), max_length=200)


class QualificationAnswer(BaseModel):
    """One certificate, diploma or degree; ``length`` counts full-time months or years, as ``unit`` says."""

    kind: QualificationKind = Field(title=N_("Kind"), json_schema_extra={"*": CHOOSE_ONE})
    title: str = words(N_("Name of the qualification"), N_("Enter the name that stands on the certificate"))
    field: Annotated[str, one_of(FIELD_NAMES)] | Literal[""] = Field(
        "", title=N_("Subject"), json_schema_extra={"*": CHOOSE_ONE}
    )
    issuing_body: str = Field("", title=N_("Who issued it"), max_length=200)
    nvqf_level: int | None = Field(None, ge=1, le=8, title=N_("Level"), json_schema_extra={"*": CHOOSE_ONE})
    length: Annotated[int, Number] | None = Field(
        None,
        ge=1,
        le=MOST_MONTHS,
        title=N_("Length"),
        json_schema_extra={"*": N_("Enter a whole number from 1 to 120, such as 6")},
    )
    unit: Literal["months", "years"] = "months"
    awarded_year: Year | None = Field(None, title=N_("Year"), json_schema_extra={"*": NOT_YEAR})


class KindAnswer(BaseModel):
    """Which kind of qualification comes first, or that there is none."""

    kind: QualificationKind | Literal["none"] = Field(title=N_("Kind"), json_schema_extra={"*": CHOOSE_ONE})


class LanguageAnswer(BaseModel):
    """One language and its level; ``unknown`` is an honest answer."""

    language: Annotated[str, one_of(LANGUAGE_CODES)] = Field(
        title=N_("Language"), json_schema_extra={"*": N_("Choose a language")}
    )
    level: CEFR | Literal["unknown"] = Field(
        title=N_("Level"), json_schema_extra={"*": N_("Choose what you can do, or that you do not know your level")}
    )


class LicencesAnswer(BaseModel):
    """The licences ticked; ``none`` says that the candidate holds none of them."""

    licences: list[Annotated[str, one_of(LICENCE_NAMES)]] = Field(
        default_factory=list, title=N_("Licences"), json_schema_extra={"*": CHOOSE_ONE}
    )
    none: bool = Field(False, title=N_("None of these"))


class CountriesAnswer(BaseModel):
    """Where the candidate would work: anywhere, or only in the countries ticked."""

    anywhere: bool = Field(False, title=N_("Any country"))
    countries: list[Country] = Field(default_factory=list, title=N_("Countries"))


class WishesAnswer(BaseModel):
    """What the candidate wishes for: countries liked best, and the least pay a month; both may stay empty."""

    first_countries: list[Country] = Field(
        default_factory=list,
        title=N_("Countries"),
        max_length=MOST_FIRST_COUNTRIES,
        json_schema_extra={"too_long": TOO_MANY_COUNTRIES, "*": CHOOSE_ONE},
    )
    least_pay_euros: Annotated[int, BeforeValidator(whole_euros)] | None = Field(
        None, ge=1, le=MOST_PAY_EUROS, title=N_("Pay"), json_schema_extra={"*": NOT_PAY}
    )


class StartAnswer(BaseModel):
    """When the candidate could start: at once, or on a day."""

    when: Literal["now", "later"] = Field(title=N_("Start"), json_schema_extra={"*": N_("Choose when you could start")})
    available_from: date | None = Field(None, title=N_("Date"))


class YesNoAnswer(BaseModel):
    """Whether there is anything to tell in a step."""

    answer: Literal["yes", "no"] = Field(title=N_("Answer"), json_schema_extra={"*": CHOOSE_ONE})


class Demand(BaseModel):
    """What a candidate demands about their own data."""

    kind: RequestKind = Field(json_schema_extra={"*": N_("Choose what you ask for")})
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TEXT)] = Field(
        "", json_schema_extra={"*": N_("Write at most 2,000 characters")}
    )


class OwnPassword(BaseModel):
    """The password once more, before a copy of everything leaves."""

    password: SecretStr = Field(json_schema_extra={"*": N_("Enter your password")})


class Farewell(BaseModel):
    """The password once more, and that the person is sure."""

    sure: Literal["true"] = Field(json_schema_extra={"*": N_("Tick the box if you are sure")})
    password: SecretStr = Field(json_schema_extra={"*": N_("Enter your password")})


class IdentityPaperAnswer(BaseModel):
    """The number of one paper and the date of birth."""

    kind: NumberKind = Field(json_schema_extra={"*": N_("Choose which paper")})
    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)] = Field(
        json_schema_extra={"*": N_("Enter the number as it stands on the paper")}
    )
    birth_date: date = Field(title=N_("your date of birth"))
