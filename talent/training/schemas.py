"""What an institute may write: programmes, courses, cohorts, people, and its requests' answers."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field, field_validator, model_validator

from talent.foundation.clock import today
from talent.foundation.text import clean
from talent.foundation.words import N_, Sentence
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import CEFR
from talent.training.terms import MOST_SEATS, AssessmentKind, CoursePart, FindingKind, ReportKind

LONGEST_TITLE = 200
LONGEST_TEXT = 5_000
LONGEST_REASON = 2_000
NO_TITLE = N_("Enter a title")


def known_language(code: str) -> str:
    """The code, when it is one of the list.

    Raises:
        ValueError: it is not.
    """
    if code and code not in LANGUAGE_CODES:
        raise ValueError(Sentence(N_("Choose a language of the list.")))
    return code


class ProgrammeDraft(BaseModel):
    """A programme and who pays for it."""

    title: str = Field(max_length=LONGEST_TITLE, title=N_("Title"), json_schema_extra={"missing": NO_TITLE})
    about: str = Field("", max_length=LONGEST_TEXT, title=N_("What it is for"))
    paid_by: str = Field("", max_length=LONGEST_TITLE, title=N_("Paid by"))


class CourseDraft(BaseModel):
    """What is taught, in which language, for how long."""

    title: str = Field(max_length=LONGEST_TITLE, title=N_("Title"), json_schema_extra={"missing": NO_TITLE})
    about: str = Field("", max_length=LONGEST_TEXT, title=N_("What is taught"))
    occupation: str = Field("", max_length=LONGEST_TITLE, title=N_("Occupation"))
    occupation_id: UUID | None = Field(None, title=N_("Occupation"))
    occupation_for: str = Field("", title=N_("Occupation"))
    language: str = Field(
        title=N_("Language of instruction"), json_schema_extra={"missing": N_("Choose the language of instruction")}
    )
    vocational_hours: int = Field(0, ge=0, le=10_000, title=N_("Hours of the vocational part"))
    civic_hours: int = Field(0, ge=0, le=10_000, title=N_("Hours of the civic and language part"))
    full_time_months: int | None = Field(None, ge=1, le=120, title=N_("Full-time months"))
    is_state_recognised: bool | None = Field(None, title=N_("Recognised by the state"))
    least_attendance: int | None = Field(None, ge=1, le=100, title=N_("Least attendance in percent"))
    nvqf_level: int | None = Field(None, ge=1, le=8, title=N_("NVQF level"))
    language_taught: str = Field("", title=N_("Language taught"))
    language_level: CEFR | None = Field(None, title=N_("Level at the end"))

    _known = field_validator("language", "language_taught")(known_language)

    @model_validator(mode="after")
    def _language_with_level(self) -> Self:
        if bool(self.language_taught) != (self.language_level is not None):
            raise ValueError(Sentence(N_("Choose the language taught and its level, or neither.")))
        return self


class CourseSkills(BaseModel):
    """The skills that the course teaches, by their ids."""

    skills: list[UUID] = Field(default_factory=list, max_length=60, title=N_("Skills taught"))


class SkillLevel(BaseModel):
    """The level of one skill on completion; empty where no authority stated one."""

    skill_id: UUID
    level: int | None = Field(None, ge=1, le=8, title=N_("Level on completion"))


class CourseLevels(BaseModel):
    """The levels of the skills that the course teaches."""

    rows: list[SkillLevel] = Field(default_factory=list, max_length=60)


class CohortDraft(BaseModel):
    """One run of a course: when, where, for how many, by whom."""

    reference: str = Field("", max_length=60, title=N_("Your reference"))
    starts_on: date | None = Field(None, title=N_("First day"))
    ends_on: date | None = Field(None, title=N_("Last day"))
    joins_until: date | None = Field(None, title=N_("Last day to join"))
    seats: int = Field(ge=1, le=MOST_SEATS, title=N_("Seats"))
    reserved_seats: int = Field(0, ge=0, le=MOST_SEATS, title=N_("Seats kept for the vacancy"))
    venue: str = Field("", max_length=LONGEST_TITLE, title=N_("Where it is taught"))
    instructors: str = Field("", max_length=LONGEST_TEXT, title=N_("Who teaches"))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError(Sentence(N_("The last day lies before the first one.")))
        if self.reserved_seats > self.seats:
            raise ValueError(Sentence(N_("No more seats can be kept for the vacancy than there are.")))
        return self

    @property
    def instructor_names(self) -> list[str]:
        """One name for each line."""
        return [name for line in self.instructors.splitlines() if (name := clean(line))]


class NewPerson(BaseModel):
    """One person whom the institute enrols by hand."""

    full_name: str = Field(
        max_length=LONGEST_TITLE, title=N_("Full name"), json_schema_extra={"missing": N_("Enter the full name")}
    )
    cnic: str = Field("", max_length=30, title=N_("CNIC"))
    phone: str = Field("", max_length=30, title=N_("Mobile number"))
    email: str = Field("", max_length=254, title=N_("E-mail address"))
    for_vacancy: bool = Field(False, title=N_("For the vacancy"))


class Reason(BaseModel):
    """Why something was done."""

    reason: str = Field(
        min_length=3,
        max_length=LONGEST_REASON,
        title=N_("Reason"),
        json_schema_extra={"*": N_("Say why, in at least three letters")},
    )


class RequestDraft(BaseModel):
    """An agency's request for trained people."""

    institute_id: UUID = Field(title=N_("Institute"), json_schema_extra={"*": N_("Choose the institute")})
    people: int = Field(ge=1, le=MOST_SEATS, title=N_("How many people"))
    needed_by: date | None = Field(None, title=N_("Needed by"))
    words: str = Field("", max_length=LONGEST_TEXT, title=N_("What they should know"))


