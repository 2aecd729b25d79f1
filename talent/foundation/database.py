"""The one database engine: declarative base, column types, engine and sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID, uuid4

from psycopg._preparing import PrepareManager
from psycopg.errors import FeatureNotSupported, InvalidSqlStatementName
from sqlalchemy import Connection, DateTime, Engine, Enum, ExceptionContext, MetaData, Text, create_engine, event, text
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker

from talent.foundation.row_context import KEPT, SystemContext, of_system

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Key = Annotated[UUID, mapped_column(primary_key=True, default=uuid4)]
Instant = Annotated[datetime, mapped_column(DateTime(timezone=True))]

Sealed = Annotated[str, mapped_column(Text, default="", info={"sealed": True})]
"""A value of ``talent.foundation.crypto.seal``; an empty string where nothing was given."""


@dataclass(frozen=True)
class Patience:
    """How long a connection waits: for a statement, for a lock, for the next word of a transaction, for its turn."""

    statement_ms: int
    lock_ms: int
    idle_ms: int
    turn_s: float


WORK = Patience(statement_ms=60_000, lock_ms=5_000, idle_ms=0, turn_s=30)
"""Commands and the worker, whose transactions compare for minutes between two statements."""
PAGES = Patience(statement_ms=15_000, lock_ms=3_000, idle_ms=60_000, turn_s=3)
"""Requests: whoever waits longer than this has gone, and a page says that it could not be done in time (S-OWN-1)."""


class Base(DeclarativeBase):
    """Every table of the service hangs on this metadata."""

    metadata = MetaData(naming_convention=NAMING)


def state_column(states: type[StrEnum], name: str) -> Enum:
    """A VARCHAR with a named CHECK that holds the enumeration's values, not its names."""
    return Enum(
        states,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def _release_what_was_rolled_back(engine: Engine) -> None:
    """End a savepoint that was rolled back: PostgreSQL keeps it, and whatever follows lies one level deeper in it.

    A file whose thousands of rows are refused one by one would else hold as many locks as it has rows.
    """
    dialect = engine.dialect
    roll_back = dialect.do_rollback_to_savepoint

    def roll_back_and_release(connection: Connection, name: str) -> None:
        roll_back(connection, name)
        dialect.do_release_savepoint(connection, name)

    dialect.do_rollback_to_savepoint = roll_back_and_release  # type: ignore[method-assign]  # of this engine alone


NO_LONGER_PLANNED = (FeatureNotSupported, InvalidSqlStatementName)
"""What a kept plan says when a migration changed what its statement returns, and when it is gone: connect anew."""


class PlansOfPages(PrepareManager):
    """The prepared statements of a connection that changes no tables: a rollback leaves them as they are.

    psycopg drops all of them at each rollback, also of a savepoint, since tables may have come and gone in it. Planning
    them anew, with all rules of who sees which row, made the next page of that connection several times as slow.
    """

    def clear(self) -> bool:
        """Nothing to be dropped on the server."""
        return False


def make_engine(
    url: str,
    *,
    pool_size: int = 8,
    patience: Patience = WORK,
    works_as: SystemContext | None = None,
    kept_plans: int = 0,
) -> Engine:
    """An engine on psycopg 3 whose connections read and write UTC and never wait for ever.

    ``works_as`` is the context of whatever is asked without a session. With ``kept_plans`` each connection keeps one
    plan for each of so many statements: a page's queries read few rows under many rules, and planning those rules
    anew takes several times as long as reading the rows. What reads much at once plans for its own values instead.
    """
    context = f" -c app.role={works_as}" if works_as else ""
    plans = " -c plan_cache_mode=force_generic_plan" if kept_plans else ""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=8,
        pool_timeout=patience.turn_s,
        pool_pre_ping=True,
        connect_args={
            "options": f"-c timezone=UTC -c statement_timeout={patience.statement_ms}"
            f" -c lock_timeout={patience.lock_ms} -c idle_in_transaction_session_timeout={patience.idle_ms}"
            + context
            + plans
        },
    )

    _release_what_was_rolled_back(engine)

    @event.listens_for(engine, "connect")
    def _register_vectors(connection: Any, _record: Any) -> None:
        from pgvector.psycopg import register_vector

        if connection.execute("select 1 from pg_type where typname = 'vector'").fetchone():
            register_vector(connection)
        connection.rollback()

    if kept_plans:

        @event.listens_for(engine, "connect")
        def _keep_plans(connection: Any, _record: Any) -> None:
            connection._prepared = PlansOfPages()  # psycopg has no public name for it
            connection.prepare_threshold, connection.prepared_max = 1, kept_plans

        @event.listens_for(engine, "handle_error")
        def _begin_anew(context: ExceptionContext) -> None:
            if isinstance(context.original_exception, NO_LONGER_PLANNED):
                context.is_disconnect = True

    return engine


def count_rows(owner_url: str) -> None:
    """Let the planner count every table now, as its owner: after a first load it would plan for empty ones."""
    with engine_at(owner_url) as engine, engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("analyze"))


def session_factory(engine: Engine, works_as: SystemContext | None = None) -> sessionmaker[Session]:
    """Sessions that keep what they loaded after the commit at the edge.

    ``works_as`` is the context in which every transaction begins; without one it sees no protected row until somebody
    enters a context.
    """
    return sessionmaker(engine, expire_on_commit=False, info={KEPT: of_system(works_as)} if works_as else {})


@contextmanager
def engine_at(url: str, *, pool_size: int = 1, works_as: SystemContext | None = None) -> Iterator[Engine]:
    """An engine whose connections are closed in the end whatever happens."""
    engine = make_engine(url, pool_size=pool_size, works_as=works_as)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def sessions_on(url: str, works_as: SystemContext | None = None) -> Iterator[sessionmaker[Session]]:
    """Sessions on an engine of their own, closed in the end."""
    with engine_at(url) as engine:
        yield session_factory(engine, works_as)
