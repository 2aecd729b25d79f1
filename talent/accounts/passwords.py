"""Passwords: length, not composition; hashed with Argon2id in a bounded pool (NIST SP 800-63B-4)."""

from concurrent.futures import ThreadPoolExecutor

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from talent.foundation.errors import Unprocessable
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence

SHORTEST_CHARACTERS = 15
LONGEST_CHARACTERS = 128
MEMORY_KIB = 19 * 1024
HASHING_AT_ONCE = 4
COMMON = frozenset({"password", "talentpartnership", "pakistan", "qwertyuiop", "1234567890", "iloveyou", "letmein"})

_hasher = PasswordHash((Argon2Hasher(memory_cost=MEMORY_KIB, time_cost=2, parallelism=1),))
_pool = ThreadPoolExecutor(HASHING_AT_ONCE, thread_name_prefix="argon2")
_NOBODY = _hasher.hash("a password that nobody has")


def checked_password(password: str, *, login: str) -> str:
    """The password, when it is long enough and not a guess.

    Raises:
        Unprocessable: it is too short, too long, a common word repeated, or the login itself.
    """
    if not SHORTEST_CHARACTERS <= len(password) <= LONGEST_CHARACTERS:
        raise Unprocessable(
            Sentence(
                N_("Choose a password of {shortest} to {longest} characters; three or four words are easy to keep."),
                {"shortest": SHORTEST_CHARACTERS, "longest": LONGEST_CHARACTERS},
            )
        )
    folded = fold(password).replace(" ", "")
    if len(set(folded)) < 5 or any(not folded.replace(word, "") for word in COMMON) or folded == fold(login):
        raise Unprocessable(N_("That password is easy to guess. Choose other words."))
    return password


def hash_password(password: str) -> str:
    """The Argon2id hash of the password."""
    return _pool.submit(_hasher.hash, password).result()


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits the hash; as slow for nobody's hash as for somebody's."""
    fits = _pool.submit(_hasher.verify, password, password_hash or _NOBODY).result()
    return fits and password_hash is not None
