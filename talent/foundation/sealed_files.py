"""Bytes of files as they lie on disk: sealed, and bound to the hash of what they are.

Whoever has the disk, or a copy of it, and not the ring of keys reads no file. The ring's fixed key does it, because the
bytes stay as they are for as long as the file: the rotating ones wrap the keys of persons.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from talent.foundation.crypto import NONCE_BYTES, DoesNotOpen, Key, Place, derive
from talent.foundation.keyring import the_ring

FORM: Final = b"talent file 1\n"
"""What a sealed file begins with."""


def sealed(content: bytes, sha256: str) -> bytes:
    """These bytes as they are kept; never twice alike."""
    key, nonce = _key(), os.urandom(NONCE_BYTES)
    return FORM + nonce + AESGCM(key.secret).encrypt(nonce, content, _place(sha256).bound_to(key))


def opened(kept: bytes, sha256: str) -> bytes:
    """The bytes that were sealed.

    Raises:
        DoesNotOpen: they were changed, belong to another file, or were sealed with another ring.
    """
    if not kept.startswith(FORM):
        raise DoesNotOpen("This is no sealed file.")
    key, body = _key(), kept.removeprefix(FORM)
    try:
        return AESGCM(key.secret).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _place(sha256).bound_to(key))
    except (InvalidTag, ValueError) as problem:
        raise DoesNotOpen("The file was changed, or belongs to another place.") from problem


def _key() -> Key:
    return Key("files", derive(the_ring().key("index").secret, "files"))


def _place(sha256: str) -> Place:
    return Place("stored_file", "content", sha256)
