"""What the forms of the register may hold."""

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
