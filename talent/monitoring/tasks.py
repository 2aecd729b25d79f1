"""The jobs of monitoring: making the stored figures anew, measuring matching at night, and the weekly letter."""

from talent.foundation.database import sessions_on
from talent.foundation.embedded import database_url
from talent.foundation.jobs import task
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import load_settings
from talent.monitoring.digest import send_digest

REFRESH_FIGURES = "refresh_figures"
EVERY_SIX_HOURS = "23 */6 * * *"
MEASURE_MATCHING = "measure_matching"
EVERY_NIGHT = "41 22 * * *"
"""Every day at 22:41 UTC: nobody in Pakistan or in the Member States waits for a list then."""
SEND_DIGEST = "send_digest"
EVERY_MONDAY = "40 2 * * 1"
"""Mondays at 02:40 UTC: before the week begins in Pakistan and in the Member States."""


@task(REFRESH_FIGURES, cron=EVERY_SIX_HOURS)
def refresh_figures(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """Make every stored figure anew."""
    from talent.monitoring.figures import refresh  # SciPy is loaded by the worker when the job first runs

    with sessions_on(database_url(load_settings()), SystemContext.FIGURES) as sessions, sessions.begin() as session:
        refresh(session)


@task(MEASURE_MATCHING, cron=EVERY_NIGHT)
def measure_matching(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """Measure drift, fairness and what vectors tell."""
    from talent.monitoring.trust import measure  # scikit-learn is loaded by the worker when the job first runs

    with sessions_on(database_url(load_settings()), SystemContext.FIGURES) as sessions, sessions.begin() as session:
        measure(session)


@task(SEND_DIGEST, cron=EVERY_MONDAY)
def weekly_digest(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """Write to the project staff what is late, what waits and what changed."""
    with sessions_on(database_url(load_settings()), SystemContext.NIGHTLY) as sessions, sessions.begin() as session:
        send_digest(session)
