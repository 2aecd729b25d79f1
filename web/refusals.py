"""Whoever is signed in and refused at an address is written down: who, where, and which deed was asked for."""

import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talent.foundation.audit import Deed, record
from talent.foundation.errors import NotPermitted
from talent.foundation.row_context import enter
from web.shell import Shell

log = logging.getLogger(__name__)


class Refusals:
    """Writes each refusal into the journal, in a transaction of its own, before the answer leaves.

    What somebody may not know of is answered as what does not exist, and is not written down. Neither is a refusal of
    whoever is not signed in: they name nobody, and anybody could fill the journal with them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_noticed(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == NotPermitted.http_status:
                await run_in_threadpool(write_down, scope)
            await send(message)

        await self.app(scope, receive, send_noticed)


def write_down(scope: Scope) -> None:
    """Add the entry about this refused request; a database that is away changes nothing about the refusal."""
    actor = scope.get("state", {}).get("actor")
    if actor is None:
        return
    shell: Shell = scope["app"].state.shell
    asked = f"{scope['method']} {getattr(scope.get('route'), 'path', '')}"
    try:
        with shell.sessions.begin() as session:
            enter(session, actor.rows)
            record(session, actor, Deed("address.refused", "address", asked[:100]))
    except SQLAlchemyError as error:
        log.warning("a refusal was not written down: %s", type(error).__name__)