class AssessmentDraft(BaseModel):
    """One test: what kind, when, and by whom."""

    kind: AssessmentKind = Field(title=N_("Kind"), json_schema_extra={"*": N_("Choose the kind of test")})
    title: str = Field(max_length=LONGEST_TITLE, title=N_("Title"), json_schema_extra={"missing": NO_TITLE})
    held_on: date = Field(title=N_("Day of the test"), json_schema_extra={"missing": N_("Enter the day of the test")})
    assessor: str = Field(
        max_length=LONGEST_TITLE, title=N_("Assessor"), json_schema_extra={"missing": N_("Enter who assesses")}
    )
    language: str = Field("", title=N_("Language"))

    _known = field_validator("language")(known_language)

    @model_validator(mode="after")
    def _language_of_a_language_test(self) -> Self:
        if (self.kind is AssessmentKind.LANGUAGE) != bool(self.language):
            raise ValueError(Sentence(N_("Choose the language of a language test, and of no other.")))
        return self


class DayPlanDraft(BaseModel):
    """The weekdays on which the cohort is taught, and how long."""

    weekdays: list[int] = Field(title=N_("Weekdays"), json_schema_extra={"*": N_("Choose at least one weekday")})
    hours: int = Field(ge=1, le=12, title=N_("Hours a day"))
    part: CoursePart = Field(CoursePart.VOCATIONAL, title=N_("Part"))

    @field_validator("weekdays")
    @classmethod
    def _some(cls, days: list[int]) -> list[int]:
        if not days or any(day not in range(7) for day in days):
            raise ValueError(Sentence(N_("Choose at least one weekday")))
        return days


class ReportDaysDraft(BaseModel):
    """When a kind of report is due, and who decided that."""

    kind: ReportKind = Field(title=N_("Report"), json_schema_extra={"*": N_("Choose the report")})
    days: int = Field(ge=-365, le=365, title=N_("Days"), json_schema_extra={"missing": N_("Enter the number of days")})
    decided_by: str = Field(
        max_length=LONGEST_TITLE,
        title=N_("Who decided"),
        json_schema_extra={"missing": N_("Say who decided it, or which paper says so")},
    )
    decided_on: date = Field(
        title=N_("Day of the decision"), json_schema_extra={"missing": N_("Enter the day of the decision")}
    )

    @field_validator("decided_on")
    @classmethod
    def _decided(cls, day: date) -> date:
        if day > today():
            raise ValueError(Sentence(N_("This day is still to come.")))
        return day


class ConcernDraft(BaseModel):
    """What somebody reports without a name."""

    institute_id: UUID = Field(title=N_("Institute"), json_schema_extra={"*": N_("Choose the institute")})
    kind: FindingKind = Field(title=N_("What happened"), json_schema_extra={"*": N_("Choose what happened")})
    words: str = Field(
        min_length=10,
        max_length=LONGEST_TEXT,
        title=N_("In your words"),
        json_schema_extra={"*": N_("Say what happened, in at least ten letters")},
    )
