"""Many people from one file: a dry run row by row, then the good rows are taken and the others given back."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.foundation import documents
from talent.foundation.clock import now
from talent.foundation.crypto import Place, seal, unseal
from talent.foundation.errors import NotFound, Unprocessable
from talent.foundation.person_keys import key_of_organisation
from talent.foundation.row_context import SystemContext, within
from talent.foundation.sniff import Kind
from talent.foundation.tables import Column, Table, read_table, rejected_file, table_file
from talent.foundation.words import N_, Sentence
from talent.training import days_file, people_file
from talent.training.models import RegisterFile
from talent.training.people import PersonKeys
from talent.training.policy import visible_registers
from talent.training.service import own_institute

MOST_ROWS = 50_000
MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
FILES_SHOWN = 20
REFUSED_KEPT = 5_000
"""How many refused rows are kept with their reasons; the file that is given back holds every one."""


class RegisterKind(StrEnum):
    """What a file holds."""

    PEOPLE = "people"
    ATTENDANCE = "attendance"


COLUMNS: Mapping[RegisterKind, tuple[Column, ...]] = {
    RegisterKind.PEOPLE: people_file.COLUMNS,
    RegisterKind.ATTENDANCE: days_file.COLUMNS,
}
EXAMPLES: Mapping[RegisterKind, tuple[str, ...]] = {
    RegisterKind.PEOPLE: people_file.EXAMPLE,
    RegisterKind.ATTENDANCE: days_file.EXAMPLE,
}


class UnusableRegister(Unprocessable):
    """The file can be read, and its columns or rows are not those of a register; each problem is a sentence."""

    def __init__(self, problems: Sequence[Sentence]) -> None:
        super().__init__(problems[0])
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Found:
    """What a file holds: rows by outcome, and the refused ones with number, name and reasons."""

    counts: Counter[str]
    refused: list[tuple[int, str, list[tuple[str, Sentence]]]]


def read_register(content: bytes, kind: RegisterKind) -> Table:
    """The rows of the file.

    Raises:
        Unreadable: it is no table, broken, unsafe or too large.
        UnusableRegister: a column is missing, there is no row, or there are too many.
    """
    table = read_table(content, expected=COLUMNS[kind], max_rows=MOST_ROWS, max_bytes=MOST_BYTES)
    if table.problems:
        raise UnusableRegister(table.problems)
    return table


def upload(
    session: Session,
    actor: Actor,
    kind: RegisterKind,
    content: bytes,
    *,
    original_name: str,
    var_dir: Path,
    keys: PersonKeys,
) -> RegisterFile:
    """Keep the file and say what taking it would do; nobody is enrolled.

    Raises:
        NotPermitted: the actor is no institute officer.
        Unreadable, UnusableRegister: the file cannot be used at all.
    """
    institute = own_institute(actor)
    found = _examined(session, institute, kind, read_register(content, kind), keys)
    stored = documents.store(
        session, var_dir, content, owner_id=actor.id, purpose=documents.Purpose.IMPORT, original_name=original_name
    )
    made = RegisterFile(
        organisation_id=institute,
        kind=kind.value,
        document_id=stored.id,
        uploaded_by=actor.id,
        uploaded_at=now(),
        counts=dict(found.counts),
    )
    session.add(made)
    session.flush()
    _keep_refused(session, made, found)
    return made


def _examined(session: Session, institute: UUID, kind: RegisterKind, table: Table, keys: PersonKeys) -> Found:
    if kind is RegisterKind.PEOPLE:
        people = people_file.examine(session, institute, table, keys)
        return Found(
            Counter(row.outcome.value for row in people),
            [(row.number, row.person.full_name, row.problems) for row in people if row.problems],
        )
    marks = days_file.examine(session, institute, table, keys)
    return Found(
        Counter(mark.outcome.value for mark in marks),
        [(mark.number, mark.name, mark.problems) for mark in marks if mark.problems],
    )


def take(session: Session, actor: Actor, register: RegisterFile, *, var_dir: Path, keys: PersonKeys) -> None:
    """Take the good rows; a file that was taken stays as it is.

    The rows are examined once more, with the cohorts locked: what has changed since the dry run counts.
    """
    own_institute(actor)
    if register.taken_at is not None:
        return
    kind = RegisterKind(register.kind)
    table = read_register(_content(session, register, var_dir), kind)
    if kind is RegisterKind.PEOPLE:
        with within(session, SystemContext.TRAINING):  # many rows at once: the institute is the query's own
            people = people_file.take(session, actor, register.organisation_id, table, keys)
        counts = Counter(row.outcome.value for row in people)
        refused = [(row.number, row.person.full_name, row.problems) for row in people if row.problems]
    else:
        with within(session, SystemContext.TRAINING):
            marks = days_file.take(session, register.organisation_id, table, keys)
        counts = Counter(mark.outcome.value for mark in marks)
        refused = [(mark.number, mark.name, mark.problems) for mark in marks if mark.problems]
    register.counts, register.taken_at = dict(counts), now()
    _keep_refused(session, register, Found(counts, refused))


def get_register(session: Session, actor: Actor, register_id: UUID, *, to_change: bool = False) -> RegisterFile:
    """One file that the actor's institute brought.

    Raises:
        NotFound: there is none, or it is another institute's.
    """
    query = visible_registers(actor).where(RegisterFile.id == register_id)
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(N_("There is no such file."))
    return found


def brought(session: Session, actor: Actor) -> list[tuple[RegisterFile, str]]:
    """The last files that the institute brought, with their names at home, the newest first."""
    rows = session.execute(
        visible_registers(actor)
        .join(documents.StoredFile, documents.StoredFile.id == RegisterFile.document_id)
        .add_columns(documents.StoredFile.original_name)
        .order_by(RegisterFile.uploaded_at.desc(), RegisterFile.id)
        .limit(FILES_SHOWN)
    )
    return [(row[0], row[1]) for row in rows]


def original_name(session: Session, register: RegisterFile) -> str:
    """The name that the file had at home."""
    return session.get_one(documents.StoredFile, register.document_id).original_name


def rejected(
    session: Session,
    register: RegisterFile,
    *,
    var_dir: Path,
    keys: PersonKeys,
    say: Callable[[Sentence], str],
) -> tuple[bytes, Literal["csv", "xlsx"]]:
    """The rows that were not taken, as they came, with the reasons in the reader's words; and the kind of file."""
    content = _content(session, register, var_dir)
    kind = RegisterKind(register.kind)
    table = read_register(content, kind)
    problems = {number: said for number, _, said in refused_rows(session, register)}
    if len(problems) == REFUSED_KEPT:  # there may be more than were kept
        found = _examined(session, register.organisation_id, kind, table, keys)
        problems |= {number: said for number, _, said in found.refused}
    reasons = {
        number: [f"{column}: {say(sentence)}".removeprefix(": ") for column, sentence in said]
        for number, said in problems.items()
    }
    stored = session.get_one(documents.StoredFile, register.document_id)
    file_kind: Literal["csv", "xlsx"] = "xlsx" if stored.kind == Kind.XLSX.value else "csv"
    return rejected_file(table, reasons, file_kind), file_kind


