"""An agency asks institutes for people trained for one of its vacancies, and sees how far they are: never a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import TalentError
from talent.readiness import asking
from talent.training.models import TrainingRequest
from talent.training.schemas import RequestDraft
from talent.training.states import EnrolmentState, RequestAction, RequestState
from talent.vacancies.models import Vacancy
from talent.vacancies.service import get_vacancy
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.parts import Choice, Tag
from web.policy import holds
from web.routes.training_words import ENROLMENT_TAGS, REQUEST_TAGS

router = APIRouter(prefix="/vacancies", dependencies=[holds(Permission.TRAINING_ASK)])


@dataclass(frozen=True)
class AskView:
    """One vacancy, the institutes that can be asked, and the requests so far with how far each is."""

    vacancy: Vacancy
    institutes: Sequence[Choice]
    names: Mapping[UUID, str]
    requests: Sequence[tuple[TrainingRequest, Mapping[EnrolmentState, int]]]
    tags: Mapping[RequestState, Tag]
    states: Mapping[EnrolmentState, Tag]


def ask_view(session: SessionDep, actor: ActorDep, vacancy_id: UUID) -> AskView:
    """The training page of one of the agency's own vacancies."""
    actor.require(Permission.TRAINING_ASK)
    names = dict(asking.institutes(session))
    return AskView(
        vacancy=get_vacancy(session, actor, vacancy_id),
        institutes=[Choice(str(key), name) for key, name in names.items()],
        names=names,
        requests=[
            (one, asking.progress(session, one)) for one, _ in asking.requests(session, actor, vacancy_id=vacancy_id)
        ],
        tags=REQUEST_TAGS,
        states=ENROLMENT_TAGS,
    )


@router.get("/{vacancy_id}/training")
def training(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Ask an institute, or see how far those asked are."""
    view = ask_view(session, actor, vacancy_id)
    return page.show("vacancies/training.html", view, form=blank(people=view.vacancy.seats))


@router.post("/{vacancy_id}/training")
def ask(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Send the request."""
    here = f"/vacancies/{vacancy_id}/training"
    answer = form.read(RequestDraft)
    if answer.value is None:
        return page.again("vacancies/training.html", ask_view(session, actor, vacancy_id), answer)
    try:
        with session.begin_nested():
            form.once(session, actor, then=here)
            asking.ask(session, actor, vacancy_id, answer.value)
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        view = ask_view(session, actor, vacancy_id)
        return page.again("vacancies/training.html", view, answer.refuse("institute_id", refused.message))
    return form.done(session, here)


@router.post("/{vacancy_id}/training/{request_id}/withdraw")
def withdraw(vacancy_id: UUID, request_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take the request back while nobody has answered it."""
    here = f"/vacancies/{vacancy_id}/training"
    form.once(session, actor, then=here)
    found, _ = asking.get_request(session, actor, request_id)
    asking.answer(session, actor, found, RequestAction.WITHDRAW)
    return form.done(session, here)
