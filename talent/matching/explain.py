"""Why somebody was suggested: every requirement, every skill with its own words, and parts that add up to the score."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from talent.foundation.words import N_, Sentence
from talent.matching.models import Suggestion
from talent.matching.reader import Reader
from talent.matching.reasons import Reasons, unpacked
from talent.matching.requirements import Finding, Verdict
from talent.matching.scorer import PARTS, Weights, band
from talent.matching.views import CandidateView, RecognitionStage, VacancyView
from talent.matching.wish_words import Given, WishLine, given, wish_lines
from talent.taxonomy.countries import country_name
from talent.taxonomy.languages import language_name
from talent.taxonomy.levels import Evidence, qualification_name
from talent.taxonomy.licences import LICENCE_NAMES

COVERED = 0.75
"""Likeness from which a held skill counts as the needed one; between this and the least shown it is a near one
(S-OWN-1)."""


@dataclass(frozen=True)
class RequirementLine:
    """One hard requirement in words; ``verdict`` is met, missing or unknown; ``which`` as the requirement says it."""

    verdict: str
    sentence: Sentence
    kind: str = ""
    which: str = ""


@dataclass(frozen=True)
class SkillLine:
    """One needed skill, and the candidate's own words that cover it; ``words`` is empty when nothing does.

    ``strength`` is the likeness of the skill that covers it, ``shown`` how that one is shown, None when nothing does.
    """

    verdict: str
    needed: str
    words: str
    is_must: bool
    strength: float
    award: str = ""
    shown: Evidence | None = None


@dataclass(frozen=True)
class PartLine:
    """Points of one part, of how many."""

    name: str
    points: float
    out_of: float


@dataclass(frozen=True)
class Explanation:
    """Everything that is shown about one match; the points of the parts add up to the score.

    What the candidate wishes for has points of its own, which an agency does not learn: ``wished`` is None for it.
    """

    score: float
    band: str
    requirements: tuple[RequirementLine, ...]
    skills: tuple[SkillLine, ...]
    parts: tuple[PartLine, ...]
    wishes: tuple[WishLine, ...] = ()
    given: Given = Given.ALL
    wished: float | None = None

    @property
    def met(self) -> int:
        """How many requirements and must-have skills are met."""
        return sum(line.verdict == "met" for line in self._counted())

    @property
    def asked(self) -> int:
        """How many requirements and must-have skills there are."""
        return len(self._counted())

    def _counted(self) -> list[RequirementLine | SkillLine]:
        return [*self.requirements, *(line for line in self.skills if line.is_must)]


C, G = Reader.CANDIDATE, Reader.AGENCY
MISSING, UNKNOWN, MET = Verdict.MISSING, Verdict.UNKNOWN, Verdict.MET

SENTENCES: dict[tuple[str, Verdict, Reader], str] = {
    ("language", MET, C): N_("{name}: you recorded {held}; the job asks for {least}."),
    ("language", MISSING, C): N_("{name}: you recorded {held}; the job asks for {least}."),
    ("language", UNKNOWN, C): N_("{name}: your level is not recorded; the job asks for {least}."),
    ("language", MET, G): N_("{name}: {held} recorded; {least} asked for."),
    ("language", MISSING, G): N_("{name}: {held} recorded; {least} asked for."),
    ("language", UNKNOWN, G): N_("{name}: no level recorded; {least} asked for."),
    ("licence", MET, C): N_("{name}: you have it."),
    ("licence", MISSING, C): N_("{name}: you did not record it."),
    ("licence", UNKNOWN, C): N_("{name}: tell us whether you have it."),
    ("licence", MET, G): N_("{name}: recorded by the candidate."),
    ("licence", MISSING, G): N_("{name}: not recorded by the candidate."),
    ("licence", UNKNOWN, G): N_("{name}: the candidate has not been asked yet."),
    ("qualification", MET, C): N_(
        "{name}: you recorded one that is long enough. Whether it counts is for the competent authority to say."
    ),
    ("qualification", MISSING, C): N_("{name}: you did not record one that is long enough."),
    ("qualification", UNKNOWN, C): N_(
        "{name}: you recorded another kind. Only the competent authority can compare them."
    ),
    ("qualification", MET, G): N_(
        "{name}: recorded and long enough. Whether it counts is for the competent authority to say."
    ),
    ("qualification", MISSING, G): N_("{name}: none recorded that is long enough."),
    ("qualification", UNKNOWN, G): N_(
        "{name}: another kind is recorded. Only the competent authority can compare them."
    ),
    ("availability", MET, C): N_("You can start in time."),
    ("availability", MISSING, C): N_("The job starts on {least}; you said that you can start on {held}."),
    ("availability", UNKNOWN, C): N_("The job starts on {least}; tell us when you can start."),
    ("availability", MET, G): N_("Can start in time."),
    ("availability", MISSING, G): N_("The job starts on {least}; the candidate can start on {held}."),
    ("availability", UNKNOWN, G): N_("The job starts on {least}; the candidate has not said when to start."),
    ("place", MET, C): N_("The job is in {name}, where you would work."),
    ("place", MISSING, C): N_("The job is in {name}; you chose other countries."),
    ("place", UNKNOWN, C): N_("The job is in {name}; tell us where you would work."),
    ("place", MET, G): N_("Would work in {name}."),
    ("place", MISSING, G): N_("Did not choose {name}."),
    ("place", UNKNOWN, G): N_("Has not said whether to work in {name}."),
    ("regulated", MET, C): N_("Your qualification is fully recognised for this occupation in {name}."),
    ("regulated", MET, G): N_("Fully recognised for this occupation in {name}."),
    ("regulated", MISSING, C): N_(
        "This occupation is regulated in {name}: a competent authority must recognise your qualification first. "
        "You have no started case. Next step: see which procedure fits, and begin one."
    ),
    ("regulated", MISSING, G): N_(
        "This occupation is regulated in {name}, and no case of recognition is started here. "
        "Next step: the candidate begins one; with a power of attorney an employer may."
    ),
    ("regulated", UNKNOWN, C): N_(
        "We do not know whether this occupation is regulated in {name}. Ask the competent authority before you decide."
    ),
    ("regulated", UNKNOWN, G): N_(
        "It is not known here whether this occupation is regulated in {name}. Check it before you decide."
    ),
}
UNDER_WAY: dict[tuple[str, Reader], str] = {
    (RecognitionStage.BEGUN, C): N_(
        "Recognition for {name}: your case is under way, and nothing is decided yet. Next step: see your case."
    ),
    (RecognitionStage.BEGUN, G): N_("Recognition for {name}: a case is under way, and nothing is decided yet."),
    (RecognitionStage.PARTIAL, C): N_(
        "Recognition for {name}: you are recognised in part. Next step: make up the missing part."
    ),
    (RecognitionStage.PARTIAL, G): N_(
        "Recognition for {name}: recognised in part; the missing part is still to be made up."
    ),
}
"""What an undecided requirement says when a case is started; a case that is not done is never said to be met."""
NOT_RECORDED = N_("nothing")
LEVEL_NOT_KNOWN = N_("a level not known")


def name_of(kind: str, which: str, language: str) -> object:
    """What a requirement is about, in the reader's language."""
    names: dict[str, Any] = {
        "language": lambda: language_name(which, language),
        "licence": lambda: Sentence(LICENCE_NAMES.get(which, which)),
        "qualification": lambda: Sentence(qualification_name(which)),
        "place": lambda: country_name(which, language),
        "regulated": lambda: country_name(which.partition("-")[0], language),
    }
    return names[kind]() if kind in names else which


