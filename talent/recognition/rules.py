"""What is true of a case without a database: which papers it still needs, when its clock runs out, who is to act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from talent.casework.deadlines import Clock, Extension, Reading, Stop, plain_end, read_clock
from talent.casework.working_days import WorkCalendar
from talent.foundation.words import N_, Sentence
from talent.recognition.procedures import Deadline, Paper, Procedure
from talent.recognition.states import RECOGNITION_CASE, CaseState
from talent.recognition.terms import PAPER_NAMES, Act, ClockStart, Measure, PaperKind, When

EXPIRY_WARNING = timedelta(days=30)
"""How long before a document runs out its owner is told (S-OWN-3)."""

MISSING_PAPER = N_("Missing: {paper}.")
MISSING_TRANSLATION = N_("Missing: a translation of “{paper}”.")
EXPIRED_PAPER = N_("“{paper}” has run out. Add a new one.")


@dataclass(frozen=True)
class HeldPaper:
    """What the checklist asks about one document that is there."""

    kind: PaperKind
    is_translation: bool = False
    expires_on: date | None = None


@dataclass(frozen=True)
class CaseDays:
    """The days of a case on which its deadlines depend."""

    state: CaseState
    submitted_on: date | None = None
    complete_on: date | None = None
    decided_on: date | None = None
    measure: Measure | None = None
    measure_on: date | None = None
    extension: Extension | None = None
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the checklist: what is asked for, and whether it is there, translated and still valid."""

    paper: Paper
    is_there: bool
    is_translated: bool
    is_expired: bool

    @property
    def problem(self) -> Sentence | None:
        """What is to be done about it, if anything."""
        name = {"paper": Sentence(PAPER_NAMES[self.paper.kind])}
        if not self.is_there:
            return Sentence(MISSING_PAPER, name) if self.paper.when is When.ALWAYS else None
        if self.is_expired:
            return Sentence(EXPIRED_PAPER, name)
        if self.paper.translation and not self.is_translated:
            return Sentence(MISSING_TRANSLATION, name)
        return None


def checklist(procedure: Procedure, held: Iterable[HeldPaper], *, on: date) -> list[Line]:
    """The papers of the procedure in its order, each with what is there; the newest of a kind counts."""
    originals: dict[PaperKind, list[HeldPaper]] = {}
    translated: set[PaperKind] = set()
    for one in held:
        if one.is_translation:
            translated.add(one.kind)
        else:
            originals.setdefault(one.kind, []).append(one)
    return [
        Line(
            asked,
            asked.kind in originals,
            asked.kind in translated,
            all(one.expires_on is not None and one.expires_on < on for one in originals.get(asked.kind, []))
            and asked.kind in originals,
        )
        for asked in procedure.papers
    ]


def missing(lines: Sequence[Line]) -> tuple[Sentence, ...]:
    """What is to be done before the case can be submitted."""
    return tuple(line.problem for line in lines if line.problem is not None)


def expires(kind: PaperKind, issued_on: date | None, procedure: Procedure) -> date | None:
    """The last day on which a paper of this kind counts, where the procedure limits its age."""
    months = next((row.months_valid for row in procedure.papers if row.kind is kind), None)
    if issued_on is None or months is None:
        return None
    return plain_end(issued_on, f"P{months}M")


CLOCK_OF: Mapping[CaseState, tuple[Act, ...]] = {
    CaseState.SUBMITTED: (Act.RECEIPT,),
    CaseState.SUPPLIED: (),
    CaseState.COMPLETE: (Act.DECISION,),
}
"""Which acts of the authority are waited for in which state."""
CLOCK_OF_MEASURE: Mapping[Measure, tuple[Act, ...]] = {
    Measure.APTITUDE_TEST: (Act.APTITUDE_TEST_OFFERED,),
    Measure.KNOWLEDGE_TEST: (Act.KNOWLEDGE_TEST_OFFERED,),
}
"""Which acts are waited for once a measure was chosen."""


def clock_of(rule: Deadline, days: CaseDays) -> Clock:
    """The clock of one deadline, from the days of the case."""
    started = {
        ClockStart.APPLICATION: days.submitted_on,
        ClockStart.RECEIPT_BY_OFFICE: days.submitted_on,
        ClockStart.COMPLETE_FILE: days.complete_on,
        ClockStart.CHOICE_OF_TEST: days.measure_on,
        ClockStart.DEFICIT_DECISION: days.decided_on,
    }[rule.clock_start]
    return Clock(started, days.stops, days.extension)


def running(procedure: Procedure, days: CaseDays) -> Deadline | None:
    """The deadline that is waited for now, if there is one."""
    acts = CLOCK_OF.get(days.state, ())
    if days.state is CaseState.MEASURE and days.measure is not None:
        acts = CLOCK_OF_MEASURE.get(days.measure, ())
    return next((row for row in procedure.deadlines if row.act in acts), None)


def next_deadline(
    procedure: Procedure, days: CaseDays, calendar: WorkCalendar, *, on: date
) -> tuple[Act, Reading] | None:
    """The act that is waited for and what its clock says on this day; None when no authority is to act."""
    rule = running(procedure, days)
    return (rule.act, read_clock(rule, clock_of(rule, days), calendar, on=on)) if rule else None


def can_waive(procedure: Procedure) -> bool:
    """Whether a knowledge test can take the place of the comparison."""
    return any(row.kind is Measure.KNOWLEDGE_TEST for row in procedure.measures)


def offers(procedure: Procedure, measure: Measure | None) -> bool:
    """Whether this is a measure of the procedure."""
    return any(row.kind is measure for row in procedure.measures)


def is_open(state: CaseState) -> bool:
    """Whether anything can still happen to a case in this state."""
    return state not in RECOGNITION_CASE.final
