"""The scene of the access tests, set on a connection and undone with it; the clock stands still in it."""

from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from talent.accounts.partner import Partner
from talent.foundation import row_context
from talent.foundation.row_context import KEPT, SystemContext, of_system
from tests.access.asking import Asking
from tests.access.scenes import standing_clock
from tests.access.world import made_world
from tests.factories.savepoints import on_savepoints


@contextmanager
def standing_still():
    """No session grows old while thousands of requests are asked, and nobody is sent into a network."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("talent.foundation.clock.datetime", standing_clock())
        patched.setattr("talent.accounts.partner.Partner.way_there", lambda *_, **__: "https://provider.example/")
        patched.setattr("talent.accounts.providers.partner_of", lambda _key, provider: Partner(provider.issuer, "", ""))
        yield


@contextmanager
def scene_on(engine, settings):
    """The world, in a transaction that is undone."""
    with engine.connect() as connection:
        outer = connection.begin()
        operator = {KEPT: of_system(SystemContext.OPERATOR)}
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint", info=operator
        ) as session:
            yield made_world(session, settings)
        outer.rollback()


@contextmanager
def asked_of(app, world):
    """Asks the application for any address as any kind of principal; nothing that a request does is kept."""
    with on_savepoints(app, world.session, is_read_anew=True), pytest.MonkeyPatch.context() as patched:
        asked = Asking(app, world)
        # A scene is one transaction: thousands of lines written and undone in it would slow down each further one.
        patched.setattr("web.refusals.record", lambda _session, _actor, deed: asked.refusals.append(deed))
        yield asked
        asked.wire.close()


@contextmanager
def unguarded(asking):
    """The database shows every row to everybody, as to whoever runs the service; what was answered is forgotten."""
    kept, asking.answered, say = asking.answered, {}, row_context._say
    row_context._say = lambda connection, _context: say(connection, of_system(SystemContext.OPERATOR))
    try:
        yield
    finally:
        asking.answered, row_context._say = kept, say
