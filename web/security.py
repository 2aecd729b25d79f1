"""Every unsafe request proves that it comes from one of our own pages: a token in the form, and the right origin.

The token is bound to the browser's sign-in cookie, or to its device cookie before it signs in. It is masked anew for
each page, so that compression cannot leak it.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from starlette.requests import Request

from talent.foundation.errors import NotPermitted
from talent.foundation.words import N_
from web.cookies import Cookies
from web.sent import sent_fields

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_FIELD = "_token"  # noqa: S105 - the name of a form field, not a secret
TOKEN_HEADER = "X-Form-Token"  # noqa: S105 - the name of a header, not a secret
TOKEN_BYTES = 24
OLD_FORM = N_("This page is too old to send, or another site sent it. Go back, reload the page and send it again.")


class FormTokens:
    """Makes and checks form tokens with a key derived from the installation's secret."""

    def __init__(self, secret_key: str) -> None:
        self._key = hmac.digest(secret_key.encode(), b"form token", "sha256")

    def _proof(self, bound_to: str) -> bytes:
        return hmac.new(self._key, bound_to.encode(), hashlib.sha256).digest()[:TOKEN_BYTES]

    def make(self, bound_to: str) -> str:
        """A fresh token for the browser that holds this cookie value."""
        mask = secrets.token_bytes(TOKEN_BYTES)
        return urlsafe_b64encode(mask + _mixed(mask, self._proof(bound_to))).decode()

    def is_good(self, token: str, bound_to: str) -> bool:
        """Whether the token was made for this cookie value."""
        try:
            raw = urlsafe_b64decode(token.encode())
        except ValueError:
            return False
        if len(raw) != 2 * TOKEN_BYTES or not bound_to:
            return False
        return hmac.compare_digest(_mixed(raw[:TOKEN_BYTES], raw[TOKEN_BYTES:]), self._proof(bound_to))


def _mixed(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def bound_value(cookies: Cookies, request: Request) -> str:
    """What a form token of this browser is bound to: its sign-in cookie, else its device cookie."""
    return cookies.session(request) or cookies.device(request)


def is_own_origin(request: Request, base_url: str) -> bool:
    """Whether the request says that it comes from this very site; saying nothing at all is left to the token."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    source = request.headers.get("origin") or request.headers.get("referer")
    if source is None:
        return True
    named = urlsplit(source)
    own = urlsplit(base_url)
    by_host = named.scheme == own.scheme and named.netloc == request.headers.get("host")
    return by_host or (named.scheme, named.netloc) == (own.scheme, own.netloc)


async def guard(request: Request) -> AsyncIterator[None]:
    """Nothing for a safe request, and for an unsafe one with its token and origin; closes what was sent.

    Raises:
        NotPermitted: the token is missing, foreign or malformed, or another site sent the request.
    """
    try:
        if request.method not in SAFE_METHODS:
            await refuse_foreign(request)
        yield
    finally:
        await request.close()


async def refuse_foreign(request: Request) -> None:
    """Nothing, when this page of ours sent the form to this browser.

    Raises:
        NotPermitted: the token is missing, foreign or malformed, or another site sent the request.
    """
    shell = request.app.state.shell
    token = request.headers.get(TOKEN_HEADER) or str((await sent_fields(request)).get(TOKEN_FIELD, ""))
    bound = bound_value(shell.cookies, request)
    if not is_own_origin(request, shell.settings.base_url) or not shell.tokens.is_good(token, bound):
        raise NotPermitted(OLD_FORM)
