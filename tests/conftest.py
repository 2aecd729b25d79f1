"""A database of its own for the tests: one migrated template, a copy for each worker, a savepoint for each test."""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import hypothesis
import psycopg
import pytest
from fasteners import InterProcessLock
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from talent.foundation.database import make_engine
from talent.foundation.discreet_log import Discreet
from talent.foundation.embedded import Embedded, start_embedded
from talent.foundation.row_context import KEPT, SystemContext, of_system
from talent.foundation.settings import Settings
from talent.registry import migrate
from tests.factories.telling import told_in
from tests.originals import Demonstration, demonstration_in, original
from tests.proving import WHOLE

# The same tree gives the same verdict, however slow the machine; `make prove` draws other examples each time.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=not WHOLE)
hypothesis.settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
SECRET = SecretStr("a secret of tests that is long enough")
DISCREET = Discreet()
TEST_SERVER = Path(os.environ.get("TALENT_TEST_VAR", ROOT / "var" / "test")) / "postgresql"


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory, worker_id: str) -> Path:
    """A folder that every worker of this run shares."""
    own: Path = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session", autouse=True)
def keys(run_folder: Path) -> None:
    """A ring of keys of its own for the whole run, one for all its workers: they share what it sealed."""
    os.environ["TALENT_KEYS_FILE"] = str(run_folder / "keys" / "keys.txt")


@pytest.fixture(scope="session")
def server() -> Embedded:
    """A server of its own whose commits need not outlive a power cut."""
    made = start_embedded(TEST_SERVER)
    waits_for_the_disk(made, "off")
    return made


def waits_for_the_disk(server: Embedded, word: Literal["on", "off"]) -> None:
    """Nothing, once new connections to the server find its settings of durability so."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"alter system set {setting} = {word}")
        connection.execute("select pg_reload_conf()")
        while connection.execute("show synchronous_commit").fetchone() != (word,):
            time.sleep(0.01)


@pytest.fixture
def durable(server: Embedded, run_folder: Path) -> Iterator[None]:
    """The server as it is for real people, for as long as one test takes; all workers share it, so one at a time."""
    with InterProcessLock(run_folder / "durable.lock"):
        waits_for_the_disk(server, "on")
        yield
        waits_for_the_disk(server, "off")


@pytest.fixture(scope="session")
def migrated(server: Embedded, worker_id: str, testrun_uid: str, run_folder: Path) -> Iterator[str]:
    """The name of a freshly migrated database, which is only copied."""
    name = f"template_{testrun_uid[:16]}"

    def make() -> dict[str, str]:
        migrate(server.ensure(name))
        return {}

    with original(server, name, worker_id, run_folder, make):
        yield name


@pytest.fixture(scope="session")
def owner_database(server: Embedded, migrated: str, worker_id: str, testrun_uid: str) -> Iterator[str]:
    """The address, for its owner, of a freshly migrated database that only this worker uses."""
    name = f"test_{testrun_uid[:16]}_{worker_id}"
    yield server.ensure(name, template=migrated)
    server.drop(name)


@pytest.fixture(scope="session")
def demonstration(
    server: Embedded, migrated: str, worker_id: str, testrun_uid: str, run_folder: Path
) -> Iterator[Demonstration]:
    """The demonstration, loaded once for all workers; whoever works with it makes a copy."""
    name = f"demo_{testrun_uid[:16]}"
    with demonstration_in(server, name, worker_id, run_folder, template=migrated) as loaded:
        yield loaded


@pytest.fixture(scope="session")
def database(server: Embedded, owner_database: str) -> str:
    """The address of the same database for the role of the running service, which row security binds."""
    return server.application_url(owner_database.split("?")[0].rsplit("/", 1)[-1])


@pytest.fixture(scope="session")
def engine(database: str) -> Iterator[Engine]:
    made = make_engine(database)
    yield made
    made.dispose()


@pytest.fixture(autouse=True)
def _discreet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, the log that a service would write tells nobody's address, number, password or token."""
    yield
    records = [record for phase in ("setup", "call") for record in caplog.get_records(phase)]
    lines = [DISCREET.format(record) for record in records if record.levelno >= logging.WARNING]
    assert [line for line in lines if told_in(line)] == []


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose commits are savepoints and whose work vanishes after the test.

    It works as whoever runs the service, so that a test can set the scene; requests enter contexts of their own.
    """
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(
            connection,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
            info={KEPT: of_system(SystemContext.OPERATOR)},
        ) as made:
            yield made
        outer.rollback()


@pytest.fixture(scope="session")
def web_settings(tmp_path_factory, database):
    return Settings(_env_file=None, var_dir=tmp_path_factory.mktemp("var"), secret_key=SECRET, database_url=database)


@pytest.fixture(scope="session")
def whole_app(web_settings):
    from web.app import create_app

    app = create_app(web_settings)
    yield app
    app.state.shell.engine.dispose()
