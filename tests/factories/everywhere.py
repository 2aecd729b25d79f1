"""A row about a person in every table that can hold one, each of its texts marked: new tables are met by themselves."""

from uuid import uuid4

from sqlalchemy import String, Text, func, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB

from talent.foundation.clock import today
from talent.row_security import ALL_RULES
from talent.subject_rights import ACCOUNT_COLUMNS, person_of, tables_about
from tests.access.standins import FITTING, some_value

ROOM = 20
"""Characters of a marker: shorter texts are codes."""
NAMES = dict.fromkeys(("account_id", "sent_by"), "account_id")
NAMES |= dict.fromkeys(("subject_id", "profile_id", "case_id"), "profile_id")
"""Columns that name the person without a foreign key, and by which of their ids."""

TOGETHER = FITTING | {
    "attendance": {"minutes": 300},
    "contract": {"attested_on": today()},
    "enrolment": {"seat": None},
    "follow_up": {"done_at": None, "outcome": None, "channel": None},
    "placement": {"exit_reason": None},
    "placement_proof": {"action": None},
}
"""Values that fit together, where any would not."""


class One:
    """Whose the rows are: what ``some_value`` tells two people apart by."""

    letter = "A"


def marked_everywhere(session, account_id):
    """By table: the markers in a row about this person, wherever there was none."""
    marks = {}
    for table, about in tables_about(person_of(session, account_id)):
        there = select(func.count()).select_from(table).where(about)
        if not session.scalar(there):
            row = written(session, person_of(session, account_id), table)
            assert session.scalar(there) == 1, (table.name, row)
            marks[table.name] = [one for one in map(word_in, row.values()) if one]
    return marks


def written(session, person, table):
    """What stands in the new row of this table."""
    row = {column.name: value_of(session, person, column) for column in table.columns if is_given(column)}
    row |= TOGETHER.get(table.name, {})
    session.execute(insert(table).values(**row))
    return row


def is_given(column):
    """Whether a row of this column's table must say, or may, what stands there."""
    makes_it = (column.server_default, column.identity, column.computed)
    is_full = column.foreign_keys or column.name in NAMES or not column.nullable or has_room(column)
    return bool(is_full) and all(one is None for one in makes_it)


def has_room(column):
    """Whether a marker fits into this column."""
    is_text = type(column.type) in (String, Text) and (column.type.length or ROOM) >= ROOM
    return is_text or isinstance(column.type, JSONB)


def value_of(session, person, column):
    """What stands in this column of a row about the person: something of theirs, a marker, or anything that fits."""
    if column.foreign_keys:
        return parent_of(session, person, column)
    if column.name in NAMES:
        return getattr(person, NAMES[column.name])
    if has_room(column):
        word = f"mk{uuid4().hex[:18]}"
        return {"word": word} if isinstance(column.type, JSONB) else word
    return some_value(column, One)


def word_in(value):
    """The marker in this value; nothing, where there is none."""
    word = value.get("word", "") if isinstance(value, dict) else value
    return word if isinstance(word, str) and word.startswith("mk") and len(word) == ROOM else ""


def parent_of(session, person, column):
    """What the column may name: the person, something about them, or anything, which is made where it must be there."""
    other = next(iter(column.foreign_keys)).column
    if column.nullable and other.table.name == "account" and column.name not in ACCOUNT_COLUMNS:
        return None  # somebody else, who has not acted yet
    known = {table.name: about for table, about in tables_about(person)}
    own = select(other).where(known[other.table.name]) if other.table.name in known else select(other)
    found = session.scalars(own.limit(1)).first()
    if found is None and not column.nullable:
        written(session, person, other.table)
        found = session.scalars(own.limit(1)).one()
    return found


def traces_of(session, words):
    """The tables in whose rows one of these words stands."""
    found = set()
    for name in ALL_RULES:
        rows = "\n".join(session.scalars(text(f'select t::text from "{name}" t')))
        found |= {name} if any(word in rows for word in words) else set()
    return found
