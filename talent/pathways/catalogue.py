"""Ways to work abroad as data: files under ``data/``, read once and refused when a row is not whole.

Every row names its source (docs/sources.md), the state of the text it rests on, how sure it is, and when somebody has
to look at it again. What is not known is null and is shown as unknown; nothing here is filled in by guessing.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from talent.casework.sourced import Reader, Sourced, TimeLimit
from talent.pathways.conditions import Condition, Figure, Figures
from talent.pathways.terms import Document, Doer, Payer, Stage

DATA = Path(__file__).parent / "data"
EXIT_COUNTRY = "PK"
"""Whose steps belong to every journey, whatever the destination."""


class Criterion(Sourced):
    """One thing that the law asks: its words, when facts meet it, and what would meet it."""

    id: str
    text: str
    when: Condition
    opens: str


class Fee(Sourced):
    """What is paid by law, in cents; without amounts it is not known."""

    id: str
    text: str
    least_cents: int | None = None
    most_cents: int | None = None
    currency: str
    payer: Payer
    is_recruitment: bool = False
    """A fee that comes from recruiting, which no worker pays here (ILO), whatever a law allows."""

    @model_validator(mode="after")
    def amounts_in_order(self) -> "Fee":
        """Both amounts or neither, the least first, and unknown is said.

        Raises:
            ValueError: they are not.
        """
        if (self.least_cents is None) != (self.most_cents is None):
            raise ValueError("a fee has both amounts or neither")
        if (self.least_cents is None) != (self.confidence == "unknown"):
            raise ValueError("a fee without amounts is unknown, and no other is")
        if (self.least_cents or 0) > (self.most_cents or 0):
            raise ValueError("the least amount is more than the most")
        return self


class Stride(Sourced):
    """One step: who takes it, which papers it needs and brings, how long it may take and what starts its clock.

    starts: the step whose end starts the clock; empty: the step before it.
    """

    id: str
    text: str
    doer: Doer
    stage: Stage
    needs: tuple[Document, ...] = ()
    brings: Document | None = None
    limit: TimeLimit | None = None
    starts: str = ""
    is_optional: bool = False


class Remark(Sourced):
    """A right, a block or another statement about a way."""

    id: str
    text: str


class Block(Remark):
    """What closes a way whatever else is met, for the occupations whose ISCO-08 code begins so."""

    isco: tuple[str, ...] = ()


class Pathway(Sourced):
    """One lawful way of one country, as it holds from one day to another."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    country: str = Field(pattern=r"^[A-Z]{2}$")
    kind: Literal["work", "search", "training", "seasonal", "exit"]
    title: str
    summary: str
    valid_from: date | None = None
    valid_to: date | None = None
    isco: tuple[str, ...] = ()
    not_isco: tuple[str, ...] = ()
    outcome: Document
    validity: Remark
    criteria: tuple[Criterion, ...]
    steps: tuple[Stride, ...]
    fees: tuple[Fee, ...]
    rights: tuple[Remark, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Remark, ...] = ()
    calendar: str
    quotas: tuple[str, ...] = ()
    """The categories of the country's yearly quota in which this way takes a place."""

    @model_validator(mode="after")
    def steps_hang_together(self) -> "Pathway":
        """Ids are unique, and a clock starts with a step that comes before.

        Raises:
            ValueError: they are not, or one does not.
        """
        for rows in (self.criteria, self.steps, self.fees, self.rights, self.blocks, self.notes):
            ids = [row.id for row in rows]
            if len(ids) != len(set(ids)):
                raise ValueError(f"{self.id}: two rows share an id")
        known: set[str] = set()
        for step in self.steps:
            if step.starts and step.starts not in known:
                raise ValueError(f"{self.id}: {step.id} starts with {step.starts}, which does not come before it")
            known.add(step.id)
        stages = [list(Stage).index(step.stage) for step in self.steps]
        if stages != sorted(stages):
            raise ValueError(f"{self.id}: its steps are not in the order of the journey")
        return self

    def covers(self, isco_group: str) -> bool:
        """Whether this way is for the occupation at all."""
        if self.not_isco and isco_group.startswith(self.not_isco):
            return False
        return not self.isco or isco_group.startswith(self.isco)

    def holds_on(self, day: date) -> bool:
        """Whether the rules of this row hold on this day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def step(self, step_id: str) -> Stride | None:
        """The step of this id, if there is one."""
        return next((step for step in self.steps if step.id == step_id), None)

    def starter(self, step: Stride) -> Stride | None:
        """The step whose end starts the clock of this one; None for the first."""
        if step.starts:
            return self.step(step.starts)
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    @property
    def version(self) -> str:
        """A short mark of everything it says, so that a case can tell when its rules have changed."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


class Quota(Sourced):
    """How many permits of a category a country gives in a year, as one source says it."""

    id: str
    country: str = Field(pattern=r"^[A-Z]{2}$")
    category: str
    text: str
    year: int
    places: int = Field(gt=0)


class Catalogue(BaseModel):
    """Everything that the data files say."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    figures: tuple[Figure, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    frames: tuple[Remark, ...] = ()
    quotas: tuple[Quota, ...] = ()

    def pathway(self, pathway_id: str, *, on: date | None = None) -> Pathway | None:
        """The way of this id as it holds on this day; without a day, the newest row."""
        rows = [row for row in self.pathways if row.id == pathway_id and (on is None or row.holds_on(on))]
        return max(rows, key=lambda row: row.valid_from or date.min, default=None)

    def of_country(self, country: str, *, on: date) -> list[Pathway]:
        """The ways into this country that hold on this day, in the order of the data."""
        return [row for row in self.pathways if row.country == country and row.holds_on(on)]

    def destinations(self) -> list[str]:
        """The countries with at least one way, in the order of the data."""
        return list(dict.fromkeys(row.country for row in self.pathways if row.country != EXIT_COUNTRY))

    @property
    def amounts(self) -> Figures:
        """The figures by name, each with its years."""
        names = dict.fromkeys(row.id for row in self.figures)
        return {name: tuple(row for row in self.figures if row.id == name) for name in names}


def read_data(folder: Path = DATA) -> Catalogue:
    """Every data file as one catalogue.

    Raises:
        ValueError: a row is not whole, two rows of one way hold at once, or a condition names no figure.
    """
    rows: dict[str, list[Any]] = {name: [] for name in Catalogue.model_fields}
    for file in sorted(folder.glob("*.yaml")):
        content = yaml.load(file.read_text(encoding="utf-8"), Reader)  # noqa: S506 - a SafeLoader
        for name in rows:
            rows[name] += content.get(name, [])
    made = Catalogue.model_validate(rows)
    _refuse_overlaps(made.pathways)
    unknown = {name for row in made.pathways for name in _figures_named(row)} - set(made.amounts)
    if unknown:
        raise ValueError(f"no such figure: {sorted(unknown)}")
    return made


def _refuse_overlaps(rows: Sequence[Pathway]) -> None:
    for number, one in enumerate(rows):
        for other in rows[number + 1 :]:
            starts = max(one.valid_from or date.min, other.valid_from or date.min)
            if one.id == other.id and starts <= min(one.valid_to or date.max, other.valid_to or date.max):
                raise ValueError(f"two rows share an id on one day: {one.id}")


def _figures_named(row: Pathway) -> Iterator[str]:
    def inside(condition: Condition) -> Iterator[str]:
        if condition.figure:
            yield condition.figure
        for part in (*condition.all, *condition.any, *condition.sum):
            yield from inside(part)

    for criterion in row.criteria:
        yield from inside(criterion.when)


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue, read once."""
    return read_data()
