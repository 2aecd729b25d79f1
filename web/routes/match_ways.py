"""A candidate and one vacancy: all lawful ways side by side, with what profile and vacancy already say."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.matching import service
from talent.pathways.schemas import RouteQuestion
from talent.placements.facts import compared_for, known_answers
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Form
from web.policy import holds
from web.routes.pathway_views import CompareView, compare_view

router = APIRouter(prefix="/matches", dependencies=[holds(Permission.MATCH_ANSWER)])


@dataclass(frozen=True)
class MatchWaysView:
    """The ways for one match."""

    ways: CompareView
    vacancy_id: UUID
    title: str


@router.get("/{vacancy_id}/ways")
def ways(vacancy_id: UUID, request: Request, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The ways into the vacancy's country; what is told here is kept nowhere."""
    match = service.candidate_match(session, actor, vacancy_id, language=page.language.code)
    known = known_answers(session, actor, match.vacancy)
    sent = {name: value for name, value in request.query_params.multi_items() if name not in ("country", "occupation")}
    answer = Form(FormData(list((known | sent).items()))).read(RouteQuestion)
    first = Form(FormData(list(known.items()))).read(RouteQuestion)
    question = answer.value or first.value
    assert question is not None  # profile and vacancy hold what the fields allow
    view = MatchWaysView(compare_view(compared_for(question, match.vacancy)), vacancy_id, match.vacancy.title)
    return page.show("matches/ways.html", view, form=answer, status=422 if answer.errors else 200)
