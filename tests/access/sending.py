"""Forms of the scene, sent: what came back, and which rows of which tables were written by it."""

import json
from contextlib import contextmanager

from sqlalchemy import Enum, text

from talent.registry import METADATA
from talent.row_security import OPEN_TABLES
from tests.access.asking import OWN
from tests.access.headers import wrong_headers

TABLES = sorted(set(METADATA.tables) - set(OPEN_TABLES))
"""Every table but those of the taxonomy, which no form writes."""
RECORD = {"audit_entry", "audit_head"}
"""The record of who asked for what; each asking has its own line."""
CHANGED = " union all ".join(
    f"select '{table}', to_jsonb(t)::text from {table} t where xmin::text::bigint > :since" for table in TABLES
)
HELD = " union all ".join(f"select '{table}', count(*), max(xmin::text::bigint) from {table}" for table in TABLES)


class Sending:
    """Sends forms inside a savepoint of the scene."""

    def __init__(self, asking):
        self.asking, self.session = asking, asking.world.session

    @contextmanager
    def undone(self):
        """What is sent while this lasts is taken back."""
        with self.session.begin_nested() as undone:
            yield
            undone.rollback()

    def send(self, form, fields=None):
        """The answer to this form, sent by the browser that has its page."""
        browser = self.asking.browser(form.principal) | {"Origin": OWN, "Referer": OWN + form.page}
        answer = self.asking.wire.ask("POST", form.action, browser, form.fields if fields is None else fields)
        assert not (carries := wrong_headers(answer.headers)), (form.action, form.principal, carries)
        return answer

    def read(self, principal, address):
        """The page at this address for this principal."""
        return self.asking.wire.ask("GET", address, self.asking.browser(principal))

    @contextmanager
    def written(self):
        """The rows that are written while this lasts, as (table, row as it is afterwards); None where rows are gone."""
        held, since = self.held()
        found = []
        yield found
        rows = self.session.execute(text(CHANGED), {"since": since})
        found += [(table, json.loads(row)) for table, row in rows]
        after, _ = self.held()
        found += [(table, None) for table in TABLES if after[table] < held[table]]

    def held(self):
        """How many rows each table holds, and who wrote last: whatever is written later has a higher number."""
        self.session.flush()
        lines = self.session.execute(text(HELD)).all()
        return {table: rows for table, rows, _ in lines}, max(last or 0 for _, _, last in lines)


def taken_in(plainly, with_more, sent):
    """The columns in which a row now has what was sent for them, and no row had it without: table, column, value."""
    had = {(table, name, str(value)) for table, row in plainly if row for name, value in row.items()}
    has = {(table, name, str(value)) for table, row in with_more if row for name, value in row.items()}
    return sorted(
        (table, name, value)
        for table, name, value in has - had
        if table not in RECORD and name in sent and value.casefold().startswith(sent[name].casefold())
    )


def smuggled(tables, declared, stranger):
    """A value for every column of these tables that the form does not have: another one than stands there."""
    found = {}
    for table in tables:
        for column in METADATA.tables[table].columns:
            if column.name not in declared:
                found[column.name] = a_value(column, stranger)
    return found


def a_value(column, stranger):
    """A text that this column could take."""
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[-1]
    by_kind = {"UUID": str(stranger), "BOOLEAN": "true", "INTEGER": "70007", "DATE": "2001-02-03"}
    name = kind.__visit_name__.upper()
    return by_kind.get(name, "2001-02-03T04:05:06+00:00" if "TIME" in name else "smuggled")
