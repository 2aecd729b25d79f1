"""How much a request may send: counted while it arrives, whatever its Content-Length says."""

from typing import ClassVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talent.foundation.errors import TalentError
from talent.foundation.words import N_, Sentence

MEGABYTE = 1024 * 1024
MOST_WITH_FILES = 8 * MEGABYTE
MOST_WITHOUT_FILES = MEGABYTE // 2
MOST_TOGETHER = 32 * MEGABYTE  # one document for each of a hundred placements
MANY_FILES = {"/placements/together": 100}
"""Addresses whose form takes many files at once, and how many; anybody else sends four at most."""
FEW_FILES = 4
MOST_READ_AND_DROPPED = 64 * MEGABYTE  # so that a phone that sent a large file still sees the page that says so


class TooLarge(TalentError):
    """More was sent than the service takes."""

    http_status: ClassVar[int] = 413
    default: ClassVar[str] = N_("What you sent is too large.")


class BodyLimit:
    """Refuses bodies over the limit of their kind, without ever holding more than the limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        kind = dict(scope["headers"]).get(b"content-type", b"")
        with_files = MOST_TOGETHER if scope["path"] in MANY_FILES else MOST_WITH_FILES
        most = with_files if kind.startswith(b"multipart/form-data") else MOST_WITHOUT_FILES
        arrived = 0

        async def receive_counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived <= most:
                return message
            while message.get("more_body") and arrived <= MOST_READ_AND_DROPPED:
                message = await receive()
                arrived += len(message.get("body", b""))
            raise TooLarge(
                Sentence(
                    N_("What you sent is larger than {megabytes} MB. Send less, or a smaller file."),
                    {"megabytes": f"{most / MEGABYTE:g}"},
                )
            )

        await self.app(scope, receive_counted, send)
