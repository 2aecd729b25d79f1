"""One page for one reader: the frame around a template, in the right language and with the right cookies."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse

from talent.accounts.actor import Actor
from talent.accounts.throttle import Visit
from web.cookies import new_device
from web.forms import ONCE_FIELD, REFUSED, Answer
from web.headers import NONCE
from web.i18n import LANGUAGES, Language, known_language, preferred_language
from web.navigation import home_of, menu_of, safe_next
from web.parts import Link
from web.security import SAFE_METHODS, TOKEN_FIELD, bound_value
from web.shell import Shell

NOTHING_TYPED: Answer[Any] = Answer()
KEPT_NOWHERE = "no-store"
KEPT_FOR_ONE_READER = "private, no-cache"
REFUSED_STATUS = 422
PAGE_DIGITS = 6  # of the number of a page in a long list


@dataclass
class Page:
    """What the layout and the parts may ask about the request; routes call ``show`` and ``again``."""

    request: Request
    shell: Shell
    actor: Actor | None
    language: Language
    device: str = ""
    new_device: str = ""
    new_session: str = ""
    has_form: bool = False
    once_field: str = field(default=ONCE_FIELD, init=False)
    token_field: str = field(default=TOKEN_FIELD, init=False)

    @property
    def path(self) -> str:
        """The address of this page without its query."""
        return self.request.url.path

    @property
    def number(self) -> int:
        """Which page of a long list is asked for; the first when that is no number."""
        asked = self.request.query_params.get("page", "")
        return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < PAGE_DIGITS else 1

    @property
    def home(self) -> str:
        """Where the name of the service leads."""
        return home_of(self.actor.role) if self.actor else "/"

    @property
    def visit(self) -> Visit:
        """Where this request comes from."""
        client = self.request.client.host if self.request.client else ""
        return Visit(self.device, client, self.request.headers.get("user-agent", "")[:400])

    @property
    def bound_to(self) -> str:
        """What forms of this browser are bound to; after signing in, the new session."""
        return self.new_session or bound_value(self.shell.cookies, self.request) or self.new_device

    def script_nonce(self) -> str:
        """The nonce of this page's one script; asking for it lets that script run."""
        nonce = getattr(self.request.state, NONCE, "") or secrets.token_urlsafe(16)
        setattr(self.request.state, NONCE, nonce)
        return str(nonce)

    @property
    def contact(self) -> str:
        """Where people write to, or an empty string."""
        return self.shell.settings.contact

    @property
    def is_demonstration(self) -> bool:
        """Whether the people and vacancies of this installation are invented."""
        return self.shell.settings.demo

    @property
    def menu(self) -> Sequence[Link]:
        """The menu of whoever reads."""
        return menu_of(self.actor.role) if self.actor else ()

    @property
    def other_languages(self) -> list[tuple[Language, str]]:
        """Each other language with the address of this same page in it."""
        others = (language for language in LANGUAGES.values() if language != self.language)
        return [(language, self.address(lang=language.code)) for language in others]

    def token(self) -> str:
        """A form token for this browser; it gives the browser its device cookie when it has none."""
        return self.shell.tokens.make(self.binding())

    def binding(self) -> str:
        """What a form of this browser is bound to; it gives the browser its device cookie when it has nothing yet."""
        self.has_form = True
        if not self.bound_to:
            self.new_device = new_device()
        return self.bound_to

    def once(self) -> str:
        """A key that makes one form count once."""
        return secrets.token_urlsafe(16)

    def address(self, **changed: object) -> str:
        """This page's address with these query values changed; None takes one away."""
        query = [(name, value) for name, value in parse_qsl(self._query()) if name not in changed]
        query += [(name, str(value)) for name, value in changed.items() if value is not None]
        return f"{self._readable_path()}?{urlencode(query)}" if query else self._readable_path()

    def show(
        self, template: str, view: object = None, *, form: Answer[Any] = NOTHING_TYPED, status: int = 200
    ) -> HTMLResponse:
        """The page made by this template from this view."""
        if status == REFUSED_STATUS and (give_back := getattr(self.request.state, REFUSED, None)):
            give_back()
        page = self.shell.environments[self.language.code].get_template(template)
        response = HTMLResponse(page.render(page=self, view=view, form=form), status)
        self._finish(response)
        return response

    def again(self, template: str, view: object, form: Answer[Any]) -> HTMLResponse:
        """The page with its form once more: everything typed, and what is wrong; answered as 422."""
        return self.show(template, view, form=form, status=REFUSED_STATUS)

    def _readable_path(self) -> str:
        """The path to come back to: this one, or after sending a form the page that held the form."""
        if self.request.method in SAFE_METHODS:
            return self.path
        referer = urlsplit(self.request.headers.get("referer", ""))
        return safe_next(referer.path) or "/"

    def _query(self) -> str:
        if self.request.method in SAFE_METHODS:
            return self.request.url.query
        return urlsplit(self.request.headers.get("referer", "")).query

    def _finish(self, response: HTMLResponse) -> None:
        private = self.actor is not None or self.has_form
        response.headers["Cache-Control"] = KEPT_NOWHERE if private else KEPT_FOR_ONE_READER
        response.headers["Content-Language"] = self.language.code
        response.headers["Vary"] = "Cookie, Accept-Language"
        if self.new_device:
            self.shell.cookies.keep_device(response, self.new_device)
        chosen = known_language(self.request.query_params.get("lang"))
        if chosen is not None and chosen.code != self.shell.cookies.language(self.request):
            self.shell.cookies.keep_language(response, chosen.code)


def reader_language(request: Request, shell: Shell, actor: Actor | None) -> Language:
    """The language of this reader: asked for in the address, then kept by the browser, then by the account."""
    return (
        known_language(request.query_params.get("lang"))
        or known_language(shell.cookies.language(request))
        or known_language(actor.language if actor else None)
        or preferred_language(request.headers.get("accept-language", ""))
    )


def page_for(request: Request, actor: Actor | None) -> Page:
    """The page that answers this request."""
    shell: Shell = request.app.state.shell
    return Page(
        request=request,
        shell=shell,
        actor=actor,
        language=reader_language(request, shell, actor),
        device=shell.cookies.device(request),
    )
