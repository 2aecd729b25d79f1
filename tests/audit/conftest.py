"""A journal with entries in one chain or more, in a database whose owner the test may be."""

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from talent.foundation.audit import Deed, write
from talent.foundation.audit_chain import add_checkpoint, verify
from talent.foundation.database import make_engine
from talent.foundation.row_context import KEPT, SystemContext, of_system
from talent.foundation.settings import Settings


class Journal:
    """Writes entries, signs checkpoints, and proves."""

    def __init__(self, session, folder):
        self.session = session
        self.settings = Settings(_env_file=None, var_dir=folder)

    def writes(self, entries):
        for _ in range(entries):
            write(
                self.session, [Deed("identity.read", "identity", str(uuid4()), uuid4(), ("phone", "email"), "papers")]
            )

    def signs(self):
        return add_checkpoint(self.session, self.settings)

    def broken(self):
        self.session.expire_all()
        return [(one.chain, one.position) for one in verify(self.session, self.settings).broken]


@pytest.fixture(scope="session")
def owner_engine(owner_database):
    made = make_engine(owner_database)
    yield made
    made.dispose()


@pytest.fixture
def session(owner_engine):
    """A session of the database's owner, whom row security does not hold back; its work vanishes after the test."""
    with owner_engine.connect() as connection:
        outer = connection.begin()
        with Session(
            connection,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
            info={KEPT: of_system(SystemContext.OPERATOR)},
        ) as made:
            yield made
        outer.rollback()


@pytest.fixture
def journal(session, tmp_path):
    return Journal(session, tmp_path)
