"""Everything held about one person: found by the columns that point to people, so that no table is forgotten."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Permission
from talent.column_classes import P1, P2, P3, columns_of
from talent.column_secrets import HASHED
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.crypto import Place, unseal
from talent.foundation.database import Base
from talent.foundation.documents import StoredFile, open_file
from talent.foundation.errors import NotFound
from talent.foundation.person_keys import key_of_organisation, unseal_for
from talent.foundation.row_context import SystemContext, within
from talent.matching.models import Suggestion
from talent.matching.retelling import retold
from talent.profiles.models import Profile

ACCOUNT_COLUMNS: Final = ("account_id", "owner_id", "sent_by")
PROFILE_COLUMNS: Final = ("profile_id", "candidate_id")
HANGS_ON: Final = {
    "trainee_id": "trainee",
    "enrolment_id": "enrolment",
    "case_id": "recognition_case",
    "placement_id": "placement",
    "pair_id": "judged_pair",
}
"""Columns that lead to a person by way of a row of another table."""
DERIVED: Final = frozenset({"subject_vector", "match_input", "match_run", "list_change", "list_end"})
"""Tables of matching, whose ``subject_id`` is a profile or a vacancy."""
OF_INSTITUTES: Final = frozenset({"trainee", "enrolment", "attendance", "assessment_result", "award"})
"""Tables that an institute keeps about the person; what of them is theirs alone, the condition of the query says."""
OTHERS: Final = frozenset(
    {"actor_id", "answered_by", "judge_id", "noted_by", "vector", "mark", "order_shown", "search_words", "record"}
)
"""Columns that a copy leaves out: who the others are, numbers from which a text could be guessed, other rankings, and
the words of a text that stands beside them."""
OPENED: Final = frozenset({"identity", "identity_paper", "trainee"})
"""Tables whose sealed values a copy holds opened; other secrets are of no use to anybody outside."""
READ_ME: Final = (
    "This is everything that the service holds about you. data.json: one list for each kind of row; files: the files\n"
    "that you brought. Names of people of the agencies are left out: they are told by role and organisation.\n\n"
    "یہ وہ سب کچھ ہے جو یہ سروس آپ کے بارے میں رکھتی ہے۔ data.json میں ہر قسم کی معلومات کی فہرست ہے، اور files میں\n"
    "وہ فائلیں ہیں جو آپ نے دی تھیں۔ ایجنسیوں کے لوگوں کے نام شامل نہیں؛ ان کا کردار اور ادارہ بتایا گیا ہے۔\n"
)


@dataclass(frozen=True)
class Person:
    """The ids by which one candidate is known."""

    account_id: UUID
    profile_id: UUID | None
    case_ids: tuple[UUID, ...] = field(default=())

    @property
    def ids(self) -> tuple[UUID, ...]:
        """Every id that stands for the person."""
        return (self.account_id, *((self.profile_id,) if self.profile_id else ()))


def person_of(session: Session, account_id: UUID) -> Person:
    """The ids of this person, with those of every case about them.

    Raises:
        NotFound: there is no such account.
    """
    if session.scalar(select(Account.id).where(Account.id == account_id)) is None:
        raise NotFound
    profile_id = session.scalar(select(Profile.id).where(Profile.account_id == account_id))
    bare = Person(account_id, profile_id)
    cases = [
        case_id
        for table, about in tables_about(bare)
        if {"id", "state"} <= set(table.columns.keys())
        for case_id in session.scalars(select(table.columns.id).where(about))
    ]
    return Person(account_id, profile_id, (account_id, *cases))  # an account is a case itself: it can be suspended


def about(table: Table, person: Person) -> ColumnElement[bool] | None:
    """The condition that a row of this table is about the person; None where no row can be."""
    columns = table.columns
    if table.name == "account":
        return columns.id == person.account_id
    if table.name == "audit_entry":
        return columns.subject_id.in_(person.ids)
    if table.name == "case_event":
        return columns.case_id.in_(person.case_ids)
    if table.name in DERIVED:
        return columns.subject_id == person.profile_id
    found = [columns[name] == person.account_id for name in ACCOUNT_COLUMNS if name in columns]
    found += [columns[name] == person.profile_id for name in PROFILE_COLUMNS if name in columns]
    found += [columns[name].in_(_keys(parent, person)) for name, parent in HANGS_ON.items() if name in columns]
    return or_(*found) if found else None


def _keys(parent: str, person: Person) -> Select[Any]:
    table = Base.metadata.tables[parent]
    condition = about(table, person)
    assert condition is not None, f"{parent} is about nobody"
    return select(table.columns.id).where(condition)


def tables_about(person: Person) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table that can hold rows about the person, those that others hang on first."""
    for table in Base.metadata.sorted_tables:
        condition = about(table, person)
        if condition is not None:
            yield table, condition


def copy_of_everything(session: Session, actor: Actor, var_dir: Path) -> bytes:
    """A zip of everything held about the candidate: ``data.json`` and the files; taking it is written down.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.PROFILE_KEEP)
    person = person_of(session, actor.id)
    rows = {}
    for table, condition in tables_about(person):
        with within(session, SystemContext.OPERATOR) if table.name in DERIVED | OF_INSTITUTES else nullcontext():
            rows[table.name] = list(rows_of(session, table, condition))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", READ_ME)
        archive.writestr("data.json", json.dumps({k: v for k, v in rows.items() if v}, ensure_ascii=False, indent=1))
        for number, stored in enumerate(files_of(session, person), start=1):
            with open_file(var_dir, stored) as stream:
                archive.writestr(f"files/{number}-{safe_name(stored.original_name)}", stream.read())
    audit.record(session, actor, Deed("account.copy", "account", str(actor.id), actor.id))
    return packed.getvalue()


def files_of(session: Session, person: Person) -> list[StoredFile]:
    """The files that the person brought, oldest first."""
    own = select(StoredFile).where(StoredFile.owner_id == person.account_id).order_by(StoredFile.created_at)
    return list(session.scalars(own))


def rows_of(session: Session, table: Table, condition: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    """The rows of one table as a person can read them: sealed values opened, prints and other people left out."""
    names = [
        name
        for name in columns_of(table.name, P1, P2, P3)
        if name not in OTHERS and f"{table.name}.{name}" not in HASHED
    ]
    rows = session.execute(select(table).where(condition)).mappings().all()
    told = retold(session, rows) if table is Suggestion.__table__ else [None] * len(rows)
    for row, reasons in zip(rows, told, strict=True):
        read = {name: plain(opened(session, table, row, name)) for name in names}
        yield read if reasons is None else read | {"reasons": reasons}


def opened(session: Session, table: Table, row: Mapping[Any, Any], name: str) -> Any:
    """One value; a sealed one is opened, or left out where it is a secret of the service."""
    value = row[name]
    if not table.columns[name].info.get("sealed"):
        return value
    if table.name not in OPENED or not value:
        return ""
    if table.name == "trainee":
        return unseal(key_of_organisation(session, row["organisation_id"]), value, Place(table.name, name, row["id"]))
    return unseal_for(session, row["account_id"], value, Place(table.name, name, row["profile_id"]))


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def safe_name(name: str) -> str:
    """A file's name that is safe inside an archive on any system."""
    kept = "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in name)
    return kept.strip(". ")[-100:] or "file"
