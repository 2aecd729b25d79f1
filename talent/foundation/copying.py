"""Many rows into one table by COPY, inside the caller's own transaction and under the rules of the table's rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import sql
from sqlalchemy.orm import DeclarativeBase, Session

from talent.foundation.audit import Deed, write

WAITING = sql.Identifier("rows_that_wait")


def copy_rows(
    session: Session, table: type[DeclarativeBase], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write these rows; each holds the values of these columns, and the model's own defaults are not applied.

    PostgreSQL copies into no table that has row-level security, so the rows wait in a table of the transaction and
    are inserted from there, in their order, in one statement.
    """
    session.flush()
    connection: Any = session.connection().connection.driver_connection
    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    target = sql.Identifier(str(table.__tablename__))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("create temporary table {} on commit drop as select {} from {} with no data").format(
                WAITING, names, target
            )
        )
        with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(WAITING, names)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            sql.SQL("insert into {} ({}) select {} from {} order by ctid").format(target, names, names, WAITING)
        )
        written = cursor.rowcount
        cursor.execute(sql.SQL("drop table {}").format(WAITING))
    if written:
        write(session, [Deed(f"{table.__tablename__}.add", str(table.__tablename__), "several")])
