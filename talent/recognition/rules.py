"""What is true of a case without a database: which papers it still needs, and what its procedure offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from talent.casework.deadlines import plain_end
from talent.foundation.words import N_, Sentence
from talent.recognition.procedures import Paper, Procedure
from talent.recognition.states import RECOGNITION_CASE, CaseState
from talent.recognition.terms import PAPER_NAMES, Measure, PaperKind, When

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


def can_waive(procedure: Procedure) -> bool:
    """Whether a knowledge test can take the place of the comparison."""
    return any(row.kind is Measure.KNOWLEDGE_TEST for row in procedure.measures)


def offers(procedure: Procedure, measure: Measure | None) -> bool:
    """Whether this is a measure of the procedure."""
    return any(row.kind is measure for row in procedure.measures)


def is_open(state: CaseState) -> bool:
    """Whether anything can still happen to a case in this state."""
    return state not in RECOGNITION_CASE.final
