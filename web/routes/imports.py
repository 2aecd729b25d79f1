"""Many vacancies from one file: bring it, read the dry run, take the good rows, get the others back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.documents import shown_name
from talent.foundation.errors import Unprocessable
from talent.foundation.paging import Page as Slice
from talent.foundation.paging import slice_of
from talent.foundation.words import N_, Sentence
from talent.taxonomy.levels import QUALIFICATION_NAMES
from talent.taxonomy.licences import LICENCES
from talent.vacancies import importing, service
from talent.vacancies.columns import COLUMNS, VacancyColumn
from talent.vacancies.examining import Outcome, RowResult
from talent.vacancies.importing import BroughtFile
from talent.vacancies.models import VacancyImport
from talent.vacancies.sources import MEGABYTE, MOST_BYTES, MOST_ROWS, UnusableTable
from web.dependencies import ActorDep, PageDep, SessionDep, ShellDep
from web.downloads import TABLE_KINDS
from web.forms import Answer, FormDep
from web.i18n import Words
from web.parts import Choice, Stat, Tag
from web.policy import holds

router = APIRouter(prefix="/imports", dependencies=[holds(Permission.VACANCY_WRITE)])
ROWS_A_PAGE = 100
KINDS: Mapping[str, str] = {"pdf": "application/pdf", **TABLE_KINDS}
"""What a browser is told about a file of each kind."""

BEFORE: Mapping[Outcome, Tag] = {
    Outcome.NEW: Tag(N_("Would be added"), "good"),
    Outcome.REPLACES: Tag(N_("Would replace the draft"), "attention"),
    Outcome.SAME: Tag(N_("Already there"), "neutral"),
    Outcome.REFUSED: Tag(N_("Cannot be taken"), "bad"),
}
AFTER: Mapping[Outcome, Tag] = {
    **BEFORE,
    Outcome.NEW: Tag(N_("Added"), "good"),
    Outcome.REPLACES: Tag(N_("Draft replaced"), "attention"),
    Outcome.REFUSED: Tag(N_("Not taken"), "bad"),
}
FIRST = (Outcome.REFUSED, Outcome.REPLACES, Outcome.NEW, Outcome.SAME)


@dataclass(frozen=True)
class StartView:
    """The files brought before; ``size`` in megabytes."""

    files: Sequence[BroughtFile]
    most_rows: int
    size: int


@dataclass(frozen=True)
class ResultView:
    """One file: its rows, those with problems first."""

    imported: VacancyImport
    name: str
    rows: Slice[RowResult]
    tags: Mapping[Outcome, Tag]
    tiles: Sequence[Stat]
    good: int
    refused: int
    unfinished: int
    ready: int
    published: int


@dataclass(frozen=True)
class HelpView:
    """Every column, and the codes that some of them take."""

    columns: Sequence[VacancyColumn]
    qualifications: Sequence[Choice]
    licences: Sequence[Choice]
    most_rows: int
    size: int


def start_view(session: SessionDep, actor: ActorDep) -> StartView:
    """The files that the actor's agency brought, the newest first."""
    return StartView(importing.brought(session, actor), MOST_ROWS, MOST_BYTES // MEGABYTE)


@router.get("")
def start(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Choose a file, or look at one brought before."""
    service.own_agency(actor)
    return page.show("imports/start.html", start_view(session, actor))


@router.post("")
def upload(session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep, form: FormDep) -> Response:
    """Read the file and say row by row what taking it would do."""
    service.own_agency(actor)
    answer: Answer[Any] = Answer(fields=form.fields)
    try:
        file = form.file("file", at_most=MOST_BYTES)
        if file is None:
            raise Unprocessable(N_("Choose a file."))
        with session.begin_nested():
            form.once(session, actor, then="/imports")
            imported = importing.upload(
                session, actor, file.content, original_name=shown_name(file.name), var_dir=shell.settings.var_dir
            )
    except UnusableTable as unusable:
        return page.again(
            "imports/start.html", start_view(session, actor), answer.refuse("file", joined(unusable.problems))
        )
    except Unprocessable as refused:
        return page.again("imports/start.html", start_view(session, actor), answer.refuse("file", refused.message))
    return form.done(session, f"/imports/{imported.id}")


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Several sentences as one text."""
    names = [f"sentence{number}" for number in range(len(sentences))]
    return Sentence(" ".join(f"{{{name}}}" for name in names), dict(zip(names, sentences, strict=True)))


@router.get("/help")
def explained(actor: ActorDep, page: PageDep) -> Response:
    """Every column, with what it means and an example."""
    service.own_agency(actor)
    view = HelpView(
        columns=COLUMNS,
        qualifications=[Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items()],
        licences=[Choice(licence.code, licence.name) for licence in LICENCES],
        most_rows=MOST_ROWS,
        size=MOST_BYTES // MEGABYTE,
    )
    return page.show("imports/help.html", view)


@router.get("/template.{kind}")
def template(kind: Literal["csv", "xlsx"], actor: ActorDep) -> Response:
    """The columns with one filled row."""
    service.own_agency(actor)
    return as_file(importing.template(kind), kind, "vacancies")


@router.get("/{import_id}")
def result(import_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, published: int = 0) -> Response:
    """What taking the file would do, or what it did."""
    imported = importing.get_import(session, actor, import_id)
    found = sorted(importing.results(imported), key=lambda one: (FIRST.index(one.outcome), one.number))
    counts = importing.tally(found)
    tags = AFTER if imported.taken_at else BEFORE
    view = ResultView(
        imported=imported,
        name=importing.original_name(session, imported),
        rows=slice_of(found, number=page.number, size=ROWS_A_PAGE),
        tags=tags,
        tiles=[Stat(counts[outcome], tags[outcome].label) for outcome in FIRST if counts[outcome]],
        good=counts[Outcome.NEW] + counts[Outcome.REPLACES],
        refused=counts[Outcome.REFUSED],
        unfinished=sum(bool(one.left) for one in found),
        ready=importing.ready_to_publish(session, imported) if imported.taken_at else 0,
        published=published,
    )
    return page.show("imports/result.html", view)


@router.post("/{import_id}/take")
def take(import_id: UUID, session: SessionDep, actor: ActorDep, shell: ShellDep, form: FormDep) -> Response:
    """Write the good rows."""
    here = f"/imports/{import_id}"
    form.once(session, actor, then=here)
    imported = importing.get_import(session, actor, import_id, to_change=True)
    importing.take(session, actor, imported, var_dir=shell.settings.var_dir)
    return form.done(session, here)


@router.post("/{import_id}/publish")
def publish(import_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Publish every checked vacancy of the file."""
    here = f"/imports/{import_id}"
    form.once(session, actor, then=here)
    imported = importing.get_import(session, actor, import_id, to_change=True)
    published = importing.publish_checked(session, actor, imported)
    return form.done(session, f"{here}?published={published}")


@router.get("/{import_id}/rejected")
def rejected(import_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep) -> Response:
    """The rows that cannot be taken, with the reasons, as a file."""
    imported = importing.get_import(session, actor, import_id)
    words = Words(page.language)
    content, kind = importing.rejected(
        session, imported, var_dir=shell.settings.var_dir, say=lambda sentence: str(words.say(sentence).unescape())
    )
    return as_file(content, kind, "rows-to-mend")


def as_file(content: bytes, kind: str, name: str) -> Response:
    """A file to keep, never shown inside the browser."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return Response(content, media_type=KINDS[kind], headers=headers)
