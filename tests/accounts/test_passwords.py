"""Passwords: long enough, not a guess, hashed with Argon2id."""

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from talent.accounts.passwords import (
    LONGEST_CHARACTERS,
    SHORTEST_CHARACTERS,
    SHORTEST_WITH_SECOND_STEP,
    checked_password,
    hash_password,
    is_password,
    shortest_for,
    stronger_hash,
)
from talent.accounts.permissions import Role
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


@pytest.mark.parametrize("known", ["princess1", "sunshine", "iloveyou1", "sunshinesunshine", "talentpartnership2026"])
def test_known_passwords_are_refused_whole_and_repeated(known):
    with pytest.raises(Unprocessable, match="easy to guess"):
        checked_password(known, login="ali@example.com", shortest=SHORTEST_WITH_SECOND_STEP)


@pytest.mark.parametrize(
    "password",
    [
        "only small letters here",
        "7236184950273641",
        "نیلی کیتلی چھت پر رکھی ہے",
        "🐫🌙⭐🍞🪁🐟🌾🧵🪡🎐🪔🐝🍋🦜🪷",
        "   spaces  at  both ends   ",
    ],
)
def test_every_composition_is_taken(password):
    assert checked_password(password, login="ali@example.com") == password
    assert is_password(password, hash_password(password))


@pytest.mark.parametrize("end", ["", "X", "\x00", " "])
def test_every_character_counts(end):
    whole = of_length(LONGEST_CHARACTERS - 1) + "y"
    changed = whole[:-1] + end
    assert is_password(whole, hash_password(whole))
    assert not is_password(changed, hash_password(whole))
    assert not is_password(whole.upper(), hash_password(whole))
    assert not is_password(whole + "z" * 1_000_000, hash_password(whole))


def test_two_keyboards_that_spell_one_letter_differently_spell_one_password():
    assert is_password("cafe\u0301 on the corner", hash_password("caf\u00e9 on the corner"))


@pytest.mark.parametrize(
    ("role", "shortest"), [(Role.CANDIDATE, 15), (Role.AGENCY_OFFICER, 8), (Role.ADMINISTRATOR, 8)]
)
def test_a_password_beside_a_second_step_may_be_shorter(role, shortest):
    assert shortest_for(role) == shortest
    checked_password(of_length(shortest), login="ali@example.com", shortest=shortest)
    with pytest.raises(Unprocessable):
        checked_password(of_length(shortest - 1), login="ali@example.com", shortest=shortest)


def test_a_weaker_hash_is_made_anew_at_the_next_sign_in():
    weak = PasswordHash((Argon2Hasher(memory_cost=8 * 1024, time_cost=1, parallelism=1),)).hash(GOOD)
    assert is_password(GOOD, weak)
    strong = stronger_hash(GOOD, weak)
    assert strong.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert stronger_hash(GOOD, strong) == strong
