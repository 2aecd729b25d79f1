"""What people see when something does not go as they meant: a page, or JSON, with a sentence and a way on."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talent.foundation.errors import Busy, Conflict, NotFound, TalentError
from talent.foundation.words import N_, Sentence
from web.dependencies import SignInNeeded
from web.forms import SentTwice
from web.pages import page_for
from web.parts import Text

log = logging.getLogger(__name__)

TITLES: Mapping[int, str] = {
    400: N_("We could not read that"),
    403: N_("You may not do this"),
    404: N_("Page not found"),
    405: N_("Page not found"),
    409: N_("Somebody was faster"),
    410: N_("No longer available"),
    413: N_("Too large"),
    422: N_("We cannot use that"),
    429: N_("Please wait"),
    500: N_("Something went wrong on our side"),
    503: N_("Not available right now"),
}
OUR_FAULT = N_("It is not your fault. Nothing half-done was saved. Try again in a few minutes.")
AWAY = N_("The service could not save or read in time. Nothing half-done was saved. Wait half a minute and try again.")
CHANGED = N_("This was changed while you were reading it. Look at it again, then make your change once more.")
NOT_HERE = N_("Check the address, or go back to the start. If a page of ours brought you here, tell us.")
PLAIN: Mapping[int, str] = {404: NOT_HERE, 405: NOT_HERE}


@dataclass(frozen=True)
class ErrorView:
    """What the error page says; the reference lets staff find the line in the log."""

    status: int
    title: str
    sentence: Text
    reference: str = ""


def wants_json(request: Request) -> bool:
    """Whether a program asks, not a person."""
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith("/api/") or ("application/json" in accepted and "text/html" not in accepted)


def refusal(request: Request, error: TalentError) -> Response:
    """The answer for an expected error, as a page or as JSON, with when to come back where that helps."""
    response = answer(request, error.http_status, error.message)
    if error.retry_after_s is not None:
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def answer(request: Request, status: int, sentence: Sentence, reference: str = "") -> Response:
    """The answer for this status and sentence, as a page or as JSON."""
    if wants_json(request):
        return JSONResponse({"error": sentence.english(), "reference": reference}, status)
    view = ErrorView(status, TITLES.get(status, TITLES[500]), sentence, reference)
    page = page_for(request, getattr(request.state, "actor", None))
    return page.show("errors/error.html", view, status=status)


def on_expected(request: Request, error: Exception) -> Response:
    """A refusal that the domain spoke."""
    assert isinstance(error, TalentError)
    return refusal(request, error)


def on_stale(request: Request, _error: Exception) -> Response:
    """Two people changed the same thing: the second is told."""
    return answer(request, Conflict.http_status, Sentence(CHANGED))


def on_database(request: Request, error: Exception) -> Response:
    """The database is away, or did not answer, lock or lend a connection in time: nothing was saved."""
    log.warning("the database did not answer in time: %s", type(error.__cause__ or error).__name__)
    return refusal(request, Busy(AWAY))


def on_http(request: Request, error: Exception) -> Response:
    """No such page, no such method."""
    assert isinstance(error, HTTPException)
    status = 404 if error.status_code == 405 and not wants_json(request) else error.status_code
    response = answer(request, status, Sentence(PLAIN.get(status, TITLES.get(status, OUR_FAULT))))
    response.headers.update(error.headers or {})
    return response


def on_odd_address(request: Request, error: Exception) -> Response:
    """An address with a malformed part: a page that does not exist, or a filter that cannot be used."""
    assert isinstance(error, RequestValidationError)
    in_path = any(part["loc"][:1] == ("path",) for part in error.errors())
    status = NotFound.http_status if in_path else 422
    return answer(request, status, Sentence(NOT_HERE))


def on_sign_in_needed(request: Request, error: Exception) -> Response:
    """Sign in first, then come back."""
    assert isinstance(error, SignInNeeded)
    if wants_json(request):
        return JSONResponse({"error": "Sign in first.", "reference": ""}, 401)
    query = f"?{urlencode({'next': error.come_back_to})}" if error.come_back_to not in {"", "/"} else ""
    return RedirectResponse(f"{error.way}{query}", status_code=303)


def on_sent_twice(_request: Request, error: Exception) -> Response:
    """The first of two clicks did the work; the second follows it."""
    assert isinstance(error, SentTwice)
    return RedirectResponse(error.went_to, status_code=303)


HANDLERS = {
    TalentError: on_expected,
    StaleDataError: on_stale,
    OperationalError: on_database,
    NoConnection: on_database,
    HTTPException: on_http,
    RequestValidationError: on_odd_address,
    SignInNeeded: on_sign_in_needed,
    SentTwice: on_sent_twice,
}


def register(app: FastAPI) -> None:
    """Make the app answer every expected error in words."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)


class LastResort:
    """Turns a bug into a page with a reference, then lets it fall into the log of the server."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = False

        async def send_noticed(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noticed)
        except ClientDisconnect:
            return  # Whoever sent half a form has gone: nobody is left to answer, and nothing went wrong here.
        except Exception:
            if scope["type"] == "http" and not started:
                reference = secrets.token_hex(4)
                log.exception("reference %s", reference)
                await answer(Request(scope), 500, Sentence(OUR_FAULT), reference)(scope, receive, send)
            raise
