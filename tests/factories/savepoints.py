"""The application on a test's own transaction: each of its transactions is a savepoint there."""

from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from talent.foundation.row_context import NOBODY, context_of, enter


@dataclass
class Savepoints:
    """Stands where the application has its sessions."""

    session: Session
    is_read_anew: bool = False
    """Whether what a request left in memory is forgotten after it."""

    @contextmanager
    def begin(self):
        """One transaction of the application, as nobody until it says for whom."""
        before = context_of(self.session)
        try:
            with self.session.begin_nested():
                enter(self.session, NOBODY)
                yield self.session
        finally:
            if self.is_read_anew:
                self.session.expire_all()
            enter(self.session, before)


@contextmanager
def on_savepoints(app, session, *, is_read_anew=False):
    """While this lasts, the application works in this session."""
    shell = app.state.shell
    app.state.shell = replace(shell, sessions=Savepoints(session, is_read_anew))
    try:
        yield app
    finally:
        app.state.shell = shell
