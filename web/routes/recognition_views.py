"""What the pages of a case of recognition show: where it stands, the clock, the checklist, what may be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission, Role
from talent.casework.clock_terms import PAUSE_NAMES, SILENCE_NAMES
from talent.casework.deadlines import DONE, OVERDUE, RUNNING, STANDING, WAITING, Reading
from talent.casework.sourced import Sourced
from talent.casework.take import journal
from talent.foundation.words import N_, Sentence
from talent.recognition import rules, service
from talent.recognition.calendars import calendar_for
from talent.recognition.documents import CHANGEABLE, expiring
from talent.recognition.history import durations
from talent.recognition.models import RecognitionCase, RecognitionPaper
from talent.recognition.procedures import Procedure, catalogue
from talent.recognition.rules import HeldPaper, Line
from talent.recognition.states import RECOGNITION_CASE, CaseAction, CaseState
from talent.recognition.terms import (
    ACT_NAMES,
    FORM_NAMES,
    MEASURE_NAMES,
    PAPER_NAMES,
    TRANSLATION_NAMES,
    WHEN_NAMES,
    Act,
)
from web.parts import Choice, JournalLine, Tag, Text
from web.routes.recognition_finder import source_line
from web.routes.recognition_precedents import ExpectedView, expected_view

S, A = CaseState, CaseAction
STATE_TAGS: Mapping[CaseState, Tag] = {
    S.DRAFT: Tag(N_("Draft"), "neutral"),
    S.DOCUMENTS: Tag(N_("Collecting documents"), "attention"),
    S.SUBMITTED: Tag(N_("Sent to the authority"), "waiting"),
    S.DEFICIENT: Tag(N_("The authority asks for documents"), "attention"),
    S.SUPPLIED: Tag(N_("Documents sent later"), "waiting"),
    S.COMPLETE: Tag(N_("Complete, being decided"), "waiting"),
    S.WAIVED: Tag(N_("Test instead of comparison"), "attention"),
    S.PARTIAL: Tag(N_("Recognised in part"), "attention"),
    S.MEASURE: Tag(N_("Making up the missing part"), "waiting"),
    S.FULL: Tag(N_("Fully recognised"), "good"),
    S.REFUSED: Tag(N_("Refused"), "bad"),
    S.WITHDRAWN: Tag(N_("Withdrawn"), "neutral"),
}
NEXT: Mapping[CaseState, str] = {
    S.DRAFT: N_("Begin with the documents."),
    S.DOCUMENTS: N_("Add each document of the list. When nothing is missing, send the application to the authority."),
    S.SUBMITTED: N_("The authority checks whether all papers are there. Its clock for the decision has not begun yet."),
    S.DEFICIENT: N_("Add what the authority asks for. Its clock for the decision begins when everything is there."),
    S.SUPPLIED: N_("The authority checks what you added."),
    S.COMPLETE: N_("All papers are there. The authority decides."),
    S.WAIVED: N_("Choose the test or the course."),
    S.PARTIAL: N_("Choose how you make up the missing part. After it you can be fully recognised."),
    S.MEASURE: N_("When the measure is passed, the recognition is full."),
    S.FULL: N_("Your qualification is fully recognised."),
    S.REFUSED: N_("The authority refused. Read the reason below and how to appeal."),
    S.WITHDRAWN: N_("You took this application back."),
}
BUTTONS: Mapping[CaseAction, str] = {
    A.PREPARE: N_("Begin"),
    A.SUBMIT: N_("I have sent the application"),
    A.FIND_DEFICIT: N_("Record a notice of missing documents"),
    A.SUPPLY: N_("I have sent the missing documents"),
    A.CONFIRM_COMPLETE: N_("Record that the file is complete"),
    A.RECOGNISE: N_("Record full recognition"),
    A.RECOGNISE_IN_PART: N_("Record partial recognition"),
    A.REFUSE: N_("Record a refusal"),
    A.WAIVE: N_("Give up the comparison and take the test instead"),
    A.BEGIN_MEASURE: N_("Begin this measure"),
    A.PASS_MEASURE: N_("Record that the measure was passed"),
    A.FAIL_MEASURE: N_("Record that the measure was not passed"),
    A.WITHDRAW: N_("Take the application back"),
}
DONE_WORDS: Mapping[str, str] = {
    A.PREPARE: N_("The case was begun"),
    A.SUBMIT: N_("The application was sent"),
    A.FIND_DEFICIT: N_("The authority asked for documents"),
    A.SUPPLY: N_("Documents were sent later"),
    A.CONFIRM_COMPLETE: N_("The file is complete"),
    A.RECOGNISE: N_("Full recognition"),
    A.RECOGNISE_IN_PART: N_("Partial recognition"),
    A.REFUSE: N_("Refusal"),
    A.WAIVE: N_("The comparison was given up for a test"),
    A.BEGIN_MEASURE: N_("The measure began"),
    A.PASS_MEASURE: N_("The measure was passed"),
    A.FAIL_MEASURE: N_("The measure was not passed"),
    A.WITHDRAW: N_("The application was taken back"),
}
WITH_A_LETTER = frozenset({A.FIND_DEFICIT, A.RECOGNISE_IN_PART, A.REFUSE, A.FAIL_MEASURE})
"""Steps that need what the authority's letter says."""
FINAL_WORDS: Mapping[CaseAction, str] = {
    A.WAIVE: N_("This cannot be taken back: the authority no longer compares your training."),
    A.WITHDRAW: N_("This cannot be taken back. What you paid may be lost."),
}
WHO: Mapping[str, str] = {
    Role.CANDIDATE: N_("Candidate"),
    Role.RECOGNITION_OFFICER: N_("Authority"),
    Role.PROJECT_STAFF: N_("Project staff"),
}
BY_THEN = N_("{act} by {day}.")
DAYS_LEFT = N_("Days left: {n}.")
PASSED = N_("{act}: the deadline ended on {day}, {n} days ago.")
STANDS = N_("{act}: the clock stands still since {day}, {why}.")
LENGTH_UNKNOWN = N_("{act}: how long this takes is not known to us.")
NOT_BEGUN = N_("{act}: the clock has not begun.")


