"""What a connection of the pages planned once stays planned, whatever was refused or rolled back meanwhile."""

import pytest
from sqlalchemy import text

from talent.foundation.database import make_engine

ASKED = text("select :number + 1")
KEPT = text("select count(*) from pg_prepared_statements where statement like 'select $1 + 1%'")


@pytest.fixture
def connection(database):
    engine = make_engine(database, pool_size=1, kept_plans=10)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


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
