"""What the forms of the time after arrival may hold."""

from pydantic import BaseModel, Field, field_validator

from talent.foundation.words import N_
from talent.placements.after_terms import Kept, Problem
from talent.placements.cost_terms import RECRUITERS, CostParty

CHOOSE = {"*": N_("Choose yes, no, or not sure.")}


class CheckInTold(BaseModel):
    """A worker's answers to one question round."""

    in_job: Kept = Field(title=N_("still in this job"), json_schema_extra={**CHOOSE})
    pay: Kept = Field(title=N_("pay"), json_schema_extra={**CHOOSE})
    hours: Kept = Field(title=N_("hours"), json_schema_extra={**CHOOSE})
    job: Kept = Field(title=N_("work"), json_schema_extra={**CHOOSE})
    problems: list[Problem] = Field(default_factory=list, title=N_("Problems"))
    payee: CostParty | None = Field(None, title=N_("Who asked for money"))
    words: str = Field("", max_length=1000, title=N_("In your words"))
    wants_call: bool = False

    @field_validator("payee")
    @classmethod
    def _recruits(cls, chosen: CostParty | None) -> CostParty | None:
        if chosen is not None and chosen not in RECRUITERS:
            raise ValueError(N_("Choose one of the list."))
        return chosen


class Settled(BaseModel):
    """What project staff did about a question round."""

    words: str = Field("", max_length=1000, title=N_("What was done"))
