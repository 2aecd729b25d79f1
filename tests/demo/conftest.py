"""The demonstration, loaded once for a whole run; what a file does to it is gone after that file."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from talent.foundation.database import make_engine
from talent.foundation.row_context import KEPT, SystemContext, of_system


@pytest.fixture(scope="session")
def settings(demonstration):
    return demonstration.settings


@pytest.fixture(scope="session")
def copied(server, demonstration, worker_id) -> Iterator[Engine]:
    """This worker's own copy."""
    name = f"{demonstration.database}_{worker_id}"
    server.ensure(name, template=demonstration.database)
    made = make_engine(server.application_url(name))
    yield made
    made.dispose()
    server.drop(name)


@pytest.fixture(scope="module")
def demo(copied):
    """A session in which the demonstration is loaded."""
    with copied.connect() as connection:
        outer = connection.begin()
        operator = {KEPT: of_system(SystemContext.OPERATOR)}
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint", info=operator
        ) as made:
            yield made
        outer.rollback()
