"""What is measured about matching every night: drift, fairness, what vectors tell."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.counting import SMALLEST_CELL
from talent.foundation.row_context import SystemContext, within
from talent.matching.drift import drift
from talent.matching.evaluate import distribution
from talent.matching.measurements import newest
from talent.matching.trust_models import Measurement, MeasurementKind
from talent.monitoring.fairness import changed, fairness, leaks, people_told

K = MeasurementKind


def _drift(session: Session) -> dict[str, Any] | None:
    last = newest(session, K.EVALUATION)
    return drift(last.content["distribution"], distribution(session)) if last else None


def _fairness(session: Session) -> dict[str, Any] | None:
    """None, and nothing kept, while fewer than ten people stand elsewhere: no night tells one person's step."""
    last, found = newest(session, K.FAIRNESS), fairness(people_told(session))
    return found if last is None or changed(last.content, found) >= SMALLEST_CELL else None


MEASURED: dict[MeasurementKind, Callable[[Session], dict[str, Any] | None]] = {
    K.DRIFT: _drift,
    K.FAIRNESS: _fairness,
    K.LEAK_PROBE: leaks,
}


def measure(session: Session) -> list[MeasurementKind]:
    """Measure and keep everything; which kinds were kept."""
    kept = []
    with within(session, SystemContext.FIGURES):
        for kind, found in MEASURED.items():
            started = time.perf_counter()
            content = found(session)
            if content is not None:
                took = round(1000 * (time.perf_counter() - started))
                session.add(Measurement(kind=kind, at=now(), took_ms=took, content=content))
                kept.append(kind)
        session.flush()
    return kept
