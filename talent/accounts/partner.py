"""How this service speaks with a provider of sign-ins: OpenID Connect through Authlib, nothing taken on trust."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError

from talent.foundation.crypto import DoesNotOpen
from talent.foundation.errors import NotPermitted, TalentError, Unprocessable
from talent.foundation.words import N_

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA", "Ed25519")
"""Signatures with a public key; "none" and shared secrets are refused whatever the provider says."""
SCOPES = "openid email"
PATIENCE_S = 5.0
LEEWAY_S = 60
LARGEST_ANSWER_BYTES = 1024 * 1024
FAILED = N_(
    "Your organisation's sign-in did not answer as agreed. Try again; if it happens once more, tell your own help desk."
)
BAD_ISSUER = N_("Enter the address of the provider, beginning with https:// and without a query.")


@dataclass
class Partner(OpenIDMixin):  # type: ignore[misc]  # Authlib has no type hints
    """One provider as Authlib reads it: its own description, its keys, and checks of what it signs."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    server_metadata: dict[str, Any] = field(default_factory=dict)

    def load_server_metadata(self) -> dict[str, Any]:
        """The provider's own description, read once.

        Raises:
            Unprocessable: it calls itself by another name, or an address in it is not safe.
        """
        if not self.server_metadata:
            with self._get_session() as client:
                found = client.request("GET", f"{self.issuer}/.well-known/openid-configuration", withhold_token=True)
                found.raise_for_status()
                described = found.json()
            if described["issuer"] != self.issuer:
                raise Unprocessable(FAILED)
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                checked_address(described[name])
            offered = described.get("id_token_signing_alg_values_supported", ALGORITHMS)
            described["id_token_signing_alg_values_supported"] = [one for one in ALGORITHMS if one in offered]
            self.server_metadata = described
        return self.server_metadata

    def _get_session(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id,
            self.client_secret,
            scope=SCOPES,
            code_challenge_method="S256",
            timeout=PATIENCE_S,
            follow_redirects=False,
            trust_env=False,
            event_hooks={"response": [refuse_large]},
        )

    def way_there(self, *, back: str, state: str, nonce: str, verifier: str) -> str:
        """The address at the provider where the person signs in."""
        described = self.load_server_metadata()
        with self._get_session() as client:
            address, _ = client.create_authorization_url(
                described["authorization_endpoint"],
                state=state,
                code_verifier=verifier,
                nonce=nonce,
                redirect_uri=back,
            )
        return str(address)

    def claims(self, *, back: str, code: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """What the provider says about the person: signed by it, for us, for this very errand."""
        described = self.load_server_metadata()
        with self._get_session() as client:
            token = client.fetch_token(
                described["token_endpoint"], code=code, code_verifier=verifier, redirect_uri=back
            )
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "sub": {"essential": True},
        }
        said: Mapping[str, Any] | None = self.parse_id_token(token, nonce, claims_options=options, leeway=LEEWAY_S)
        if said is None:
            raise Unprocessable(FAILED)
        return said


def refuse_large(response: httpx2.Response) -> None:
    """Nothing, for an answer of an ordinary size.

    Raises:
        Unprocessable: the provider announces more than a megabyte.
    """
    if int(response.headers.get("content-length", 0)) > LARGEST_ANSWER_BYTES:
        raise Unprocessable(FAILED)


def checked_address(address: str) -> str:
    """An address that may be called: over HTTPS, or on this very machine for trying out.

    Raises:
        Unprocessable: it is another one.
    """
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if not (parts.scheme == "https" or is_here) or not parts.hostname or parts.username or parts.fragment:
        raise Unprocessable(BAD_ISSUER)
    return address


class answering_as_agreed:  # noqa: N801 - read as a sentence: with answering_as_agreed()
    """Turns every fault of a provider into one sentence for the person; what exactly it was stays unsaid."""

    def __enter__(self) -> None:
        """Nothing."""

    def __exit__(self, kind: object, fault: BaseException | None, _trace: object) -> None:
        """Nothing, when all went well.

        Raises:
            NotPermitted: the provider did not answer as agreed.
        """
        expected = (AuthlibBaseError, JoseError, httpx2.HTTPError, TalentError, DoesNotOpen, ValueError, KeyError)
        if isinstance(fault, (*expected, TypeError, AttributeError)):
            raise NotPermitted(FAILED) from fault
