"""Passwords: long enough, not a guess, hashed with Argon2id."""

import pytest

from talent.accounts.passwords import (
    LONGEST_CHARACTERS,
    SHORTEST_CHARACTERS,
    checked_password,
    hash_password,
    is_password,
)
from talent.foundation.errors import Unprocessable

GOOD = "blue kettle on the roof"


def of_length(number):
    return ("abcdefgh ijklmnop " * 10)[:number]


@pytest.mark.parametrize(
    ("length", "accepted"),
    [
        (SHORTEST_CHARACTERS - 1, False),
        (SHORTEST_CHARACTERS, True),
        (LONGEST_CHARACTERS, True),
        (LONGEST_CHARACTERS + 1, False),
    ],
)
def test_only_the_length_is_asked_for(length, accepted):
    if accepted:
        assert checked_password(of_length(length), login="ali@example.com")
    else:
        with pytest.raises(Unprocessable, match="15 to 128 characters"):
            checked_password(of_length(length), login="ali@example.com")


@pytest.mark.parametrize(
    "guess", ["passwordpassword", "PASSWORD password", "aaaaaaaaaaaaaaaa", "abababababababab", "someone@example.com"]
)
def test_a_guess_is_refused(guess):
    with pytest.raises(Unprocessable, match="easy to guess"):
        checked_password(guess, login="someone@example.com")


def test_a_hash_fits_its_own_password_alone_and_is_argon2id():
    made = hash_password(GOOD)
    assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_password(GOOD, made)
    assert not is_password(GOOD + " ", made)


def test_nobodys_hash_fits_nothing():
    assert not is_password("a password that nobody has", None)
