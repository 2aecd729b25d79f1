"""A candidate and training: courses to apply for, the own records of institutes, joined by the candidate alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation
from talent.accounts.permissions import Permission
from talent.accounts.throttle import Visit, count_failure, refuse_when_throttled, throttle_keys
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.profiles.identity import contact_of
from talent.profiles.models import Profile
from talent.readiness.awards import put_on_profile
from talent.training import seats
from talent.training.destinations import DestinationFinding, TrainingFacts, findings
from talent.training.models import Cohort, Course, Enrolment, Trainee
from talent.training.people import Person, PersonKeys
from talent.training.results import facts_by_enrolment
from talent.training.rules import takes_people
from talent.training.seats import Places
from talent.training.states import CohortState, EnrolmentAction

NO_PROFILE = N_("Begin your profile and enter your name first. Then you can apply.")
NO_SUCH_CODE = N_("No institute has a record with this code. Look at the letters again, or ask your institute.")


@dataclass(frozen=True)
class OpenCohort:
    """A cohort that people can apply to, with its course, its institute and how full it is."""

    cohort: Cohort
    institute: str
    places: Places
    applied: bool


@dataclass(frozen=True)
class OwnTraining:
    """One enrolment of the candidate, and where it leads."""

    enrolment: Enrolment
    cohort: Cohort
    institute: str
    facts: TrainingFacts | None
    destinations: Sequence[DestinationFinding]
    ahead: int | None
    """How many wait before this one; None when the candidate does not wait."""


def open_cohorts(session: Session, actor: Actor) -> list[OpenCohort]:
    """The cohorts that take people today, the first to start first.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.TRAINING_APPLY)
    with within(session, SystemContext.TRAINING):
        return _open_cohorts(session, actor)


def _open_cohorts(session: Session, actor: Actor) -> list[OpenCohort]:
    rows = session.execute(
        select(Cohort, Organisation.name)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .where(Cohort.state.in_([CohortState.ENROLLING, CohortState.RUNNING]))
        .options(selectinload(Cohort.course).selectinload(Course.skills))
        .order_by(Cohort.starts_on, Cohort.reference)
    ).all()
    own = _own_cohorts(session, actor)
    return [
        OpenCohort(cohort, name, seats.places_of(session, cohort), cohort.id in own)
        for cohort, name in rows
        if takes_people(cohort.state, cohort.joins_until, today())
    ]


def _own_cohorts(session: Session, actor: Actor) -> set[UUID]:
    return set(
        session.scalars(
            select(Enrolment.cohort_id)
            .join(Trainee, Trainee.id == Enrolment.trainee_id)
            .join(Profile, Profile.id == Trainee.profile_id)
            .where(Profile.account_id == actor.id)
        )
    )


def apply(session: Session, actor: Actor, cohort_id: UUID, *, keys: PersonKeys) -> Enrolment:
    """Apply: the institute is given the candidate's name and how to reach them, and nothing else of the profile.

    Raises:
        NotPermitted: the actor is no candidate.
        Unprocessable: there is no profile with a name.
        Conflict: the cohort takes nobody, or the candidate is in it.
    """
    actor.require(Permission.TRAINING_APPLY)
    profile_id = session.scalar(select(Profile.id).where(Profile.account_id == actor.id))
    contact = contact_of(session, profile_id) if profile_id else None
    if contact is None or not contact.full_name:
        raise Unprocessable(NO_PROFILE)
    login = session.scalar(select(Account.login).where(Account.id == actor.id)) or ""
    phone = contact.phone or ("" if "@" in login else login)
    if not phone:
        raise Unprocessable(N_("Enter your mobile number in your profile first. The institute needs it."))
    person = Person(contact.full_name, phone=phone, email=contact.email)
    return seats.enrol(session, actor, cohort_id, person, keys=keys, profile_id=profile_id)


def own_trainings(session: Session, actor: Actor) -> list[OwnTraining]:
    """The candidate's own enrolments, the newest first, each with what its destinations still ask for."""
    actor.require(Permission.TRAINING_APPLY)
    with within(session, SystemContext.TRAINING):
        return _own_trainings(session, actor)


