"""Who has a seat and who waits: a cohort's row is locked, so that a seat is given once and in the order of arrival."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, joinedload, selectinload

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.permissions import Permission
from talent.casework.take import take_step
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, TalentError, Unprocessable
from talent.foundation.person_keys import key_of_organisation
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_, Sentence
from talent.training.cards import Card, opened, sealed
from talent.training.models import Cohort, Enrolment, Trainee
from talent.training.people import Person, PersonKeys, checked, folded_name, new_claim_code
from talent.training.policy import visible_enrolments
from talent.training.risk import count_at_risk
from talent.training.rules import Seats, seats_given, takes_people
from talent.training.states import ENROLMENT, SEATED, CohortState, EnrolmentAction, EnrolmentFacts, EnrolmentState

NOT_OPEN = N_("This cohort takes nobody now.")
THERE_ALREADY = N_("{name} is in this cohort already.")

WITH_COURSE = (joinedload(Cohort.course, innerjoin=True),)
"""What every page and step of a cohort reads; reading it anew would otherwise take it away."""

WAIT_FOR_OTHERS = select(func.set_config("lock_timeout", "30s", True))
"""Half of the time that a statement may take; two hundred who ask at once are through in less."""


class ThereAlready(Conflict):
    """The person has an enrolment in this cohort."""

    default = THERE_ALREADY


class PersonProblems(Unprocessable):
    """What is wrong with a person's details, each with the name of its box."""

    def __init__(self, problems: Sequence[tuple[str, Sentence]]) -> None:
        super().__init__(problems[0][1])
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Places:
    """How full a cohort is."""

    seats: Seats
    waiting: int


def places_of(session: Session, cohort: Cohort) -> Places:
    """The seats of the cohort and how many wait for one."""
    return places_by_cohort(session, [cohort])[cohort.id]


def places_by_cohort(session: Session, cohorts: Collection[Cohort]) -> dict[UUID, Places]:
    """The places of each of these cohorts, in one query."""
    counted = (
        select(
            Enrolment.cohort_id,
            func.array_agg(Enrolment.seat).filter(Enrolment.seat.is_not(None)),
            func.count().filter(Enrolment.state == EnrolmentState.APPLIED),
        )
        .where(Enrolment.cohort_id.in_([one.id for one in cohorts]))
        .group_by(Enrolment.cohort_id)
    )
    found = {key: (taken or (), waiting) for key, taken, waiting in session.execute(counted)}
    return {
        one.id: Places(Seats(one.seats, one.reserved_seats, frozenset(seat for seat in taken if seat)), waiting)
        for one in cohorts
        for taken, waiting in [found.get(one.id, ((), 0))]
    }


def locked_cohort(session: Session, cohort_id: UUID) -> Cohort:
    """The cohort, kept from everybody else until the transaction ends.

    Whoever asks while many do waits for those who came before, longer than other locks are waited for: nobody is told
    to come back because others ask at the same moment.

    Raises:
        NotFound: there is none.
    """
    session.execute(WAIT_FOR_OTHERS)
    query = select(Cohort).where(Cohort.id == cohort_id).options(*WITH_COURSE).with_for_update(of=Cohort)
    cohort = session.scalar(query.execution_options(populate_existing=True))
    if cohort is None:
        raise NotFound(N_("There is no such cohort."))
    return cohort


def trainee_for(
    session: Session, institute: UUID, person: Person, keys: PersonKeys, *, profile_id: UUID | None = None
) -> Trainee:
    """The trainee whom the institute knows by this number, or by this name and phone; a new one when it knows none.

    Raises:
        PersonProblems: the details cannot be used.
    """
    whole, problems = checked(person)
    if problems:
        raise PersonProblems(problems)
    folded = folded_name(whole.full_name)
    number_key = keys.of_number(whole.cnic)
    contact_key = keys.of_contact(folded, whole.phone)
    known = _known(session, institute, number_key, contact_key if whole.phone else None, profile_id)
    if known is not None:
        return known
    trainee_id = uuid4()
    card = Card(whole.full_name, whole.phone, whole.email)
    made = insert(Trainee).values(
        id=trainee_id,
        organisation_id=institute,
        card_sealed=sealed(key_of_organisation(session, institute), trainee_id, card),
        phone_key=keys.of_phone(whole.phone),
        email_key=keys.of_email(whole.email),
        person_key=number_key,
        contact_key=contact_key,
        claim_code=new_claim_code(),
        profile_id=profile_id,
        claimed_at=now() if profile_id else None,
        created_at=now(),
    )
    session.execute(made.on_conflict_do_nothing(index_elements=["organisation_id", "person_key"]))
    found = _known(session, institute, number_key, contact_key, profile_id)
    assert found is not None  # it was there, or has just been made
    return found


def _known(
    session: Session, institute: UUID, number_key: str | None, contact_key: str | None, profile_id: UUID | None
) -> Trainee | None:
    own = select(Trainee).where(Trainee.organisation_id == institute).order_by(Trainee.created_at).limit(1)
    if profile_id is not None and (found := session.scalar(own.where(Trainee.profile_id == profile_id))):
        return found
    if number_key is not None and (found := session.scalar(own.where(Trainee.person_key == number_key))):
        return found
    if contact_key is None:
        return None
    same = own.where(Trainee.contact_key == contact_key)
    if number_key is not None:  # another number is another person, however alike the rest
        same = same.where(Trainee.person_key.is_(None))
    return session.scalar(same)


