"""References that people read to each other over a telephone, such as PL-7K3QM2."""

import secrets

READABLE = "23456789ACDEFGHJKMNPQRTVWXY"
"""Digits and letters that nobody confuses on paper: without 0 and O, 1, I and L, and without B, S, U and Z."""
LENGTH = 6


def new_reference(kind: str) -> str:
    """A reference of this kind: random, so that it says nothing about whom it belongs to, nor how many there are."""
    return f"{kind}-" + "".join(secrets.choice(READABLE) for _ in range(LENGTH))