@dataclass(frozen=True)
class ClockView:
    """The clock in sentences; ``tone`` colours it."""

    sentences: Sequence[Text]
    source: Sentence
    tone: str


@dataclass(frozen=True)
class StepShown:
    """One thing that this reader may do now."""

    action: str
    label: str
    needs_letter: bool
    warning: str


@dataclass(frozen=True)
class CaseView:
    """Everything that the page of a case shows."""

    case: RecognitionCase
    procedure: Procedure
    occupation: str
    authority: str
    state: Tag
    next: str
    clock: ClockView | None
    lines: Sequence[Line]
    to_do: Sequence[Sentence]
    steps: Sequence[StepShown]
    measures: Sequence[Choice]
    paper_kinds: Sequence[Choice]
    pauses: Sequence[Choice]
    offices: Sequence[Organisation]
    journal: Sequence[JournalLine]
    is_own: bool
    may_decide: bool
    may_add: bool
    clock_runs: bool
    clock_stands: bool
    may_extend: bool
    today: date
    expected: ExpectedView | None
    names: Mapping[str, Mapping[Any, str]]

    def runs_out(self, paper: RecognitionPaper) -> bool:
        """Whether this document runs out soon, or has."""
        return bool(expiring([paper], on=self.today))

    def source(self, row: Sourced) -> Sentence:
        """Where a row of the checklist comes from."""
        return source_line(row.source, row.legal, row.as_of, row.confidence)


NAMES: Mapping[str, Mapping[Any, str]] = {
    "form": FORM_NAMES,
    "paper": PAPER_NAMES,
    "translation": TRANSLATION_NAMES,
    "when": WHEN_NAMES,
    "measure": MEASURE_NAMES,
}