def template(kind: RegisterKind, file_kind: Literal["csv", "xlsx"]) -> bytes:
    """An empty register with one filled row."""
    return table_file([[column.name for column in COLUMNS[kind]], list(EXAMPLES[kind])], file_kind)


def _content(session: Session, register: RegisterFile, var_dir: Path) -> bytes:
    stored = session.get_one(documents.StoredFile, register.document_id)
    with documents.open_file(var_dir, stored) as stream:
        return stream.read()


def _packed(found: Found) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "name": name[:200],
            "problems": [
                {"column": column, "msgid": said.msgid, "values": {key: str(one) for key, one in said.values.items()}}
                for column, said in problems
            ],
        }
        for number, name, problems in found.refused[:REFUSED_KEPT]
    ]


def _unpacked(problems: Sequence[Mapping[str, Any]]) -> list[tuple[str, Sentence]]:
    return [(one["column"], Sentence(one["msgid"], one["values"])) for one in problems]


def _keep_refused(session: Session, register: RegisterFile, found: Found) -> None:
    """Seal the refused rows into the file's own row: they hold names and telephone numbers."""
    key = key_of_organisation(session, register.organisation_id)
    packed = json.dumps(_packed(found), ensure_ascii=False)
    register.refused_sealed = seal(key, packed, Place("register_file", "refused_sealed", register.id))
    session.flush()


def refused_rows(session: Session, register: RegisterFile) -> list[tuple[int, str, list[tuple[str, Sentence]]]]:
    """Number, name and reasons of each row that could not be taken, as far as they are kept."""
    key = key_of_organisation(session, register.organisation_id)
    packed = unseal(key, register.refused_sealed, Place("register_file", "refused_sealed", register.id))
    return [(row["number"], row["name"], _unpacked(row["problems"])) for row in json.loads(packed)]
