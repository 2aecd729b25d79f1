"""Whether passport, certificate, contract and permit request say the same: small mismatches get a file rejected.

Pure: what is compared is told for the moment and kept nowhere.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from rapidfuzz.distance import OSA

from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence


class Paper(StrEnum):
    """What is laid side by side."""

    PASSPORT = "passport"
    CERTIFICATE = "certificate"
    CONTRACT = "contract"
    PERMIT = "permit"


PAPER_NAMES: dict[Paper, str] = {
    Paper.PASSPORT: N_("Passport"),
    Paper.CERTIFICATE: N_("Certificate"),
    Paper.CONTRACT: N_("Contract"),
    Paper.PERMIT: N_("Permit request"),
}


class Answer(StrEnum):
    """What comparing one thing says."""

    SAME = "same"
    LOOK = "look"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Told:
    """What one paper says; empty text and None: not told, or the paper does not say it."""

    name: str = ""
    born_on: date | None = None
    number: str = ""
    employer: str = ""
    starts_on: date | None = None


@dataclass(frozen=True)
class Compared:
    """One comparison: of which papers, what came of it, and a sentence that says what to do."""

    answer: Answer
    sentence: Sentence
    papers: tuple[Paper, ...] = ()


Differs = Callable[[Any, Any], tuple[Answer, str]]
"""How two values of the same thing differ, and in which words; the values may be told as text or as days."""

SLIPS = 2
"""So many letters apart, a name is taken for the same one written otherwise."""
LOOKALIKE = str.maketrans("OIQ", "010")
NOT_LATIN = N_("{paper}: write the name in Latin letters, as the passport prints it.")
SAME_NAME = N_("The name is the same.")
OTHER_ORDER = N_("{one} and {other}: the parts of the name stand in another order. Ask for the order of the passport.")
OTHER_GAPS = N_("{one} and {other}: the name is split otherwise ({first} – {second}). Ask for one spelling everywhere.")
OTHER_LETTERS = N_("{one} and {other}: the name is spelt otherwise ({first} – {second}). Have it corrected first.")
PART_MISSING = N_("{one} and {other}: one of the names has a part that the other lacks ({first} – {second}).")
OTHER_NAME = N_("{one} and {other}: these are different names ({first} – {second}).")
SAME_DATE = N_("The date of birth is the same.")
TURNED_DATE = N_("{one} and {other}: day and month of birth are exchanged ({first} – {second}).")
OTHER_DATE = N_("{one} and {other}: the dates of birth differ ({first} – {second}).")
SAME_NUMBER = N_("The passport number is the same.")
LOOKALIKE_NUMBER = N_("{one} and {other}: a letter and a figure are mixed up in the number ({first} – {second}).")
OTHER_NUMBER = N_("{one} and {other}: the passport numbers differ ({first} – {second}). Is one of an old passport?")
SAME_EMPLOYER = N_("The employer is the same.")
OTHER_EMPLOYER = N_("{one} and {other}: the employers differ ({first} – {second}).")
SAME_START = N_("The first day of work is the same.")
OTHER_START = N_("{one} and {other}: the first days of work differ ({first} – {second}).")
LASTS = N_("The passport is valid beyond the expected decision.")
EXPIRES = N_("The passport ends on {until}, before the expected decision on {decision}. Renew it before filing.")
TOO_SHORT = N_(
    "The passport ends on {until}, less than a year after the decision. Spain asks for a year (RD 1155/2024)."
)
STARTS_TOO_EARLY = N_(
    "The contract begins on {start}, before the expected decision on {decision}. Ask for a later day."
)
NOT_TOLD = {
    SAME_NAME: N_("The name was told of fewer than two papers."),
    SAME_DATE: N_("The date of birth was told of fewer than two papers."),
    SAME_NUMBER: N_("The passport number was told of fewer than two papers."),
    SAME_EMPLOYER: N_("The employer was told of fewer than two papers."),
    SAME_START: N_("The first day of work was told of fewer than two papers."),
}
NO_PASSPORT_DATES = N_("Not compared: tell when the passport ends and when the decision is expected.")
SPAIN = "ES"
A_YEAR = timedelta(days=365)
FEWEST_PAPERS = 2


def compare_papers(
    told: Mapping[Paper, Told], *, passport_until: date | None, decision_on: date | None, country: str = ""
) -> list[Compared]:
    """Every comparison, each against the paper that comes first; what cannot be compared is said to be unknown."""
    return [
        *_names(told),
        *_against_the_first(_told_of(told, "born_on"), SAME_DATE, birth_difference),
        *_against_the_first(_told_of(told, "number"), SAME_NUMBER, number_difference),
        *_against_the_first(_told_of(told, "employer"), SAME_EMPLOYER, employer_difference),
        *_against_the_first(_told_of(told, "starts_on"), SAME_START, start_difference),
        *_expiry(passport_until, decision_on, country),
        *_start(told.get(Paper.CONTRACT, Told()).starts_on, decision_on),
    ]


def parts_of(name: str) -> list[str]:
    """The parts of a name as a machine-readable passport writes them: capital letters A to Z."""
    return re.findall(r"[A-Z]+", fold(name).upper().replace("'", "").replace("’", ""))


def is_latin(name: str) -> bool:
    """Whether a name holds Latin letters and no others."""
    letters = [letter for letter in fold(name) if letter.isalpha()]
    return bool(letters) and all("a" <= letter <= "z" for letter in letters)


def name_difference(first: str, second: str) -> tuple[Answer, str]:
    """How two names in Latin letters differ."""
    one, other = parts_of(first), parts_of(second)
    if one == other:
        return Answer.SAME, SAME_NAME
    if sorted(one) == sorted(other):
        return Answer.LOOK, OTHER_ORDER
    if "".join(one) == "".join(other):
        return Answer.LOOK, OTHER_GAPS
    if set(one) < set(other) or set(other) < set(one):
        return Answer.DIFFERENT, PART_MISSING
    near = OSA.distance(" ".join(sorted(one)), " ".join(sorted(other))) <= SLIPS
    return Answer.DIFFERENT, OTHER_LETTERS if near else OTHER_NAME


def number_difference(first: str, second: str) -> tuple[Answer, str]:
    """How two passport numbers differ; spaces and dashes do not count."""
    one, other = ("".join(letter for letter in number.upper() if letter.isalnum()) for number in (first, second))
    if one == other:
        return Answer.SAME, SAME_NUMBER
    same_look = one.translate(LOOKALIKE) == other.translate(LOOKALIKE)
    return (Answer.LOOK, LOOKALIKE_NUMBER) if same_look else (Answer.DIFFERENT, OTHER_NUMBER)


def birth_difference(first: date, second: date) -> tuple[Answer, str]:
    """How two dates of birth differ."""
    if first == second:
        return Answer.SAME, SAME_DATE
    turned = (first.year, first.month, first.day) == (second.year, second.day, second.month)
    return Answer.DIFFERENT, TURNED_DATE if turned else OTHER_DATE


def employer_difference(first: str, second: str) -> tuple[Answer, str]:
    """Whether two employers are the same; capital letters, spaces and marks do not count."""
    one, other = (re.sub(r"\W+", "", fold(name)) for name in (first, second))
    return (Answer.SAME, SAME_EMPLOYER) if one == other else (Answer.DIFFERENT, OTHER_EMPLOYER)


def start_difference(first: date, second: date) -> tuple[Answer, str]:
    """Whether work begins on the same day in both papers."""
    return (Answer.SAME, SAME_START) if first == second else (Answer.DIFFERENT, OTHER_START)


def _names(told: Mapping[Paper, Told]) -> Iterator[Compared]:
    given = {paper: one.name.strip() for paper, one in told.items() if one.name.strip()}
    for paper, name in given.items():
        if not is_latin(name):
            yield Compared(Answer.DIFFERENT, Sentence(NOT_LATIN, {"paper": Sentence(PAPER_NAMES[paper])}), (paper,))
    latin = [(paper, name) for paper, name in given.items() if is_latin(name)]
    yield from _against_the_first(latin, SAME_NAME, name_difference)


def _told_of(told: Mapping[Paper, Told], name: str) -> list[tuple[Paper, Any]]:
    return [(paper, value) for paper, one in told.items() if (value := getattr(one, name))]


def _against_the_first(given: Sequence[tuple[Paper, Any]], same: str, differs: Differs) -> Iterator[Compared]:
    """What differs from the first paper; when nothing does, that all are the same."""
    if len(given) < FEWEST_PAPERS:
        yield Compared(Answer.UNKNOWN, Sentence(NOT_TOLD[same]))
        return
    (paper, first), *others = given
    found = [(other, second, *differs(first, second)) for other, second in others]
    for other, second, answer, words in found:
        if answer is not Answer.SAME:
            values = {"one": Sentence(PAPER_NAMES[paper]), "other": Sentence(PAPER_NAMES[other])}
            yield Compared(answer, Sentence(words, {**values, "first": first, "second": second}), (paper, other))
    if all(answer is Answer.SAME for _, _, answer, _ in found):
        yield Compared(Answer.SAME, Sentence(same), tuple(one for one, _ in given))


def _expiry(until: date | None, decision: date | None, country: str) -> Iterator[Compared]:
    if until is None or decision is None:
        yield Compared(Answer.UNKNOWN, Sentence(NO_PASSPORT_DATES), (Paper.PASSPORT,))
    elif until < decision:
        yield Compared(
            Answer.DIFFERENT, Sentence(EXPIRES, {"until": until, "decision": decision}), (Paper.PASSPORT, Paper.PERMIT)
        )
    elif country == SPAIN and until < decision + A_YEAR:
        yield Compared(Answer.DIFFERENT, Sentence(TOO_SHORT, {"until": until}), (Paper.PASSPORT,))
    else:
        yield Compared(Answer.SAME, Sentence(LASTS), (Paper.PASSPORT,))


def _start(start: date | None, decision: date | None) -> Iterator[Compared]:
    if start is not None and decision is not None and start < decision:
        words = Sentence(STARTS_TOO_EARLY, {"start": start, "decision": decision})
        yield Compared(Answer.LOOK, words, (Paper.CONTRACT, Paper.PERMIT))
