"""A job is queued with the transaction that needs it, and once while one of the same name waits."""

import pytest
from sqlalchemy import text

from talent.foundation.jobs import defer
from talent.foundation.row_context import NOBODY, enter

WAITING = text("select task_name, args, queue_name, status from procrastinate_jobs where queueing_lock = :lock")
ALL = text("select count(*) from procrastinate_jobs where task_name = 'weigh'")


def waiting(session, lock="weigh:1"):
    return session.execute(WAITING, {"lock": lock}).all()


def test_a_job_waits_with_its_arguments(session):
    defer(session, "weigh", once="weigh:1", name="Müller “und” 'Söhne'", numbers=[1, 2])
    assert waiting(session) == [("weigh", {"name": "Müller “und” 'Söhne'", "numbers": [1, 2]}, "default", "todo")]


def test_a_second_job_of_a_name_is_dropped_while_the_first_waits(session):
    for number in (1, 2, 3):
        defer(session, "weigh", once="weigh:1", number=number)
    assert [one.args for one in waiting(session)] == [{"number": 1}]


@pytest.mark.parametrize("status", ["doing", "succeeded", "failed"])
def test_a_job_that_no_longer_waits_keeps_none_out(session, status):
    defer(session, "weigh", once="weigh:1")
    session.execute(text("update procrastinate_jobs set status = :status"), {"status": status})
    defer(session, "weigh", once="weigh:1")
    assert sorted(one.status for one in waiting(session)) == sorted(["todo", status])


def test_jobs_without_a_name_are_all_kept(session):
    for _ in range(3):
        defer(session, "weigh")
    assert session.scalar(ALL) == 3


def test_dropping_a_second_job_keeps_what_the_transaction_wrote(session):
    session.execute(text("create temporary table written (number integer) on commit drop"))
    defer(session, "weigh", once="weigh:1")
    session.execute(text("insert into written values (1)"))
    defer(session, "weigh", once="weigh:1")
    assert session.scalar(text("select count(*) from written")) == 1


def test_whoever_sees_no_job_may_queue_one_and_still_sees_none(session):
    enter(session, NOBODY)
    for _ in range(2):
        defer(session, "weigh", once="weigh:1")
    assert waiting(session) == []
    assert session.scalar(text("select current_setting('app.role', true)")) in {"", "nobody"}
