"""A journal with entries in one chain or more, in a database whose owner the test may be."""

from uuid import uuid4

import pytest

from talent.foundation.audit import Deed, write
from talent.foundation.audit_chain import add_checkpoint, verify
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


@pytest.fixture
def journal(session, tmp_path):
    return Journal(session, tmp_path)
