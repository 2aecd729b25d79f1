"""Programmes, courses and cohorts: written, read and moved; the people in them are in ``seats``."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.casework.take import take_step, take_steps, unmet
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.taxonomy.service import labels
from talent.training.completeness import facts_of
from talent.training.integrity import note_move
from talent.training.models import Cohort, Course, CourseSkill, Enrolment, Programme
from talent.training.policy import visible_cohorts, visible_courses, visible_programmes
from talent.training.results import award_all
from talent.training.rules import SEAT_TAKEN
from talent.training.schemas import CohortDraft, CourseDraft, ProgrammeDraft
from talent.training.seats import WITH_COURSE
from talent.training.states import (
    COHORT,
    ENROLMENT,
    CohortAction,
    CohortState,
    EnrolmentAction,
    EnrolmentFacts,
    EnrolmentState,
)

TITLE_TAKEN = N_("There is one with this title already. Choose another title.")
REFERENCE_TAKEN = N_("Another cohort has the reference {reference}. Choose another one.")
COPIED = ("starts_on", "ends_on", "joins_until", "seats", "reserved_seats", "venue")
COURSE_FIELDS = set(CourseDraft.model_fields) - {"occupation", "occupation_for"}
ENDED_COHORT = N_("This cohort has ended. It can be read and no longer changed.")


class TitleTaken(Conflict):
    """The institute has one of this title or reference."""

    default = TITLE_TAKEN


def own_institute(actor: Actor) -> UUID:
    """The institute for which the actor keeps registers.

    Raises:
        NotPermitted: the actor is no institute officer, or belongs to no institute.
    """
    actor.require(Permission.TRAINING_KEEP)
    if actor.organisation_id is None:
        raise NotPermitted(N_("Your account belongs to no institute. Ask the project office."))
    return actor.organisation_id


def programmes(session: Session, actor: Actor) -> list[Programme]:
    """The programmes that the actor may know, by title."""
    return list(session.scalars(visible_programmes(actor).order_by(Programme.title)))


def create_programme(session: Session, actor: Actor, draft: ProgrammeDraft) -> Programme:
    """A new programme of the actor's institute.

    Raises:
        TitleTaken: the institute has one of this title.
    """
    made = Programme(organisation_id=own_institute(actor), created_at=now(), **draft.model_dump())
    _added(session, made)
    return made


def get_programme(session: Session, actor: Actor, programme_id: UUID) -> Programme:
    """The programme.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
    """
    found = session.scalar(visible_programmes(actor).where(Programme.id == programme_id))
    if found is None:
        raise NotFound(N_("There is no such programme."))
    return found


def courses(session: Session, actor: Actor, *, programme_id: UUID | None = None) -> list[Course]:
    """The courses that the actor may know, with their skills, by title."""
    query = visible_courses(actor).options(selectinload(Course.skills)).order_by(Course.title)
    if programme_id is not None:
        query = query.where(Course.programme_id == programme_id)
    return list(session.scalars(query))


def course_titles(session: Session, actor: Actor) -> dict[str, str]:
    """The titles of the courses that the actor may know, by the courses' ids as text."""
    rows = session.execute(visible_courses(actor).with_only_columns(Course.id, Course.title))
    return {str(key): title for key, title in rows}


def get_course(session: Session, actor: Actor, course_id: UUID) -> Course:
    """The course with its skills.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
    """
    query = visible_courses(actor).where(Course.id == course_id).options(selectinload(Course.skills))
    found = session.scalar(query)
    if found is None:
        raise NotFound(N_("There is no such course."))
    return found


def create_course(session: Session, actor: Actor, programme: Programme, draft: CourseDraft) -> Course:
    """A new course of the programme.

    Raises:
        TitleTaken: the programme has one of this title.
    """
    own_institute(actor)
    made = Course(
        programme_id=programme.id,
        organisation_id=programme.organisation_id,
        created_at=now(),
        skills=[],
        **draft.model_dump(include=COURSE_FIELDS),
    )
    _added(session, made)
    return made


def edit_course(session: Session, actor: Actor, course: Course, draft: CourseDraft) -> None:
    """Write what the course is now.

    Raises:
        TitleTaken: the programme has another one of this title.
    """
    own_institute(actor)
    try:
        with session.begin_nested():
            for name, value in draft.model_dump(include=COURSE_FIELDS).items():
                setattr(course, name, value)
    except IntegrityError:
        raise TitleTaken from None


def teach(session: Session, actor: Actor, course: Course, skills: Iterable[UUID]) -> None:
    """Say which skills the course teaches; words of those that stay are kept."""
    own_institute(actor)
    wanted = list(dict.fromkeys(skills))
    held = {one.skill_id: one for one in course.skills}
    names = labels(session, wanted)
    course.skills = [
        held.get(skill) or CourseSkill(skill_id=skill, words=names[skill]) for skill in wanted if skill in names
    ]
    session.flush()


def set_levels(session: Session, actor: Actor, course: Course, levels: Mapping[UUID, int | None]) -> None:
    """Write the level on completion of these skills; those that the course does not teach are passed over."""
    own_institute(actor)
    for one in course.skills:
        if one.skill_id in levels:
            one.eqf_level = levels[one.skill_id]
    session.flush()


