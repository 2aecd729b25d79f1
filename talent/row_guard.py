"""Does the database hide every row from somebody who is nobody? Asked before anything starts to serve."""

from sqlalchemy import Connection, Engine, text

from talent.foundation.errors import TalentError
from talent.foundation.words import Sentence
from talent.row_security import ALL_RULES

PRESENT = text("select name from unnest(cast(:names as text[])) as name where to_regclass(name) is not null")
BOUND = text("select row_security_active(:name)")
OPEN_ROWS = (
    "The database shows rows of {tables} to nobody in particular: row-level security does not bind this connection."
    " Let TALENT_DATABASE_URL name the role talent_app, as docs/operations.md says, and run talent migrate."
)


def open_tables(connection: Connection) -> list[str]:
    """Protected tables of which this connection, working for nobody, sees rows or could; none when all is well."""
    present = connection.scalars(PRESENT, {"names": list(ALL_RULES)}).all()
    loose = [name for name in present if not connection.scalar(BOUND, {"name": name})]
    looks = [
        f"select '{name}' where exists (select 1 from {name})"  # noqa: S608 - names of our own tables
        for name in present
    ]
    shown = connection.scalars(text(" union all ".join(looks))).all() if looks else []
    return sorted({*loose, *shown})


def refuse_open_rows(engine: Engine) -> None:
    """Nothing, when a transaction that works for nobody sees no row.

    Raises:
        TalentError: it sees some, or would; the sentence says what to set.
    """
    with engine.connect() as connection:
        found = open_tables(connection)
    if found:
        raise TalentError(Sentence(OPEN_ROWS, {"tables": ", ".join(found[:3])}))