def _own_trainings(session: Session, actor: Actor) -> list[OwnTraining]:
    rows = session.execute(
        select(Enrolment, Cohort, Organisation.name)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .join(Profile, Profile.id == Trainee.profile_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .where(Profile.account_id == actor.id)
        .options(selectinload(Cohort.course))
        .order_by(Enrolment.number.desc())
    ).all()
    return [_own(session, enrolment, cohort, name, actor.language) for enrolment, cohort, name in rows]


def _own(session: Session, enrolment: Enrolment, cohort: Cohort, institute: str, language: str) -> OwnTraining:
    facts = facts_by_enrolment(session, cohort, cohort.course).get(enrolment.id)
    ahead = None
    if enrolment.state.value == "applied":
        waiting = select(Enrolment.id).where(
            Enrolment.cohort_id == cohort.id,
            Enrolment.state == enrolment.state,
            Enrolment.number < enrolment.number,
        )
        ahead = len(session.scalars(waiting).all())
    reached = findings(facts, on=today(), language=language) if facts else []
    return OwnTraining(enrolment, cohort, institute, facts, reached, ahead)


def own_enrolment(session: Session, actor: Actor, enrolment_id: UUID) -> Enrolment:
    """The candidate's own enrolment.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: the candidate has no such enrolment.
    """
    actor.require(Permission.TRAINING_APPLY)
    query = (
        select(Enrolment)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .join(Profile, Profile.id == Trainee.profile_id)
        .where(Profile.account_id == actor.id, Enrolment.id == enrolment_id)
    )
    with within(session, SystemContext.TRAINING):
        found = session.scalar(query)
    if found is None:
        raise NotFound(N_("There is no such enrolment."))
    return found


def withdraw(session: Session, actor: Actor, enrolment_id: UUID) -> None:
    """Give the seat, or the place on the waiting list, back."""
    enrolment = own_enrolment(session, actor, enrolment_id)
    seats.leave(session, actor, enrolment, EnrolmentAction.WITHDRAW)


def offered(session: Session, actor: Actor) -> list[tuple[Trainee, str]]:
    """Records of institutes that carry the phone or e-mail with which the candidate signs in and nobody joined yet."""
    actor.require(Permission.TRAINING_APPLY)
    login = session.scalar(select(Account.login).where(Account.id == actor.id)) or ""
    if not login:
        return []
    query = (
        select(Trainee, Organisation.name)
        .join(Organisation, Organisation.id == Trainee.organisation_id)
        .where(Trainee.profile_id.is_(None), or_(Trainee.phone == login, Trainee.email == login))
        .order_by(Organisation.name, Trainee.full_name)
    )
    with within(session, SystemContext.TRAINING):
        return [(trainee, name) for trainee, name in session.execute(query)]


def record_of_code(session: Session, actor: Actor, code: str, visit: Visit) -> Trainee:
    """The record that waits under this code; a wrong code is counted, so the caller keeps the transaction.

    Raises:
        NotPermitted: the actor is no candidate.
        TooMany: this account, browser or network has guessed too often.
        Unprocessable: no record that waits has this code.
    """
    actor.require(Permission.TRAINING_APPLY)
    keys = throttle_keys(f"claim|{actor.id}", visit.device, visit.network, kind="claim")
    with within(session, SystemContext.SIGN_IN):
        refuse_when_throttled(session, keys)
    wanted = "".join(code.split()).upper()
    waiting = select(Trainee).where(Trainee.claim_code == wanted, Trainee.profile_id.is_(None)).with_for_update()
    with within(session, SystemContext.TRAINING):
        found = session.scalar(waiting)
    if found is None:
        with within(session, SystemContext.SIGN_IN):
            count_failure(session, keys)
        raise Unprocessable(NO_SUCH_CODE)
    return found


def join_by_code(session: Session, actor: Actor, code: str, visit: Visit) -> Trainee:
    """Join the institute's record with this code to the candidate's profile.

    Raises:
        NotPermitted, TooMany: as for ``record_of_code``.
        Unprocessable: no record that waits has this code, or the profile is not begun.
    """
    found = record_of_code(session, actor, code, visit)
    with within(session, SystemContext.TRAINING):
        return _joined(session, actor, found)


def join_offered(session: Session, actor: Actor, trainee_id: UUID) -> Trainee:
    """Join a record that carries the candidate's own sign-in.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: no such record is offered to this candidate.
    """
    found = next((trainee for trainee, _ in offered(session, actor) if trainee.id == trainee_id), None)
    if found is None:
        raise NotFound(N_("There is no such record."))
    with within(session, SystemContext.TRAINING):
        return _joined(session, actor, found)


def _joined(session: Session, actor: Actor, trainee: Trainee) -> Trainee:
    profile_id = session.scalar(select(Profile.id).where(Profile.account_id == actor.id))
    if profile_id is None:
        raise Unprocessable(NO_PROFILE)
    twice = select(Trainee.id).where(
        Trainee.organisation_id == trainee.organisation_id, Trainee.profile_id == profile_id
    )
    if session.scalar(twice) is not None:
        raise Conflict(N_("Your profile is joined to another record of this institute already."))
    trainee.profile_id, trainee.claimed_at = profile_id, now()
    session.flush()
    put_on_profile(session, trainee.id)
    return trainee
