"""An agency asks an institute for trained people; the institute answers by planning a cohort with reserved seats."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission
from talent.casework.take import take_step
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.training import service
from talent.training.models import Cohort, Course, Enrolment, TrainingRequest
from talent.training.policy import visible_requests
from talent.training.schemas import CohortDraft, RequestDraft
from talent.training.states import TRAINING_REQUEST, EnrolmentState, NoFacts, RequestAction, RequestState
from talent.vacancies.models import Vacancy
from talent.vacancies.service import get_vacancy
from talent.vacancies.states import VacancyState


def institutes(session: Session) -> Sequence[tuple[UUID, str]]:
    """Every training institute, by name."""
    query = select(Organisation.id, Organisation.name).where(Organisation.kind == OrganisationKind.INSTITUTE)
    with within(session, SystemContext.TRAINING):
        return [(key, name) for key, name in session.execute(query.order_by(Organisation.name))]


def ask(session: Session, actor: Actor, vacancy_id: UUID, draft: RequestDraft) -> TrainingRequest:
    """Ask an institute for people trained for one of the agency's own published vacancies.

    Raises:
        NotPermitted: the actor is no agency officer.
        NotFound: the agency has no such vacancy.
        Conflict: the vacancy is not published.
        Unprocessable: there is no such institute.
    """
    actor.require(Permission.TRAINING_ASK)
    vacancy = get_vacancy(session, actor, vacancy_id)
    if vacancy.state is not VacancyState.PUBLISHED:
        raise Conflict(N_("Publish the vacancy first. Then an institute can be asked."))
    institute = session.get(Organisation, draft.institute_id)
    if institute is None or institute.kind is not OrganisationKind.INSTITUTE:
        raise Unprocessable(N_("Choose the institute"))
    made = TrainingRequest(
        vacancy_id=vacancy.id,
        organisation_id=vacancy.organisation_id,
        asked_at=now(),
        **draft.model_dump(),
    )
    session.add(made)
    session.flush()
    return made


def requests(
    session: Session, actor: Actor, *, vacancy_id: UUID | None = None, institute_id: UUID | None = None
) -> list[tuple[TrainingRequest, Vacancy]]:
    """The requests that the actor may know, with their vacancies, the newest first."""
    query = visible_requests(actor).join(Vacancy, Vacancy.id == TrainingRequest.vacancy_id).add_columns(Vacancy)
    if vacancy_id is not None:
        query = query.where(TrainingRequest.vacancy_id == vacancy_id)
    if institute_id is not None:
        query = query.where(TrainingRequest.institute_id == institute_id)
    rows = session.execute(query.order_by(TrainingRequest.asked_at.desc())).all()
    return [(row[0], row[1]) for row in rows]


def get_request(session: Session, actor: Actor, request_id: UUID) -> tuple[TrainingRequest, Vacancy]:
    """One request with its vacancy.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
    """
    found = session.scalar(visible_requests(actor).where(TrainingRequest.id == request_id).with_for_update())
    if found is None:
        raise NotFound(N_("There is no such request."))
    return found, session.get_one(Vacancy, found.vacancy_id)


def answer(session: Session, actor: Actor, request: TrainingRequest, action: RequestAction, *, note: str = "") -> None:
    """Decline or withdraw the request.

    Raises:
        Conflict, NotPermitted: as ``take_step``.
    """
    take_step(session, actor, request, TRAINING_REQUEST, action, NoFacts(), note=note)


def accept(session: Session, actor: Actor, request: TrainingRequest, course: Course, draft: CohortDraft) -> Cohort:
    """Accept the request and plan the cohort whose reserved seats are for its vacancy.

    Raises:
        Conflict: the request was answered before.
        NotPermitted: the actor is no institute officer.
    """
    take_step(session, actor, request, TRAINING_REQUEST, RequestAction.ACCEPT, NoFacts())
    cohort = service.create_cohort(session, actor, course, draft, vacancy_id=request.vacancy_id)
    cohort.request_id = request.id
    session.flush()
    return cohort


def progress(session: Session, request: TrainingRequest) -> dict[EnrolmentState, int]:
    """How many people of the vacancy stand where in the cohorts that answer a request: numbers, never names."""
    if request.state is not RequestState.ACCEPTED:
        return {}
    query = (
        select(Enrolment.state, func.count())
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Cohort.request_id == request.id, Enrolment.for_vacancy)
        .group_by(Enrolment.state)
    )
    with within(session, SystemContext.TRAINING):
        return dict(session.execute(query).all())
