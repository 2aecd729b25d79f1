"""Procedures of recognition as data: files under ``data/``, read once and refused when a row is not whole.

Every row names its source (docs/sources.md), the state of the text it rests on, how sure it is, and when somebody has
to look at it again. What is not known is null and is shown as unknown; nothing here is filled in by guessing.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from talent.casework.sourced import LENGTH, Reader, Sourced, TimeLimit
from talent.recognition.terms import Act, ClockStart, FeeKind, Form, Measure, PaperKind, Payer, ProcedureKind, When
from talent.taxonomy.levels import QualificationKind

DATA = Path(__file__).parent / "data"


class Paper(Sourced):
    """One document that the procedure asks for."""

    kind: PaperKind
    form: Form
    translation: Literal["", "sworn", "official"] = ""
    in_language: str = ""
    when: When = When.ALWAYS
    months_valid: int | None = None


class Fee(Sourced):
    """What somebody pays, in cents; without amounts it is not known."""

    what: FeeKind
    least_cents: int | None = None
    most_cents: int | None = None
    currency: str
    payer: Payer
    when: When = When.ALWAYS

    @model_validator(mode="after")
    def amounts_in_order(self) -> "Fee":
        """Both amounts or neither, the least first.

        Raises:
            ValueError: they are not, or a known amount is said to be unknown.
        """
        if (self.least_cents is None) != (self.most_cents is None):
            raise ValueError("a fee has both amounts or neither")
        if (self.least_cents is None) != (self.confidence == "unknown"):
            raise ValueError("a fee without amounts is unknown, and no other is")
        if (self.least_cents or 0) > (self.most_cents or 0):
            raise ValueError("the least amount is more than the most")
        return self


class Deadline(TimeLimit):
    """How long somebody has for one act of a procedure, and what starts the clock."""

    act: Act
    clock_start: ClockStart


class Compensation(Sourced):
    """A measure by which a partial recognition becomes a full one."""

    kind: Measure
    longest: str | None = Field(default=None, pattern=LENGTH)


class Scope(Sourced):
    """Where a row holds: a country and the ISCO-08 codes that begin so; without codes, every occupation."""

    id: str
    country: str = Field(pattern=r"^[A-Z]{2}$")
    isco: tuple[str, ...] = ()
    not_isco: tuple[str, ...] = ()

    def covers(self, isco_group: str) -> bool:
        """Whether this row holds for the occupation."""
        if self.not_isco and isco_group.startswith(self.not_isco):
            return False
        return not self.isco or isco_group.startswith(self.isco)


class Authority(Scope):
    """Who decides, for which kinds of procedure, where; ``calendar`` names the holidays that hold there."""

    name: str
    calendar: str
    region: str = ""  # ISO 3166-2; empty: the whole country
    each_region: bool = False
    """Whether every region has one of its own, and which of them decides depends on where the person wants to work."""
    for_kinds: tuple[ProcedureKind, ...]


class Procedure(Scope):
    """One procedure of one country with its papers, fees, deadlines and measures."""

    kind: ProcedureKind
    title: str
    summary: str
    appeal: str
    awards: tuple[QualificationKind, ...]
    is_fast_track: bool = False
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    deadlines: tuple[Deadline, ...]
    measures: tuple[Compensation, ...]

    def deadline(self, act: Act) -> Deadline | None:
        """The deadline for this act, if the procedure has one."""
        return next((row for row in self.deadlines if row.act is act), None)


class Route(Scope):
    """A way to work that needs no recognition first; ``months`` of full-time training, None while unknown."""

    title: str
    text: str
    months: int | None
    no_months_isco: tuple[str, ...] = ()
    awards: tuple[QualificationKind, ...] = ()


class Frame(Sourced):
    """What is known about a country as a whole."""

    country: str
    is_researched: bool
    text: str


class Evaluation(Sourced):
    """What a Member State's body has said about an award of Pakistan."""

    award: QualificationKind
    by_country: str
    said: str


class Catalogue(BaseModel):
    """Everything that the data files say."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    frames: tuple[Frame, ...] = ()
    authorities: tuple[Authority, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    routes: tuple[Route, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()

    def procedure(self, procedure_id: str) -> Procedure | None:
        """The procedure of this id, if there is one."""
        return next((row for row in self.procedures if row.id == procedure_id), None)

    def authority(self, authority_id: str) -> Authority | None:
        """The authority of this id, if there is one."""
        return next((row for row in self.authorities if row.id == authority_id), None)


def read_data(folder: Path = DATA) -> Catalogue:
    """Every data file as one catalogue.

    Raises:
        ValueError: a row is not whole, or two rows share an id.
    """
    rows: dict[str, list[Any]] = {name: [] for name in Catalogue.model_fields}
    for file in sorted(folder.glob("*.yaml")):
        content = yaml.load(file.read_text(encoding="utf-8"), Reader)  # noqa: S506 - a SafeLoader
        for name in rows:
            rows[name] += content.get(name, [])
    made = Catalogue.model_validate(rows)
    ids = [row.id for row in (*made.authorities, *made.procedures, *made.routes)]
    if len(ids) != len(set(ids)):
        raise ValueError(f"two rows share an id: {sorted({name for name in ids if ids.count(name) > 1})}")
    return made


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue, read once."""
    return read_data()
