"""Conditions of the law as data, and whether facts meet them: met, missing, or unknown – three answers, never a share.

A condition names one fact and one comparison, or joins others: ``all`` of them, ``any`` of them, or at least so many
``points``, which are the points that a law itself gives. Unknown facts are carried through (Kleene's logic): an
``any`` with one met part is met whatever else is unknown.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from talent.casework.deadlines import plain_end
from talent.casework.sourced import LENGTH, Sourced
from talent.pathways.facts import NO_LANGUAGE, Fact, RouteFacts
from talent.taxonomy.levels import CEFR


class Answer(StrEnum):
    """What is known about a condition."""

    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Figure(Sourced):
    """An amount of the law that changes from year to year; outside its days it is not known."""

    id: str
    cents: int = Field(gt=0)
    currency: str = "EUR"
    valid_from: date
    valid_to: date


class Condition(BaseModel):
    """One comparison of one fact, or a join of other conditions; ``points`` count inside a sum of points."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    fact: Fact | None = None
    equals: bool | str | None = None
    at_least: int | None = None
    at_most: int | None = None
    figure: str | None = None
    level: CEFR | None = None
    begins: tuple[str, ...] = ()
    within: str | None = Field(default=None, pattern=LENGTH)
    lasts: str | None = Field(default=None, pattern=LENGTH)
    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    sum: tuple["Condition", ...] = ()
    reaches: int | None = None
    points: int | None = None

    @model_validator(mode="after")
    def says_one_thing(self) -> "Condition":
        """Either a fact with at least one comparison, or one join.

        Raises:
            ValueError: it is neither.
        """
        joins = [name for name in ("all", "any", "sum") if getattr(self, name)]
        compared = any(name != "fact" and _is_given(self, name) for name in COMPARISONS)
        if (self.fact is not None) != compared or bool(joins) == (self.fact is not None) or len(joins) > 1:
            raise ValueError("a condition is one fact with a comparison, or one join")
        if bool(self.sum) != (self.reaches is not None):
            raise ValueError("a sum of points says how many it must reach")
        if any(part.points is None for part in self.sum):
            raise ValueError("each part of a sum has its points")
        return self

    def facts(self) -> Iterator[Fact]:
        """Every fact that it asks for, however deep."""
        if self.fact is not None:
            yield self.fact
        for part in (*self.all, *self.any, *self.sum):
            yield from part.facts()


def _is_given(condition: Condition, name: str) -> bool:
    value = getattr(condition, name)
    return value is not None and value != ()


Figures = Mapping[str, tuple[Figure, ...]]


def figure_on(figures: Figures, name: str, on: date) -> Figure | None:
    """The amount of this name that holds on this day; None when none is known for it."""
    return next((row for row in figures.get(name, ()) if row.valid_from <= on <= row.valid_to), None)


def _level(held: object, needed: CEFR) -> bool:
    return held != NO_LANGUAGE and CEFR(str(held)).order >= needed.order


COMPARISONS: dict[str, Callable[[Any, Any, date], bool]] = {
    "equals": lambda held, wanted, _: held == wanted,
    "at_least": lambda held, wanted, _: held >= wanted,
    "at_most": lambda held, wanted, _: held <= wanted,
    "level": lambda held, wanted, _: _level(held, wanted),
    "begins": lambda held, wanted, _: str(held).startswith(wanted),
    "within": lambda held, wanted, on: on <= plain_end(held, wanted),
    "lasts": lambda held, wanted, on: held >= plain_end(on, wanted),
    "figure": lambda held, wanted, _: held >= wanted,
}
"""How a fact that is known is held against what is asked. within: today is not later than this after the day.
lasts: the day is at least this much later than today."""


def answer(condition: Condition, facts: RouteFacts, figures: Figures) -> Answer:
    """Whether these facts meet the condition."""
    if condition.fact is not None:
        return _compared(condition, facts, figures)
    if condition.sum:
        return _summed(condition, facts, figures)
    parts = {answer(part, facts, figures) for part in condition.all or condition.any}
    decides, otherwise = (Answer.MISSING, Answer.MET) if condition.all else (Answer.MET, Answer.MISSING)
    if decides in parts:
        return decides
    return Answer.UNKNOWN if Answer.UNKNOWN in parts else otherwise


def _compared(condition: Condition, facts: RouteFacts, figures: Figures) -> Answer:
    assert condition.fact is not None
    held = facts.value(condition.fact)
    if held is None:
        return Answer.UNKNOWN
    for name, compare in COMPARISONS.items():
        if not _is_given(condition, name):
            continue
        wanted = getattr(condition, name)
        if name == "figure":
            row = figure_on(figures, wanted, facts.on)
            if row is None:
                return Answer.UNKNOWN
            wanted = row.cents
        if not compare(held, wanted, facts.on):
            return Answer.MISSING
    return Answer.MET


def _summed(condition: Condition, facts: RouteFacts, figures: Figures) -> Answer:
    assert condition.reaches is not None
    answers = [(part.points or 0, answer(part, facts, figures)) for part in condition.sum]
    if sum(points for points, said in answers if said is Answer.MET) >= condition.reaches:
        return Answer.MET
    reachable = sum(points for points, said in answers if said is not Answer.MISSING)
    return Answer.UNKNOWN if reachable >= condition.reaches else Answer.MISSING
