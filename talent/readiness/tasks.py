"""The job that refreshes the pictures of demand and supply."""

from talent.foundation.database import sessions_on
from talent.foundation.embedded import database_url
from talent.foundation.jobs import task
from talent.foundation.row_context import SystemContext, enter, of_system
from talent.foundation.settings import load_settings

REFRESH_OUTLOOK = "refresh_outlook"
EVERY_HOUR = "7 * * * *"
"""Seven minutes after every full hour."""


@task(REFRESH_OUTLOOK, cron=EVERY_HOUR)
def refresh_outlook(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """Compute and store every picture once more, look at the registers, and count who is at risk."""
    from talent.readiness.outlook import refresh  # numpy is loaded by the worker when the job first runs
    from talent.training.integrity import look_at
    from talent.training.risk import count_everywhere

    with sessions_on(database_url(load_settings())) as sessions, sessions.begin() as session:
        enter(session, of_system(SystemContext.FIGURES))
        refresh(session)
        enter(session, of_system(SystemContext.TRAINING))
        look_at(session)
        count_everywhere(session)
