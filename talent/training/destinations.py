"""What Member States ask of training before departure: rules as rows with their sources, looked at live.

A rule says what is known on its day, and nothing here decides about an entry: the authorities do.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from talent.foundation.words import N_, Sentence
from talent.taxonomy.languages import language_name
from talent.taxonomy.levels import CEFR
from talent.training.standing import Outlook, Standing, months_after
from talent.training.terms import AssessmentKind


class Criterion(StrEnum):
    """What a rule looks at."""

    ATTENDANCE = "attendance"
    EXAMINATION = "examination"
    LANGUAGE = "language"
    FULL_TIME = "full_time"
    RECOGNISED = "recognised"
    BOTH_PARTS = "both_parts"
    VISA_REQUEST = "visa_request"
    APPROVED = "approved"


@dataclass(frozen=True)
class DestinationRule:
    """One rule of one route, with where it is from, on which day, and how sure that is."""

    criterion: Criterion
    source: str
    as_of: str
    confidence: str
    least_percent: int = 0  # of attendance
    least_months: int = 0  # of full-time training
    within_months: int = 0  # after the last day
    examinations: tuple[AssessmentKind, ...] = ()
    languages: tuple[tuple[str, CEFR], ...] = ()  # one of them is enough
    note: str = ""


@dataclass(frozen=True)
class Destination:
    """One lawful way that a course may open, and what it asks of the training."""

    code: str
    country: str
    name: str
    rules: tuple[DestinationRule, ...]


@dataclass(frozen=True)
class TrainingFacts:
    """What is known of one trainee on one course."""

    standing: Standing
    passed: frozenset[AssessmentKind] = frozenset()
    failed: frozenset[AssessmentKind] = frozenset()
    languages: Mapping[str, CEFR] = field(default_factory=dict)  # assessed levels
    language_taught: str = ""
    language_level: CEFR | None = None
    full_time_months: int | None = None
    is_state_recognised: bool | None = None
    vocational_hours: int = 0
    civic_hours: int = 0
    ends_on: date | None = None
    is_completed: bool = False


@dataclass(frozen=True)
class RuleFinding:
    """How a trainee stands towards one rule, in a sentence that says what to do."""

    rule: DestinationRule
    outlook: Outlook
    sentence: Sentence


@dataclass(frozen=True)
class DestinationFinding:
    """One destination with each of its rules."""

    destination: Destination
    findings: tuple[RuleFinding, ...]

    @property
    def outlook(self) -> Outlook:
        """The worst of the rules: what cannot be mended, then what can, then what is not known."""
        for worst in (Outlook.MISSED, Outlook.AT_RISK, Outlook.UNKNOWN, Outlook.ON_TRACK):
            if any(finding.outlook is worst for finding in self.findings):
                return worst
        return Outlook.MET


R, C, K = DestinationRule, Criterion, AssessmentKind
TWO_YEARS = R(C.FULL_TIME, "S-DE-1", "2026-04-16", "high", least_months=24)
BY_THE_STATE = R(C.RECOGNISED, "S-DE-1", "2026-04-16", "high")
ONE_COURSE = N_("This is what one approved course asks for; the ministry's own guidelines were not found.")

DESTINATIONS: tuple[Destination, ...] = (
    Destination(
        "it_art23",
        "IT",
        N_("Italy: trained before departure, outside the yearly quota (article 23)"),
        (
            R(C.APPROVED, "S-IT-1", "2025-12", "high"),
            R(C.BOTH_PARTS, "S-IT-5", "2024-09-19", "high"),
            R(C.ATTENDANCE, "S-IT-9", "2026", "medium", least_percent=80, note=ONE_COURSE),
            R(
                C.EXAMINATION,
                "S-IT-9",
                "2026",
                "medium",
                examinations=(K.WRITTEN, K.PRACTICAL, K.ORAL),
                note=ONE_COURSE,
            ),
            R(C.LANGUAGE, "S-IT-9", "2026", "low", languages=(("it", CEFR.A1),), note=ONE_COURSE),
            R(C.VISA_REQUEST, "S-IT-1", "2025-12", "high", within_months=6),
        ),
    ),
    Destination(
        "de_recognition_partnership",
        "DE",
        N_("Germany: recognition partnership (section 16d (3))"),
        (TWO_YEARS, BY_THE_STATE, R(C.LANGUAGE, "S-DE-1", "2026-04-16", "high", languages=(("de", CEFR.A2),))),
    ),
    Destination(
        "de_opportunity_card",
        "DE",
        N_("Germany: opportunity card with points (section 20a)"),
        (
            TWO_YEARS,
            BY_THE_STATE,
            R(C.LANGUAGE, "S-DE-1", "2026-04-16", "high", languages=(("de", CEFR.A1), ("en", CEFR.B2))),
        ),
    ),
    Destination(
        "de_experienced_worker",
        "DE",
        N_("Germany: workers with experience (section 6 BeschV)"),
        (
            R(C.FULL_TIME, "S-DE-3", "2025-12-22", "high", least_months=24),
            R(C.RECOGNISED, "S-DE-3", "2025-12-22", "high"),
        ),
    ),
)


def findings(facts: TrainingFacts, *, on: date, language: str = "en") -> list[DestinationFinding]:
    """How the trainee stands on this day towards every destination; names of languages in the reader's one."""
    return [
        DestinationFinding(
            one, tuple(RuleFinding(rule, *LOOKS[rule.criterion](rule, facts, on, language)) for rule in one.rules)
        )
        for one in DESTINATIONS
    ]


