"""Random challenges that a browser must answer: bound to it, short-lived, and good for one answer."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.once import first_time
from talent.foundation.clock import now
from talent.foundation.errors import NotPermitted
from talent.foundation.words import N_

NONCE_BYTES = 16
TIME_BYTES = 8
PROOF_BYTES = 24
LASTS = timedelta(minutes=5)
OLD = N_("That took too long. Reload the page and try again.")
NOBODY = UUID(int=0)


class Challenges:
    """Makes and checks challenges with a key derived from the installation's secret; a page writes no row for one."""

    def __init__(self, secret_key: str) -> None:
        self._key = hmac.digest(secret_key.encode(), b"challenge", "sha256")

    def _proof(self, body: bytes, bound_to: str) -> bytes:
        return hmac.new(self._key, body + bound_to.encode(), hashlib.sha256).digest()[:PROOF_BYTES]

    def make(self, bound_to: str) -> bytes:
        """A fresh challenge for the browser that holds this cookie value."""
        body = secrets.token_bytes(NONCE_BYTES) + int(now().timestamp()).to_bytes(TIME_BYTES, "big")
        return body + self._proof(body, bound_to)

    def use(self, session: Session, text: str, bound_to: str) -> bytes:
        """The challenge that came back, used up by this.

        Raises:
            NotPermitted: it was made for another browser, is older than five minutes, or was used.
        """
        try:
            challenge = urlsafe_b64decode(text.encode())
        except ValueError:
            raise NotPermitted(OLD) from None
        body, proof = challenge[:-PROOF_BYTES], challenge[-PROOF_BYTES:]
        is_ours = len(body) == NONCE_BYTES + TIME_BYTES and hmac.compare_digest(proof, self._proof(body, bound_to))
        age = now().timestamp() - int.from_bytes(body[NONCE_BYTES:], "big")
        if not is_ours or not bound_to or age > LASTS.total_seconds():
            raise NotPermitted(OLD)
        if not first_time(session, f"challenge {hashlib.sha256(challenge).hexdigest()}", NOBODY):
            raise NotPermitted(OLD)
        return challenge


def as_text(challenge: bytes) -> str:
    """The challenge as a form carries it."""
    return urlsafe_b64encode(challenge).decode()
