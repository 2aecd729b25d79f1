"""Questions to the stored figures: any two dimensions that are told together, people by stage, filtered.

Every answer is a sum of whole groups of at least ten people (see ``groups``), so no question, and no two questions
taken from each other, is about fewer.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.monitoring.figure_models import FigureCell, FigureRefresh, FigureSpan, FigureTrend
from talent.monitoring.ladder import CUBES, LADDER, WITHHELD, Dimension, Stage

NOT_TOGETHER = N_("These are not told together, so that nobody can be singled out. Choose another pair.")
NOT_TOLD = N_("This stage is told together with the one before it, because too few people stand between them.")


class Question(BaseModel):
    """What a cross-table shows: people who came at least so far, by one or two dimensions, of some only.

    ``out_of`` an earlier stage, each figure is also told as a share of those who came at least to that one.
    """

    model_config = ConfigDict(frozen=True)
    rows: Dimension = Field(default=Dimension.COUNTRY, title=N_("the rows"))
    columns: Dimension | None = Field(default=None, title=N_("the columns"))
    measure: Stage = Field(default=Stage.REGISTERED, title=N_("how far"))
    out_of: Stage | None = Field(default=None, title=N_("out of whom"))
    only: Dimension | None = Field(default=None, title=N_("the filter"))
    value: str = Field(default="", max_length=260)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Everything that the answer tells people apart by."""
        return tuple(each for each in (self.rows, self.columns, self.only) if each is not None)

    @model_validator(mode="after")
    def _begins_earlier(self) -> Self:
        """A share is one of those who came less far."""
        if self.out_of is not None and LADDER.index(self.out_of) >= LADDER.index(self.measure):
            raise ValueError(N_("Choose an earlier stage than the one that is counted."))
        return self


@dataclass(frozen=True)
class Answer:
    """The figures by row and column; a column of the empty name where there is only one."""

    question: Question
    cells: Mapping[tuple[str, str], int]
    begun: Mapping[tuple[str, str], int]
    """Those out of whom each figure is a share; empty without an earlier stage."""
    withheld: int
    """People who may belong to the filter and are in no figure, because their group is too small to be told."""

    @property
    def row_values(self) -> list[str]:
        """The rows, most people first, what is withheld last."""
        return self._ordered(0)

    @property
    def column_values(self) -> list[str]:
        """The columns, likewise."""
        return self._ordered(1)

    def _ordered(self, place: int) -> list[str]:
        people: dict[str, int] = {}
        for key, count in self.cells.items():
            people[key[place]] = people.get(key[place], 0) + count
        return sorted(people, key=lambda value: (value == WITHHELD, -people[value], value))

    def share(self, row: str, column: str) -> float | None:
        """The figure of a cell as a share of those out of whom it is, from 0 to 1; None where nobody is."""
        out_of = self.begun.get((row, column), 0)
        return self.cells.get((row, column), 0) / out_of if out_of else None

    def total(self, *, row: str | None = None, column: str | None = None) -> int:
        """The sum of a row, of a column, or of all."""
        return sum(count for (r, c), count in self.cells.items() if row in (None, r) and column in (None, c))


@dataclass(frozen=True)
class Rung:
    """One stage of the funnel; ``people`` is None where it is told together with the stage before."""

    stage: Stage
    people: int | None


@dataclass(frozen=True)
class Made:
    """When the figures were made, from how many people, and which stages they tell."""

    at: datetime
    people: int
    stages: frozenset[str]


def cube_of(dimensions: Sequence[Dimension]) -> str:
    """What is stored with all these dimensions.

    Raises:
        Unprocessable: they are not told together.
    """
    found = next((cube for cube, held in CUBES.items() if set(dimensions) <= set(held)), None)
    if found is None:
        raise Unprocessable(NOT_TOGETHER)
    return found


def column_of(dimension: Dimension) -> InstrumentedAttribute[str | None]:
    """The column of the stored groups that holds this dimension."""
    column: InstrumentedAttribute[str | None] = getattr(FigureCell, dimension.value)
    return column


def reading(session: Session) -> AbstractContextManager[None]:
    """The context of figures for all that one page reads of them, entered and left once."""
    return within(session, SystemContext.FIGURES)


def made(session: Session) -> Made | None:
    """When the figures were made; None before the first time."""
    with within(session, SystemContext.FIGURES):
        found = session.scalar(select(FigureRefresh).order_by(FigureRefresh.at.desc()).limit(1))
    return Made(found.at, found.people, frozenset(found.stages)) if found else None


