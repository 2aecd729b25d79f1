"""Every change of a row that the session knows is written down by itself: no caller can forget it."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from talent.foundation.audit import Deed, write

NOT_WRITTEN_DOWN: Final = {
    "audit_entry": "the journal itself",
    "audit_head": "the journal itself",
    "person_key": "made and wrapped anew by itself; its destruction is written down by erasure",
    "organisation_key": "made and wrapped anew by itself",
    "used_form_key": "kept one day, holds nothing about anybody",
    "failure_streak": "counts of guesses; a journal of them would be a list of logins' prints",
    "known_device": "the looks of an account's own browsers at the clock; the sign-in itself is written down",
    "provider_errand": "on its way to another site and back; the sign-in itself is written down",
    "sign_in_failure": "kept one day; a journal of guesses would be a list of logins' prints",
    "profile_change": "a sequence number for the worker; the change itself is written down",
    "vacancy_change": "a sequence number for the worker; the change itself is written down",
    "subject_vector": "derived by the worker from rows whose changes are written down",
    "list_end": "derived by the worker; match_run is its log",
    "pool_entry": "derived by the worker from rows whose changes are written down",
    "match_input": "what a ranking saw; it is its own record",
    "match_run": "the log of rankings itself",
    "suggestion": "derived by the worker; match_run is its log",
    "shared_place": "derived by the worker from the stored lists, every night anew",
    "outlook": "derived by the worker from rows whose changes are written down",
    "seat_book": "derived from its transfers; the move of the placement is written down",
    "seat_hold": "follows the state of a placement, whose move is written down",
    "seat_transfer": "the ledger itself",
    "training_concern": "reported without a name: the journal would say by whom",
    "taxonomy_release": "public words",
    "occupation": "public words",
    "skill": "public words",
    "label": "public words",
    "occupation_skill": "public words",
}
"""Tables whose changes the journal leaves out, and why."""

KEPT_APART: Final = {"password_code", "recovery_code", "sign_in_session"}
"""Tables whose keys are prints of secrets: they stay out of the journal, and so does each look at the clock."""

VERBS: Final = ("add", "change", "remove")
SUBJECTS: Final = ("account_id", "profile_id", "owner_id", "candidate_id")
"""Where a row says whom it is about, in this order; an account is about itself."""


def listen() -> None:
    """Begin to write down the changes of every session of this process; more than once does no harm."""
    if not event.contains(Session, "after_flush", _flushed):
        event.listen(Session, "after_flush", _flushed)
        event.listen(Session, "do_orm_execute", _executed)


def subject_of(row: Any) -> UUID | None:
    """The account or the profile that a row is about, if it is about a person."""
    if inspect(row).mapper.local_table.name == "account":
        return UUID(str(row.id))
    found = (getattr(row, name, None) for name in SUBJECTS)
    return next((UUID(str(value)) for value in found if value is not None), None)


def _flushed(session: Session, _context: UOWTransaction) -> None:
    deeds = [
        deed
        for verb, rows in zip(VERBS, (session.new, session.dirty, session.deleted), strict=True)
        for row in rows
        for deed in _deeds(verb, row)
    ]
    if deeds:
        write(session, deeds)


def _deeds(verb: str, row: Any) -> Iterator[Deed]:
    state = inspect(row)
    table = state.mapper.local_table.name
    if table in NOT_WRITTEN_DOWN:
        return
    columns = {attribute.key for attribute in state.mapper.column_attrs}
    changed = tuple(name for name in columns if verb == "change" and state.attrs[name].history.has_changes())
    if verb == "change" and not changed:
        return
    if table in KEPT_APART and verb == "change":
        return
    key = "" if table in KEPT_APART else "/".join(map(str, state.mapper.primary_key_from_instance(row)))
    yield Deed(f"{table}.{verb}", table, key[:120], subject_of(row), changed)


def _executed(state: ORMExecuteState) -> None:
    verb = "add" if state.is_insert else "change" if state.is_update else "remove" if state.is_delete else ""
    if not verb or state.bind_mapper is None:
        return
    table = state.bind_mapper.local_table
    assert isinstance(table, Table)  # no class here is mapped to anything else
    if table.name not in NOT_WRITTEN_DOWN:
        write(state.session, [Deed(f"{table.name}.{verb}", table.name, "several")])
