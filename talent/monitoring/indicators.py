"""Indicators as rows: what each says, where its figure comes from, and the figure of now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.sourced import Reader
from talent.foundation.clock import now
from talent.foundation.errors import NotFound
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_, Sentence
from talent.matching.models import Introduction
from talent.matching.states import IntroductionState
from talent.monitoring.models import IndicatorGoal
from talent.monitoring.schemas import GoalChange
from talent.profiles.models import Profile
from talent.profiles.states import ProfileState
from talent.recognition.models import RecognitionCase
from talent.recognition.states import CaseState
from talent.training.models import Enrolment
from talent.training.states import EnrolmentState
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

DATA = Path(__file__).parent / "data" / "indicators.yaml"
FEWEST_SHOWN = 10
"""People; a smaller figure is withheld wherever figures leave the service."""
FIGURE = "{count}"
WITHHELD = N_("fewer than {count}")


class Indicator(BaseModel):
    """One line of the logical framework."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str = Field(pattern=r"^[a-z_]+$")
    title: str
    definition: str
    unit: str
    counted_from: str
    disaggregation: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """An indicator with its figure of now and its goal; ``actual`` is None where it is withheld."""

    indicator: Indicator
    actual: int | None
    goal: IndicatorGoal | None

    @property
    def said(self) -> Sentence:
        """The figure as words: the number, or that it is too small to be shown."""
        if self.actual is None:
            return Sentence(WITHHELD, {"count": FEWEST_SHOWN})
        return Sentence(FIGURE, {"count": self.actual})


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every indicator, in the file's order.

    Raises:
        ValueError: a row is not whole, or no counter knows it.
    """
    with DATA.open(encoding="utf-8") as file:
        rows = TypeAdapter(tuple[Indicator, ...]).validate_python(yaml.load(file, Reader))  # noqa: S506 - a SafeLoader
    if {row.key for row in rows} != set(COUNTERS):
        raise ValueError("indicators and counters differ")
    return rows


def get_indicator(key: str) -> Indicator:
    """The indicator of this key.

    Raises:
        NotFound: there is none.
    """
    found = next((row for row in indicators() if row.key == key), None)
    if found is None:
        raise NotFound
    return found


COUNTERS: Mapping[str, ScalarSelect[int]] = {
    "candidates_published": select(func.count()).where(Profile.state == ProfileState.PUBLISHED).scalar_subquery(),
    "seats_offered": select(func.sum(Vacancy.seats)).where(Vacancy.state == VacancyState.PUBLISHED).scalar_subquery(),
    "people_trained": select(func.count()).where(Enrolment.state == EnrolmentState.COMPLETED).scalar_subquery(),
    "qualifications_recognised": select(func.count()).where(RecognitionCase.state == CaseState.FULL).scalar_subquery(),
    "introductions_accepted": select(func.count(func.distinct(Introduction.account_id)))
    .where(Introduction.state == IntroductionState.ACCEPTED)
    .scalar_subquery(),
}
"""How each indicator is counted."""
OF_PEOPLE = frozenset(COUNTERS) - {"seats_offered"}
"""Indicators whose small figures could point to somebody."""


def counted(session: Session) -> dict[str, int]:
    """The figure of every indicator, in one query."""
    with within(session, SystemContext.FIGURES):
        row = session.execute(select(*(count.label(key) for key, count in COUNTERS.items()))).one()
    return {key: figure or 0 for key, figure in row._mapping.items()}


def readings(session: Session, actor: Actor) -> list[Reading]:
    """Every indicator with its figure of now.

    Raises:
        NotPermitted: the actor may not read them.
    """
    actor.require(Permission.REGISTER_READ)
    with within(session, SystemContext.FIGURES):
        goals = {goal.indicator: goal for goal in session.scalars(select(IndicatorGoal))}
        figures = counted(session)
    return [Reading(row, shown(row.key, figures[row.key]), goals.get(row.key)) for row in indicators()]


def shown(key: str, figure: int) -> int | None:
    """The figure, or None where it counts people and is too small to be shown; nobody at all may be shown."""
    return None if key in OF_PEOPLE and 0 < figure < FEWEST_SHOWN else figure


def set_goal(session: Session, actor: Actor, key: str, wanted: GoalChange) -> IndicatorGoal:
    """Write down where an indicator began and where it shall come to, with the source of both."""
    actor.require(Permission.REGISTER_KEEP)
    get_indicator(key)
    goal = session.get(IndicatorGoal, key) or IndicatorGoal(indicator=key)
    goal.baseline, goal.baseline_on = wanted.baseline, wanted.baseline_on
    goal.target, goal.target_on = wanted.target, wanted.target_on
    goal.source, goal.set_at, goal.set_by = wanted.source, now(), actor.id
    session.add(goal)
    session.flush()
    return goal


def as_day(day: date | None) -> str:
    """A day as a table file writes it."""
    return day.isoformat() if day else ""