def shown(kind: str, value: Any) -> object:
    """A stored value as it is said: a date, a level, or the sentence for none."""
    if value is None:
        return Sentence(NOT_RECORDED)
    if value == "?":
        return Sentence(LEVEL_NOT_KNOWN)
    return date.fromisoformat(value) if kind == "availability" else value


def requirement_line(found: Finding, *, reader: Reader, language: str) -> RequirementLine:
    """One finding in words for this reader."""
    asked, verdict = found.requirement, found.verdict
    words = SENTENCES.get((asked.kind, verdict, reader), "{name}")
    if asked.kind == "regulated" and verdict is Verdict.UNKNOWN:
        words = UNDER_WAY.get((found.held, reader), words)
    values = {
        "name": name_of(asked.kind, asked.which, language),
        "held": shown(asked.kind, found.held),
        "least": shown(asked.kind, asked.least),
    }
    return RequirementLine(verdict.name.lower(), Sentence(words, values), asked.kind, asked.which)


def skill_lines(reasons: Reasons, vacancy: VacancyView, candidate: CandidateView) -> tuple[SkillLine, ...]:
    """Each needed skill of the vacancy, must-have ones first, with the words that cover it."""
    best_shown = {held.skill_id: held for held in sorted(candidate.skills, key=lambda held: held.evidence.order)}
    lines = []
    for needed, (place, strength) in zip(vacancy.skills, reasons.covered, strict=True):
        if place is None:
            lines.append(SkillLine("missing", needed.words, "", needed.is_must, 0.0))
            continue
        covering = best_shown[candidate.skills[place].skill_id]
        told = covering.words, needed.is_must, strength, covering.award, covering.evidence
        lines.append(SkillLine("met" if strength >= COVERED else "near", needed.words, *told))
    return tuple(sorted(lines, key=lambda line: (not line.is_must, -line.strength)))


def explain(
    suggestion: Suggestion,
    vacancy: VacancyView,
    candidate: CandidateView,
    weights: Weights,
    *,
    reader: Reader,
    language: str,
) -> Explanation:
    """The whole explanation of one stored match, by the weights with which it was scored."""
    reasons = unpacked(suggestion.reasons)
    findings = reasons.findings(vacancy, candidate)
    return Explanation(
        score=suggestion.score,
        band=band(suggestion.score),
        requirements=tuple(requirement_line(one, reader=reader, language=language) for one in findings),
        skills=skill_lines(reasons, vacancy, candidate),
        parts=tuple(PartLine(part.name, reasons.parts[part.key], weights.most_of[part.key] / 100) for part in PARTS),
        wishes=wish_lines(reasons, reader),
        given=given(suggestion.wished),
        wished=suggestion.wished if reader is Reader.CANDIDATE else None,
    )
