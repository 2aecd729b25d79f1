"""The scene of the access tests: set once for a file, each request of a test undone after it."""

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from talent.foundation.row_context import KEPT, NOBODY, SystemContext, context_of, enter, of_system
from talent.foundation.settings import Settings
from tests.access.asking import Asking
from tests.access.world import made_world


@pytest.fixture(scope="module")
def world(engine):
    with engine.connect() as connection:
        outer = connection.begin()
        operator = {KEPT: of_system(SystemContext.OPERATOR)}
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint", info=operator
        ) as session:
            yield made_world(session)
        outer.rollback()


@pytest.fixture(scope="module")
def asking(world, database, tmp_path_factory):
    """Asks the application for any address as any kind of principal; nothing that a request does is kept."""
    from web.app import create_app
    from web.dependencies import open_session

    secret = SecretStr("a secret of tests that is long enough")
    var_dir = tmp_path_factory.mktemp("var")
    settings = Settings(_env_file=None, var_dir=var_dir, secret_key=secret, database_url=database)
    app = create_app(settings)
    session = world.session

    def open_savepoint():
        before = context_of(session)
        try:
            with session.begin_nested():
                enter(session, NOBODY)
                yield session
        finally:
            session.expire_all()
            enter(session, before)

    app.dependency_overrides[open_session] = open_savepoint
    asked = Asking(app, world)
    with asked.client:
        yield asked
    app.state.shell.engine.dispose()
