"""How many requests are worked on at once, and who waits or comes back when more arrive than that.

Signing in, registering and saving come first, files and figures last. Whoever cannot be served within the time that a
person waits is told so at once, with when to come back, instead of slowing everybody down. A form takes its place only
when all of it has arrived, so that a slow telephone keeps nobody waiting.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talent.foundation.errors import Busy
from web.errors import refusal, wants_json
from web.pages import page_for
from web.security import SAFE_METHODS


class Urgency(IntEnum):
    """Whose turn comes first."""

    SAVING = 0
    READING = 1
    FILES = 2


AT_ONCE: Final = 8
"""Requests that one process works on at once (S-OWN-1): it has one processor, and each holds a connection."""
MOST: Final[Mapping[Urgency, int]] = {Urgency.SAVING: AT_ONCE, Urgency.READING: AT_ONCE - 1, Urgency.FILES: 2}
"""Places that each kind may hold of all: one is always left for who saves, and files never hold up reading."""
MOST_WAITING: Final[Mapping[Urgency, int]] = {Urgency.SAVING: 256, Urgency.READING: 64, Urgency.FILES: 8}
"""Requests of each kind that may wait for a place (S-OWN-1)."""
LONGEST_WAIT_S: Final[Mapping[Urgency, float]] = {Urgency.SAVING: 8.0, Urgency.READING: 2.0, Urgency.FILES: 1.0}
"""Seconds that a request of each kind waits for a place (S-OWN-1)."""
ALWAYS: Final = ("/static/", "/healthz", "/readyz")
"""What costs next to nothing, or says whether the service works."""
OPENING: Final = ("/sign-in", "/register", "/invitation/")
"""Pages on the way in come with what is saved there."""
LAST: Final = ("/figures", "/observatory", "/programme", "/calendar/feed/", "/my-data/copy", "/training/report-days")
LAST_ENDINGS: Final = (".csv", ".xlsx", ".pdf", ".docx", ".txt", ".json", "/paper", "/papers", "/file", "/rejected")


def urgency(method: str, path: str) -> Urgency:
    """Whose turn a request waits for."""
    if method not in SAFE_METHODS or path.startswith(OPENING):
        return Urgency.SAVING
    return Urgency.FILES if path.startswith(LAST) or path.endswith(LAST_ENDINGS) else Urgency.READING


class Turnstile:
    """The places of one process, and who waits for one."""

    def __init__(self) -> None:
        self.inside = dict.fromkeys(Urgency, 0)
        self.waiting: dict[Urgency, deque[asyncio.Future[None]]] = {kind: deque() for kind in Urgency}

    def has_place(self, kind: Urgency) -> bool:
        """Whether one more of this kind may be worked on."""
        return sum(self.inside.values()) < AT_ONCE and self.inside[kind] < MOST[kind]

    async def enter(self, kind: Urgency) -> None:
        """Take a place, at once or after those who wait for one.

        Raises:
            Busy: too many wait, or the wait was too long.
        """
        if self.has_place(kind) and not any(self.waiting[other] for other in Urgency if other <= kind):
            self.inside[kind] += 1
            return
        if len(self.waiting[kind]) >= MOST_WAITING[kind]:
            raise Busy
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting[kind].append(place)
        try:
            await asyncio.wait_for(asyncio.shield(place), LONGEST_WAIT_S[kind])
        except BaseException as why:
            self._give_up(kind, place)
            if isinstance(why, TimeoutError):
                raise Busy from None
            raise

    def _give_up(self, kind: Urgency, place: asyncio.Future[None]) -> None:
        if place.done():
            self.leave(kind)
        else:
            self.waiting[kind].remove(place)

    def leave(self, kind: Urgency) -> None:
        """Give the place back; whoever waits first, the most urgent kind before others, takes it."""
        self.inside[kind] -= 1
        for other in Urgency:
            while self.waiting[other] and self.has_place(other):
                self.inside[other] += 1
                self.waiting[other].popleft().set_result(None)


class TurnedAway:
    """What people read whose turn would come too late, made once in each language: it must cost next to nothing."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool], Response] = {}

    def answer(self, scope: Scope) -> Response:
        """The answer in the reader's language; its links lead to the start, whatever was asked for."""
        request = Request(scope)
        language, as_json = page_for(request, None).language.code, wants_json(request)
        if (language, as_json) not in self._made:
            kind = b"application/json" if as_json else b"text/html"
            headers = [(b"accept-language", language.encode()), (b"accept", kind)]
            start = {"method": "GET", "path": "/", "query_string": b"", "headers": headers, "state": {}}
            self._made[language, as_json] = refusal(Request(dict(scope) | start), Busy())
        made = self._made[language, as_json]
        return Response(made.body, made.status_code, made.headers)  # the layers around write into its headers


class Shedding:
    """Lets requests in by turns, and turns away those whose turn would come too late."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.turnstile = Turnstile()
        self.turned_away = TurnedAway()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].startswith(ALWAYS):
            await self.app(scope, receive, send)
            return
        kind = urgency(scope["method"], scope["path"])
        visit = _Visit(self.turnstile, kind, receive, send)
        try:
            if scope["method"] in SAFE_METHODS:
                await visit.enter()
            await self.app(scope, visit.receive, visit.send)
        except Busy:
            await self.turned_away.answer(scope)(scope, receive, send)
        finally:
            visit.leave()


class _Visit:
    """One request with the place that it holds or not."""

    def __init__(self, turnstile: Turnstile, kind: Urgency, receive: Receive, send: Send) -> None:
        self._turnstile, self._kind, self._receive, self._send = turnstile, kind, receive, send
        self._asked = self._inside = False

    async def enter(self) -> None:
        if not self._asked:
            self._asked = True
            await self._turnstile.enter(self._kind)
            self._inside = True

    def leave(self) -> None:
        if self._inside:
            self._inside = False
            self._turnstile.leave(self._kind)

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body"):
            await self.enter()
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self.leave()  # what is left to do is to wait for the reader's line
        await self._send(message)
