"""What the rules of destinations look at: attendance, results and the course, for many trainees in two queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.taxonomy.levels import CEFR
from talent.training.destinations import TrainingFacts
from talent.training.minutes import standings_of
from talent.training.models import Cohort, Course
from talent.training.records import Assessment, AssessmentResult
from talent.training.standing import Standing
from talent.training.states import CohortState
from talent.training.terms import AssessmentKind


@dataclass(frozen=True)
class Result:
    """What one trainee reached; ``level`` is that of a language test."""

    passed: bool
    level: CEFR | None = None


def facts_by_enrolment(
    session: Session, cohort: Cohort, course: Course, *, only: Collection[UUID] | None = None
) -> dict[UUID, TrainingFacts]:
    """What the rules of destinations look at, for everybody who takes or took part; ``only`` for some of them."""
    return facts_by_cohort(session, {cohort.id: (cohort, course)}, only=only).get(cohort.id, {})


def facts_by_cohort(
    session: Session, cohorts: Mapping[UUID, tuple[Cohort, Course]], *, only: Collection[UUID] | None = None
) -> dict[UUID, dict[UUID, TrainingFacts]]:
    """The same for several cohorts with their courses, by cohort and enrolment, in two queries."""
    query = (
        select(AssessmentResult.enrolment_id, Assessment, AssessmentResult.passed, AssessmentResult.level)
        .join(Assessment, Assessment.id == AssessmentResult.assessment_id)
        .where(Assessment.cohort_id.in_(cohorts))
        .order_by(Assessment.held_on, Assessment.title)
    )
    if only is not None:
        query = query.where(AssessmentResult.enrolment_id.in_(only))
    recorded: dict[UUID, list[tuple[Assessment, Result]]] = defaultdict(list)
    for key, test, passed, level in session.execute(query):
        recorded[key].append((test, Result(passed, level)))
    return {
        cohort_id: {key: _facts(*cohorts[cohort_id], standing, recorded[key]) for key, standing in people.items()}
        for cohort_id, people in standings_of(session, cohorts, only=only).items()
    }


def _facts(
    cohort: Cohort, course: Course, standing: Standing, recorded: Sequence[tuple[Assessment, Result]]
) -> TrainingFacts:
    by_kind: dict[AssessmentKind, bool] = {}
    languages: dict[str, CEFR] = {}
    for test, result in recorded:
        by_kind[test.kind] = result.passed or by_kind.get(test.kind, False)
        if test.language and result.passed and result.level is not None:
            languages[test.language] = result.level
    return TrainingFacts(
        standing=standing,
        passed=frozenset(kind for kind, passed in by_kind.items() if passed),
        failed=frozenset(kind for kind, passed in by_kind.items() if not passed),
        languages=languages,
        language_taught=course.language_taught,
        language_level=course.language_level,
        full_time_months=course.full_time_months,
        is_state_recognised=course.is_state_recognised,
        vocational_hours=course.vocational_hours,
        civic_hours=course.civic_hours,
        ends_on=cohort.ends_on,
        is_completed=cohort.state in {CohortState.CERTIFIED, CohortState.CLOSED},
    )
