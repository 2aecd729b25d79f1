"""What a connection of the pages planned once stays planned, whatever was refused or rolled back meanwhile."""

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from talent.foundation.database import make_engine

ASKED = text("select :number + 1")
KEPT = text("select count(*) from pg_prepared_statements where statement like 'select $1 + 1%'")


@pytest.fixture
def connection(database):
    engine = make_engine(database, pool_size=1, kept_plans=10)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def owner_connection(owner_database):
    with psycopg.connect(owner_database, autocommit=True) as connection:
        yield connection


def plan(connection):
    """Ask twice: the second time the statement is kept."""
    for number in (1, 2):
        assert connection.scalar(ASKED, {"number": number}) == number + 1
    assert connection.scalar(KEPT) == 1


def test_a_plan_outlives_a_savepoint_that_is_rolled_back(connection):
    plan(connection)
    connection.begin_nested().rollback()
    assert connection.scalar(KEPT) == 1
    assert connection.scalar(ASKED, {"number": 3}) == 4


def test_a_plan_outlives_a_transaction_that_is_rolled_back(connection):
    plan(connection)
    connection.rollback()
    assert connection.scalar(KEPT) == 1
    assert connection.scalar(ASKED, {"number": 3}) == 4


def test_no_more_plans_are_kept_than_were_asked_for(connection):
    for number in range(30):
        for _ in range(2):
            connection.execute(text(f"select {number} where :told"), {"told": True})
    assert connection.scalar(text("select count(*) from pg_prepared_statements")) <= 11


def test_a_plan_that_a_migration_makes_wrong_fails_once_and_is_made_anew(database, owner_connection):
    owner_connection.execute("create table moved (number integer)")
    owner_connection.execute("grant select on moved to public")
    engine = make_engine(database, pool_size=1, kept_plans=10)
    for _ in range(2):
        with engine.connect() as connection:
            connection.execute(text("select number from moved"))
    owner_connection.execute("alter table moved alter column number type text")
    with engine.connect() as connection, pytest.raises(DBAPIError, match="cached plan must not change result type"):
        connection.execute(text("select number from moved"))
    with engine.connect() as connection:
        assert connection.execute(text("select number from moved")).all() == []
    engine.dispose()
    owner_connection.execute("drop table moved")
