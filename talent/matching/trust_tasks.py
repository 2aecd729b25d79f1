"""The jobs that count how far judges agree, as soon as one judged, and that learn at night from what they judged."""

import time

from talent.foundation.clock import now
from talent.foundation.database import sessions_on
from talent.foundation.embedded import database_url
from talent.foundation.jobs import task
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import load_settings
from talent.matching.agreement import agreement
from talent.matching.judging import COUNT_AGREEMENT, grades
from talent.matching.trust_models import Measurement, MeasurementKind

LEARN_WEIGHTS = "learn_weights"
AFTER_THE_SHARING = "11 22 * * *"
"""Every day at 22:11 UTC, when the night's sharing-out is done."""


@task(COUNT_AGREEMENT)
def count_agreement() -> None:
    """Count the agreement anew and keep it."""
    with sessions_on(database_url(load_settings()), SystemContext.FIGURES) as sessions, sessions.begin() as session:
        started = time.perf_counter()
        content = agreement(grades(session))
        took = round(1000 * (time.perf_counter() - started))
        session.add(Measurement(kind=MeasurementKind.AGREEMENT, at=now(), took_ms=took, content=content))


@task(LEARN_WEIGHTS, cron=AFTER_THE_SHARING)
def learn_weights(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """Learn weights from what was judged, where anything was judged since, and keep them for people to look at."""
    from talent.matching.proposals import is_news, keep, learning  # scikit-learn is loaded by the worker alone

    with sessions_on(database_url(load_settings()), SystemContext.FIGURES) as sessions, sessions.begin() as session:
        made = learning(session)[0] if is_news(session) else None
        if made is not None:
            keep(session, made)
