"""What a match gives of the candidate's wishes, in words: whole for the candidate, without amounts for an agency.

An agency reads whether a wish is given, and no number from which the least pay that somebody would take could be told.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from talent.foundation.words import N_, Sentence
from talent.matching.reader import Reader
from talent.matching.reasons import Reasons
from talent.matching.wishes import WISHES, Granted

C, G = Reader.CANDIDATE, Reader.AGENCY
MET, PARTLY, MISSING, UNKNOWN = Granted

LEAST_OF_MOST = 50.0
"""Points from which a match gives much of what is wished for (S-OWN-12)."""


class Given(StrEnum):
    """How much of all that is wished for a match gives."""

    ALL = "all"
    MUCH = "much"
    LITTLE = "little"


@dataclass(frozen=True)
class WishLine:
    """One wish in words, and its points of how many; an agency learns no points, they are None."""

    key: str
    name: str
    granted: Granted
    sentence: Sentence
    points: float | None = None
    out_of: float | None = None


SENTENCES: Final[dict[tuple[str, Granted, Reader], str]] = {
    ("work", MET, C): N_("The job is in the occupation that you look for."),
    ("work", PARTLY, C): N_("The job is in an occupation near the one that you look for."),
    ("work", MISSING, C): N_("The job is in another occupation than the one that you look for."),
    ("work", UNKNOWN, C): N_("The vacancy does not name its occupation."),
    ("work", MET, G): N_("Looks for work in this occupation."),
    ("work", PARTLY, G): N_("Looks for work in a near occupation."),
    ("work", MISSING, G): N_("Looks for work in another occupation."),
    ("work", UNKNOWN, G): N_("The vacancy names no occupation."),
    ("country", MET, C): N_("The job is in a country that you would like to work in."),
    ("country", PARTLY, C): N_("You would work in this country, but you like others best."),
    ("country", MISSING, C): N_("The job is in a country that you did not choose."),
    ("country", MET, G): N_("Would like to work in this country."),
    ("country", PARTLY, G): N_("Would work in this country, but likes others best."),
    ("country", MISSING, G): N_("Did not choose this country."),
    ("pay", MET, C): N_("The job pays at least what you wish for."),
    ("pay", PARTLY, C): N_("The job pays less than you wish for."),
    ("pay", MISSING, C): N_("The job pays less than you wish for."),
    ("pay", UNKNOWN, C): N_("The vacancy names no pay that can be counted in euros a month."),
    ("pay", MET, G): N_("The pay is at least what the candidate wishes for."),
    ("pay", PARTLY, G): N_("The pay is less than the candidate wishes for. How much less is not shown."),
    ("pay", MISSING, G): N_("The pay is less than the candidate wishes for. How much less is not shown."),
    ("pay", UNKNOWN, G): N_("The vacancy names no pay that can be counted in euros a month."),
}


def wish_lines(reasons: Reasons, reader: Reader) -> tuple[WishLine, ...]:
    """Each wish that the candidate told, as this reader may know it."""
    lines = []
    for wish in WISHES:
        if told := reasons.wishes.get(wish.key):
            sentence = Sentence(SENTENCES[wish.key, told.granted, reader])
            known = (told.points, told.out_of) if reader is Reader.CANDIDATE else (None, None)
            lines.append(WishLine(wish.key, wish.name, told.granted, sentence, *known))
    return tuple(lines)


def given(points: float) -> Given:
    """How much a match gives whose wishes have so many points of 100."""
    if points >= 100.0:
        return Given.ALL
    return Given.MUCH if points >= LEAST_OF_MOST else Given.LITTLE
