"""What people sign in with: an e-mail address or a phone number, folded to one spelling."""

import re

import phonenumbers

from talent.foundation.errors import Unprocessable
from talent.foundation.text import DIGITS
from talent.foundation.words import N_

EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
HOME_REGION = "PK"  # a number without a country code is a Pakistani one
MAX_EMAIL_CHARACTERS = 254
LATIN_DIGITS = {ord(digit): latin for digit, latin in DIGITS.items()}


def folded_login(text: str) -> str:
    """The e-mail address in lower case, or the phone number as E.164.

    Raises:
        Unprocessable: it is neither.
    """
    typed = text.strip().translate(LATIN_DIGITS)
    if EMAIL.fullmatch(typed) and len(typed) <= MAX_EMAIL_CHARACTERS:
        return typed.casefold()
    try:
        number = phonenumbers.parse(typed, HOME_REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Unprocessable(N_("Enter an e-mail address like name@example.com or a mobile number like 0301 2345678."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
