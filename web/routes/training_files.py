"""Registers from a file: bring it, read the dry run, take the good rows, get the others back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.documents import shown_name
from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence
from talent.training import register, service
from talent.training.models import RegisterFile
from talent.training.people_file import Outcome
from talent.training.register import MEGABYTE, MOST_BYTES, MOST_ROWS, RegisterKind, UnusableRegister
from web.dependencies import ActorDep, PageDep, SessionDep, ShellDep
from web.forms import Answer, FormDep, blank
from web.i18n import Words
from web.parts import Choice, Stat
from web.policy import holds
from web.routes.imports import as_file, joined
from web.routes.training_people import keys_of
from web.routes.training_words import AFTER, BEFORE

router = APIRouter(prefix="/training/files", dependencies=[holds(Permission.TRAINING_KEEP)])
ROWS_SHOWN = 200
KIND_CHOICES = (
    Choice(RegisterKind.PEOPLE.value, N_("People for cohorts")),
    Choice(RegisterKind.ATTENDANCE.value, N_("Attendance")),
)


@dataclass(frozen=True)
class StartView:
    """The files brought before, and what can be brought."""

    files: Sequence[tuple[RegisterFile, str]]
    kinds: Sequence[Choice]
    names: Mapping[str, Any]
    most_rows: int
    size: int


@dataclass(frozen=True)
class ResultView:
    """One file: its figures and the rows to mend."""

    register: RegisterFile
    name: str
    kind: Any
    tiles: Sequence[Stat]
    good: int
    refused: int
    rows: Sequence[tuple[int, str, Sequence[tuple[str, Sentence]]]]


def start_view(session: SessionDep, actor: ActorDep) -> StartView:
    """The files of the actor's institute, the newest first."""
    names = {choice.value: choice.label for choice in KIND_CHOICES}
    return StartView(register.brought(session, actor), KIND_CHOICES, names, MOST_ROWS, MOST_BYTES // MEGABYTE)


@router.get("")
def start(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Choose a file, or look at one brought before."""
    service.own_institute(actor)
    return page.show("training/files.html", start_view(session, actor), form=blank(kind="people"))


@router.post("")
def upload(session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep, form: FormDep) -> Response:
    """Read the file and say what taking it would do."""
    service.own_institute(actor)
    answer: Answer[Any] = Answer(fields=form.fields)
    kind = RegisterKind.ATTENDANCE if answer.text("kind") == RegisterKind.ATTENDANCE else RegisterKind.PEOPLE
    try:
        file = form.file("file", at_most=MOST_BYTES)
        if file is None:
            raise Unprocessable(N_("Choose a file."))
        with session.begin_nested():
            form.once(session, actor, then="/training/files")
            brought = register.upload(
                session,
                actor,
                kind,
                file.content,
                original_name=shown_name(file.name),
                var_dir=shell.settings.var_dir,
                keys=keys_of(shell),
            )
    except UnusableRegister as unusable:
        refused = answer.refuse("file", joined(unusable.problems))
        return page.again("training/files.html", start_view(session, actor), refused)
    except Unprocessable as wrong:
        return page.again("training/files.html", start_view(session, actor), answer.refuse("file", wrong.message))
    return form.done(session, f"/training/files/{brought.id}")


@router.get("/template/{kind}.{file_kind}")
def template(kind: RegisterKind, file_kind: Literal["csv", "xlsx"], actor: ActorDep) -> Response:
    """The columns with one filled row."""
    service.own_institute(actor)
    return as_file(register.template(kind, file_kind), file_kind, kind.value)


@router.get("/{register_id}")
def result(register_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What taking the file would do, or what it did."""
    found = register.get_register(session, actor, register_id)
    tags = AFTER if found.taken_at else BEFORE
    view = ResultView(
        register=found,
        name=register.original_name(session, found),
        kind=next(choice.label for choice in KIND_CHOICES if choice.value == found.kind),
        tiles=[Stat(found.counts[one.value], tags[one].label) for one in Outcome if found.counts.get(one.value)],
        good=found.counts.get(Outcome.NEW.value, 0),
        refused=found.counts.get(Outcome.REFUSED.value, 0),
        rows=register.refused_rows(session, found)[:ROWS_SHOWN],
    )
    return page.show("training/file.html", view)


@router.post("/{register_id}/take")
def take(register_id: UUID, session: SessionDep, actor: ActorDep, shell: ShellDep, form: FormDep) -> Response:
    """Take the good rows."""
    here = f"/training/files/{register_id}"
    form.once(session, actor, then=here)
    found = register.get_register(session, actor, register_id, to_change=True)
    register.take(session, actor, found, var_dir=shell.settings.var_dir, keys=keys_of(shell))
    return form.done(session, here)


@router.get("/{register_id}/rejected")
def rejected(register_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep) -> Response:
    """The rows that cannot be taken, with the reasons, as a file."""
    found = register.get_register(session, actor, register_id)
    words = Words(page.language)
    content, kind = register.rejected(
        session,
        found,
        var_dir=shell.settings.var_dir,
        keys=keys_of(shell),
        say=lambda sentence: str(words.say(sentence).unescape()),
    )
    return as_file(content, kind, "rows-to-mend")
