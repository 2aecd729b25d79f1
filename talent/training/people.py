"""Telling one person from another without keeping an identity number: keyed hashes of numbers, names and phones."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from talent.accounts.logins import LATIN_DIGITS, folded_login
from talent.foundation.errors import Unprocessable
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence

CNIC_DIGITS = 13
NOT_DIGITS = re.compile(r"\D")
MOBILE = re.compile(r"(?:\+92|0092|92|0)?(3\d{9})")
"""A Pakistani mobile number in any of the ways in which it is written."""
PURPOSE = b"training: telling people apart"

BAD_CNIC = N_("A CNIC has 13 digits; this has {count}.")
BAD_PHONE = N_("“{phone}” is no phone number.")
NO_NAME = N_("Enter the person's name.")
NO_WAY_TO_TELL = N_("Enter the CNIC or the phone number, so that the same person is not enrolled twice.")


@dataclass(frozen=True)
class Person:
    """Somebody whom an institute brings; ``cnic`` is used to make a key and then forgotten."""

    full_name: str
    cnic: str = ""
    phone: str = ""
    email: str = ""


class PersonKeys:
    """Makes the keyed hashes of one installation; without its secret nobody can try numbers out."""

    def __init__(self, secret: str | bytes) -> None:
        given = secret.encode() if isinstance(secret, str) else secret
        self._keyed = hmac.new(hmac.digest(given, PURPOSE, "sha256"), digestmod=hashlib.sha256)

    def of_number(self, cnic: str) -> str | None:
        """The key of an identity number of 13 digits; None when there is none."""
        return self._hash(f"n{cnic}") if cnic else None

    def of_contact(self, folded_name: str, phone: str) -> str:
        """The key of a name and a phone together: families share phones, and many people share a name."""
        return self._hash(f"c{folded_name}|{phone}")

    def of_phone(self, phone: str) -> str:
        """The key of a phone; empty when there is none."""
        return self._hash(f"p{phone}") if phone else ""

    def of_email(self, email: str) -> str:
        """The key of an e-mail address; empty when there is none."""
        return self._hash(f"e{email.casefold()}") if email else ""

    def _hash(self, text: str) -> str:
        keyed = self._keyed.copy()
        keyed.update(text.encode())
        return keyed.hexdigest()


def digits(text: str) -> str:
    """The Latin digits of a text, whichever digits were typed."""
    return NOT_DIGITS.sub("", text.translate(LATIN_DIGITS))


def folded_phone(text: str) -> str:
    """The number as E.164; a Pakistani mobile number without the slow table of the world's numbers.

    Raises:
        Unprocessable: it is no phone number.
    """
    typed = text.translate(LATIN_DIGITS)
    bare = re.sub(r"[\s\-().]", "", typed)
    mobile = MOBILE.fullmatch(bare)
    if mobile:
        return f"+92{mobile[1]}"
    try:
        found = folded_login(typed)
    except Unprocessable:
        found = ""
    if not found.startswith("+"):
        raise Unprocessable(Sentence(BAD_PHONE, {"phone": text}))
    return found


def checked(person: Person) -> tuple[Person, list[tuple[str, Sentence]]]:
    """The person with number and phone in one spelling, and what is wrong, each with the name of its column."""
    problems: list[tuple[str, Sentence]] = []
    name = " ".join(person.full_name.split())
    cnic, phone = digits(person.cnic), ""
    if not name:
        problems.append(("name", Sentence(NO_NAME)))
    if person.cnic and len(cnic) != CNIC_DIGITS:
        problems.append(("cnic", Sentence(BAD_CNIC, {"count": len(cnic)})))
    if person.phone:
        try:
            phone = folded_phone(person.phone)
        except Unprocessable as wrong:
            problems.append(("phone", wrong.message))
    elif not person.cnic:
        problems.append(("cnic", Sentence(NO_WAY_TO_TELL)))
    return Person(name, cnic, phone, person.email.strip().casefold()), problems


def new_claim_code() -> str:
    """Eight letters with which a trainee joins the institute's record to the own profile."""
    return base64.b32encode(secrets.token_bytes(5)).decode()


def folded_name(name: str) -> str:
    """The name as it is compared: Urdu and Arabic letters paired, case and spaces dropped."""
    return fold(name)
