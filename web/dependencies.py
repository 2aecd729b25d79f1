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
from talent.foundation.audit import acting
from talent.foundation.row_context import NOBODY, SystemContext, enter, of_system
from web.i18n import Language
from web.pages import Page, page_for
from web.security import SAFE_METHODS
from web.shell import Shell


class SignInNeeded(Exception):
    """Nobody is signed in on a page that needs somebody; the person signs in and comes back."""

    def __init__(self, come_back_to: str) -> None:
        self.come_back_to = come_back_to
        super().__init__(come_back_to)


def shell_of(request: Request) -> Shell:
    """What this process holds."""
    shell: Shell = request.app.state.shell
    return shell


ShellDep = Annotated[Shell, Depends(shell_of)]


def open_session(shell: ShellDep) -> Iterator[Session]:
    """One transaction for one request: committed when the route returns, rolled back when it raises."""
    with shell.sessions.begin() as session:
        yield session


SessionDep = Annotated[Session, Depends(open_session, scope="function")]


def optional_actor(request: Request, shell: ShellDep, session: SessionDep) -> Actor | None:
    """Who is signed in, or None; from here on the transaction sees what this person may."""
    token = shell.cookies.session(request)
    actor = None
    if token:
        enter(session, of_system(SystemContext.SIGN_IN))
        actor = sessions.actor_of(session, token)
        enter(session, actor.rows if actor else NOBODY)
    request.state.actor = actor
    acting(session, actor)
    return actor


OptionalActorDep = Annotated[Actor | None, Depends(optional_actor)]


def current_actor(request: Request, actor: OptionalActorDep) -> Actor:
    """Who is signed in.

    Raises:
        SignInNeeded: nobody is.
        NotPermitted: the person wants to change something, and their organisation is suspended.
    """
    if actor is None:
        asked = f"{request.url.path}?{request.url.query}".removesuffix("?")
        raise SignInNeeded(asked if request.method in SAFE_METHODS else "")
    if request.method not in SAFE_METHODS:
        actor.refuse_when_suspended()
    return actor


ActorDep = Annotated[Actor, Depends(current_actor)]


def this_page(request: Request, actor: OptionalActorDep) -> Page:
    """The page that answers this request."""
    return page_for(request, actor)


PageDep = Annotated[Page, Depends(this_page)]


def this_language(page: PageDep) -> Language:
    """The reader's language."""
    return page.language


LanguageDep = Annotated[Language, Depends(this_language)]


def see(address: str) -> RedirectResponse:
    """Go and read that page: what every successful form answers."""
    return RedirectResponse(address, status_code=303)
