"""From facts to findings: what each lawful way asks, what of it is met, missing or unknown, and what would open it.

A pure function over the catalogue. It says what rules say, with source and date. It never says how likely a visa or a
permit is, and adds no points of its own: only the authority decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from talent.foundation.words import N_, Sentence
from talent.pathways.catalogue import EXIT_COUNTRY, Block, Catalogue, Criterion, Pathway, Stride
from talent.pathways.conditions import Answer, answer
from talent.pathways.facts import FACT_NAMES, Fact, RouteFacts
from talent.taxonomy.regulated import UNKNOWN, ReservedRow, regulated, reserved_recruitment

NOT_A_PERMIT = N_(
    "A match is never a permit. This page says what the rules ask; only the authorities decide about visas and permits."
)
CARE = ("22", "32", "532")
"""ISCO-08 groups of health and care, as BeschV § 38 with its annex is read (S-DE-3)."""


class Standing(StrEnum):
    """How a way stands for these facts."""

    OPEN = "met"
    UNKNOWN = "unknown"
    CLOSED = "missing"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Finding:
    """One criterion, what is known about it, and which facts are still to be told."""

    criterion: Criterion
    answer: Answer
    untold: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class NextStep:
    """What to do next for one way: tell something, meet something, or take the first step of the procedure."""

    sentence: Sentence
    kind: str  # tell, open, begin or none


@dataclass(frozen=True)
class WayFinding:
    """One way with all its findings."""

    pathway: Pathway
    findings: tuple[Finding, ...]
    blocks: tuple[Block, ...]
    standing: Standing
    next_step: NextStep

    @property
    def would_open(self) -> tuple[Criterion, ...]:
        """The criteria that are missing: each says what would meet it."""
        return tuple(one.criterion for one in self.findings if one.answer is Answer.MISSING)


@dataclass(frozen=True)
class SafeguardFlag:
    """The WHO lists the country of origin as short of health workers: a caution, not a block."""

    text: str
    source: str
    as_of: str
    confidence: str


@dataclass(frozen=True)
class Comparison:
    """All ways into one country side by side, those nearest to open first, and what stops or cautions them all."""

    country: str
    ways: tuple[WayFinding, ...]
    not_for_occupation: tuple[Pathway, ...]
    reserved: ReservedRow | None
    charges_worker: bool
    safeguard: SafeguardFlag | None


SAFEGUARD = SafeguardFlag(
    N_(
        "Pakistan is on the WHO list of countries that are short of health workers. Nobody should recruit them "
        "actively from here without an agreement between the governments. A person’s own wish stays free."
    ),
    "S-WHO",
    "2023-03",
    "medium",
)
TELL = N_("Tell this first: {facts}.")
BEGIN = N_("Begin with the first step: {step}.")
BLOCKED = N_("This way is closed for this job. Nothing you could add opens it.")
ORDER = (Standing.OPEN, Standing.UNKNOWN, Standing.CLOSED, Standing.BLOCKED)


def assess(pathway: Pathway, facts: RouteFacts, catalogue: Catalogue) -> WayFinding:
    """What is met, missing and unknown of one way, on the day of the facts."""
    amounts = catalogue.amounts
    findings = tuple(
        Finding(row, said, _untold(row, facts) if said is Answer.UNKNOWN else ())
        for row in pathway.criteria
        for said in [answer(row.when, facts, amounts)]
    )
    blocks = tuple(row for row in pathway.blocks if facts.isco_group and facts.isco_group.startswith(row.isco))
    standing = _standing(findings, blocks)
    return WayFinding(pathway, findings, blocks, standing, _next(pathway, findings, standing))


def compare(catalogue: Catalogue, country: str, facts: RouteFacts) -> Comparison:
    """Every way into this country for these facts; ways for other occupations are named apart."""
    rows = catalogue.of_country(country, on=facts.on)
    fitting = [row for row in rows if facts.isco_group is None or row.covers(facts.isco_group)]
    ways = [assess(row, facts, catalogue) for row in fitting]
    return Comparison(
        country=country,
        ways=tuple(sorted(ways, key=_nearness)),
        not_for_occupation=tuple(row for row in rows if row not in fitting),
        reserved=reserved_recruitment(country, facts.isco_group or ""),
        charges_worker=facts.worker_pays_nothing is False,
        safeguard=SAFEGUARD if is_care(facts.isco_group) and country != EXIT_COUNTRY else None,
    )


def with_regulation(facts: RouteFacts, country: str) -> RouteFacts:
    """The facts with what the taxonomy's rows say about the occupation in this country; no row stays unknown."""
    said = regulated(country, facts.isco_group or "").answer
    return replace(facts, is_regulated=None if said == UNKNOWN else said)


