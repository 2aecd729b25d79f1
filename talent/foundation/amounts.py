"""Amounts of money as people type them in six countries: 2950, 2.950,00, 2,950.00, 2 950 and ۲٬۹۵۰ are the same."""

import re
from decimal import Decimal

from talent.foundation.words import N_, Sentence

GROUP_SIGNS = " \u00a0\u2009\u202f'’"
URDU_SIGNS = str.maketrans({"\u066c": ",", "\u060c": ",", "\u066b": "."})
"""The signs of an Urdu keyboard for thousands, the comma typed in their place, and the sign before a part."""
EURO = re.compile(r"€|euros?|eur|یورو", re.IGNORECASE)
AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:[.,]\d{3})+|\d{1,9})(?:[.,](?P<part>\d{1,2}))?")
NOT_AN_AMOUNT = N_("Write the amount as a number, such as 2950 or 2950.50.")


def cents_of(text: str) -> int:
    """The amount in cents. Three digits after a sign group thousands, one or two are cents.

    Raises:
        ValueError: with a Sentence, when the text is no amount.
    """
    bare = "".join(letter for letter in text.translate(URDU_SIGNS) if letter not in GROUP_SIGNS)
    found = AMOUNT.fullmatch(bare)
    if found is None:
        raise ValueError(Sentence(NOT_AN_AMOUNT))
    whole, part = found["whole"], found["part"] or ""
    signs = set(re.findall(r"[.,]", whole))
    if len(signs) > 1 or (part and signs and bare[len(whole)] in signs):
        raise ValueError(Sentence(NOT_AN_AMOUNT))
    return int(re.sub(r"[.,]", "", whole)) * 100 + int(part.ljust(2, "0") or 0)


def whole_euros_of(text: str) -> int:
    """The amount in whole euros; the sign or the word may stand beside it.

    Raises:
        ValueError: with a Sentence, when the text is no amount or names cents.
    """
    cents = cents_of(EURO.sub("", text))
    if cents % 100:
        raise ValueError(Sentence(N_("Write whole euros, such as 2950.")))
    return cents // 100


def amount_text(cents: int | None) -> str:
    """The amount as one would type it: 2950 or 2950.50; empty when there is none."""
    if cents is None:
        return ""
    return str(cents // 100) if cents % 100 == 0 else f"{Decimal(cents) / 100:.2f}"


def number_of(text: str) -> float:
    """A number with a point or a comma, such as 38.5 or 38,5.

    Raises:
        ValueError: with a Sentence, when the text is no number.
    """
    bare = text.strip().replace(",", ".", 1)
    if not re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", bare):
        raise ValueError(Sentence(N_("Write a number, such as 40 or 38.5.")))
    return float(bare)
