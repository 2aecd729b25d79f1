"""What the forms of the register may hold."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from talent.foundation.words import N_
from talent.monitoring.report import ItemKind

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class MeasureChange(BaseModel):
    """A measure as staff want it to read."""

    words: Words = Field(title=N_("the words of the measure"))
    lead_actors: Words = Field(title=N_("who leads it, one on each line"))
    timeframe: Short = Field(default="", title=N_("the timeframe"))
    indicator: Short = ""

    @property
    def actors(self) -> list[str]:
        """Who leads the measure, in order."""
        return [line.strip()[:200] for line in self.lead_actors.splitlines() if line.strip()]


class ItemChange(BaseModel):
    """One item of a measure."""

    kind: ItemKind = Field(title=N_("where the item stands"))
    when: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    words: Words = Field(title=N_("the words of the item"))


class GoalChange(BaseModel):
    """Baseline and target of an indicator; what is left empty is unknown."""

    baseline: int | None = Field(default=None, ge=0, le=10_000_000, title=N_("the baseline"))
    baseline_on: date | None = Field(default=None, title=N_("the day of the baseline"))
    target: int | None = Field(default=None, ge=0, le=10_000_000, title=N_("the target"))
    target_on: date | None = Field(default=None, title=N_("the day of the target"))
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] = Field(
        title=N_("where both are written")
    )


class Recording(BaseModel):
    """Under which reference a report is given out."""

    reference: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] = Field(
        title=N_("the reference of the report")
    )
