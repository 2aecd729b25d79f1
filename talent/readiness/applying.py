"""A candidate and training: courses to apply for, the own records of institutes, joined by the candidate alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

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
from talent.readiness.awards import awards_of, put_on_profile
from talent.training import seats
from talent.training.cards import opened
from talent.training.destinations import DestinationFinding, TrainingFacts, findings
from talent.training.facts import facts_by_cohort
from talent.training.models import Cohort, Course, Enrolment, Trainee
from talent.training.people import Person, PersonKeys
from talent.training.policy import OPEN_TO_ALL
from talent.training.records import Award
from talent.training.rules import takes_people
from talent.training.seats import Places
from talent.training.states import EnrolmentAction, EnrolmentState

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
    awards: Sequence[Award]
    ahead: int | None
    """How many wait before this one; None when the candidate does not wait."""


@dataclass(frozen=True)
class Offer:
    """A record of an institute that may be the candidate's, with the name that it carries."""

    trainee: Trainee
    institute: str
    name: str


@dataclass(frozen=True)
class Courses:
    """Everything about courses that concerns one candidate."""

    own: Sequence[OwnTraining]
    open: Sequence[OpenCohort]
    offered: Sequence[Offer]


def courses_of(session: Session, actor: Actor, *, keys: PersonKeys) -> Courses:
    """The candidate's own courses, those that are open, and the records that wait for a yes.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    login = _login_of(session, actor)
    with within(session, SystemContext.TRAINING):
        own = _own_trainings(session, actor)
        waiting = _records_of(session, login, keys)
        return Courses(own, _open_cohorts(session, {one.cohort.id for one in own}), waiting)


def _open_cohorts(session: Session, joined: Collection[UUID]) -> list[OpenCohort]:
    """The cohorts that take people today, the first to start first; the candidate is in those that are ``joined``."""
    open_to_all = (
        select(Cohort, Organisation.name)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .where(Cohort.state.in_(OPEN_TO_ALL))
        .options(joinedload(Cohort.course, innerjoin=True).selectinload(Course.skills))
        .order_by(Cohort.starts_on, Cohort.reference)
    )
    rows = session.execute(open_to_all).all()
    open_now = [(one, name) for one, name in rows if takes_people(one.state, one.joins_until, today())]
    places = seats.places_by_cohort(session, [one for one, _ in open_now])
    return [OpenCohort(one, name, places[one.id], one.id in joined) for one, name in open_now]


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


def _own_trainings(session: Session, actor: Actor) -> list[OwnTraining]:
    rows = session.execute(
        select(Enrolment, Cohort, Organisation.name)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .join(Profile, Profile.id == Trainee.profile_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Organisation, Organisation.id == Cohort.organisation_id)
        .where(Profile.account_id == actor.id)
        .options(joinedload(Cohort.course, innerjoin=True))
        .order_by(Enrolment.number.desc())
    ).all()
    cohorts = {cohort.id: (cohort, cohort.course) for _, cohort, _ in rows}
    facts = facts_by_cohort(session, cohorts, only=[one.id for one, _, _ in rows])
    awards = awards_of(session, [one.id for one, _, _ in rows])
    ahead = _waiting_before(session, [one for one, _, _ in rows if one.state is EnrolmentState.APPLIED])
    return [
        OwnTraining(
            enrolment,
            cohort,
            name,
            own := facts.get(cohort.id, {}).get(enrolment.id),
            findings(own, on=today(), language=actor.language) if own else (),
            awards.get(enrolment.id, ()),
            ahead.get(enrolment.id),
        )
        for enrolment, cohort, name in rows
    ]


def _waiting_before(session: Session, waiting: Sequence[Enrolment]) -> dict[UUID, int]:
    """How many wait before each of these in its own cohort."""
    if not waiting:
        return {}
    other = aliased(Enrolment)
    before = (other.cohort_id == Enrolment.cohort_id) & (other.state == Enrolment.state)
    query = (
        select(Enrolment.id, func.count(other.id))
        .outerjoin(other, before & (other.number < Enrolment.number))
        .where(Enrolment.id.in_([one.id for one in waiting]))
        .group_by(Enrolment.id)
    )
    return dict(session.execute(query).all())


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


def offered(session: Session, actor: Actor, *, keys: PersonKeys) -> list[Offer]:
    """Records of institutes that carry the phone or e-mail with which the candidate signs in and nobody joined yet."""
    login = _login_of(session, actor)
    with within(session, SystemContext.TRAINING):
        return _records_of(session, login, keys)


def _login_of(session: Session, actor: Actor) -> str:
    actor.require(Permission.TRAINING_APPLY)
    return session.scalar(select(Account.login).where(Account.id == actor.id)) or ""


def _records_of(session: Session, login: str, keys: PersonKeys) -> list[Offer]:
    if not login:
        return []
    query = (
        select(Trainee, Organisation.name)
        .join(Organisation, Organisation.id == Trainee.organisation_id)
        .where(Trainee.profile_id.is_(None), or_(*_carries(login, keys)))
        .order_by(Organisation.name, Trainee.created_at, Trainee.id)
    )
    rows = session.execute(query).all()
    cards = opened(session, (trainee for trainee, _ in rows))
    return [Offer(trainee, institute, cards[trainee.id].full_name) for trainee, institute in rows]


def _carries(login: str, keys: PersonKeys) -> tuple[ColumnElement[bool], ...]:
    """That a record carries this sign-in, found by its print."""
    return Trainee.phone_key == keys.of_phone(login), Trainee.email_key == keys.of_email(login)


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


def join_offered(session: Session, actor: Actor, trainee_id: UUID, *, keys: PersonKeys) -> Trainee:
    """Join a record that carries the candidate's own sign-in.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: no such record is offered to this candidate.
    """
    mine = (one.trainee for one in offered(session, actor, keys=keys))
    found = next((trainee for trainee in mine if trainee.id == trainee_id), None)
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
