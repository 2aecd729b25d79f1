"""The log tells what went wrong and where, and nothing about anybody."""

import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from starlette.testclient import TestClient

from talent.accounts.models import Account
from talent.foundation.discreet_log import LOGGING, Discreet
from tests.factories.corridor import make_account
from tests.factories.telling import TELLING, told_in

LETTER = (
    "Job send_letter[12](recipient='malik@example.com', body='reset: (https://x/new-password/aB3)')"
    " ended with status: Error"
)


def record(message, *, name="talent", error=None):
    about = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, "here.py", 1, message, (), about)


def raised(action):
    try:
        action()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def test_what_a_job_was_given_is_left_out_and_how_it_ended_is_not():
    line = Discreet().format(record(LETTER, name="procrastinate.worker"))
    assert "send_letter[12] ended with status: Error" in line
    assert told_in(line) == []
    assert "new-password" not in line


def test_a_database_error_is_told_without_the_row_that_it_names(session):
    account = make_account(session, login="malik@example.com")
    again = {column.name: getattr(account, column.key) for column in Account.__table__.columns} | {"id": account.id}
    with session.begin_nested() as undone:
        error = raised(lambda: session.execute(insert(Account), again))
        undone.rollback()
    assert isinstance(error, IntegrityError)
    assert told_in(str(error)), "the library's own words name the row"
    line = Discreet().format(record("reference 1a2b", error=error))
    assert "reference 1a2b" in line
    assert "sqlalchemy.exc.IntegrityError" in line
    assert "psycopg.errors.UniqueViolation" in line
    assert "test_discreet_log.py" in line
    assert told_in(line) == []


def test_an_error_while_another_is_answered_is_told_with_it():
    def both():
        try:
            raise KeyError("malik@example.com")
        except KeyError:
            raise ValueError("again malik@example.com")  # noqa: B904 - this is what is tried

    line = Discreet().format(record("both", error=raised(both)))
    assert line.index("builtins.KeyError") < line.index("builtins.ValueError")
    assert told_in(line) == []


def test_a_record_that_was_told_before_by_somebody_else_is_told_anew():
    error = raised(lambda: int("malik@example.com"))
    shared = record("x", error=error)
    logging.Formatter().format(shared)
    assert told_in(Discreet().format(shared)) == []


@pytest.mark.parametrize(
    "line",
    [
        "malik@example.com",
        "+923001234567",
        "35202-1234567-1",
        "three old brick walls",
        "token " + "aB1" + 40 * "x",
        "[parameters: {'x': 1}]",
        "Key (login)=(x)",
    ],
)
def test_everything_that_must_not_be_told_is_recognised(line):
    assert told_in(line)


def test_there_is_a_line_for_each_thing_that_must_not_be_told():
    assert len(TELLING) == 7


def test_what_ends_a_process_is_told_without_its_words():
    code = "from talent.foundation.discreet_log import log_discreetly as d; d(); int('malik@example.com')"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "this process ends" in ended.stderr
    assert "builtins.ValueError" in ended.stderr
    assert "malik@example.com" not in ended.stderr


def test_the_embedded_server_leaves_values_out_of_its_own_log(session):
    assert session.connection().exec_driver_sql("show log_error_verbosity").scalar() == "terse"
    assert LOGGING["root"]["level"] == "WARNING"


def test_a_web_process_that_somebody_else_starts_logs_so_too(monkeypatch):
    from web import app

    told = []
    monkeypatch.setattr(app, "log_discreetly", lambda: told.append("discreetly"))
    made = FastAPI(lifespan=app.lifespan)
    made.state.shell = SimpleNamespace(engine=None, sessions=None)
    monkeypatch.setattr(app, "refuse_open_rows", lambda _engine: None)
    monkeypatch.setattr(app, "warm", lambda _sessions: None)
    with TestClient(made):
        assert told == ["discreetly"]


def test_the_servers_own_lines_go_the_same_way_and_addresses_nowhere():
    assert all(LOGGING["loggers"][name]["handlers"] == [] for name in ("uvicorn", "uvicorn.error", "uvicorn.access"))
    assert LOGGING["loggers"]["uvicorn.access"]["propagate"] is False
