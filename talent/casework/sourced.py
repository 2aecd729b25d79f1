"""Statements of the law kept as data: each with its source, its date, how sure it is, and when to look again."""

from datetime import date
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from talent.casework.clock_terms import Binding, OnSilence, Pause

SAY = "!say"
"""Marks the words of a data file that people read; the catalogue of Urdu collects them."""
LENGTH = r"^P[1-9]\d*[DWMY]$"


class Reader(yaml.SafeLoader):
    """Reads plain YAML, and the words marked with ``!say``."""


def _words(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


Reader.add_constructor(SAY, _words)


class Sourced(BaseModel):
    """A statement with where it comes from, which state of the text, how sure, and when to look again."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    source: str = Field(pattern=r"^S-[A-Z0-9-]+$")
    as_of: str = Field(min_length=4)
    confidence: Literal["high", "medium", "low", "unknown"]
    review_by: date
    legal: str = ""
    note: str = ""
    waived_until: date | None = None
    waiver: str = ""

    @model_validator(mode="after")
    def waived_with_a_reason(self) -> "Sourced":
        """A waiver has both its reason and its end.

        Raises:
            ValueError: it has only one of them.
        """
        if bool(self.waiver) != (self.waived_until is not None):
            raise ValueError("a waiver needs a reason and an end")
        return self


class TimeLimit(Sourced):
    """How long somebody has: ISO 8601 length, what stops the clock, and what silence means."""

    length: str | None = Field(default=None, pattern=LENGTH)
    counts: Literal["calendar", "working"] = "calendar"
    binding: Binding
    on_silence: OnSilence
    extendable: Literal["once_reasoned", "unknown"] | bool
    pauses: tuple[Pause, ...] = ()

    @model_validator(mode="after")
    def unknown_is_said(self) -> "TimeLimit":
        """A limit without a length is unknown, and working days are days.

        Raises:
            ValueError: it is not said so.
        """
        if (self.length is None) != (self.confidence == "unknown"):
            raise ValueError("a deadline without a length is unknown, and no other is")
        if self.counts == "working" and not (self.length or "D").endswith("D"):
            raise ValueError("only days can be working days")
        return self


def sourced_rows(value: BaseModel) -> list[Sourced]:
    """Every sourced row in here, however deep."""
    found = [value] if isinstance(value, Sourced) else []
    for name in type(value).model_fields:
        inner = getattr(value, name)
        for one in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(one, BaseModel):
                found += sourced_rows(one)
    return found


def past_review(rows: list[Sourced], on: date) -> list[Sourced]:
    """The rows whose review is due and not waived on this day."""
    return [row for row in rows if row.review_by < on and (row.waived_until is None or row.waived_until < on)]