def may_read(actor: Actor) -> None:
    """Nothing, when the actor may read figures.

    Raises:
        NotPermitted: otherwise.
    """
    actor.require(Permission.OVERVIEW_READ)


def answer(session: Session, question: Question) -> Answer:
    """The figures that this question asks for.

    Raises:
        Unprocessable: the dimensions, or the stage, are not told.
    """
    cube, known = cube_of(question.dimensions), made(session)
    if known is not None and {question.measure, question.out_of} - {None} - set(map(Stage, known.stages)):
        raise Unprocessable(NOT_TOLD)
    by = [column_of(question.rows), *([column_of(question.columns)] if question.columns else [])]
    people = func.sum(FigureCell.people)
    query = select(*by, people).where(*_only(question, question.value)).group_by(*by)
    hidden = select(func.coalesce(people, 0)).where(*_so_far(cube, question.measure), *_only(question, WITHHELD))
    with within(session, SystemContext.FIGURES):
        cells = _cells(session, question, query.where(*_so_far(cube, question.measure)))
        out_of = question.out_of
        begun = _cells(session, question, query.where(*_so_far(cube, out_of))) if out_of else {}
        withheld = session.execute(hidden).scalar_one() if question.only else 0
    return Answer(question, cells, begun, int(withheld))


def _cells(session: Session, question: Question, query: Select[*tuple[Any, ...]]) -> dict[tuple[str, str], int]:
    rows = [tuple(row) for row in session.execute(query)]
    return {(str(row[0]), str(row[1]) if question.columns else ""): int(row[-1]) for row in rows}


def _so_far(cube: str, stage: Stage) -> tuple[ColumnElement[bool], ...]:
    later = [each.value for each in LADDER[LADDER.index(stage) :]]
    return FigureCell.cube == cube, FigureCell.stage.in_(later)


def _only(question: Question, value: str) -> tuple[ColumnElement[bool], ...]:
    return (column_of(question.only) == value,) if question.only else ()


def funnel(session: Session, *, only: Dimension | None = None, value: str = "") -> list[Rung]:
    """How many people came at least so far, stage by stage, of all or of those with one value."""
    known = made(session)
    if known is None:
        return []
    cube = cube_of([only] if only else [])
    query = select(FigureCell.stage, func.sum(FigureCell.people)).where(FigureCell.cube == cube)
    if only is not None:
        query = query.where(column_of(only) == value)
    with within(session, SystemContext.FIGURES):
        rows = session.execute(query.group_by(FigureCell.stage)).all()
    stands = {str(row[0]): int(row[1]) for row in rows}
    return [
        Rung(stage, sum(stands.get(each.value, 0) for each in LADDER[place:]) if stage.value in known.stages else None)
        for place, stage in enumerate(LADDER)
    ]


def values_of(session: Session, dimensions: Sequence[Dimension]) -> dict[Dimension, list[str]]:
    """The values that are told of each of these dimensions, most people first, in one query."""
    asked = []
    for dimension in dimensions:
        column, people = column_of(dimension), func.sum(FigureCell.people)
        told = select(literal(dimension.value).label("dimension"), column.label("value"), people.label("people"))
        asked.append(told.where(FigureCell.cube == cube_of([dimension]), column != WITHHELD).group_by(column))
    with within(session, SystemContext.FIGURES):
        rows = session.execute(union_all(*asked)).all() if asked else []
    found: dict[Dimension, list[str]] = {dimension: [] for dimension in dimensions}
    for row in sorted(rows, key=lambda row: (-row.people, row.value)):
        found[Dimension(row.dimension)].append(str(row.value))
    return found


def spans(session: Session, *, dimension: str = "") -> Sequence[FigureSpan]:
    """How long the parts of the way take, of everybody or by one dimension."""
    with within(session, SystemContext.FIGURES):
        return session.scalars(
            select(FigureSpan).where(FigureSpan.dimension == dimension).order_by(FigureSpan.people.desc())
        ).all()


def trend(session: Session, stage: Stage) -> Sequence[FigureTrend]:
    """How many people came to a stage, period by period, oldest first."""
    with within(session, SystemContext.FIGURES):
        return session.scalars(
            select(FigureTrend).where(FigureTrend.stage == stage.value).order_by(FigureTrend.from_month)
        ).all()
