"""Savepoints that were rolled back are gone: a long transaction holds no lock for each of them."""

import pytest
from sqlalchemy import text

HELD = text("select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'transactionid'")
WRITE = text("insert into left_behind values (:number)")


def refused(session, number):
    """A row that is written in a savepoint, and taken back."""
    with session.begin_nested():
        session.execute(WRITE, {"number": number})
        raise ValueError("refused")


def test_a_thousand_refused_rows_hold_no_thousand_locks(session):
    session.execute(text("create temporary table left_behind (number integer) on commit drop"))
    before = session.scalar(HELD)
    for number in range(1_000):
        with pytest.raises(ValueError, match="refused"):
            refused(session, number)
    session.execute(WRITE, {"number": 0})
    assert session.scalar(HELD) <= before + 1
    assert session.scalar(text("select count(*) from left_behind")) == 1


def test_what_was_rolled_back_inside_is_gone_and_what_was_kept_around_it_stays(session):
    session.execute(text("create temporary table left_behind (number integer) on commit drop"))
    with session.begin_nested():
        session.execute(WRITE, {"number": 1})
        with pytest.raises(ValueError, match="refused"):
            refused(session, 2)
        session.execute(WRITE, {"number": 3})
    assert session.scalars(text("select number from left_behind order by 1")).all() == [1, 3]
