"""A row of each side in every table that the scene leaves empty, so that its rules have something to show or hide."""

from datetime import timedelta
from uuid import uuid4

from pgvector.sqlalchemy import VECTOR
from sqlalchemy import (
    ARRAY,
    Boolean,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Uuid,
    insert,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from talent.foundation.clock import now, today
from talent.registry import METADATA

ENOUGH_PEOPLE = 10  # figures about fewer are not kept
LATER = timedelta(days=30)
FITTING = {
    "award": {"language": ""},
    "judgement": {"grade": 2},
    "check_in": {"month": 3},
}
"""Values that fit together, where any would not: an award is of a skill or of a language."""
OF_ITS_INSTITUTE = frozenset({"award"})
"""Tables whose organisation is an institute."""


def filled_in(session, table_name, side, own):
    """Add a row that is this side's; ``own`` tells of each table which rows are."""
    table = METADATA.tables[table_name]
    row = {}
    for column in table.columns:
        if column.server_default is not None or column.identity is not None or column.computed is not None:
            continue
        if column.name in {"account_id", "sent_by"}:
            row[column.name] = side.candidate.id
        elif column.name == "organisation_id" and table_name in OF_ITS_INSTITUTE:
            row[column.name] = side.institute.organisation_id
        elif column.foreign_keys and (found := theirs(session, column, side, own)) is not None:
            row[column.name] = found
        elif not column.nullable and not column.foreign_keys:
            row[column.name] = some_value(column, side)
    session.execute(insert(table).values(**row | FITTING.get(table_name, {})))


def theirs(session, column, side, own):
    """Something of this side's that the column may name; its candidate, where it names a person."""
    other = next(iter(column.foreign_keys)).column
    if other.table.name == "account":
        return side.candidate.id
    where = own.get(other.table.name, "true")
    return session.scalar(text(f"select {other.name} from {other.table.name} where {where} limit 1"))


def some_value(column, side):
    """Anything that fits into this column, and is another thing on the other side."""
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[-1 if column.primary_key and side.letter == "B" else 0]
    by_type = {
        Uuid: uuid4,
        Boolean: lambda: False,
        Integer: lambda: ENOUGH_PEOPLE,
        Numeric: lambda: 1,
        Float: lambda: 1.0,
        ARRAY: list,
        VECTOR: lambda: [0.0],
        DateTime: lambda: now() + LATER,
        Date: today,
        LargeBinary: lambda: uuid4().bytes,
        JSONB: dict,
        String: lambda: f"{side.letter}{uuid4().hex}"[: kind.length or 40],
    }
    return next(make() for known, make in by_type.items() if isinstance(kind, known))
