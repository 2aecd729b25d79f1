"""The dry run of an import: for each row what taking it would do, or why it cannot be taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.foundation.clock import today
from talent.foundation.tables import Row, Table
from talent.foundation.words import N_, Sentence
from talent.taxonomy.service import isco_groups
from talent.vacancies.cells import CellProblem, Reading, read_row
from talent.vacancies.columns import FIELD_COLUMNS
from talent.vacancies.conflicts import differences, draft_of
from talent.vacancies.meaning import meaning_of
from talent.vacancies.models import Vacancy
from talent.vacancies.rules import findings
from talent.vacancies.schemas import VacancyDraft
from talent.vacancies.service import WITH_ALL, terms_of
from talent.vacancies.sources import said_in
from talent.vacancies.states import VacancyState


class Outcome(StrEnum):
    """What taking a row does."""

    NEW = "new"
    REPLACES = "replaces"
    SAME = "same"
    REFUSED = "refused"


CHANGED_ON_ITS_PAGE = {
    VacancyState.PUBLISHED: N_("The vacancy with this reference is published. Change it on its own page."),
    VacancyState.FROZEN: N_("The vacancy with this reference is frozen. Ask the project office."),
    VacancyState.CLOSED: N_("The vacancy with this reference is closed. Give this one a new reference."),
}
TWICE = N_("Row {row} has the same reference. Give each vacancy its own.")


@dataclass(frozen=True)
class RowResult:
    """One row: ``problems`` refuse it; ``left`` must be mended before publishing and leaves it a draft."""

    number: int
    reference: str
    title: str
    outcome: Outcome
    problems: tuple[CellProblem, ...] = ()
    left: tuple[CellProblem, ...] = ()
    vacancy_id: UUID | None = None

    @property
    def is_good(self) -> bool:
        """Whether the row can be taken."""
        return self.outcome is not Outcome.REFUSED


@dataclass(frozen=True)
class Examined:
    """A row with what it says and the vacancy of the same reference, where there is one."""

    result: RowResult
    draft: VacancyDraft
    vacancy: Vacancy | None = None


def examine(session: Session, organisation_id: UUID, table: Table, *, to_change: bool = False) -> list[Examined]:
    """Every row of the file, in four queries; ``to_change`` holds the vacancies that would be replaced."""
    meaning = meaning_of(session, (row.values for row in table.rows))
    readings = [_read(row, read_row(said_in(table, row), meaning)) for row in table.rows]
    held = _held(session, organisation_id, {reading.draft.reference for reading in readings}, to_change=to_change)
    groups = isco_groups(session, {one for reading in readings if (one := reading.draft.occupation_id)})
    first: dict[str, int] = {}
    examined = []
    for row, reading in zip(table.rows, readings, strict=True):
        reference = reading.draft.reference
        if reference and first.setdefault(reference, row.number) != row.number:
            twice = CellProblem("reference", Sentence(TWICE, {"row": first[reference]}))
            reading = replace(reading, problems=(*reading.problems, twice))
        examined.append(_examined(row, reading, held.get(reference), groups))
    return examined


def _read(row: Row, reading: Reading) -> Reading:
    """A row whose cells stand below the wrong columns says nothing that can be trusted."""
    return Reading(VacancyDraft(), (CellProblem("", row.problem),)) if row.problem else reading


def _held(session: Session, organisation_id: UUID, references: set[str], *, to_change: bool) -> dict[str, Vacancy]:
    query = (
        select(Vacancy)
        .where(Vacancy.organisation_id == organisation_id, Vacancy.reference.in_(references))
        .options(*WITH_ALL)
        .order_by(Vacancy.id)
    )
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    return {vacancy.reference: vacancy for vacancy in session.scalars(query)}


def _examined(row: Row, reading: Reading, vacancy: Vacancy | None, groups: Mapping[UUID, str]) -> Examined:
    draft, problems, outcome = reading.draft, reading.problems, Outcome.NEW
    whole = draft
    if vacancy is not None:
        outcome = Outcome.REPLACES if differences(vacancy, draft) else Outcome.SAME
        whole = draft_of(vacancy).model_copy(update={name: getattr(draft, name) for name in draft.model_fields_set})
        if outcome is Outcome.REPLACES and vacancy.state in CHANGED_ON_ITS_PAGE:
            problems = (*problems, CellProblem("reference", Sentence(CHANGED_ON_ITS_PAGE[vacancy.state])))
    result = RowResult(
        number=row.number,
        reference=draft.reference or row.values.get("reference", ""),
        title=draft.title or row.values.get("title", ""),
        outcome=Outcome.REFUSED if problems else outcome,
        problems=problems,
        left=() if problems or outcome is Outcome.SAME else tuple(_left(whole, groups)),
        vacancy_id=vacancy.id if vacancy and not problems else None,
    )
    return Examined(result, draft, vacancy)


def _left(draft: VacancyDraft, groups: Mapping[UUID, str]) -> Iterator[CellProblem]:
    group = groups.get(draft.occupation_id, "") if draft.occupation_id else ""
    for problem in findings(terms_of(draft, group), on=today()):
        yield CellProblem(FIELD_COLUMNS[problem.field], problem.sentence)


def packed(result: RowResult) -> dict[str, Any]:
    """The result as JSON, its sentences still without a language."""
    return {
        "number": result.number,
        "reference": result.reference,
        "title": result.title,
        "outcome": result.outcome.value,
        "problems": [[problem.column, _packed(problem.sentence)] for problem in result.problems],
        "left": [[problem.column, _packed(problem.sentence)] for problem in result.left],
        "vacancy_id": str(result.vacancy_id) if result.vacancy_id else None,
    }


def unpacked(row: Mapping[str, Any]) -> RowResult:
    """The result that ``packed`` made this of."""
    return RowResult(
        number=row["number"],
        reference=row["reference"],
        title=row["title"],
        outcome=Outcome(row["outcome"]),
        problems=tuple(CellProblem(column, _unpacked(sentence)) for column, sentence in row["problems"]),
        left=tuple(CellProblem(column, _unpacked(sentence)) for column, sentence in row["left"]),
        vacancy_id=UUID(row["vacancy_id"]) if row["vacancy_id"] else None,
    )


def _packed(value: object) -> Any:
    if isinstance(value, Sentence):
        return {"msgid": value.msgid, "values": {name: _packed(one) for name, one in value.values.items()}}
    return value if isinstance(value, int | float) else str(value)


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return Sentence(value["msgid"], {name: _unpacked(one) for name, one in value["values"].items()})
    return value
