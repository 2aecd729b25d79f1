"""Assessments and their results, and what follows from them: completed or failed, and awards."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.take import take_step, unmet
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.words import N_
from talent.taxonomy.levels import Evidence
from talent.training.facts import Result, facts_by_enrolment
from talent.training.minutes import standings
from talent.training.models import Cohort, Course, CourseSkill, Enrolment
from talent.training.records import Assessment, AssessmentResult, Award
from talent.training.risk import count_at_risk
from talent.training.rules import assessor_problem
from talent.training.schemas import AssessmentDraft
from talent.training.standing import Standing
from talent.training.states import ENROLMENT, CohortState, EnrolmentAction, EnrolmentFacts, EnrolmentState
from talent.training.terms import AssessmentKind


def assessments(session: Session, cohort: Cohort) -> list[Assessment]:
    """The assessments of the cohort, by day."""
    query = select(Assessment).where(Assessment.cohort_id == cohort.id)
    return list(session.scalars(query.order_by(Assessment.held_on, Assessment.title)))


def get_assessment(session: Session, cohort: Cohort, assessment_id: UUID) -> Assessment:
    """One assessment of the cohort.

    Raises:
        NotFound: it has no such assessment.
    """
    found = session.scalar(select(Assessment).where(Assessment.id == assessment_id, Assessment.cohort_id == cohort.id))
    if found is None:
        raise NotFound(N_("There is no such assessment."))
    return found


def add_assessment(session: Session, actor: Actor, cohort: Cohort, draft: AssessmentDraft) -> Assessment:
    """Record an assessment of a running cohort.

    Raises:
        Conflict: the cohort is not running.
        Unprocessable: the assessor teaches the cohort, or the day is still to come.
    """
    actor.require(Permission.TRAINING_KEEP)
    _running(cohort)
    problem = assessor_problem(draft.assessor, cohort.instructors)
    if problem is not None:
        raise Unprocessable(problem)
    if draft.held_on > today():
        raise Unprocessable(N_("This day is still to come."))
    made = Assessment(cohort_id=cohort.id, **draft.model_dump())
    session.add(made)
    session.flush()
    return made


def _running(cohort: Cohort) -> None:
    if cohort.state is not CohortState.RUNNING:
        raise Conflict(N_("Results are recorded while the cohort is running."))


def record(
    session: Session, actor: Actor, cohort: Cohort, assessment: Assessment, results: Mapping[UUID, Result]
) -> None:
    """Write these results, over what was written before.

    Raises:
        Conflict: the cohort is not running.
        Unprocessable: somebody is not on the course, or a passed language test states no level.
    """
    actor.require(Permission.TRAINING_KEEP)
    _running(cohort)
    active = set(
        session.scalars(
            select(Enrolment.id).where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE)
        )
    )
    if results.keys() - active:
        raise Unprocessable(N_("Somebody here is no longer on the course. Open the page again."))
    if assessment.kind is AssessmentKind.LANGUAGE and any(one.passed and one.level is None for one in results.values()):
        raise Unprocessable(N_("Choose the level that each who passed the language test has reached."))
    if not results:
        return
    made = insert(AssessmentResult).values(
        [
            {
                "assessment_id": assessment.id,
                "enrolment_id": key,
                "passed": one.passed,
                "level": one.level,
                "recorded_at": now(),
            }
            for key, one in results.items()
        ]
    )
    written = {name: made.excluded[name] for name in ("passed", "level", "recorded_at")}
    session.execute(made.on_conflict_do_update(index_elements=["assessment_id", "enrolment_id"], set_=written))
    count_at_risk(session, [cohort])


def results_of(session: Session, cohort: Cohort) -> dict[UUID, dict[UUID, Result]]:
    """The results by enrolment and assessment."""
    rows = session.scalars(
        select(AssessmentResult)
        .join(Assessment, Assessment.id == AssessmentResult.assessment_id)
        .where(Assessment.cohort_id == cohort.id)
    )
    found: dict[UUID, dict[UUID, Result]] = defaultdict(dict)
    for row in rows:
        found[row.enrolment_id][row.assessment_id] = Result(row.passed, row.level)
    return found


def conclude(session: Session, actor: Actor, cohort: Cohort, course: Course) -> tuple[int, int]:
    """After the assessments: whoever passed them all and attended enough completes, the others fail; how many of each.

    Raises:
        Conflict: the cohort is not assessed.
    """
    actor.require(Permission.TRAINING_KEEP)
    if cohort.state is not CohortState.ASSESSED:
        raise Conflict(N_("Finish the assessments first."))
    tests = {one.id for one in assessments(session, cohort)}
    results = results_of(session, cohort)
    stands = standings(session, cohort)
    active = select(Enrolment).where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.ACTIVE)
    counts = {EnrolmentAction.COMPLETE: 0, EnrolmentAction.FAIL: 0}
    for person in session.scalars(active.order_by(Enrolment.number).with_for_update()).all():
        own = results.get(person.id, {})
        facts = EnrolmentFacts(
            passed_all=bool(tests) and all(test in own and own[test].passed for test in tests),
            attended_enough=_attended_enough(stands[person.id], course.least_attendance),
        )
        said = unmet(person, ENROLMENT, EnrolmentAction.COMPLETE, facts)
        action = EnrolmentAction.FAIL if said else EnrolmentAction.COMPLETE
        with session.no_autoflush:
            person.seat = None
            person.reason = said[0].english() if said else ""
            take_step(session, actor, person, ENROLMENT, action, facts, note=person.reason)
        counts[action] += 1
    return counts[EnrolmentAction.COMPLETE], counts[EnrolmentAction.FAIL]


def _attended_enough(standing: Standing, least_percent: int | None) -> bool:
    """Whether the attended share of the kept days is enough; a course may ask for none."""
    if least_percent is None:
        return True
    return standing.share is not None and standing.share >= Fraction(least_percent, 100)


def award_all(session: Session, cohort: Cohort, course: Course) -> list[Award]:
    """One award for each skill and each tested language of everybody who completed; the same again adds nothing."""
    completed = session.scalars(
        select(Enrolment.id).where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.COMPLETED)
    ).all()
    skills = session.execute(
        select(CourseSkill.skill_id, CourseSkill.words, CourseSkill.eqf_level).where(CourseSkill.course_id == course.id)
    ).all()
    languages = {key: facts.languages for key, facts in facts_by_enrolment(session, cohort, course).items()}
    given = {"organisation_id": cohort.organisation_id, "evidence": Evidence.ASSESSED, "awarded_on": today()}
    rows = [{**skill._mapping, "enrolment_id": key, **given} for key in completed for skill in skills]
    rows += [
        {"enrolment_id": key, "language": code, "level": level, **given}
        for key in completed
        for code, level in languages.get(key, {}).items()
    ]
    known = {
        (key, skill, language)
        for key, skill, language in session.execute(
            select(Award.enrolment_id, Award.skill_id, Award.language).where(Award.enrolment_id.in_(completed))
        )
    }
    made = [
        Award(**row) for row in rows if (row["enrolment_id"], row.get("skill_id"), row.get("language", "")) not in known
    ]
    session.add_all(made)
    session.flush()
    return made
