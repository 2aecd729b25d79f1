"""Sealing of single values with AES-256-GCM, bound to the one place where they belong, and keyed blind indexes.

A sealed value is ``v1.<key id>.<nonce>.<ciphertext>`` in base64url. The associated data is table, column, row and key
id: a value that is moved to another row or column, or whose bytes changed, does not open.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT: Final = "v1"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12  # 96 random bits: NIST SP 800-38D allows 2^32 values under one key


class DoesNotOpen(Exception):
    """The value was changed, moved to another place, or sealed with another key. A fault, never shown in detail."""


@dataclass(frozen=True)
class Key:
    """A secret of 32 bytes under its name; ``repr`` shows the name alone."""

    id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"The key {self.id} has {len(self.secret)} bytes instead of {KEY_BYTES}.")
        if not self.id.isalnum():
            raise ValueError("The name of a key has letters and digits only.")


@dataclass(frozen=True)
class Place:
    """Where a sealed value belongs."""

    table: str
    column: str
    row: UUID | str

    def bound_to(self, key: Key) -> bytes:
        """The associated data of a value sealed with this key for this place."""
        return "|".join((FORMAT, self.table, self.column, str(self.row), key.id)).encode()


def new_secret() -> bytes:
    """32 bytes that nobody can guess."""
    return os.urandom(KEY_BYTES)


def seal(key: Key, plain: str, place: Place) -> str:
    """The text, readable with this key and at this place only; the same text is never sealed alike twice."""
    return seal_bytes(key, plain.encode(), place, nonce=os.urandom(NONCE_BYTES))


def unseal(key: Key, sealed: str, place: Place) -> str:
    """The text that was sealed.

    Raises:
        DoesNotOpen: another key or place, or a changed value.
    """
    return unseal_bytes(key, sealed, place).decode()


def seal_bytes(key: Key, plain: bytes, place: Place, *, nonce: bytes) -> str:
    """The bytes sealed with this nonce, which must never be used twice with one key."""
    ciphertext = AESGCM(key.secret).encrypt(nonce, plain, place.bound_to(key))
    return ".".join((FORMAT, key.id, as_text(nonce), as_text(ciphertext)))


def unseal_bytes(key: Key, sealed: str, place: Place) -> bytes:
    """The bytes that were sealed.

    Raises:
        DoesNotOpen: another key or place, or a changed value.
    """
    try:
        form, key_id, nonce, ciphertext = sealed.split(".")
        if (form, key_id) != (FORMAT, key.id):
            raise DoesNotOpen("The value was sealed with another key.")
        return AESGCM(key.secret).decrypt(from_text(nonce), from_text(ciphertext), place.bound_to(key))
    except (InvalidTag, ValueError) as problem:
        raise DoesNotOpen("The value was changed, or belongs to another place.") from problem


def key_id_of(sealed: str) -> str:
    """The name of the key that a value was sealed with.

    Raises:
        DoesNotOpen: it is no sealed value.
    """
    parts = sealed.split(".")
    if len(parts) != 4 or parts[0] != FORMAT:
        raise DoesNotOpen("This is no sealed value.")
    return parts[1]


def derive(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from which the first secret cannot be found."""
    return hmac.new(secret, f"talent|{purpose}".encode(), hashlib.sha256).digest()


def blind_index(secret: bytes, purpose: str, value: str) -> str:
    """A print of a value by which equal values are found, and nothing can be guessed without the secret.

    A plain hash would not do: identity card numbers have thirteen digits, so that all of them can be tried.
    """
    return hmac.new(derive(secret, purpose), value.encode(), hashlib.sha256).hexdigest()


def as_text(content: bytes) -> str:
    """Bytes in base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes of base64url without padding.

    Raises:
        ValueError: it is not the one spelling of any bytes.
    """
    content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if as_text(content) != text:  # The last letter has bits that base64 ignores; a changed value must not open.
        raise ValueError("Not the usual spelling of base64url.")
    return content
