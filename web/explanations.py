"""Explanations as the template parts show them."""

from dataclasses import dataclass

from talent.foundation.words import N_, Sentence
from talent.matching.explain import UNDER_WAY, Explanation, RequirementLine, SkillLine
from talent.matching.grades import COUNTS
from talent.matching.scorer import FIT_BOUNDS, fit_group
from talent.matching.states import IntroductionAction, IntroductionState
from talent.matching.wish_words import Given
from talent.matching.wishes import Granted
from talent.taxonomy.levels import Evidence
from web.parts import Link, Requirement, ScorePart, Tag, Text

FIT_TONES = {
    N_("Strong fit"): "good",
    N_("Good fit"): "good",
    N_("Partial fit"): "waiting",
    N_("Weak fit"): "neutral",
}
STATE_TAGS: dict[IntroductionState, Tag] = {
    IntroductionState.SUGGESTED: Tag(N_("Suggested"), "neutral"),
    IntroductionState.ASKED: Tag(N_("Agency asks"), "attention"),
    IntroductionState.INTERESTED: Tag(N_("Candidate said yes"), "good"),
    IntroductionState.DECLINED: Tag(N_("Candidate said no"), "neutral"),
    IntroductionState.WITHDRAWN: Tag(N_("Candidate took the yes back"), "neutral"),
    IntroductionState.ACCEPTED: Tag(N_("Agency wants to go on"), "good"),
    IntroductionState.TURNED_DOWN: Tag(N_("Agency turned down"), "bad"),
}

OWN_STATE_TAGS: dict[IntroductionState, Tag] = STATE_TAGS | {
    IntroductionState.ASKED: Tag(N_("The agency asks you"), "attention"),
    IntroductionState.INTERESTED: Tag(N_("You said yes"), "good"),
    IntroductionState.DECLINED: Tag(N_("You said no"), "neutral"),
    IntroductionState.WITHDRAWN: Tag(N_("You took your yes back"), "neutral"),
    IntroductionState.ACCEPTED: Tag(N_("The agency wants to go on with you"), "good"),
    IntroductionState.TURNED_DOWN: Tag(N_("The agency turned you down"), "bad"),
}
"""The same states, as the candidate reads them."""
ACTION_WORDS: dict[IntroductionAction, str] = {
    IntroductionAction.ASK: N_("The agency asked the candidate"),
    IntroductionAction.SAY_YES: N_("The candidate said yes"),
    IntroductionAction.SAY_NO: N_("The candidate said no"),
    IntroductionAction.WITHDRAW: N_("The candidate took the yes back"),
    IntroductionAction.ACCEPT: N_("The agency goes on with the candidate"),
    IntroductionAction.TURN_DOWN: N_("The agency turned the candidate down"),
}


GIVEN_TAGS: dict[Given, Tag] = {
    Given.ALL: Tag(N_("All of them"), "good"),
    Given.MUCH: Tag(N_("Much of them"), "waiting"),
    Given.LITTLE: Tag(N_("Little of them"), "neutral"),
}
"""How much of what a candidate wishes for a job gives."""
WISH_FINDINGS: dict[Granted, str] = {
    Granted.MET: "given",
    Granted.PARTLY: "partly_given",
    Granted.MISSING: "not_given",
    Granted.UNKNOWN: "unknown",
}

FROM_AWARD = N_("{skill} – follows from “{unit}”, a unit of the award “{award}” (document)")
SHOWN: dict[Evidence, str] = {
    Evidence.SELF_DECLARED: N_("Only own words show it so far: it counts {percent} %."),
    Evidence.DOCUMENT: N_("A document shows it: it counts {percent} %."),
    Evidence.INSTITUTE_ATTESTED: N_("A training institute attests it: it counts {percent} %."),
    Evidence.ISSUER_VERIFIED: N_("Whoever issued the document confirmed it: it counts {percent} %."),
    Evidence.ASSESSED: N_("It was assessed: it counts {percent} %."),
}
"""How a skill is shown, and what it counts for that."""


@dataclass(frozen=True)
class Explained:
    """An explanation, ready to be shown."""

    fit: Tag
    score: float
    is_weak: bool
    met: Sentence
    requirements: list[Requirement]
    recognition: Requirement | None
    must: list[Requirement]
    nice: list[Requirement]
    parts: list[ScorePart]
    wishes: list[Requirement]
    given: Tag
    wish_parts: list[ScorePart]
    wished: float | None

    @property
    def must_met(self) -> int:
        """How many must-have skills the candidate's own words cover."""
        return sum(one.finding == "met" for one in self.must)

    @property
    def missing(self) -> int:
        """How many requirements are missing."""
        return sum(one.finding == "missing" for one in self.requirements)

    @property
    def unknown(self) -> int:
        """How many requirements nobody knows of yet."""
        return sum(one.finding == "unknown" for one in self.requirements)


def next_step(line: RequirementLine) -> Link | None:
    """Where the candidate goes on, when an unmet requirement has such a place."""
    if line.kind != "regulated" or line.verdict == "met":
        return None
    country, _, isco_group = line.which.partition("-")
    if line.sentence.msgid in UNDER_WAY.values():
        return Link(N_("Your cases"), "/recognition")
    return Link(N_("Which recognition do I need?"), f"/recognition/finder?country={country}&occupation={isco_group}")


def explained(explanation: Explanation, *, own: bool = False) -> Explained:
    """The explanation in template parts; with ``own``, the candidate's next steps are linked."""
    lines = [
        Requirement(line.verdict, line.sentence, link=next_step(line) if own else None)
        for line in explanation.requirements
    ]
    return Explained(
        fit=Tag(explanation.band, FIT_TONES[explanation.band]),
        score=explanation.score,
        is_weak=fit_group(explanation.score) == len(FIT_BOUNDS),
        met=Sentence(N_("{met} of {asked} requirements met"), {"met": explanation.met, "asked": explanation.asked}),
        requirements=lines,
        recognition=next(
            (one for one, line in zip(lines, explanation.requirements, strict=True) if line.kind == "regulated"), None
        ),
        must=[skill(line) for line in explanation.skills if line.is_must],
        nice=[skill(line) for line in explanation.skills if not line.is_must],
        parts=[ScorePart(part.name, part.points, part.out_of) for part in explanation.parts],
        wishes=[Requirement(WISH_FINDINGS[line.granted], line.sentence) for line in explanation.wishes],
        given=GIVEN_TAGS[explanation.given],
        wish_parts=[ScorePart(line.name, line.points or 0.0, line.out_of or 0.0) for line in explanation.wishes if own],
        wished=explanation.wished,
    )


def shown_as(line: SkillLine) -> Text:
    """How the skill that covers this one is shown, and what it counts, of 100: its likeness, as far as it is shown."""
    if line.shown is None:
        return ""
    return Sentence(SHOWN[line.shown], {"percent": round(100 * line.strength * COUNTS[line.shown])})


def skill(line: SkillLine) -> Requirement:
    """A needed skill with the candidate's words that cover it, or the award from which it follows."""
    note = shown_as(line)
    if line.award:
        values = {"skill": line.needed, "unit": line.words, "award": line.award}
        return Requirement(line.verdict, Sentence(FROM_AWARD, values), note=note)
    return Requirement(line.verdict, line.needed, line.words, note=note)
