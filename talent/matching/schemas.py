"""What people write about a match."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, ValidationInfo, field_validator

from talent.foundation.text import fold
from talent.foundation.words import N_
from talent.matching.revealing import RevealReason
from talent.matching.states import SHORTEST_REASON_CHARACTERS, WeightsAction
from talent.taxonomy.countries import MEMBER_STATES
from talent.taxonomy.languages import LANGUAGE_NAMES
from talent.taxonomy.levels import CEFR
from talent.taxonomy.licences import LICENCE_NAMES

LONGEST_CHARACTERS = 2_000
LONGEST_SEARCH_CHARACTERS = 200
MOST_SKILLS = 10
MOST_MONTHS = 600
"""Longer than anybody works."""
OCCUPATION_OR_GROUP = re.compile(r"\d{1,4}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The beginning of an ISCO-08 code, or the key of one occupation."""
A_WORD = re.compile(r"[^\W_]")


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


class WeightsDecision(BaseModel):
    """What somebody decides about weights of the score, and why."""

    action: Annotated[WeightsAction, Field(json_schema_extra={"*": N_("Choose what to do")})]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_CHARACTERS)] = ""


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


class PeopleQuestion(BaseModel):
    """What project staff look for among people; what is left empty narrows nothing."""

    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_SEARCH_CHARACTERS)] = Field(
        default="", json_schema_extra={"string_too_long": N_("Write at most 200 characters.")}
    )
    occupation: str = ""
    skill: list[UUID] = Field(
        default=[], max_length=MOST_SKILLS, json_schema_extra={"*": N_("Tick at most ten skills of the list.")}
    )
    language: str = ""
    level: CEFR | None = Field(default=None, json_schema_extra={"enum": N_("Choose a level from the list.")})
    licence: str = ""
    country: str = ""
    months: int | None = Field(
        default=None,
        ge=0,
        le=MOST_MONTHS,
        json_schema_extra={"*": N_("Enter the months of experience as a whole number from 0 to 600.")},
    )
    by: date | None = None
    like: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=12)] = Field(
        default="", json_schema_extra={"*": N_("Follow a link of the list: this is no candidate’s reference.")}
    )

    @field_validator("words")
    @classmethod
    def _hold_a_word(cls, words: str) -> str:
        if words and not A_WORD.search(fold(words)):
            raise ValueError(N_("Write at least one word of letters or digits."))
        return words

    @field_validator("occupation")
    @classmethod
    def _is_a_code(cls, code: str) -> str:
        if code and not OCCUPATION_OR_GROUP.fullmatch(code):
            raise ValueError(N_("Choose the occupation from the list."))
        return code

    @field_validator("language", "licence", "country")
    @classmethod
    def _is_known(cls, code: str, field: ValidationInfo) -> str:
        if code and code not in KNOWN[field.field_name or ""]:
            raise ValueError(N_("Choose one from the list."))
        return code

    @field_validator("level")
    @classmethod
    def _is_of_a_language(cls, level: CEFR | None, field: ValidationInfo) -> CEFR | None:
        if level is not None and not field.data.get("language"):
            raise ValueError(N_("Choose the language of this level as well."))
        return level


KNOWN: Mapping[str, Collection[str]] = {"language": LANGUAGE_NAMES, "licence": LICENCE_NAMES, "country": MEMBER_STATES}
"""What can be chosen in each of these fields."""
