"""A candidate's own profile: its first page, its task list, the check of the answers, publishing, pausing, leaving."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.foundation.errors import Unprocessable
from talent.foundation.words import N_, Sentence
from talent.profiles import service
from talent.profiles.states import ProfileAction, ProfileState, steps_missing
from talent.profiles.steps import OwnProfile
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import Answer
from web.pages import Page
from web.parts import Text
from web.policy import holds
from web.routes.profile_answers import StepAnswers, names_of, step_answers, tasks_view
from web.routes.profile_saving import Desk, DeskDep, OwnDep

router = APIRouter(prefix="/profile", dependencies=[holds(Permission.PROFILE_KEEP)])


@dataclass(frozen=True)
class HomeView:
    """A published or paused profile."""

    tag: str
    tone: str
    meaning: str
    reference: str
    is_published: bool
    saved: bool
    open_cv_facts: int


@dataclass(frozen=True)
class CheckView:
    """Everything that was answered, and what is missing before publishing."""

    steps: Sequence[StepAnswers]
    missing: Sequence[Sentence]
    go_on: str
    is_draft: bool
    saved: bool


@dataclass(frozen=True)
class LifeView:
    """What pausing, resuming or withdrawing means, before it is done."""

    title: str
    action: str
    button: str
    meaning: Sequence[Text]
    is_warning: bool = False


STATES: Mapping[ProfileState, tuple[str, str, str]] = {
    ProfileState.PUBLISHED: (
        N_("published"),
        "good",
        N_("Software compares your profile with the vacancies. When one fits, you find it in your matches."),
    ),
    ProfileState.PAUSED: (
        N_("paused"),
        "waiting",
        N_("Your profile rests: there are no new matches, and agencies do not find you. Nothing is deleted."),
    ),
}
LIFE: Mapping[ProfileAction, LifeView] = {
    ProfileAction.PAUSE: LifeView(
        N_("Pause my profile?"),
        "/profile/pause",
        N_("Pause my profile"),
        (
            N_("You get no new matches, and agencies do not find you."),
            N_("Agencies that you said yes to still know your name and may contact you."),
            N_("Nothing is deleted, and you can resume at any time."),
        ),
    ),
    ProfileAction.RESUME: LifeView(
        N_("Publish my profile again?"),
        "/profile/resume",
        N_("Publish it again"),
        (
            N_("Software compares your profile with the vacancies again."),
            N_("Agencies see your skills, and your name only after you say yes to one of them."),
        ),
    ),
    ProfileAction.WITHDRAW: LifeView(
        N_("Withdraw my profile?"),
        "/profile/withdraw",
        N_("Withdraw my profile"),
        (
            N_("Your profile leaves every list, and your matches end."),
            N_("Agencies that you said yes to have read your name; ask them if they should delete it."),
            N_("What you told us is kept, so that you can open your profile again. You can ask us to delete it."),
        ),
        is_warning=True,
    ),
}


@router.get("")
def home(session: SessionDep, actor: ActorDep, page: PageDep, saved: str = "") -> Response:
    """What to know first, the task list of a draft, or the profile as it stands."""
    own = service.own_profile(session, actor)
    if own is None:
        return page.show("profiles/before.html")
    if own.profile.state is ProfileState.DRAFT:
        return page.show("profiles/tasks.html", tasks_view(own, saved=bool(saved)))
    if own.profile.state is ProfileState.WITHDRAWN:
        return page.show("profiles/withdrawn.html")
    return page.show("profiles/home.html", home_view(own, saved=bool(saved)))


def home_view(own: OwnProfile, *, saved: bool) -> HomeView:
    """A published or paused profile, and what can be done with it."""
    tag, tone, meaning = STATES[own.profile.state]
    return HomeView(
        tag=tag,
        tone=tone,
        meaning=meaning,
        reference=own.profile.reference,
        is_published=own.profile.state is ProfileState.PUBLISHED,
        saved=saved,
        open_cv_facts=own.open_cv_facts,
    )


@router.post("/begin")
def begin(session: SessionDep, actor: ActorDep) -> Response:
    """Begin the profile and go to its first step; whoever has one goes to it."""
    profile = service.get_or_begin(session, actor)
    return see("/profile/name" if profile.version == 1 else "/profile")


@router.get("/check")
def check(session: SessionDep, page: PageDep, own: OwnDep, saved: str = "") -> Response:
    """Everything that was answered, before publishing and afterwards."""
    return page.show("profiles/check.html", check_view(session, page, own, saved=bool(saved)))


def check_view(session: Session, page: Page, own: OwnProfile, *, saved: bool = False) -> CheckView:
    """The answers, what is missing, and where to go on."""
    is_draft = own.profile.state is ProfileState.DRAFT
    missing = steps_missing(own.facts) if own.profile.state in (ProfileState.DRAFT, ProfileState.PAUSED) else []
    waiting = tasks_view(own, saved=False).go_on
    steps = step_answers(own, names_of(session, own, page.language.code))
    return CheckView(steps, missing, waiting or "/profile", is_draft, saved)


MOVES: Mapping[ProfileAction, Callable[[Session, Actor, OwnProfile], CaseEvent]] = {
    ProfileAction.PUBLISH: service.publish,
    ProfileAction.PAUSE: service.pause,
    ProfileAction.RESUME: service.resume,
    ProfileAction.WITHDRAW: service.withdraw,
    ProfileAction.REOPEN: service.reopen,
}


def move(desk: Desk, action: ProfileAction) -> Response:
    """Move the profile, once; what is missing is said on the page of the answers."""
    own = service.profile_to_move(desk.session, desk.actor)
    view = check_view(desk.session, desk.page, own)
    try:
        with desk.session.begin_nested():
            desk.form.once(desk.session, desk.actor, then="/profile")
            MOVES[action](desk.session, desk.actor, own)
    except Unprocessable as refused:
        return desk.page.again("profiles/check.html", view, Answer(errors={"missing": refused.message}))
    return desk.done("/profile?saved=yes" if action in SAID else "/profile")


SAID = frozenset({ProfileAction.PUBLISH, ProfileAction.RESUME})
"""Moves after which the page says that it worked; the others show it by themselves."""


@router.post("/publish")
def publish(desk: DeskDep) -> Response:
    """Publish a draft."""
    return move(desk, ProfileAction.PUBLISH)


@router.get("/pause")
def ask_pause(page: PageDep, _own: OwnDep) -> Response:
    """What pausing means."""
    return page.show("profiles/life.html", LIFE[ProfileAction.PAUSE])


@router.post("/pause")
def pause(desk: DeskDep) -> Response:
    """Pause a published profile."""
    return move(desk, ProfileAction.PAUSE)


@router.get("/resume")
def ask_resume(page: PageDep, _own: OwnDep) -> Response:
    """What publishing again means."""
    return page.show("profiles/life.html", LIFE[ProfileAction.RESUME])


@router.post("/resume")
def resume(desk: DeskDep) -> Response:
    """Publish a paused profile again."""
    return move(desk, ProfileAction.RESUME)


@router.get("/withdraw")
def ask_withdraw(page: PageDep, _own: OwnDep) -> Response:
    """What withdrawing means."""
    return page.show("profiles/life.html", LIFE[ProfileAction.WITHDRAW])


@router.post("/withdraw")
def withdraw(desk: DeskDep) -> Response:
    """Withdraw the profile."""
    return move(desk, ProfileAction.WITHDRAW)


@router.post("/reopen")
def reopen(desk: DeskDep) -> Response:
    """Open a withdrawn profile again."""
    return move(desk, ProfileAction.REOPEN)
