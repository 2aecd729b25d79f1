"""The three cookies of the service: who is signed in, which device this is, which language it reads.

All are needed to work, so no consent is asked for. ``__Host-`` names bind them to this host and to HTTPS.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

DEVICE_LASTS = timedelta(days=180)
LANGUAGE_LASTS = timedelta(days=365)
TOKEN_CHARACTERS = 200


@dataclass(frozen=True)
class Cookies:
    """Reads and writes the cookies, marked secure where the service is reached over HTTPS."""

    secure: bool

    @property
    def prefix(self) -> str:
        """What every name begins with: browsers take ``__Host-`` only when secure, with path / and no domain."""
        return "__Host-" if self.secure else ""

    def session(self, request: Request) -> str:
        """The sign-in token that came with the request, or an empty string."""
        return self._read(request, "session")

    def device(self, request: Request) -> str:
        """The random name of this browser, or an empty string."""
        return self._read(request, "device")

    def language(self, request: Request) -> str:
        """The language code that this browser chose, or an empty string."""
        return self._read(request, "language")

    def keep_session(self, response: Response, token: str) -> None:
        """Sign this browser in; the cookie ends with the browser."""
        self._write(response, "session", token, None)

    def keep_device(self, response: Response, name: str) -> None:
        """Remember this browser's random name."""
        self._write(response, "device", name, DEVICE_LASTS)

    def keep_language(self, response: Response, code: str) -> None:
        """Remember the language that this browser chose."""
        self._write(response, "language", code, LANGUAGE_LASTS)

    def forget_session(self, response: Response) -> None:
        """Sign this browser out."""
        response.delete_cookie(f"{self.prefix}session", path="/", secure=self.secure, httponly=True, samesite="lax")

    def _read(self, request: Request, name: str) -> str:
        value = request.cookies.get(f"{self.prefix}{name}", "")
        return value if len(value) <= TOKEN_CHARACTERS else ""

    def _write(self, response: Response, name: str, value: str, lasts: timedelta | None) -> None:
        response.set_cookie(
            f"{self.prefix}{name}",
            value,
            max_age=int(lasts.total_seconds()) if lasts else None,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )


def new_device() -> str:
    """A random name for a browser, 192 bits."""
    return secrets.token_urlsafe(24)
