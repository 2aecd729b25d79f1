"""Many rows into one table by COPY, inside the caller's own transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import sql
from sqlalchemy.orm import DeclarativeBase, Session


def copy_rows(
    session: Session, table: type[DeclarativeBase], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write these rows; each holds the values of these columns, and the table's own defaults are not applied."""
    session.flush()
    connection: Any = session.connection().connection.driver_connection
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(str(table.__tablename__)), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
