"""The job that counts how far judges agree, as soon as one has judged."""

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


@task(COUNT_AGREEMENT)
def count_agreement() -> None:
    """Count the agreement anew and keep it."""
    with sessions_on(database_url(load_settings()), SystemContext.FIGURES) as sessions, sessions.begin() as session:
        started = time.perf_counter()
        content = agreement(grades(session))
        took = round(1000 * (time.perf_counter() - started))
        session.add(Measurement(kind=MeasurementKind.AGREEMENT, at=now(), took_ms=took, content=content))
