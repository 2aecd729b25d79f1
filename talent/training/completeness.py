"""What a cohort has and lacks, as far as its steps ask for it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.training.models import Cohort, CourseSkill, Enrolment
from talent.training.records import Assessment, AssessmentResult
from talent.training.states import SEATED, CohortFacts, EnrolmentState


def facts_of(session: Session, cohort: Cohort) -> CohortFacts:
    """What the steps of the cohort ask about, in four small queries."""
    seated = _count(session, Enrolment.cohort_id == cohort.id, Enrolment.state.in_(SEATED))
    tests = session.scalars(select(Assessment.id).where(Assessment.cohort_id == cohort.id)).all()
    active = select(Enrolment.id).where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE)
    results = (
        select(AssessmentResult.enrolment_id, func.count().label("tests"))
        .where(AssessmentResult.assessment_id.in_(tests))
        .group_by(AssessmentResult.enrolment_id)
        .subquery()
    )
    complete = select(results.c.enrolment_id).where(results.c.tests >= len(tests))
    without = _count(session, Enrolment.id.in_(active), Enrolment.id.not_in(complete))
    skills = session.scalar(select(func.count()).where(CourseSkill.course_id == cohort.course_id)) or 0
    return CohortFacts(
        skills=skills,
        has_dates=cohort.starts_on is not None and cohort.ends_on is not None,
        has_venue=bool(cohort.venue),
        has_instructor=bool(cohort.instructors),
        seated=seated,
        unfinished=seated,
        assessments=len(tests),
        without_result=without,
    )


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count()).select_from(Enrolment).where(*conditions)) or 0  # type: ignore[arg-type] # conditions are columns
