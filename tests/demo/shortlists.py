"""Shortlists as the worker would store them, without the language model."""

from uuid import uuid4

from talent.foundation.clock import now
from talent.matching.models import MatchRun, SubjectKind, Suggestion
from tests.factories.matching import NO_REASONS


def suggest(session, vacancy, profiles):
    """Store a shortlist as the worker would, best first."""
    run = MatchRun(
        id=uuid4(),
        subject_kind=SubjectKind.VACANCY,
        subject_id=vacancy,
        at=now(),
        took_ms=1,
        model_hash="m",
        weights_version="w",
        taxonomy_version="t",
        input_hash="i",
        compared=len(profiles),
        order_shown=[],
    )  # fmt: skip - one row
    session.add(run)
    session.flush()
    for place, profile in enumerate(profiles):
        session.add(
            Suggestion(
                vacancy_id=vacancy,
                profile_id=profile,
                run_id=run.id,
                weights_version=run.weights_version,
                score=90 - place,
                missing=0,
                tie=place,
                wished=100.0,
                mutual=90 - place,
                reasons=NO_REASONS,
                vacancy_input="i",
                profile_input="i",
            )  # fmt: skip - one row
        )
    session.flush()
