"""Ways side by side as pages show them: each with its findings, what would open it, and what may still be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from talent.foundation.words import N_
from talent.pathways.conditions import Answer
from talent.pathways.eligibility import NOT_A_PERMIT, SAFEGUARD, Comparison, Standing, WayFinding
from talent.pathways.facts import FACT_NAMES, Fact
from talent.pathways.schemas import asked_as
from talent.taxonomy.levels import CEFR, QUALIFICATION_NAMES
from web.parts import Choice, Requirement, Tag, Text
from web.routes.recognition_finder import source_line

STANDING_TAGS: dict[Standing, Tag] = {
    Standing.OPEN: Tag(N_("All that we know of is met"), "good"),
    Standing.UNKNOWN: Tag(N_("Not known yet"), "waiting"),
    Standing.CLOSED: Tag(N_("Something is missing"), "attention"),
    Standing.BLOCKED: Tag(N_("Closed for this job"), "bad"),
}
YES_NO = (Choice("yes", N_("Yes")), Choice("no", N_("No")), Choice("", N_("I do not know")))
DAYS = frozenset({Fact.DEGREE_AWARDED_ON, Fact.COURSE_ENDED_ON, Fact.PASSPORT_UNTIL})
NUMBERS = frozenset(
    {
        Fact.CONTRACT_MONTHS,
        Fact.PAY_YEAR_CENTS,
        Fact.PAY_MONTH_CENTS,
        Fact.TRAINING_MONTHS,
        Fact.EXPERIENCE_MONTHS_IN_5,
        Fact.EXPERIENCE_MONTHS_IN_7,
        Fact.AGE,
        Fact.MONTHS_IN_COUNTRY,
        Fact.STAY_MONTHS,
        Fact.AUSTRIAN_POINTS,
    }
)
EUROS = frozenset({Fact.PAY_YEAR_CENTS, Fact.PAY_MONTH_CENTS})
LEVELS = (Choice("", ""), Choice("none", N_("None")), *(Choice(level.value, level.value) for level in CEFR))
AWARDS = (Choice("", ""), *(Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items()))
DECISIONS = (
    Choice("", ""),
    Choice("full", N_("Full recognition")),
    Choice("partial", N_("Partial recognition")),
    Choice("none", N_("No decision, or refused")),
)
CHOICES: dict[str, Sequence[Choice]] = {
    "award": AWARDS,
    "german": LEVELS,
    "english": LEVELS,
    "recognition": DECISIONS,
}


@dataclass(frozen=True)
class Asked:
    """One thing that may be told: the name of its field, its words, and how it is asked."""

    name: str
    label: Text
    kind: str  # number, euros, day, choice or yes_no
    choices: Sequence[Choice] = YES_NO


@dataclass(frozen=True)
class WayCard:
    """One way of a comparison."""

    found: WayFinding
    tag: Tag
    requirements: Sequence[tuple[Requirement, Text]]
    """Each criterion's finding with its source line."""


@dataclass(frozen=True)
class CompareView:
    """All ways side by side, and what may still be told."""

    compared: Comparison
    cards: Sequence[WayCard]
    asked: Sequence[Asked]
    not_a_permit: str = NOT_A_PERMIT

    @property
    def safeguard_source(self) -> Text:
        """Where the caution about health workers comes from."""
        return source_line(SAFEGUARD.source, "", SAFEGUARD.as_of, SAFEGUARD.confidence)


def compare_view(compared: Comparison) -> CompareView:
    """A comparison, ready to be shown."""
    asked = questions(compared)
    return CompareView(compared, [card(one) for one in compared.ways], asked)


def card(found: WayFinding) -> WayCard:
    """One way with a line for each criterion: what is missing before what is unknown before what is met."""
    order = (Answer.MISSING, Answer.UNKNOWN, Answer.MET)
    lines = sorted(found.findings, key=lambda one: order.index(one.answer))
    rows = [
        (
            Requirement(one.answer.value, one.criterion.text),
            source_line(one.criterion.source, one.criterion.legal, one.criterion.as_of, one.criterion.confidence),
        )
        for one in lines
    ]
    return WayCard(found, STANDING_TAGS[found.standing], rows)


def questions(compared: Comparison) -> list[Asked]:
    """What the criteria of these ways ask about, each once, in the order of the facts."""
    named = {fact for way in compared.ways for row in way.pathway.criteria for fact in row.when.facts()}
    asked = {asked_as(fact): fact for fact in Fact if fact in named and asked_as(fact)}
    return [_asked(name, fact) for name, fact in asked.items()]


def _asked(name: str, fact: Fact) -> Asked:
    label = N_("award") if name == "award" else FACT_NAMES[Fact.PAY_YEAR_CENTS if fact in EUROS else fact]
    if name in CHOICES:
        return Asked(name, label, "choice", CHOICES[name])
    if fact in DAYS:
        return Asked(name, label, "day", ())
    if fact in NUMBERS:
        return Asked(name, label, "euros" if fact in EUROS else "number", ())
    return Asked(name, label, "yes_no")
