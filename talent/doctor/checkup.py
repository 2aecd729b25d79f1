"""What is wrong with a set-up, in sentences that say what to do."""

from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from talent.doctor.database import DATABASE_CHECKS, commit_speed, commits_per_second
from talent.doctor.findings import Finding, wrong
from talent.doctor.machine import disk, keys, letters, model
from talent.foundation.database import engine_at
from talent.foundation.embedded import database_url
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    """Every finding about this set-up, each as soon as it is known."""
    yield from (keys(settings), model(settings), letters(settings), disk(settings.var_dir))
    try:
        with engine_at(database_url(settings), works_as=SystemContext.OPERATOR) as engine:
            with engine.connect() as connection:
                for look in DATABASE_CHECKS:
                    yield from look(connection, settings)
                    connection.rollback()
            yield commit_speed(commits_per_second(engine))
    except (SQLAlchemyError, OSError, RuntimeError) as problem:
        yield unreachable(settings, problem)


def unreachable(settings: Settings, problem: Exception) -> Finding:
    """The finding for a database that does not answer."""
    reason = str(problem.orig if isinstance(problem, DBAPIError) else problem).strip().splitlines()[:1]
    where = "TALENT_DATABASE_URL" if settings.database_url else f"the embedded server under {settings.var_dir}"
    return wrong("database", f"The database does not answer ({' '.join(reason)}). Look at {where}.")
