"""The scene of the access tests: set once, each request of a test undone after it; the clock stands still in it."""

import pytest
from sqlalchemy.orm import Session

from talent.accounts.partner import Partner
from talent.foundation import row_context
from talent.foundation.row_context import KEPT, NOBODY, SystemContext, context_of, enter, of_system
from tests.access.asking import Asking
from tests.access.scenes import standing_clock
from tests.access.world import made_world


@pytest.fixture(scope="package")
def clock():
    """No session grows old while thousands of requests are asked, and nobody is sent into a network."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("talent.foundation.clock.datetime", standing_clock())
        patched.setattr("talent.accounts.partner.Partner.way_there", lambda *_, **__: "https://provider.example/")
        patched.setattr("talent.accounts.providers.partner_of", lambda _key, provider: Partner(provider.issuer, "", ""))
        yield


@pytest.fixture(scope="package")
def world(engine, web_settings, clock):
    with engine.connect() as connection:
        outer = connection.begin()
        operator = {KEPT: of_system(SystemContext.OPERATOR)}
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint", info=operator
        ) as session:
            yield made_world(session, web_settings)
        outer.rollback()


@pytest.fixture(scope="package")
def asking(world, whole_app):
    """Asks the application for any address as any kind of principal; nothing that a request does is kept."""
    from web.dependencies import open_session

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

    whole_app.dependency_overrides[open_session] = open_savepoint
    asked = Asking(whole_app, world)
    yield asked
    asked.wire.close()
    whole_app.dependency_overrides.clear()


@pytest.fixture
def forgetful(asking):
    """Nothing that was answered outside this test counts inside it, nor the other way round."""
    kept, asking.answered = asking.answered, {}
    yield
    asking.answered = kept


@pytest.fixture
def without_row_security(forgetful, monkeypatch):
    """The database shows every row to everybody, as to whoever runs the service."""
    say = row_context._say
    monkeypatch.setattr(row_context, "_say", lambda connection, _: say(connection, of_system(SystemContext.OPERATOR)))