def at_risk(facts: TrainingFacts, *, on: date, language: str = "en") -> Iterator[RuleFinding]:
    """The rules that are about to be missed and can still be mended."""
    for destination in findings(facts, on=on, language=language):
        yield from (one for one in destination.findings if one.outlook is Outlook.AT_RISK)


Look = tuple[Outlook, Sentence]
MINUTES_AN_HOUR = 60


def _attendance(rule: DestinationRule, facts: TrainingFacts, _on: date, _language: str) -> Look:
    standing, least = facts.standing, Fraction(rule.least_percent, 100)
    outlook = standing.towards(least)
    values = {
        "least": rule.least_percent,
        "held": standing.percent or 0,
        "hours": abs(standing.minutes_to_spare(least)) // MINUTES_AN_HOUR,
    }
    words = {
        Outlook.MET: N_("Attendance: {least} % of all hours is reached."),
        Outlook.ON_TRACK: N_("Attendance: {least} % is needed; {hours} more hours may be missed."),
        Outlook.AT_RISK: N_("Attendance: {held} % so far, {least} % is needed. Only {hours} more hours may be missed."),
        Outlook.MISSED: N_("Attendance: {least} % can no longer be reached."),
        Outlook.UNKNOWN: N_("Attendance: {least} % is needed. No days are planned yet."),
    }
    return outlook, Sentence(words[outlook], values)


def _examination(rule: DestinationRule, facts: TrainingFacts, _on: date, _language: str) -> Look:
    missing = [kind for kind in rule.examinations if kind not in facts.passed]
    if not missing:
        return Outlook.MET, Sentence(N_("Final examination: every part is passed."))
    if any(kind in facts.failed for kind in missing):
        return Outlook.AT_RISK, Sentence(N_("Final examination: a part is not passed. Ask when it can be repeated."))
    if facts.is_completed:
        return Outlook.MISSED, Sentence(N_("Final examination: not every part was held."))
    return Outlook.ON_TRACK, Sentence(
        N_("Final examination: {count} parts are still to pass."), {"count": len(missing)}
    )


