"""Background work: jobs are rows in the same PostgreSQL, deferred inside the caller's own transaction."""

from collections.abc import Callable
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from psycopg.errors import UniqueViolation
from sqlalchemy.orm import Session

AGAIN = procrastinate.RetryStrategy(max_attempts=5, exponential_wait=2)
"""A job that fails is done again after 2, 4, 8 and 16 seconds, and then left for a person to look at."""

TASKS: dict[str, Callable[..., None]] = {}
CRONS: dict[str, str] = {}


def task(name: str, *, cron: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a plain function as the body of the job of this name; ``cron`` (in UTC) queues it by itself."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        TASKS[name] = function
        if cron:
            CRONS[name] = cron
        return function

    return register


def make_jobs(connector: Any) -> procrastinate.App:
    """The job queue over this connector, with every registered task known to it."""
    app = procrastinate.App(connector=connector)
    for name, function in TASKS.items():
        registered = app.task(name=name, pass_context=False, retry=AGAIN)(function)
        if name in CRONS:
            app.periodic(cron=CRONS[name])(registered)
    return app


_queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def defer(session: Session, task_name: str, *, once: str | None = None, **arguments: Any) -> None:
    """Queue a job that exists if and only if the caller's transaction commits.

    ``once`` names work that need not wait twice: a second job of the same name is dropped while the first still waits.
    """
    try:
        with session.begin_nested():
            connection = session.connection().connection.driver_connection  # asked here: it opens the savepoint
            _queue.configure_task(task_name, queueing_lock=once, connection=connection).defer(**arguments)
    except AlreadyEnqueued:
        return
    except (AssertionError, TypeError) as refused:
        # Row security hides what collided, and the queue's library looks for it before it says AlreadyEnqueued.
        if not isinstance(refused.__context__, UniqueViolation):
            raise
