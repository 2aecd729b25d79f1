"""What the forms of placements may hold."""

from datetime import date

from pydantic import BaseModel, Field

from talent.foundation.words import N_
from talent.placements.states import ExitReason


class PlacementBegun(BaseModel):
    """By which way a candidate is to come."""

    pathway: str = Field(
        max_length=60, title=N_("way"), json_schema_extra={"missing": N_("Choose the way."), "*": N_("Choose the way.")}
    )


class StepDone(BaseModel):
    """That one step of a way was done."""

    way: str = Field(max_length=60)
    step: str = Field(max_length=60)
    done_on: date = Field(title=N_("Day"), json_schema_extra={"missing": N_("Enter the day on which it was done.")})


class PlacementMoved(BaseModel):
    """A move of a placement with what is told about it."""

    reason: ExitReason | None = Field(
        default=None, title=N_("reason"), json_schema_extra={"*": N_("Choose the reason.")}
    )
    note: str = Field(default="", max_length=1000, title=N_("Note"))
    on: date | None = Field(default=None, title=N_("Day"))
