"""The candidate's matches: read, understand, answer, ask a person to look again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Unprocessable
from talent.matching import introductions, service
from talent.matching.models import ReviewRequest
from talent.matching.schemas import ReviewWords
from talent.matching.service import Match
from talent.matching.states import INTRODUCTION, IntroductionAction
from talent.profiles.service import own_state
from talent.profiles.states import ProfileState
from web.dependencies import ActorDep, PageDep, SessionDep
from web.explanations import OWN_STATE_TAGS, Explained, explained
from web.forms import FormDep
from web.parts import Tag
from web.policy import holds
from web.prospects import ProspectView, prospect_view

router = APIRouter(prefix="/matches", dependencies=[holds(Permission.MATCH_ANSWER)])

ANSWERS = {
    "yes": IntroductionAction.SAY_YES,
    "no": IntroductionAction.SAY_NO,
    "withdraw": IntroductionAction.WITHDRAW,
}


@dataclass(frozen=True)
class MatchView:
    """One match on a page; ``answers`` are the steps that the candidate may take now."""

    match: Match
    explained: Explained
    state: Tag
    answers: frozenset[str]
    reason: str = ""
    reviews: Sequence[ReviewRequest] = ()
    prospect: ProspectView | None = None


@dataclass(frozen=True)
class MatchesView:
    """The candidate's list; ``published`` is False while nothing can be matched."""

    published: bool
    matches: list[MatchView]

    @property
    def adequate(self) -> list[MatchView]:
        """Matches that fit at least in part."""
        return [one for one in self.matches if not one.explained.is_weak]

    @property
    def weak(self) -> list[MatchView]:
        """The others: nothing is kept from the candidate."""
        return [one for one in self.matches if one.explained.is_weak]


def as_view(match: Match, reason: str = "", reviews: Sequence[ReviewRequest] = ()) -> MatchView:
    """A match with what can be done about it."""
    open_steps = {step.action for step in INTRODUCTION.steps_from(match.state)}
    answers = frozenset(word for word, action in ANSWERS.items() if action in open_steps)
    lines = explained(match.explanation, own=True)
    return MatchView(match, lines, OWN_STATE_TAGS[match.state], answers, reason, reviews)


@router.get("")
def matches(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The candidate's own list, best first."""
    published = own_state(session, actor) is ProfileState.PUBLISHED
    found = service.candidate_matches(session, actor, language=page.language.code)
    view = MatchesView(published, [as_view(match) for match in found])
    return page.show("matches/list.html", view)


@router.get("/{vacancy_id}")
def match(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One match, explained."""
    found = service.candidate_match(session, actor, vacancy_id, language=page.language.code)
    lines = introductions.introduction_journal(session, found.introduction)
    reason = next((line.note for line in reversed(lines) if line.note), "")
    reviews = introductions.reviews_of(session, actor, vacancy_id)
    prospect = prospect_view(session, actor, vacancy_id, language=page.language.code)
    return page.show("matches/match.html", replace(as_view(found, reason, reviews), prospect=prospect))


@router.post("/{vacancy_id}/answer/{answer}")
def answer(vacancy_id: UUID, answer: str, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Say yes or no to one agency, or take a yes back."""
    address = f"/matches/{vacancy_id}"
    form.once(session, actor, then=address)
    if answer not in ANSWERS:
        raise Unprocessable
    introductions.answer(session, actor, vacancy_id, ANSWERS[answer])
    return form.done(session, address)


@router.get("/{vacancy_id}/review")
def ask_review(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form that asks for a person."""
    found = service.candidate_match(session, actor, vacancy_id, language=page.language.code)
    return page.show("matches/review.html", as_view(found))


@router.post("/{vacancy_id}/review")
def send_review(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Ask a person to look at this match."""
    form.once(session, actor, then=f"/matches/{vacancy_id}/review/sent")
    answered = form.read(ReviewWords)
    found = service.candidate_match(session, actor, vacancy_id, language=page.language.code)
    if answered.value is None:
        return page.again("matches/review.html", as_view(found), answered)
    introductions.ask_for_review(session, actor, vacancy_id, answered.value.words)
    return form.done(session, f"/matches/{vacancy_id}/review/sent")


@router.get("/{vacancy_id}/review/sent")
def review_sent(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What happens next."""
    found = service.candidate_match(session, actor, vacancy_id, language=page.language.code)
    reviews = introductions.reviews_of(session, actor, vacancy_id)
    return page.show("matches/review_sent.html", as_view(found, reviews=reviews))
