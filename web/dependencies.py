"""What a route may ask for: a session that commits before the answer leaves, who is there, the page, the language.

``scope="function"`` matters: with FastAPI's default scope the commit would run after the answer was sent, and a
failing commit would still look like success to the browser.
"""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse

from talent.accounts import sessions
from talent.accounts.actor import Actor
from talent.accounts.models import SignInStage
from talent.accounts.sessions import Holder
from talent.foundation.audit import acting
from talent.foundation.row_context import NOBODY, SystemContext, enter, of_system
from web.i18n import Language
from web.pages import Page, page_for
from web.security import SAFE_METHODS
from web.shell import Shell

SIGN_IN, SECOND_STEP, SET_UP, PROVE = "/sign-in", "/sign-in/second-step", "/sign-in/set-up", "/account/prove"
WAYS_ON = {SignInStage.SECOND_STEP: SECOND_STEP, SignInStage.SET_UP: SET_UP}
"""Where somebody goes who has begun to sign in, and may open nothing else before."""


class SignInNeeded(Exception):
    """Nobody is signed in on a page that needs somebody; the person goes to ``way`` and then comes back."""

    def __init__(self, come_back_to: str, way: str = SIGN_IN) -> None:
        self.come_back_to = come_back_to
        self.way = way
        super().__init__(come_back_to)


async def shell_of(request: Request) -> Shell:
    """What this process holds."""
    shell: Shell = request.app.state.shell
    return shell


ShellDep = Annotated[Shell, Depends(shell_of)]


def open_session(shell: ShellDep) -> Iterator[Session]:
    """One transaction for one request: committed when the route returns, rolled back when it raises."""
    with shell.sessions.begin() as session:
        yield session


SessionDep = Annotated[Session, Depends(open_session, scope="function")]


def optional_holder(request: Request, shell: ShellDep, session: SessionDep) -> Holder | None:
    """Who holds a sign-in session at whatever stage, or None; it is looked up under sign-in's own context."""
    token = shell.cookies.session(request)
    if not token:
        return None
    enter(session, of_system(SystemContext.SIGN_IN))
    holder = sessions.holder_of(session, token)
    enter(session, holder.actor.rows if holder is not None and holder.stage is SignInStage.FULL else NOBODY)
    return holder


OptionalHolderDep = Annotated[Holder | None, Depends(optional_holder)]


async def optional_actor(request: Request, session: SessionDep, holder: OptionalHolderDep) -> Actor | None:
    """Who is signed in completely, or None; from here on the transaction sees what this person may."""
    actor = holder.actor if holder is not None and holder.stage is SignInStage.FULL else None
    request.state.actor = actor
    acting(session, actor)
    return actor


OptionalActorDep = Annotated[Actor | None, Depends(optional_actor)]


def asked_for(request: Request) -> str:
    """The page to come back to; nothing, when a form was sent."""
    asked = f"{request.url.path}?{request.url.query}".removesuffix("?")
    return asked if request.method in SAFE_METHODS else ""


async def current_actor(request: Request, actor: OptionalActorDep, holder: OptionalHolderDep) -> Actor:
    """Who is signed in.

    Raises:
        SignInNeeded: nobody is, or not completely.
        NotPermitted: the person wants to change something, and their organisation is suspended.
    """
    if actor is None:
        raise SignInNeeded(asked_for(request), WAYS_ON[holder.stage] if holder else SIGN_IN)
    if request.method not in SAFE_METHODS:
        actor.refuse_when_suspended()
    return actor


ActorDep = Annotated[Actor, Depends(current_actor)]


def current_holder(_actor: OptionalActorDep, holder: OptionalHolderDep) -> Holder:
    """Who holds a session at whatever stage.

    Raises:
        SignInNeeded: nobody does.
    """
    if holder is None:
        raise SignInNeeded("")
    return holder


HolderDep = Annotated[Holder, Depends(current_holder)]


def fresh_holder(request: Request, holder: HolderDep) -> Holder:
    """Who may change their own way of signing in: somebody who sets it up, or who has just proved who they are.

    Raises:
        SignInNeeded: the second step is still to come, or the proof is too long ago.
    """
    if holder.stage is SignInStage.SECOND_STEP:
        raise SignInNeeded("", SECOND_STEP)
    if not holder.is_fresh:
        raise SignInNeeded(asked_for(request) or "/account", PROVE)
    return holder


FreshHolderDep = Annotated[Holder, Depends(fresh_holder)]


async def this_page(request: Request, actor: OptionalActorDep) -> Page:
    """The page that answers this request."""
    return page_for(request, actor)


PageDep = Annotated[Page, Depends(this_page)]


async def this_language(page: PageDep) -> Language:
    """The reader's language."""
    return page.language


LanguageDep = Annotated[Language, Depends(this_language)]


def see(address: str) -> RedirectResponse:
    """Go and read that page: what every successful form answers."""
    return RedirectResponse(address, status_code=303)