def case_view(session: Session, actor: Actor, case: RecognitionCase, occupation: str, *, on: date) -> CaseView:
    """The case as this reader sees it on this day."""
    procedure = service.procedure_of(case)
    held = [HeldPaper(row.kind, row.original_id is not None, row.expires_on) for row in case.papers]
    lines = rules.checklist(procedure, held, on=on)
    authority = catalogue().authority(case.authority_id)
    may_decide = actor.has(Permission.RECOGNITION_DECIDE)
    standing = any(row.until is None for row in case.stops)
    reading = rules.next_deadline(procedure, service.days_of(case), calendar_for(session, case.authority_id), on=on)
    return CaseView(
        case=case,
        procedure=procedure,
        occupation=occupation,
        authority=authority.name if authority else "",
        state=STATE_TAGS[case.state],
        next=NEXT[case.state],
        clock=clock_view(case, procedure, reading) if reading else None,
        lines=lines,
        to_do=rules.missing(lines) if case.state in CHANGEABLE else (),
        steps=steps_of(actor, case, procedure),
        measures=[Choice(row.kind.value, MEASURE_NAMES[row.kind]) for row in procedure.measures],
        paper_kinds=[
            Choice(kind.value, PAPER_NAMES[kind]) for kind in dict.fromkeys(row.kind for row in procedure.papers)
        ],
        pauses=[Choice(why.value, words) for why, words in PAUSE_NAMES.items()],
        offices=service.offices(session, actor) if actor.has(Permission.RECOGNITION_READ_ALL) else (),
        journal=[
            JournalLine(one.at, WHO.get(one.actor_role, N_("Service")), DONE_WORDS[one.action], one.note)
            for one in journal(session, RECOGNITION_CASE, case.id)
        ],
        is_own=actor.has(Permission.RECOGNITION_APPLY),
        may_decide=may_decide,
        may_add=actor.has(Permission.RECOGNITION_APPLY) and case.state in CHANGEABLE,
        clock_runs=may_decide and case.state is CaseState.COMPLETE and not standing,
        clock_stands=may_decide and case.state is CaseState.COMPLETE and standing,
        may_extend=may_decide and case.state is CaseState.COMPLETE and case.extended_until is None,
        today=on,
        expected=expected_view(durations(session).get(procedure.id)) if waits_for_a_decision(case) else None,
        names=NAMES,
    )


def waits_for_a_decision(case: RecognitionCase) -> bool:
    """Whether how long a decision takes still matters to this case."""
    return case.outcome is None and case.state not in (CaseState.WAIVED, CaseState.MEASURE, *RECOGNITION_CASE.final)


def steps_of(actor: Actor, case: RecognitionCase, procedure: Procedure) -> list[StepShown]:
    """What this reader may do now; what the procedure does not know is left out."""
    return [
        StepShown(
            step.action.value, BUTTONS[step.action], step.action in WITH_A_LETTER, FINAL_WORDS.get(step.action, "")
        )
        for step in RECOGNITION_CASE.steps_from(case.state)
        if actor.has(step.permission)
        and (step.action is not CaseAction.WAIVE or rules.can_waive(procedure))
        and (step.action is not CaseAction.BEGIN_MEASURE or procedure.measures)
    ]


def clock_view(case: RecognitionCase, procedure: Procedure, found: tuple[Act, Reading]) -> ClockView:
    """The clock in words, with its paragraph and date."""
    act, reading = found
    row = procedure.deadline(act)
    assert row is not None  # next_deadline found it there
    values = {"act": Sentence(ACT_NAMES[act]), "day": reading.ends_on, "n": abs(reading.days_left or 0)}
    standing = next((stop for stop in case.stops if stop.until is None), None)
    said: dict[str, list[Text]] = {
        RUNNING: [Sentence(BY_THEN, values), Sentence(DAYS_LEFT, values)],
        OVERDUE: [Sentence(PASSED, values), SILENCE_NAMES[reading.silence]],
        STANDING: [Sentence(STANDS, values | {"day": standing.since, "why": Sentence(PAUSE_NAMES[standing.why])})]
        if standing
        else [],
        WAITING: [Sentence(NOT_BEGUN, values)],
        DONE: [],
    }
    tone = {RUNNING: "waiting", OVERDUE: "attention"}.get(reading.state, "neutral")
    source = source_line(row.source, row.legal, row.as_of, row.confidence)
    return ClockView(said.get(reading.state, [Sentence(LENGTH_UNKNOWN, values)]), source, tone)
