"""Writing cohorts, and answering an agency's request with one."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import TalentError
from talent.foundation.words import N_
from talent.readiness import asking
from talent.training import seats, service
from talent.training.models import Cohort, TrainingRequest
from talent.training.schemas import CohortDraft, Reason
from talent.training.states import RequestAction
from talent.vacancies.models import Vacancy
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.parts import Choice
from web.policy import holds
from web.routes.training_forms import FormView

router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP)])
RECOGNISED = [Choice("true", N_("Yes")), Choice("false", N_("No"))]
COHORT_FIELDS = ("reference", "starts_on", "ends_on", "joins_until", "seats", "reserved_seats", "venue")


def cohort_view(action: str, back: str, request: TrainingRequest | None, vacancy: Vacancy | None) -> FormView:
    """The form of a cohort."""
    return FormView(N_("Cohort"), action, back, request=request, vacancy=vacancy)


@router.get("/courses/{course_id}/cohorts/new")
def new_cohort(
    course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, request_id: UUID | None = None
) -> Response:
    """The form of a new cohort; for a request its people are the reserved seats."""
    service.own_institute(actor)
    service.get_course(session, actor, course_id)
    back = f"/training/courses/{course_id}"
    request, vacancy = asking.get_request(session, actor, request_id) if request_id else (None, None)
    people = request.people if request else 20
    form = blank(seats=people, reserved_seats=people if request else 0, request_id=request_id)
    view = cohort_view(f"{back}/cohorts/new", back, request, vacancy)
    return page.show("training/cohort_form.html", view, form=form)


class RequestNamed(BaseModel):
    """The request that a cohort answers."""

    request_id: UUID | None = None


@router.post("/courses/{course_id}/cohorts/new")
def create_cohort(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Plan a cohort."""
    course = service.get_course(session, actor, course_id)
    back = f"/training/courses/{course_id}"
    named = form.read(RequestNamed).value
    request, vacancy = (
        asking.get_request(session, actor, named.request_id) if named and named.request_id else (None, None)
    )
    answer = form.read(CohortDraft)
    view = cohort_view(f"{back}/cohorts/new", back, request, vacancy)
    if answer.value is None:
        return page.again("training/cohort_form.html", view, answer)
    try:
        with session.begin_nested():
            form.once(session, actor, then=back)
            made: Cohort = (
                asking.accept(session, actor, request, course, answer.value)
                if request
                else service.create_cohort(session, actor, course, answer.value)
            )
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        return page.again("training/cohort_form.html", view, answer.refuse("form", refused.message))
    return form.done(session, f"/training/cohorts/{made.id}")


@router.get("/cohorts/{cohort_id}/change")
def change_cohort(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form of a cohort with what is saved in it."""
    service.own_institute(actor)
    cohort = service.get_cohort(session, actor, cohort_id)
    here = f"/training/cohorts/{cohort_id}"
    form = blank(**{name: getattr(cohort, name) for name in COHORT_FIELDS}, instructors="\n".join(cohort.instructors))
    vacancy = session.get(Vacancy, cohort.vacancy_id) if cohort.vacancy_id else None
    return page.show("training/cohort_form.html", cohort_view(f"{here}/change", here, None, vacancy), form=form)


@router.post("/cohorts/{cohort_id}/change")
def save_cohort(cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write what the cohort is now; new seats go to those who wait."""
    cohort = service.get_cohort(session, actor, cohort_id, to_change=True)
    here = f"/training/cohorts/{cohort_id}"
    vacancy = session.get(Vacancy, cohort.vacancy_id) if cohort.vacancy_id else None
    view = cohort_view(f"{here}/change", here, None, vacancy)
    answer = form.read(CohortDraft)
    if answer.value is None:
        return page.again("training/cohort_form.html", view, answer)
    try:
        with session.begin_nested():
            form.once(session, actor, then=here)
            service.edit_cohort(session, actor, cohort, answer.value)
            seats.give_seats(session, cohort)
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        return page.again("training/cohort_form.html", view, answer.refuse("form", refused.message))
    return form.done(session, here)


@router.get("/requests/{request_id}")
def request(request_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What an agency asks for, and the courses that could answer it."""
    service.own_institute(actor)
    found, vacancy = asking.get_request(session, actor, request_id)
    view = {"request": found, "vacancy": vacancy, "courses": service.courses(session, actor)}
    return page.show("training/request.html", view)


@router.post("/requests/{request_id}/decline")
def decline(request_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Say no, with the reason."""
    found, vacancy = asking.get_request(session, actor, request_id)
    answer = form.read(Reason)
    if answer.value is None:
        view = {"request": found, "vacancy": vacancy, "courses": service.courses(session, actor)}
        return page.again("training/request.html", view, answer)
    form.once(session, actor, then="/training")
    asking.answer(session, actor, found, RequestAction.DECLINE, note=answer.value.reason)
    return form.done(session, "/training")
