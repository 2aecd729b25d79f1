"""The reviewed table of which rows exist for whom: ``rows.tsv``, one line a table and context that has any.

Each line names what is asked, and for whom: a table, or a deed in it, under row-level security alone; or one of the
``visible_…`` queries, without it. Then how much of the reader's own side is reached, and how much of the rest:
``none``, ``some`` or ``all``. What has no line is never reached. A failing test writes the table for the scene as it
is into a file that it names: read it before it takes this one's place, because it is what the tests believe.
"""

from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import String, cast, select, text
from sqlalchemy.exc import DBAPIError

from talent.accounts.permissions import Role
from talent.foundation.row_context import NOBODY, SystemContext, context_of, enter, of_system
from talent.registry import METADATA
from talent.row_security import ALL_RULES
from tests.access.filters import FILTERS
from tests.access.standins import filled_in
from tests.access.world import rows_of

FILE = Path(__file__).with_name("rows.tsv")
NOTHING = ("none", "none")
RAISED = ("raised", "raised")
"""Row-level security let it through, to rows of whichever side, and another rule of the table refused it."""
STATEMENTS = {
    "change": "update {table} set {column} = default",
    "remove": "delete from {table}",
    "add": "insert into {table} overriding system value"
    " select * from jsonb_populate_record(null::{table}, cast(:row as jsonb))",
}
"""Statements that read nothing, so that the rules about reading do not come into it."""
OWNERS = ("owner_id", "account_id", "actor_id")
"""Columns by which rows of one side belong to several people."""
SEVERAL = 25
Lines = dict[tuple[str, str], tuple[str, str]]
"""By what is asked and for whom: how much of the own side is read, and how much of the rest."""


def read_rows() -> Lines:
    """Every line of the reviewed table."""
    lines = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    return {(asked, reader): (own, rest) for asked, reader, own, rest in lines}


def readers(world):
    """Each context in which a transaction works: people of side A, others there is one of, the service's own."""
    people = {role.value: world.actor(role).rows for role in Role if role is not Role.SYSTEM}
    return people | {context.value: of_system(context) for context in SystemContext} | {"nobody": NOBODY}


def share(found: int, there: int) -> str:
    """How much of what is there was found."""
    return "none" if not found else "all" if found == there else "some"


def rows_of_whole(side):
    """For each protected table, which rows are this side's; none of what belongs to nobody in particular."""
    known = rows_of(side)
    people = f"in (select id from account where {known['account']})"
    ways = {
        "account_id": people,
        "subject_id": people,
        "organisation_id": f"in (select id from organisation where {known['organisation']})",
        "profile_id": f"in (select id from profile where {known['profile']})",
        "cohort_id": f"in (select id from cohort where {known['cohort']})",
        "vacancy_id": f"in (select id from vacancy where {known['vacancy']})",
        "placement_id": f"in (select id from placement where account_id {people})",
        "case_id": f"in (select id from recognition_case where account_id {people})",
        "enrolment_id": f"in (select id from enrolment where {known['enrolment']})",
        "assessment_id": f"in (select id from assessment where {known['assessment']})",
    }
    return {table: known.get(table) or by_owner(table, ways) for table in ALL_RULES}


def by_owner(table, ways):
    """The rows of this table whose owner is of the side, by the first column that names one."""
    columns = METADATA.tables[table].columns if table in METADATA.tables else ()
    return next((f"{column} {of}" for column, of in ways.items() if column in columns), "false")


def changeable(table):
    """A column of this table that may be emptied, or any other."""
    columns = [column for column in METADATA.tables[table].columns if not column.primary_key]
    return min(columns, key=lambda column: (not column.nullable, bool(column.foreign_keys), column.name)).name


@contextmanager
def shelf_in(world):
    """The rows, with stand-ins in the tables that the scene leaves empty; they are gone afterwards."""
    with world.session.begin_nested() as undone:
        yield Shelf(world)
        undone.rollback()


class Undone(Exception):
    """Takes back what was only tried."""


