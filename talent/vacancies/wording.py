"""Words in an advertisement that shut people out, or make the worker pay: a table in five languages, ``wording.yaml``.

Directives 2000/43/EC, 2000/78/EC and 2006/54/EC forbid asking for origin, religion, age or sex; the ILO General
Principles for Fair Recruitment forbid costs for the worker (S-ILO). What a row finds, a person mends; nothing is
changed unseen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from talent.foundation.words import N_, Sentence

TABLE = Path(__file__).with_suffix(".yaml")


class Ground(StrEnum):
    """What the words ask for that they may not ask for."""

    SEX = "sex"
    AGE = "age"
    ORIGIN = "origin"
    MOTHER_TONGUE = "mother_tongue"
    RELIGION = "religion"
    FAMILY = "family"
    LOOKS = "looks"
    COSTS = "costs"


SENTENCES: dict[Ground, str] = {
    Ground.SEX: N_("“{words}” asks for a sex. Write it for everybody who can do the work."),
    Ground.AGE: N_("“{words}” asks for an age. Write the experience that the work needs instead."),
    Ground.ORIGIN: N_("“{words}” asks for a nationality or an origin. Remove it: the skills decide."),
    Ground.MOTHER_TONGUE: N_("“{words}” asks where somebody grew up. Ask for a language level instead, such as C1."),
    Ground.RELIGION: N_("“{words}” asks about religion. Remove it."),
    Ground.FAMILY: N_("“{words}” asks about marriage, children or pregnancy. Remove it."),
    Ground.LOOKS: N_("“{words}” asks for a photo or for looks. Remove it."),
    Ground.COSTS: N_("“{words}” makes the worker pay. The employer or the agency pays the recruitment costs."),
}


@dataclass(frozen=True)
class Phrase:
    """One turn of phrase and a line of an advertisement that holds it."""

    ground: Ground
    language: str  # BCP 47
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True)
class Wording:
    """The whole table: each phrase, all of them in one expression, and the turns that say the opposite."""

    phrases: tuple[Phrase, ...]
    any_phrase: re.Pattern[str]
    welcoming: re.Pattern[str]


@cache
def wording() -> Wording:
    """The table, read once."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    rows = [
        (Ground(ground), language, _filled_in(pattern, table["parts"]), example)
        for ground, languages in table["phrases"].items()
        for language, lines in languages.items()
        for pattern, example in lines
    ]
    return Wording(
        tuple(Phrase(ground, language, _whole_words(pattern), example) for ground, language, pattern, example in rows),
        _whole_words("|".join(pattern for _, _, pattern, _ in rows)),
        _whole_words("|".join(line for lines in table["welcoming"].values() for line in lines)),
    )


def _filled_in(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"<([A-Z]+)>", lambda name: _filled_in(parts[name[1]], parts), pattern)


def _whole_words(pattern: str) -> re.Pattern[str]:
    """Both the pattern and the text are in lower case: four times as fast as looking without regard to case."""
    return re.compile(rf"\b(?:{pattern})(?!\w)".lower())


def _lines_joined(text: str) -> str:
    """Single spaces within a paragraph or a point of a list, so that a broken line hides nothing; one line for each."""
    return "\n".join(" ".join(part.split()) for part in re.split(r"\n\s*(?:\n|(?=[-*•–]))", text))


def found_in(text: str) -> Iterator[tuple[Ground, str]]:
    """Each ground that this text touches, once, with the first words that touch it."""
    table, text = wording(), _lines_joined(text)
    lowered = text.lower()
    if not table.any_phrase.search(lowered):
        return
    looked_at = table.welcoming.sub(lambda turn: "\0" * len(turn.group()), lowered)
    written = text if len(text) == len(lowered) else lowered  # a few letters grow longer in lower case
    for ground in Ground:
        hits = (phrase.pattern.search(looked_at) for phrase in table.phrases if phrase.ground is ground)
        first = min((hit for hit in hits if hit), key=lambda hit: hit.start(), default=None)
        if first is not None:
            yield ground, written[first.start() : first.end()]


def objections(text: str) -> list[Sentence]:
    """One sentence for each ground that this text touches."""
    return [Sentence(SENTENCES[ground], {"words": words}) for ground, words in found_in(text)]
