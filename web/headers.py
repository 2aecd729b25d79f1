"""What every answer carries: nothing may be inlined, framed, sniffed, cached or sent elsewhere.

No page runs a script, but for the few that ask for a passkey, which no browser gives without one: they name it by a
nonce of their own.
"""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
UNUSED_POWERS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": UNUSED_POWERS,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ONLY_HTTPS = "max-age=63072000; includeSubDomains"  # two years
SANDBOX = f"{POLICY}; sandbox"
"""For files that leave: a browser that opens one all the same runs nothing in it, as if it were another site's."""
DEFAULT_CACHING = "no-store"
NONCE = "script_nonce"
"""Under which name a page notes the nonce of its script in the request's state."""


class SafeHeaders:
    """Puts the headers on every answer, whoever made it, and replaces whatever was there."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = dict(HEADERS) | ({"Strict-Transport-Security": ONLY_HTTPS} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        scope.setdefault("state", {})

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                if headers.get("Content-Disposition", "").startswith("attachment"):
                    headers["Content-Security-Policy"] = SANDBOX
                if nonce := scope["state"].get(NONCE):
                    headers["Content-Security-Policy"] = f"{POLICY}; script-src 'nonce-{nonce}'"
                headers.setdefault("Cache-Control", DEFAULT_CACHING)
            await send(message)

        await self.app(scope, receive, send_safely)
