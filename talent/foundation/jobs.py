"""Background work: jobs are rows in the same PostgreSQL, deferred inside the caller's own transaction."""

import json
from collections.abc import Callable
from typing import Any

import procrastinate
from sqlalchemy import text
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


QUEUE = text(
    "select queue_unless_waiting(cast(row('default', :task, :priority, null, :once, cast(:arguments as jsonb), null)"
    " as procrastinate_job_to_defer_v1))"
)


def defer(session: Session, task_name: str, *, once: str | None = None, priority: int = 0, **arguments: Any) -> None:
    """Queue a job that exists if and only if the caller's transaction commits; jobs of a higher priority come first.

    ``once`` names work that need not wait twice: a second job of the same name is dropped while the first still waits.
    The database drops it by itself: a savepoint that is rolled back would cost the connection every plan it keeps.
    """
    session.execute(QUEUE, {"task": task_name, "priority": priority, "once": once, "arguments": json.dumps(arguments)})
