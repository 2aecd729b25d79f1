"""For whom a transaction works: the database's row-level security reads it and shows no other row.

A transaction that says nothing sees nothing. A request enters the context of whoever is signed in as soon as that is
known; commands, the worker and the night run under a named context of the service's own, each with its own rules.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

KEPT = "row_context"
SAID = "row_context_said"
SAY = text(
    "select set_config('app.role', :role, true), set_config('app.actor', :actor, true),"
    " set_config('app.organisation', :organisation, true)"
)


class SystemContext(StrEnum):
    """What the service does in its own name; ``talent.row_security`` says what each may touch."""

    SIGN_IN = "sign_in"
    """Finding out who somebody is: accounts, sessions, invitations."""
    WORKER = "worker"
    """Matching: everything that is compared, and no identity."""
    NIGHTLY = "nightly"
    """Closing, sweeping, forgetting."""
    VETTING = "vetting"
    """Freezing the vacancies of an organisation that was suspended, and pausing the profile of such an account."""
    FIGURES = "figures"
    """Counting for an overview; reads only."""
    LETTERS = "letters"
    """Finding the addresses of an organisation's officers; reads only."""
    FILES = "files"
    """Whether anybody still needs a file's bytes; reads only."""
    TRAINING = "training"
    """Giving seats, joining an institute's record to a profile, putting on it what was certified."""
    PLACES = "places"
    """Giving and freeing places of quotas and vacancies."""
    OPERATOR = "operator"
    """Whoever runs the service, at its command line: everything."""


@dataclass(frozen=True)
class RowContext:
    """A role with whoever holds it; empty for nobody."""

    role: str = ""
    actor: UUID | None = None
    organisation: UUID | None = None


NOBODY = RowContext()


def of_system(context: SystemContext) -> RowContext:
    """The service's own context of this name."""
    return RowContext(context.value)


def enter(session: Session, context: RowContext) -> None:
    """From now on, and in every later transaction of this session, work for this context."""
    session.flush()
    session.info[KEPT] = context
    session.info.pop(SAID, None)
    connection = session.connection()
    if SAID not in session.info:  # Otherwise the transaction begins here and was told.
        _say(connection, context)


def context_of(session: Session) -> RowContext:
    """For whom this session works."""
    kept: RowContext = session.info.get(KEPT, NOBODY)
    return kept


@contextmanager
def within(session: Session, system: SystemContext) -> Iterator[None]:
    """Work under a context of the service's own for a moment, then for whom it was before."""
    before = context_of(session)
    if before == of_system(system):
        yield
        return
    enter(session, of_system(system))
    try:
        yield
    except BaseException:
        session.info[KEPT] = before
        with suppress(SQLAlchemyError):  # A broken transaction takes no more statements; rolling back brings it back.
            _say(session.connection(), before)
        raise
    enter(session, before)


def _say(connection: Connection, context: RowContext) -> None:
    values = {"role": context.role, "actor": context.actor or "", "organisation": context.organisation or ""}
    connection.execute(SAY, {name: str(value) for name, value in values.items()})


@event.listens_for(Session, "after_begin")
def _say_again(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Tell the database at the beginning of each transaction; a savepoint goes on with what was said."""
    context = context_of(session)
    if context != NOBODY and not transaction.nested:
        _say(connection, context)
        session.info[SAID] = True
