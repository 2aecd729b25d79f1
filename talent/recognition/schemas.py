"""What the forms of recognition may hold."""

from pydantic import BaseModel, Field

from talent.foundation.words import N_
from talent.taxonomy.levels import QualificationKind

MOST_MONTHS = 120


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
