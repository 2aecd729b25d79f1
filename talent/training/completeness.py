"""What a cohort has and lacks, as far as its steps ask for it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.training.models import Cohort, CourseSkill, Enrolment
from talent.training.records import Assessment, AssessmentResult
from talent.training.states import SEATED, CohortFacts, EnrolmentState


def facts_of(session: Session, cohort: Cohort) -> CohortFacts:
    """What the steps of the cohort ask about, in one query."""
    tests = select(func.count()).select_from(Assessment).where(Assessment.cohort_id == cohort.id).scalar_subquery()
    results = (
        select(func.count())
        .select_from(AssessmentResult)
        .join(Assessment, Assessment.id == AssessmentResult.assessment_id)
        .where(AssessmentResult.enrolment_id == Enrolment.id, Assessment.cohort_id == cohort.id)
        .scalar_subquery()
    )
    in_cohort = select(func.count()).select_from(Enrolment).where(Enrolment.cohort_id == cohort.id)
    seated, assessments, without, skills = session.execute(
        select(
            in_cohort.where(Enrolment.state.in_(SEATED)).scalar_subquery(),
            tests,
            in_cohort.where(Enrolment.state == EnrolmentState.ACTIVE, results < tests).scalar_subquery(),
            select(func.count()).where(CourseSkill.course_id == cohort.course_id).scalar_subquery(),
        )
    ).one()
    return CohortFacts(
        skills=skills,
        has_dates=cohort.starts_on is not None and cohort.ends_on is not None,
        has_venue=bool(cohort.venue),
        has_instructor=bool(cohort.instructors),
        seated=seated,
        unfinished=seated,
        assessments=assessments,
        without_result=without,
    )
