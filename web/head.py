"""HEAD answers like GET without its body: link checkers, load balancers and browsers ask so."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AsHead:
    """Lets the application answer a HEAD as a GET and keeps what it says about the body, not the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, send_without_body)