def _tested(rule: DestinationRule, facts: TrainingFacts, _on: date, language: str) -> Look:
    levels = list(CEFR)
    wanted = {"wanted": _either(rule.languages, language)}

    def reaches(least: CEFR, held: CEFR | None) -> bool:
        return held is not None and levels.index(held) >= levels.index(least)

    if any(reaches(least, facts.languages.get(code)) for code, least in rule.languages):
        return Outlook.MET, Sentence(N_("Language: {wanted} is tested and reached."), wanted)
    taught = any(
        code == facts.language_taught and reaches(least, facts.language_level) for code, least in rule.languages
    )
    if taught and not facts.is_completed:
        return Outlook.ON_TRACK, Sentence(N_("Language: {wanted} is taught here and still to be tested."), wanted)
    return Outlook.UNKNOWN, Sentence(N_("Language: {wanted} is needed. This course has no test of it yet."), wanted)


def _either(languages: tuple[tuple[str, CEFR], ...], reader: str) -> Sentence:
    names = [
        Sentence("{name} {level}", {"name": language_name(code, reader), "level": level.value})
        for code, level in languages
    ]
    if len(names) == 1:
        return names[0]
    return Sentence(N_("{one} or {other}"), {"one": names[0], "other": names[1]})


def _full_time(rule: DestinationRule, facts: TrainingFacts, _on: date, _language: str) -> Look:
    values = {"least": rule.least_months, "held": facts.full_time_months or 0}
    if facts.full_time_months is None:
        return Outlook.UNKNOWN, Sentence(
            N_("Length: {least} full-time months are needed. This course's is not known."), values
        )
    if facts.full_time_months >= rule.least_months:
        return Outlook.MET, Sentence(N_("Length: {held} full-time months; {least} are needed."), values)
    return Outlook.MISSED, Sentence(
        N_("Length: {held} full-time months alone are not enough; {least} are needed."), values
    )


def _recognised(_rule: DestinationRule, facts: TrainingFacts, _on: date, _language: str) -> Look:
    words = {
        True: (Outlook.MET, N_("The course is recognised by the state.")),
        False: (Outlook.MISSED, N_("The course is not recognised by the state.")),
        None: (Outlook.UNKNOWN, N_("It is not known whether the state recognises the course.")),
    }
    outlook, sentence = words[facts.is_state_recognised]
    return outlook, Sentence(sentence)


def _both_parts(_rule: DestinationRule, facts: TrainingFacts, _on: date, _language: str) -> Look:
    if facts.vocational_hours and facts.civic_hours:
        return Outlook.MET, Sentence(N_("Content: the trade, and civic and language training."))
    return Outlook.MISSED, Sentence(N_("Content: both the trade and civic and language training are needed."))


def _visa_request(rule: DestinationRule, facts: TrainingFacts, on: date, _language: str) -> Look:
    if facts.ends_on is None:
        return Outlook.UNKNOWN, Sentence(
            N_("Visa: ask for it within {months} months of the last day."), {"months": rule.within_months}
        )
    last = months_after(facts.ends_on, rule.within_months)
    values = {"day": last, "months": rule.within_months}
    if on > last:
        return Outlook.MISSED, Sentence(N_("Visa: it had to be asked for by {day}."), values)
    return Outlook.ON_TRACK, Sentence(N_("Visa: ask for it by {day}, within {months} months of the last day."), values)


def _approved(_rule: DestinationRule, _facts: TrainingFacts, _on: date, _language: str) -> Look:
    return Outlook.UNKNOWN, Sentence(N_("Ask the institute whether the Italian ministry has approved this programme."))


LOOKS: Mapping[Criterion, Callable[[DestinationRule, TrainingFacts, date, str], Look]] = {
    Criterion.ATTENDANCE: _attendance,
    Criterion.EXAMINATION: _examination,
    Criterion.LANGUAGE: _tested,
    Criterion.FULL_TIME: _full_time,
    Criterion.RECOGNISED: _recognised,
    Criterion.BOTH_PARTS: _both_parts,
    Criterion.VISA_REQUEST: _visa_request,
    Criterion.APPROVED: _approved,
}
