"""Passwords: length and a list of known ones, nothing else; hashed with Argon2id in a bounded pool (S-NIST, S-ASVS)."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from talent.accounts.permissions import NEEDS_SECOND_STEP, Role
from talent.foundation.errors import Unprocessable
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence

SHORTEST_CHARACTERS = 15  # where the password stands alone; S-NIST, section 3.1.1.2
SHORTEST_WITH_SECOND_STEP = 8  # the same section, where a second factor is always asked for
LONGEST_CHARACTERS = 128
FEWEST_DIFFERENT_CHARACTERS = 5  # in a single run of letters; S-OWN-1
MEMORY_KIB = 19 * 1024
HASHING_AT_ONCE = 4
CONTEXT = frozenset(
    {"talentpartnership", "talent", "partnership", "pakistan", "europe", "visa", "password", "candidate"}
)
"""Words of this service (S-ASVS, 6.1.2): alone, repeated or with digits they are guesses."""

_argon2 = Argon2Hasher(memory_cost=MEMORY_KIB, time_cost=2, parallelism=1)
_hasher = PasswordHash((_argon2,))
_pool = ThreadPoolExecutor(HASHING_AT_ONCE, thread_name_prefix="argon2")
_NOBODY = _hasher.hash("a password that nobody has")
GUESS = N_(
    "That password is easy to guess: it is on a list of known passwords, or made of one word. Choose other words."
)


def shortest_for(role: Role) -> int:
    """The fewest characters of a password of this role."""
    return SHORTEST_WITH_SECOND_STEP if role in NEEDS_SECOND_STEP else SHORTEST_CHARACTERS


def checked_password(password: str, *, login: str, shortest: int = SHORTEST_CHARACTERS) -> str:
    """The password, when it is long enough and not a guess; characters are Unicode code points after NFKC.

    Raises:
        Unprocessable: it is too short, too long, known, a common word repeated, or the login itself.
    """
    if not shortest <= len(normal(password)) <= LONGEST_CHARACTERS:
        raise Unprocessable(
            Sentence(
                N_("Choose a password of {shortest} to {longest} characters; three or four words are easy to keep."),
                {"shortest": shortest, "longest": LONGEST_CHARACTERS},
            )
        )
    if is_guess(password, login=login):
        raise Unprocessable(GUESS)
    return password


def is_guess(password: str, *, login: str) -> bool:
    """Whether it is a known password, a word of this service or the login, also repeated or followed by digits."""
    folded = fold(password).replace(" ", "")
    word = folded.rstrip("0123456789!.?*#@-_") or folded
    mine = {fold(login), fold(login).partition("@")[0]} - {""}
    if (
        len(set(folded)) < FEWEST_DIFFERENT_CHARACTERS
        or folded in known_passwords()
        or fold(password) in known_passwords()
    ):
        return True
    return any(not word.replace(guess, "") for guess in CONTEXT | mine if len(guess) > 2) or is_repeated(folded)


def is_repeated(folded: str) -> bool:
    """Whether it is one known password written several times."""
    return any(
        len(folded) % size == 0
        and folded[:size] * (len(folded) // size) == folded
        and folded[:size] in known_passwords()
        for size in range(1, len(folded) // 2 + 1)
    )


@cache
def known_passwords() -> frozenset[str]:
    """Common and breached passwords and common words, folded: the frequency lists of the package zxcvbn (MIT)."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word for words in FREQUENCY_LISTS.values() for word in words)


def normal(password: str) -> str:
    """The password in NFKC, so that every keyboard spells it alike; never cut, never in another case."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """The Argon2id hash of the password."""
    return _pool.submit(_hasher.hash, normal(password)).result()


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits the hash; as slow for nobody's hash as for somebody's."""
    typed = normal(password[: LONGEST_CHARACTERS + 1])  # one more than any password has: it can then never fit
    fits = _pool.submit(_hasher.verify, typed, password_hash or _NOBODY).result()
    return fits and bool(password_hash)


def stronger_hash(password: str, password_hash: str) -> str:
    """The same hash, or a new one of the right password when the old one was made with weaker parameters."""
    return password_hash if _is_current(password_hash) else hash_password(password)


def _is_current(password_hash: str) -> bool:
    return not _argon2.check_needs_rehash(password_hash)
