"""What people write about a match."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from talent.foundation.words import N_
from talent.matching.revealing import RevealReason
from talent.matching.states import SHORTEST_REASON_CHARACTERS

LONGEST_CHARACTERS = 2_000


class ReviewWords(BaseModel):
    """What a candidate asks a person to look at."""

    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_CHARACTERS)] = (
        Field(json_schema_extra={"*": N_("Write what a person should look at, in up to 2,000 characters.")})
    )


class ReviewAnswer(BaseModel):
    """What project staff answer."""

    answer: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_CHARACTERS)] = (
        Field(json_schema_extra={"*": N_("Write your answer in up to 2,000 characters: the candidate will read it.")})
    )


class Reveal(BaseModel):
    """Why an agency opens a name."""

    purpose: RevealReason = Field(json_schema_extra={"*": N_("Choose why you open the name")})


class TurnDownReason(BaseModel):
    """Why an agency turns somebody down."""

    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=SHORTEST_REASON_CHARACTERS, max_length=LONGEST_CHARACTERS),
    ] = Field(
        json_schema_extra={
            "*": N_("Write the reason in a sentence of 20 to 2,000 characters: the candidate will read it.")
        }
    )


class JudgedGrade(BaseModel):
    """What a recruiter gives a pair."""

    grade: int = Field(ge=0, le=3, json_schema_extra={"*": N_("Choose how well the person fits the job")})
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = Field(
        default="", json_schema_extra={"*": N_("Write the reason in up to 500 characters.")}
    )
