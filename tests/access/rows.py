"""The reviewed table of which rows exist for whom: ``rows.tsv``, one line a table and context that has any.

Each line names what is asked, and for whom: a table, or a deed in it, under row-level security alone; or one of the
``visible_…`` queries, without it. Then how much of the reader's own side is reached, and how much of the rest:
``none``, ``all``, or whose rows by their names (``candidate 3/5``: three of the candidate's five). What has no line is
never reached. Behind ``raised``, in deeds: another rule of the table refused what row-level security let through. A
failing test writes the table for the scene as it is into a file that it names: read it before it takes this one's
place, because it is what the tests believe.
"""

from contextlib import contextmanager
from itertools import product
from pathlib import Path

from sqlalchemy import DateTime, String, cast, select, text
from sqlalchemy.exc import DBAPIError

from talent.accounts.permissions import Role
from talent.foundation.row_context import NOBODY, SAY, SystemContext, context_of, enter, of_system
from talent.foundation.row_rules import ADD
from talent.registry import METADATA
from talent.row_security import ALL_RULES
from tests.access.cases import add_cases
from tests.access.filters import FILTERS
from tests.access.owners import owners, share
from tests.access.standins import filled_in
from tests.access.world import rows_of

FILE = Path(__file__).with_name("rows.tsv")
NOTHING = ("none", "none")
RAISED = "raised "
"""Before what row-level security let through, row by row, where another rule of the table refused it."""
STATEMENTS = {
    "change": "update {table} set {column}",
    "remove": "delete from {table}",
}
ADDED = (
    "insert into {0} ({1}) overriding system value"
    " select {1} from jsonb_populate_record(null::{0}, cast(:row as jsonb))"
)
"""Statements that read nothing, so that the rules about reading do not come into it."""
DEEDS = (*STATEMENTS, "add")
EVERYBODY = {"role": SystemContext.OPERATOR.value, "actor": "", "organisation": ""}
"""Who sees what a statement left of the rows."""
Sides = dict[str, dict[str, str]]
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


