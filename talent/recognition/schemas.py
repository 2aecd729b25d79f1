"""What the forms of recognition may hold."""

import re
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from talent.casework.clock_terms import Pause
from talent.foundation.words import N_
from talent.recognition.terms import Measure, PaperKind, Share
from talent.taxonomy.levels import QualificationKind

MOST_MONTHS = 120
UNIT_LINE = re.compile(r"(?:\[(?P<code>[^\]]{1,60})\]\s*)?(?P<title>.+)")


REGION = Field(
    default="",
    pattern=r"^([A-Z]{2}-[A-Z]{2})?$",
    title=N_("Land"),
    json_schema_extra={"*": N_("Choose one of the Länder, or that you do not know yet.")},
)
"""Where somebody wants to work, ISO 3166-2; empty: not known."""


class FinderQuestion(BaseModel):
    """A question to the finder; nothing of it is kept."""

    award: QualificationKind = Field(title=N_("award"), json_schema_extra={"missing": N_("Choose your award.")})
    months: int | None = Field(
        default=None,
        ge=1,
        le=MOST_MONTHS,
        title=N_("Length"),
        json_schema_extra={"*": N_("Enter the length in months, from 1 to 120, or leave it empty.")},
    )
    occupation: str = Field(
        pattern=r"^\d{4}$",
        title=N_("occupation"),
        json_schema_extra={"missing": N_("Choose the occupation."), "*": N_("Choose the occupation from the list.")},
    )
    country: str = Field(
        pattern=r"^[A-Z]{2}$",
        title=N_("country"),
        json_schema_extra={"missing": N_("Choose the country."), "*": N_("Choose the country.")},
    )
    region: str = REGION


EARLIEST_YEAR = 1960
LATEST_YEAR = 2100
LONGEST_NOTE = 2000


class CaseBegun(BaseModel):
    """What begins a case: the procedure and the award."""

    procedure: str = Field(title=N_("procedure"), max_length=60)
    award: QualificationKind = Field(title=N_("award"), json_schema_extra={"missing": N_("Choose your award.")})
    occupation: str = Field(pattern=r"^\d{4}$", title=N_("occupation"))
    title: str = Field(
        max_length=200,
        title=N_("Name of the award"),
        json_schema_extra={"missing": N_("Write the name of the award, as it stands on the certificate.")},
    )
    institute: str = Field(default="", max_length=200, title=N_("Institute"))
    year: int | None = Field(default=None, ge=EARLIEST_YEAR, le=LATEST_YEAR, title=N_("Year"))
    region: str = REGION


class RegionChosen(BaseModel):
    """The Land in which somebody wants to work."""

    region: str = REGION


class DayNoted(BaseModel):
    """The day on which something happened."""

    day: date = Field(title=N_("Day"))


class MandateGiven(BaseModel):
    """A power of attorney: to whom, signed when, and what it lets them see."""

    organisation: UUID = Field(
        title=N_("employer or agency"), json_schema_extra={"*": N_("Choose the employer or the agency.")}
    )
    signed_on: date = Field(title=N_("Date on the power of attorney"))
    shares: set[Share] = Field(default_factory=set, title=N_("What they may see"))


class CurriculumAsked(BaseModel):
    """Which institute is asked for the curriculum."""

    institute: UUID = Field(title=N_("institute"), json_schema_extra={"*": N_("Choose the institute.")})


MOST_UNITS = 200


class StandardDraft(BaseModel):
    """An award for the crosswalk: its units, one a line, each with its code in square brackets where it has one."""

    kind: QualificationKind = Field(title=N_("award"), json_schema_extra={"missing": N_("Choose the kind of award.")})
    title: str = Field(
        min_length=3,
        max_length=200,
        title=N_("Name of the award"),
        json_schema_extra={"missing": N_("Write the name of the award, as it stands on the certificate.")},
    )
    source: str = Field(
        min_length=3,
        max_length=400,
        title=N_("Source"),
        json_schema_extra={"missing": N_("Write which document lists these units, and who issued it.")},
    )
    as_of: date = Field(title=N_("Date of that document"))
    units: str = Field(
        min_length=3,
        max_length=MOST_UNITS * 300,
        title=N_("Units"),
        json_schema_extra={"missing": N_("Write the units, one in each line.")},
    )

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The units in their order, each with its code, which is empty where the document has none."""
        found = (UNIT_LINE.match(line.strip()) for line in self.units.splitlines() if line.strip())
        return [(one["code"] or "", one["title"][:300]) for one in found if one][:MOST_UNITS]


class PaperAdded(BaseModel):
    """What is told about a document."""

    kind: PaperKind = Field(title=N_("document"), json_schema_extra={"missing": N_("Choose which document it is.")})
    is_translation: bool = False
    issued_on: date | None = Field(default=None, title=N_("Date of issue"))


class PaperVerified(BaseModel):
    """What the issuer answered about a document."""

    verified_by: str = Field(
        min_length=3,
        max_length=200,
        title=N_("Who confirmed it"),
        json_schema_extra={"missing": N_("Write who was asked, such as the board that issued it.")},
    )
    verified_on: date = Field(title=N_("Date of the answer"))
    is_genuine: bool = False


class StepTaken(BaseModel):
    """A step of a case with what is told about it."""

    note: str = Field(default="", max_length=LONGEST_NOTE, title=N_("What the letter says"))
    on: date | None = Field(default=None, title=N_("Date of the letter"))
    measure: Measure | None = Field(default=None, title=N_("measure"))


class ClockStopped(BaseModel):
    """From when, and why, a clock stands still."""

    why: Pause = Field(title=N_("reason"), json_schema_extra={"missing": N_("Choose why the clock stands still.")})
    since: date = Field(title=N_("First day"))


class ClockResumed(BaseModel):
    """Until when a clock stood still."""

    until: date = Field(title=N_("Last day"))


class DeadlineExtended(BaseModel):
    """A reasoned extension."""

    told_on: date = Field(title=N_("Day on which it was told"))
    until: date = Field(title=N_("New last day"))


class DayCorrected(BaseModel):
    """One day of a calendar, corrected."""

    region: str = Field(
        pattern=r"^[A-Z]{2}(-[A-Z]{2})?$",
        title=N_("calendar"),
        json_schema_extra={"missing": N_("Choose one of the calendars."), "*": N_("Choose one of the calendars.")},
    )
    day: date = Field(title=N_("Day"))
    is_free: bool = False
    reason: str = Field(min_length=3, max_length=200, title=N_("Reason"))