def is_care(isco_group: str | None) -> bool:
    """Whether the occupation is one of health or care."""
    return bool(isco_group) and str(isco_group).startswith(CARE)


def _untold(criterion: Criterion, facts: RouteFacts) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(fact for fact in criterion.when.facts() if facts.value(fact) is None))


def _standing(findings: Iterable[Finding], blocks: Sequence[Block]) -> Standing:
    if blocks:
        return Standing.BLOCKED
    answers = {one.answer for one in findings}
    if Answer.MISSING in answers:
        return Standing.CLOSED
    return Standing.UNKNOWN if Answer.UNKNOWN in answers else Standing.OPEN


def _nearness(way: WayFinding) -> tuple[int, int]:
    """Open ways first; within one standing those with fewer criteria that are not met. No measure of any chance."""
    return ORDER.index(way.standing), sum(one.answer is not Answer.MET for one in way.findings)


def _next(pathway: Pathway, findings: Sequence[Finding], standing: Standing) -> NextStep:
    if standing is Standing.BLOCKED:
        return NextStep(Sentence(BLOCKED), "none")
    for one in findings:
        if one.answer is Answer.MISSING:
            return NextStep(Sentence(one.criterion.opens), "open")
    untold = list(dict.fromkeys(fact for one in findings for fact in one.untold))
    if untold:
        return NextStep(Sentence(TELL, {"facts": listed(untold)}), "tell")
    if standing is Standing.UNKNOWN:
        return NextStep(Sentence(findings_unknown(findings).opens), "open")
    return NextStep(Sentence(BEGIN, {"step": Sentence(first_step(pathway).text)}), "begin")


def findings_unknown(findings: Sequence[Finding]) -> Criterion:
    """The first criterion that stays unknown although every fact is told: its figure is not known for the day."""
    return next(one.criterion for one in findings if one.answer is Answer.UNKNOWN)


def first_step(pathway: Pathway) -> Stride:
    """The step with which a way begins."""
    return pathway.steps[0]


def listed(facts: Sequence[Fact]) -> Sentence:
    """The names of facts in one phrase, in the reader's language."""
    places = {f"f{number}": Sentence(FACT_NAMES[fact]) for number, fact in enumerate(facts)}
    return Sentence("; ".join(f"{{{place}}}" for place in places), places)


@dataclass(frozen=True)
class Change:
    """One criterion whose answer differs from what was noted before; None where it did not exist or does no more."""

    criterion_id: str
    before: Answer | None
    after: Answer | None


def noted(way: WayFinding) -> dict[str, str]:
    """What a case keeps of an assessment: each criterion's answer, and nothing of the facts."""
    return {one.criterion.id: one.answer.value for one in way.findings}


def what_changed(before: dict[str, str], way: WayFinding) -> tuple[Change, ...]:
    """How an assessment by the rules of today differs from the one that was noted."""
    after = {one.criterion.id: one.answer for one in way.findings}
    return tuple(
        Change(key, Answer(before[key]) if key in before else None, after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != (after[key].value if key in after else None)
    )