def create_cohort(
    session: Session, actor: Actor, course: Course, draft: CohortDraft, *, vacancy_id: UUID | None = None
) -> Cohort:
    """A new planned cohort of the course; without a reference it is given the next number.

    Raises:
        TitleTaken: the institute has another cohort of this reference.
        Unprocessable: seats are kept for a vacancy, and there is none.
    """
    institute = own_institute(actor)
    if draft.reserved_seats and vacancy_id is None:
        raise Unprocessable(N_("Seats can be kept only for a vacancy for which an agency has asked you."))
    count = session.scalar(select(func.count()).where(Cohort.organisation_id == institute)) or 0
    made = Cohort(
        course_id=course.id,
        organisation_id=institute,
        reference=draft.reference or f"C-{count + 1:03}",
        vacancy_id=vacancy_id,
        instructors=draft.instructor_names,
        created_at=now(),
        **{name: getattr(draft, name) for name in COPIED},
    )
    _added(session, made, Sentence(REFERENCE_TAKEN, {"reference": made.reference}))
    return made


def _added(session: Session, made: object, refusal: Sentence | str = TITLE_TAKEN) -> None:
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise TitleTaken(refusal) from None


def cohorts(session: Session, actor: Actor, *, course_id: UUID | None = None) -> list[Cohort]:
    """The cohorts that the actor may know, with their courses, the latest first."""
    query = visible_cohorts(actor).options(*WITH_COURSE)
    if course_id is not None:
        query = query.where(Cohort.course_id == course_id)
    return list(session.scalars(query.order_by(Cohort.starts_on.desc().nulls_first(), Cohort.reference)))


def get_cohort(session: Session, actor: Actor, cohort_id: UUID, *, to_change: bool = False) -> Cohort:
    """The cohort with its course; ``to_change`` waits for whoever is changing it at this moment.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
    """
    query = visible_cohorts(actor).where(Cohort.id == cohort_id).options(*WITH_COURSE)
    if to_change:
        query = query.with_for_update(of=Cohort).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(N_("There is no such cohort."))
    return found


def edit_cohort(session: Session, actor: Actor, cohort: Cohort, draft: CohortDraft) -> None:
    """Write what the cohort is now; the cohort must be locked.

    Raises:
        Conflict: it has ended.
        TitleTaken: the institute has another cohort of this reference.
        Unprocessable: somebody has a seat that would be gone, or seats are kept and there is no vacancy.
    """
    own_institute(actor)
    if cohort.state in COHORT.final:
        raise Conflict(ENDED_COHORT)
    if draft.reserved_seats and cohort.vacancy_id is None:
        raise Unprocessable(N_("Seats can be kept only for a vacancy for which an agency has asked you."))
    highest = session.scalar(select(func.max(Enrolment.seat)).where(Enrolment.cohort_id == cohort.id)) or 0
    if draft.seats < highest:
        raise Unprocessable(Sentence(SEAT_TAKEN, {"seat": highest}))
    venue = cohort.venue
    try:
        with session.begin_nested():
            for name in COPIED:
                setattr(cohort, name, getattr(draft, name))
            cohort.instructors = draft.instructor_names
            cohort.reference = draft.reference or cohort.reference
    except IntegrityError:
        raise TitleTaken(Sentence(REFERENCE_TAKEN, {"reference": draft.reference})) from None
    if cohort.state is CohortState.RUNNING and cohort.venue != venue:
        note_move(session, cohort, venue)


def what_is_missing(session: Session, cohort: Cohort) -> dict[CohortAction, Sequence[Sentence]]:
    """For each step that the cohort's state allows: what is missing before it, in sentences."""
    facts = facts_of(session, cohort)
    return {step.action: unmet(cohort, COHORT, step.action, facts) for step in COHORT.steps_from(cohort.state)}


def move(session: Session, actor: Actor, cohort: Cohort, action: CohortAction, *, note: str = "") -> CaseEvent:
    """Take one step; a start makes everybody who has a seat active, an end without certificates lets everybody go.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    event = take_step(session, actor, cohort, COHORT, action, facts_of(session, cohort), note=note)
    if action is CohortAction.START:
        _move_all(session, actor, cohort, EnrolmentState.ENROLLED, EnrolmentAction.START)
    if action is CohortAction.CERTIFY:
        cohort.certified_on = today()
        award_all(session, cohort, cohort.course)
    if cohort.state is CohortState.CANCELLED:
        for state in (EnrolmentState.APPLIED, EnrolmentState.ENROLLED, EnrolmentState.ACTIVE):
            _move_all(session, actor, cohort, state, EnrolmentAction.DROP_OUT, note or str(action))
    session.flush()
    return event


def _move_all(
    session: Session, actor: Actor, cohort: Cohort, state: EnrolmentState, action: EnrolmentAction, reason: str = ""
) -> None:
    query = select(Enrolment).where(Enrolment.cohort_id == cohort.id, Enrolment.state == state)
    people = session.scalars(query.order_by(Enrolment.number).with_for_update()).all()
    leaving = action is EnrolmentAction.DROP_OUT
    with session.no_autoflush:  # the seat and the state change in one statement, or the table refuses it
        for person in people:
            person.reason = reason or person.reason
            person.seat = None if leaving else person.seat
        facts = EnrolmentFacts(has_reason=bool(reason))
        take_steps(session, actor, ((person, facts) for person in people), ENROLMENT, action)
