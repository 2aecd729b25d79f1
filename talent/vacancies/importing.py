"""Many vacancies from one file: a dry run row by row, then the good rows are taken and the others given back."""

import contextlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import documents
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound
from talent.foundation.sniff import Kind
from talent.foundation.tables import Table, rejected_file, table_file
from talent.foundation.words import N_, Sentence
from talent.vacancies import batches, service
from talent.vacancies.cells import CellProblem
from talent.vacancies.columns import COLUMNS
from talent.vacancies.examining import Examined, Outcome, RowResult, examine, packed, unpacked
from talent.vacancies.models import Vacancy, VacancyImport
from talent.vacancies.policy import visible_imports
from talent.vacancies.sources import GIVEN_BACK, read_source
from talent.vacancies.states import VacancyState

FILES_SHOWN = 20
EXAMPLE_DAYS_AHEAD = {"start_date": 240, "closing_date": 120}
"""The template's dates lie ahead of whatever day it is downloaded on."""


def upload(session: Session, actor: Actor, content: bytes, *, original_name: str, var_dir: Path) -> VacancyImport:
    """Keep the file and say for each row what taking it would do; no vacancy is written.

    Raises:
        NotPermitted: the actor is no agency officer.
        Unreadable, UnusableTable: the file cannot be used at all.
    """
    organisation_id = service.own_agency(actor)
    table = read_source(content)
    stored = documents.store(
        session, var_dir, content, owner_id=actor.id, purpose=documents.Purpose.IMPORT, original_name=original_name
    )
    imported = VacancyImport(
        organisation_id=organisation_id,
        document_id=stored.id,
        file_kind=stored.kind,
        uploaded_by=actor.id,
        uploaded_at=now(),
        rows=[packed(one.result) for one in examine(session, organisation_id, table)],
    )
    session.add(imported)
    session.flush()
    return imported


def get_import(session: Session, actor: Actor, import_id: UUID, *, to_change: bool = False) -> VacancyImport:
    """One file that the actor's agency brought.

    Raises:
        NotFound: there is none, or it is another agency's.
    """
    query = visible_imports(actor).where(VacancyImport.id == import_id)
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    imported = session.scalar(query)
    if imported is None:
        raise NotFound(N_("There is no such file."))
    return imported


@dataclass(frozen=True)
class BroughtFile:
    """One file in the list of those brought before."""

    id: UUID
    name: str
    uploaded_at: datetime
    taken_at: datetime | None
    rows: int


def brought(session: Session, actor: Actor) -> list[BroughtFile]:
    """The last files that the actor's agency brought, the newest first; their rows are counted, not read."""
    rows = session.execute(
        visible_imports(actor)
        .join(documents.StoredFile, documents.StoredFile.id == VacancyImport.document_id)
        .with_only_columns(
            VacancyImport.id,
            documents.StoredFile.original_name,
            VacancyImport.uploaded_at,
            VacancyImport.taken_at,
            func.jsonb_array_length(VacancyImport.rows),
        )
        .order_by(VacancyImport.uploaded_at.desc(), VacancyImport.id)
        .limit(FILES_SHOWN)
    )
    return [BroughtFile(*row) for row in rows]


def original_name(session: Session, imported: VacancyImport) -> str:
    """The name that the file had at home."""
    return session.get_one(documents.StoredFile, imported.document_id).original_name


def results(imported: VacancyImport) -> list[RowResult]:
    """What the dry run found, or what was done once the file is taken, row by row."""
    return [unpacked(row) for row in imported.rows]


def tally(found: Sequence[RowResult]) -> Counter[Outcome]:
    """How many rows have each outcome."""
    return Counter(result.outcome for result in found)


