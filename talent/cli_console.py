"""What every command shares: the terminal, progress bars, settings and the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from sqlalchemy.orm import Session, sessionmaker

from talent import row_guard
from talent.foundation.database import engine_at, sessions_on
from talent.foundation.embedded import database_url
from talent.foundation.errors import TalentError
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import Settings, load_settings

console = Console(highlight=False, soft_wrap=True)  # a link must stay on one line
warnings = Console(highlight=False, soft_wrap=True, stderr=True)


@contextmanager
def showing_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each kind of work, told by ``progress(what, done, all)``."""
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=warnings) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield progress


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        TalentError: one of them cannot be used; the sentence says which.
    """
    try:
        return load_settings()
    except ValueError as problem:
        raise TalentError(str(problem)) from None


@contextmanager
def database(settings: Settings) -> Iterator[sessionmaker[Session]]:
    """Sessions of whoever runs the service on its database, closed in the end."""
    with sessions_on(database_url(settings), SystemContext.OPERATOR) as sessions:
        yield sessions


def refuse_open_rows(settings: Settings) -> None:
    """Nothing, when the service's database hides every row from nobody in particular; ``TalentError`` otherwise."""
    with engine_at(database_url(settings)) as engine:
        row_guard.refuse_open_rows(engine)