class Shelf:
    """The rows of each table, told apart by their place: those of side A, and the rest."""

    def __init__(self, world):
        self.session = world.session
        for table in sorted(METADATA.tables.keys() & ALL_RULES.keys()):
            if not self.places(table):
                for side in world.sides.values():
                    filled_in(self.session, table, side, rows_of_whole(side))
        self.own = {table: self.places(table, where) for table, where in rows_of_whole(world.sides["A"]).items()}
        self.rest = {table: self.places(table) - self.own[table] for table in ALL_RULES}

    def places(self, table, where="true"):
        """Where the rows of this table lie that this context sees."""
        return set(self.session.scalars(text(f"select ctid::text from {table} where {where}")))

    def line(self, table, found):
        """How much of the own side, and of the rest, these places are."""
        sides = (self.own[table], self.rest[table])
        return tuple(share(len(found & side), len(side)) for side in sides)

    def seen(self, tables, context):
        """By table: what row-level security alone shows to this context."""
        before = context_of(self.session)
        enter(self.session, context)
        try:
            return {table: self.line(table, self.places(table)) for table in tables}
        finally:
            enter(self.session, before)

    def written(self, table, deed, context):
        """How much of each side this context changes, removes or adds to in vain: all of it is undone."""
        if deed == "add":
            added = (any(self.may_add(table, row, context) for row in rows) for rows in self.samples[table])
            return tuple("all" if any_of_them else "none" for any_of_them in added)
        before = self.own[table] | self.rest[table]
        kept = context_of(self.session)
        with self.session.begin_nested() as undone:
            try:
                with self.session.begin_nested():
                    enter(self.session, context)
                    self.session.execute(text(STATEMENTS[deed].format(table=table, column=changeable(table))))
            except DBAPIError as refused:
                line = NOTHING if "permission denied" in str(refused) else RAISED
            else:
                enter(self.session, kept)
                line = self.line(table, before - self.places(table))
            undone.rollback()
        enter(self.session, kept)
        return line

    def may_add(self, table, row, context):
        """Whether row-level security lets this context add a row like this one, whatever another rule says of it."""
        kept = context_of(self.session)
        try:
            with self.session.begin_nested():
                enter(self.session, context)
                self.session.execute(text(STATEMENTS["add"].format(table=table)), {"row": row})
                raise Undone
        except Undone:
            return True
        except DBAPIError as refused:
            return not any(words in str(refused) for words in ("row-level security", "permission denied"))
        finally:
            enter(self.session, kept)

    @cached_property
    def samples(self):
        """By table: rows of the own side and of the rest, as text; several, where a side's belong to several people."""
        sides = ((table, self.own[table], self.rest[table]) for table in self.own)
        return {table: (self.some_of(table, own), self.some_of(table, rest)) for table, own, rest in sides}

    def some_of(self, table, places):
        """The first of these rows; one where they are all alike to the rules."""
        columns = METADATA.tables[table].columns if table in METADATA.tables else ()
        most = SEVERAL if any(owner in columns for owner in OWNERS) else 1
        first = sorted(places, key=lambda place: [int(number) for number in place[1:-1].split(",")])[:most]
        query = f"select to_jsonb(t)::text from {table} t where ctid = any(cast(:places as tid[])) order by ctid"
        return self.session.scalars(text(query), {"places": first}).all()

    def let_through(self, query, model):
        """What a query of the application selects when the database shows everything."""
        table = model.__tablename__
        key = model.__table__.primary_key.columns.values()[0]
        keys = self.session.scalars(query.with_only_columns(key).order_by(None)).all()
        place = select(cast(text(f"{table}.ctid"), String)).select_from(model).where(key.in_(keys))
        return self.line(table, set(self.session.scalars(place)))


def lines_of_database(shelf, world, tables=tuple(ALL_RULES)):
    """What each context sees of these tables."""
    return {
        (table, reader): line
        for reader, context in readers(world).items()
        for table, line in shelf.seen(tables, context).items()
    }


def lines_of_deeds(shelf, world, tables=tuple(METADATA.tables), among=None, deeds=STATEMENTS):
    """What each context, or those named, may change in, remove from and add to these tables."""
    return {
        (f"{table}:{deed}", reader): shelf.written(table, deed, context)
        for reader, context in readers(world).items()
        if among is None or reader in among
        for table in tables
        if table in ALL_RULES
        for deed in deeds
    }


def lines_of_filters(shelf, world, names=tuple(FILTERS)):
    """What each role is let through to by these queries."""
    actors = {role.value: world.actor(role) for role in Role if role is not Role.SYSTEM}
    return {
        (name, reader): shelf.let_through(FILTERS[name][0](actor), FILTERS[name][1])
        for name in names
        for reader, actor in actors.items()
    }


def as_file(lines):
    """These lines as the reviewed table is written; whoever sees nothing has none."""
    return "".join("\t".join((*key, *line)) + "\n" for key, line in sorted(lines.items()) if line != NOTHING)