def enrol(
    session: Session,
    actor: Actor,
    cohort_id: UUID,
    person: Person,
    *,
    keys: PersonKeys,
    for_vacancy: bool = False,
    profile_id: UUID | None = None,
) -> Enrolment:
    """Put somebody into the cohort: on a free seat, or at the end of the waiting list.

    Raises:
        NotPermitted: the actor neither keeps registers nor applies for courses.
        Conflict: the cohort takes nobody, or the person is in it.
        PersonProblems: the details cannot be used.
    """
    actor.require(Permission.TRAINING_KEEP, Permission.TRAINING_APPLY)
    with within(session, SystemContext.TRAINING):
        return _enrolled(session, actor, cohort_id, person, keys, for_vacancy=for_vacancy, profile_id=profile_id)


def _enrolled(
    session: Session,
    actor: Actor,
    cohort_id: UUID,
    person: Person,
    keys: PersonKeys,
    *,
    for_vacancy: bool,
    profile_id: UUID | None,
) -> Enrolment:
    cohort = locked_cohort(session, cohort_id)
    if not actor.has(Permission.TRAINING_APPLY) and actor.organisation_id != cohort.organisation_id:
        raise NotFound(N_("There is no such cohort."))
    if not takes_people(cohort.state, cohort.joins_until, today()):
        raise Conflict(NOT_OPEN)
    trainee = trainee_for(session, cohort.organisation_id, person, keys, profile_id=profile_id)
    present = select(Enrolment.id).where(Enrolment.cohort_id == cohort.id, Enrolment.trainee_id == trainee.id)
    if session.scalar(present) is not None:
        raise ThereAlready(Sentence(THERE_ALREADY, {"name": person.full_name}))
    made = Enrolment(
        cohort_id=cohort.id,
        trainee_id=trainee.id,
        state=ENROLMENT.initial,
        for_vacancy=for_vacancy and cohort.vacancy_id is not None,
        applied_at=now(),
    )
    session.add(made)
    session.flush()
    give_seats(session, cohort)
    return made


def give_seats(session: Session, cohort: Cohort) -> list[Enrolment]:
    """Give the free seats to those who wait, in the order of arrival; the cohort must be locked. Who got one."""
    if not takes_people(cohort.state, cohort.joins_until, today()):
        return []
    with within(session, SystemContext.TRAINING):
        return _given(session, cohort)


def _given(session: Session, cohort: Cohort) -> list[Enrolment]:
    seats = places_of(session, cohort).seats
    if len(seats.taken) >= seats.total:
        return []
    waiting = session.scalars(
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.state == EnrolmentState.APPLIED)
        .order_by(Enrolment.number)
        .with_for_update()
    ).all()
    seated = []
    for enrolment, seat in zip(waiting, seats_given(seats, (one.for_vacancy for one in waiting)), strict=True):
        if seat is not None:
            with session.no_autoflush:
                enrolment.seat = seat
                take_step(session, SYSTEM, enrolment, ENROLMENT, EnrolmentAction.ENROL, EnrolmentFacts())
            if cohort.state is CohortState.RUNNING:
                take_step(session, SYSTEM, enrolment, ENROLMENT, EnrolmentAction.START, EnrolmentFacts())
            seated.append(enrolment)
    return seated


def get_enrolment(session: Session, actor: Actor, enrolment_id: UUID) -> Enrolment:
    """The enrolment with its trainee.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
    """
    query = visible_enrolments(actor).where(Enrolment.id == enrolment_id).options(selectinload(Enrolment.trainee))
    found = session.scalar(query)
    if found is None:
        raise NotFound(N_("There is no such enrolment."))
    return found


def people_in(session: Session, cohort: Cohort, *, seated: bool = False) -> list[Enrolment]:
    """Everybody in the cohort with their details, in the order of arrival; ``seated``: those who take part now."""
    query = select(Enrolment).where(Enrolment.cohort_id == cohort.id).options(selectinload(Enrolment.trainee))
    if seated:
        query = query.where(Enrolment.state.in_(SEATED))
    return list(session.scalars(query.order_by(Enrolment.number)))


def names_of(session: Session, people: Iterable[Enrolment]) -> dict[UUID, str]:
    """The names of these people, by enrolment; their trainees are loaded."""
    enrolments = list(people)
    cards = opened(session, (one.trainee for one in enrolments))
    return {one.id: cards[one.trainee_id].full_name for one in enrolments}


def leave(
    session: Session, actor: Actor, enrolment: Enrolment, action: EnrolmentAction, *, reason: str = ""
) -> list[Enrolment]:
    """Let somebody go; the seat goes to the next who waits. Who got it.

    Raises:
        Conflict: the person takes part no longer.
        NotPermitted: the actor may not do this.
        Unprocessable: the reason is missing.
    """
    with within(session, SystemContext.TRAINING):
        return _left(session, actor, enrolment, action, reason)


def _left(
    session: Session, actor: Actor, enrolment: Enrolment, action: EnrolmentAction, reason: str
) -> list[Enrolment]:
    cohort = locked_cohort(session, enrolment.cohort_id)
    session.refresh(enrolment)
    with session.no_autoflush:
        held, enrolment.seat = enrolment.seat, None
        try:
            facts = EnrolmentFacts(has_reason=bool(reason))
            take_step(session, actor, enrolment, ENROLMENT, action, facts, note=reason)
        except TalentError:  # A database that fails takes everything back itself.
            enrolment.seat = held
            raise
    enrolment.reason = reason
    session.flush()
    if cohort.state is CohortState.RUNNING:
        count_at_risk(session, [cohort])
    return give_seats(session, cohort)
