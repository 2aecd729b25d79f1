"""A real OpenID Connect provider on loopback: discovery, keys, authorization with a proof key, tokens.

What it says can be bent in single places, to see that the service notices.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "talent", "a secret between the two"


@dataclass
class OidcServer:
    """The provider's state: who signs in there, its key, the codes that it gave out, and what is bent."""

    issuer: str = ""
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "p-1", "email": "jana@agency.example", "email_verified": True}
    )
    key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
    )
    signing_key: RSAKey | None = None
    unsigned: bool = False
    claims: dict[str, Any] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    metadata: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    opens_again: bool = False
    """Whether a code opens more than once: for a form that is sent again after a failure."""

    def rotate(self) -> None:
        """Sign with a new key from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})

    def described(self) -> dict[str, Any]:
        addresses = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return {
            "issuer": self.issuer,
            **addresses,
            "id_token_signing_alg_values_supported": ["RS256", "none"],
        } | self.metadata

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes once the person has signed in."""
        assert (query["client_id"], query["response_type"], query["code_challenge_method"]) == (
            CLIENT_ID,
            "code",
            "S256",
        )
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def get(self, asked: SplitResult) -> tuple[int, dict[str, Any], str]:
        """Status, body and way on of one question."""
        self.asked.append(asked.path)
        if asked.path == "/authorization_endpoint":
            return 302, {}, self.authorize({name: values[0] for name, values in parse_qs(asked.query).items()})
        bodies = {
            "/.well-known/openid-configuration": self.described,
            "/jwks_uri": lambda: {"keys": [self.key.as_dict(private=False)]},
        }
        return (200, bodies[asked.path](), "") if asked.path in bodies else (404, {}, "")

    def token(self, sent: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        code = sent.get("code", "")
        asked = self.codes.get(code) if self.opens_again else self.codes.pop(code, None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if authorization != f"Basic {expected}" or asked is None or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        moment = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT_ID, "iat": moment, "exp": moment + 300, "nonce": nonce, **self.person}
        said = {name: value for name, value in (said | self.claims).items() if name not in self.dropped}
        if self.unsigned:
            parts = (json.dumps(part).encode() for part in ({"alg": "none"}, said))
            return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, said, self.signing_key or self.key)


def handler_of(state: OidcServer) -> type[BaseHTTPRequestHandler]:
    """What answers each request."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def answer(self, status: int, body: dict[str, Any], location: str = "") -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self.answer(*state.get(urlsplit(self.path)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(*state.token(sent, self.headers.get("Authorization", "")))

    return Handler


@contextmanager
def oidc_server() -> Iterator[OidcServer]:
    """A provider that answers on a free port of loopback until the end."""
    state = OidcServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(state))
    state.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