def rows_of_whole(side):
    """For each protected table, which rows are this side's; none of what belongs to nobody in particular."""
    known = rows_of(side)
    people = f"in (select id from account where {known['account']})"
    ways = {
        "account_id": people,
        "subject_id": people,
        "placement_id": f"in (select id from placement where account_id {people})",
        "organisation_id": f"in (select id from organisation where {known['organisation']})",
        "profile_id": f"in (select id from profile where {known['profile']})",
        "cohort_id": f"in (select id from cohort where {known['cohort']})",
        "vacancy_id": f"in (select id from vacancy where {known['vacancy']})",
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
    """A column of this table that may be emptied, a moment that may be another one, or any other column.

    One that names something else comes last: the rules ask about those.
    """
    columns = [column for column in METADATA.tables[table].columns if not column.primary_key]
    moments = [column.name for column in columns if isinstance(column.type, DateTime) and not column.nullable]
    first = min(columns, key=lambda column: (not column.nullable, bool(column.foreign_keys), column.name))
    is_another_moment = moments and (not first.nullable or first.foreign_keys)
    return f"{moments[0]} = now()" if is_another_moment else f"{first.name} = default"


def written(table):
    """The columns that somebody writes; the database itself fills the others."""
    columns = METADATA.tables[table].columns if table in METADATA.tables else ()
    return ", ".join(f'"{column.name}"' for column in columns if column.computed is None) or "*"


@contextmanager
def shelf_in(world):
    """The rows, with stand-ins in the tables that the scene leaves empty; they are gone afterwards."""
    with world.session.begin_nested() as undone:
        yield Shelf(world)
        undone.rollback()


def is_kept_out(refused):
    """Whether row-level security or a missing right is why the database refused."""
    return any(words in refused for words in ("row-level security", "permission denied"))


class Shelf:
    """The rows of each table, told apart by their place: those of side A, and the rest."""

    def __init__(self, world):
        self.session = world.session
        for table in sorted(METADATA.tables.keys() & ALL_RULES.keys()):
            if not self.places(table):
                for side in world.sides.values():
                    filled_in(self.session, table, side, rows_of_whole(side))
        add_cases(world)
        whose = owners(world)
        self.own: Sides = {}
        """By table: whose the rows of the own side are, by their places."""
        self.rest: Sides = {}
        for table, where in rows_of_whole(world.sides["A"]).items():
            own = self.places(table, where)
            self.own[table] = {place: name for place, name in whose[table].items() if place in own}
            self.rest[table] = {place: name for place, name in whose[table].items() if place not in own}
        self.reader = ""
        sides = (self.own, self.rest)
        self.samples = {table: tuple(self.two_each(table, side[table]) for side in sides) for table in self.own}
        """By table and side: two rows of everybody's as text, and whose they are, by their places."""

    def places(self, table, where="true"):
        """Where the rows of this table lie that this context sees."""
        return set(self.session.scalars(text(f"select ctid::text from {table} where {where}")))

    def line(self, table, found):
        """How much of the own side, and of the rest, these places are."""
        return tuple(share(found & side.keys(), side) for side in (self.own[table], self.rest[table]))

    @contextmanager
    def read_by(self, context):
        """While this lasts, statements are those of this context."""
        before = context_of(self.session)
        enter(self.session, context)
        self.reader = context.role
        try:
            yield
        finally:
            enter(self.session, before)

    def seen(self, tables):
        """By table: what row-level security alone shows to who reads now."""
        return {table: self.line(table, self.places(table)) for table in tables}

    def written(self, table, deed):
        """How much of each side who reads now changes, removes or adds to in vain: all of it is undone."""
        if deed == "add":
            return tuple(self.added(table, rows, whose) for rows, whose in self.samples[table])
        statement = STATEMENTS[deed].format(table=table, column=changeable(table))
        before = self.own[table].keys() | self.rest[table].keys()
        with self.done(statement) as (_, refused):
            if not refused:
                self.session.connection().execute(SAY, EVERYBODY)
                return self.line(table, before - self.places(table))
        if "permission denied" in refused:
            return NOTHING
        found = {place for place in before if self.lets_through(f"{statement} where ctid = '{place}'")}
        return tuple(RAISED + part for part in self.line(table, found))

    def added(self, table, rows, whose):
        """Whose rows who reads now may add; where no rule is about them, one stands for all."""
        is_named = any(self.reader in rule.to and ADD in rule.may for rule in ALL_RULES[table])
        tried = list(rows.items())[: None if is_named else 1]
        found = {place for place, row in tried if self.lets_through(ADDED.format(table, written(table)), row=row)}
        return share(found, whose)

    @contextmanager
    def done(self, statement, **values):
        """How many rows this statement reached, or why the database refused it; undone afterwards."""
        connection = self.session.connection()
        with connection.begin_nested() as undone:
            try:
                found = connection.execute(text(statement), values).rowcount, ""
            except DBAPIError as refused:
                found = 0, str(refused)
                undone.rollback()
            yield found
            if undone.is_active:
                undone.rollback()

    def lets_through(self, statement, **values):
        """Whether row-level security lets who reads now do this to a row, whatever another rule says of it."""
        with self.done(statement, **values) as (reached, refused):
            return not is_kept_out(refused) if refused else reached > 0

    def two_each(self, table, names):
        """The first and the last row of everybody who has one in this table."""
        places = sorted(names, key=lambda place: [int(number) for number in place[1:-1].split(",")])
        first, last = ({names[place]: place for place in rows} for rows in (reversed(places), places))
        chosen = {place: names[place] for place in (*first.values(), *last.values())}
        query = f"select ctid::text, to_jsonb(t)::text from {table} t where ctid = any(cast(:places as tid[]))"
        return dict(self.session.execute(text(query), {"places": list(chosen)}).all()), chosen

    def let_through(self, query, model):
        """What a query of the application selects when the database shows everything."""
        table = model.__tablename__
        key = model.__table__.primary_key.columns.values()[0]
        keys = self.session.scalars(query.with_only_columns(key).order_by(None)).all()
        place = select(cast(text(f"{table}.ctid"), String)).select_from(model).where(key.in_(keys))
        return self.line(table, set(self.session.scalars(place)))


def lines_of_database(shelf, world, tables=tuple(ALL_RULES)):
    """What each context sees of these tables."""
    found = {}
    for reader, context in readers(world).items():
        with shelf.read_by(context):
            found |= {(table, reader): line for table, line in shelf.seen(tables).items()}
    return found


def lines_of_deeds(shelf, world, tables=tuple(METADATA.tables), among=None, deeds=DEEDS):
    """What each context, or those named, may change in, remove from and add to these tables."""
    found = {}
    asked = list(product([table for table in tables if table in ALL_RULES], deeds))
    for reader, context in readers(world).items():
        if among is None or reader in among:
            with shelf.read_by(context):
                found |= {(f"{table}:{deed}", reader): shelf.written(table, deed) for table, deed in asked}
    return found


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
