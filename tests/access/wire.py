"""The application without a network and without threads: one request, asked and answered in this very thread.

A thousand requests a test are too many for a server's machinery: every ``def`` route and dependency would hop into a
thread of a pool and back. Here nothing runs at the same time, so what is asked is the same and the hops are left out.
"""

import asyncio
from collections.abc import Mapping
from contextvars import copy_context
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import anyio.to_thread


@dataclass(frozen=True)
class Answered:
    """What came back, before anybody reads it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    def header(self, name: str) -> str:
        """The first header of this name, or nothing."""
        return next((value for known, value in self.headers if known == name), "")


async def right_here(function, *arguments, **_how):
    """What ``anyio.to_thread.run_sync`` does, without the thread."""
    return function(*arguments)


class Wire:
    """Carries requests to the application; close it when all is asked."""

    def __init__(self, app, base_url):
        self.app, self.base = app, urlsplit(base_url)
        self.runner = asyncio.Runner()
        self._threads = anyio.to_thread.run_sync
        anyio.to_thread.run_sync = right_here

    def close(self):
        anyio.to_thread.run_sync = self._threads
        self.runner.close()

    def ask(self, method: str, address: str, headers: Mapping[str, str], form: Mapping[str, object] | None = None):
        """The answer to one request; a form is sent as a browser sends one without files."""
        content = b"" if form is None else urlencode(form, doseq=True).encode()
        kind = {} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send(method, address, {**headers, **kind}, content)

    def send(self, method: str, address: str, headers: Mapping[str, str], content: bytes = b"") -> Answered:
        """The answer to one request with this body; what the application raises after answering is left to its log."""
        return self.runner.run(self._asked(method, address, headers, content), context=copy_context())

    async def _asked(self, method, address, headers, content):
        path, _, query = address.partition("?")
        told = {"host": self.base.netloc, "content-length": str(len(content)), **headers}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": self.base.scheme,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in told.items()],
            "client": ("127.0.0.1", 50_000),
            "server": (self.base.hostname, self.base.port or 80),
        }
        came = [{"type": "http.request", "body": content, "more_body": False}]
        start, body = {}, []

        async def receive():
            return came.pop() if came else {"type": "http.disconnect"}

        async def send(message):
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.append(message.get("body", b""))

        try:
            await self.app(scope, receive, send)
        except Exception:
            if start.get("status", 0) < 500:  # a bug is answered by a page first, and then let fall into the log
                raise
        told_back = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"])
        return Answered(start["status"], told_back, b"".join(body))