def take(session: Session, actor: Actor, imported: VacancyImport, *, var_dir: Path) -> None:
    """Write the good rows, checked where every rule holds and drafts where not. A file that was taken stays as it is.

    The rows are examined once more: what has changed since the dry run counts.
    """
    actor.require(Permission.VACANCY_WRITE)
    if imported.taken_at is not None:
        return
    table = read_source(_content(session, imported, var_dir))
    rows = examine(session, imported.organisation_id, table, to_change=True)
    written = _created(session, actor, [one for one in rows if one.result.outcome is Outcome.NEW])
    done = []
    for one in rows:
        if one.result.outcome is Outcome.REPLACES and one.vacancy is not None:
            service.edit(session, actor, one.vacancy, one.draft, version=one.vacancy.version)
            written[one.result.number] = one.vacancy
        done.append(_done(one.result, written.get(one.result.number)))
    batches.check_all(session, actor, [vacancy for vacancy in written.values() if vacancy.state is VacancyState.DRAFT])
    imported.rows = [packed(result) for result in done]
    imported.taken_at = now()
    session.flush()


def _created(session: Session, actor: Actor, rows: Sequence[Examined]) -> dict[int, Vacancy]:
    """The new vacancies by the number of their row; a reference that somebody wrote at this very moment is left out."""
    try:
        made = batches.create_all(session, actor, [one.draft for one in rows])
        return {one.result.number: vacancy for one, vacancy in zip(rows, made, strict=True)}
    except Conflict:
        written = {}
        for one in rows:
            with contextlib.suppress(Conflict):
                written[one.result.number] = service.create(session, actor, one.draft)
        return written


def _done(result: RowResult, vacancy: Vacancy | None) -> RowResult:
    """What became of a row: the vacancy that it made or changed."""
    if vacancy is not None:
        return replace(result, vacancy_id=vacancy.id)
    if result.outcome is not Outcome.NEW:
        return result
    taken = CellProblem("reference", service.ReferenceTaken(result.reference).message)
    return replace(result, outcome=Outcome.REFUSED, problems=(taken,), left=())


def publish_checked(session: Session, actor: Actor, imported: VacancyImport) -> int:
    """Publish every vacancy of this file that is checked and still holds; how many were."""
    checked = _vacancies(session, imported, VacancyState.CHECKED, to_change=True)
    return len(batches.publish_all(session, actor, checked))


def ready_to_publish(session: Session, imported: VacancyImport) -> int:
    """How many vacancies of this file are checked and not yet published."""
    return len(_vacancies(session, imported, VacancyState.CHECKED))


def _vacancies(
    session: Session, imported: VacancyImport, state: VacancyState, *, to_change: bool = False
) -> Sequence[Vacancy]:
    ids = [result.vacancy_id for result in results(imported) if result.vacancy_id and result.is_good]
    query = select(Vacancy).where(Vacancy.id.in_(ids), Vacancy.state == state).order_by(Vacancy.reference)
    if to_change:
        query = query.options(*service.WITH_ALL).with_for_update()
    return session.scalars(query).all()


def rejected(
    session: Session, imported: VacancyImport, *, var_dir: Path, say: Callable[[Sentence], str]
) -> tuple[bytes, Literal["csv", "xlsx"]]:
    """The rows that cannot be taken, as they came, with the reasons in the reader's words; and the kind of file."""
    table = read_source(_content(session, imported, var_dir))
    kind = GIVEN_BACK.get(Kind(imported.file_kind), "csv")
    reasons = {
        result.number: [f"{problem.column}: {say(problem.sentence)}".removeprefix(": ") for problem in result.problems]
        for result in results(imported)
        if not result.is_good
    }
    return rejected_file(Table(table.header, table.rows, []), reasons, kind), kind


def template(kind: Literal["csv", "xlsx"]) -> bytes:
    """The columns with one filled row, to write one's own vacancies below."""
    example = {
        column.name: f"{today() + timedelta(days=EXAMPLE_DAYS_AHEAD[column.name])}"
        if column.name in EXAMPLE_DAYS_AHEAD
        else column.example
        for column in COLUMNS
    }
    return table_file([list(example), list(example.values())], kind)


def _content(session: Session, imported: VacancyImport, var_dir: Path) -> bytes:
    stored = session.get_one(documents.StoredFile, imported.document_id)
    with documents.open_file(var_dir, stored) as stream:
        return stream.read()
