"""What the template parts show: small frozen rows, so that a template never walks the tables of the database.

Every text is a Sentence, a msgid marked with ``N_``, or words of the person's own.
"""

from dataclasses import dataclass
from datetime import datetime

from talent.foundation.words import Sentence

Text = Sentence | str


@dataclass(frozen=True)
class Choice:
    """One option of a select, radios or checkboxes."""

    value: str
    label: Text
    hint: Text = ""


@dataclass(frozen=True)
class Tag:
    """A short state in a coloured pill; tones are good, waiting, attention, bad and neutral."""

    label: Text
    tone: str = "neutral"


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    label: Text
    href: str


@dataclass(frozen=True)
class Row:
    """One line of a summary list; ``hidden`` completes the action for screen readers ("Change *your name*")."""

    key: Text
    value: Text
    href: str = ""
    action: Text = ""
    hidden: Text = ""


@dataclass(frozen=True)
class Stat:
    """One figure with its name."""

    number: Text | int
    label: Text
    href: str = ""


@dataclass(frozen=True)
class LinkCard:
    """A card that leads somewhere."""

    title: Text
    text: Text
    href: str


@dataclass(frozen=True)
class Requirement:
    """One requirement of a vacancy: ``finding`` is one of the words of ``parts/tags.html``."""

    finding: str
    sentence: Text
    evidence: str = ""
    link: Link | None = None
    note: Text = ""


@dataclass(frozen=True)
class ScorePart:
    """One named part of a score; the points of all parts add up to the score."""

    name: Text
    points: float
    most: float
    note: Text = ""


@dataclass(frozen=True)
class Bar:
    """One bar of a chart; ``text`` is what stands beside it, when it is not the plain value."""

    label: Text
    value: float
    text: Text = ""


@dataclass(frozen=True)
class Step:
    """One step on a way; ``state`` is done, now or todo."""

    label: Text
    state: str
    href: str = ""


@dataclass(frozen=True)
class JournalLine:
    """What happened to a case: when, who, what, and what they said."""

    at: datetime
    who: Text
    what: Text
    note: str = ""
