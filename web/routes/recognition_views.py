"""What the page of a case of recognition shows to each reader: where it stands, its clocks, papers, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.casework.clock_terms import PAUSE_NAMES, SILENCE_NAMES
from talent.casework.deadlines import OVERDUE, RUNNING, STANDING, WAITING, Reading
from talent.casework.sourced import Sourced
from talent.casework.take import journal
from talent.foundation.words import Sentence
from talent.recognition import clocks, offices, parties, rules, service
from talent.recognition.calendars import calendar_for
from talent.recognition.documents import CHANGEABLE, expiring
from talent.recognition.finder import Question, asks_region
from talent.recognition.history import durations
from talent.recognition.models import RecognitionCase, RecognitionPaper
from talent.recognition.noting import own_to_note
from talent.recognition.procedures import Deadline, Procedure, catalogue
from talent.recognition.regions import regions_of
from talent.recognition.rules import HeldPaper, Line
from talent.recognition.states import RECOGNITION_CASE, CaseAction, CaseState
from talent.recognition.terms import ACT_NAMES, MEASURE_NAMES, NOTED_NAMES, PAPER_NAMES, Noted, Share
from web.parts import Choice, JournalLine, Tag, Text
from web.routes.recognition_finder import REGION_UNKNOWN, region_choices, source_line
from web.routes.recognition_precedents import ExpectedView, expected_view
from web.routes.recognition_words import (
    BUTTONS,
    BY_THEN,
    DAYS_LEFT,
    DONE_WORDS,
    FINAL_WORDS,
    LENGTH_UNKNOWN,
    NAMES,
    NEXT,
    NOT_BEGUN,
    NOTED_ON,
    PASSED,
    SERVICE,
    STANDS,
    STATE_TAGS,
    WHO,
    WITH_A_LETTER,
)


@dataclass(frozen=True)
class ClockView:
    """One clock in sentences; ``tone`` colours it."""

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
    region: Text
    regions: Sequence[Choice]
    state: Tag
    next: str
    clocks: Sequence[ClockView]
    lines: Sequence[Line]
    to_do: Sequence[Sentence]
    steps: Sequence[StepShown]
    to_note: Sequence[tuple[Noted, str]]
    measures: Sequence[Choice]
    paper_kinds: Sequence[Choice]
    pauses: Sequence[Choice]
    offices: Sequence[Organisation]
    journal: Sequence[JournalLine]
    shares: frozenset[Share]
    acting: str
    suppliers: Mapping[UUID, str]
    is_own: bool
    acts: bool
    may_decide: bool
    may_add: bool
    clock_runs: bool
    clock_stands: bool
    may_extend: bool
    today: date
    expected: ExpectedView | None
    names: Mapping[str, Mapping[Any, str]]

    @property
    def others(self) -> list[RecognitionPaper]:
        """The documents that the checklist does not ask for, such as a curriculum that an institute supplied."""
        listed = {line.paper.kind for line in self.lines}
        return [paper for paper in self.case.papers if paper.kind not in listed]

    def runs_out(self, paper: RecognitionPaper) -> bool:
        """Whether this document runs out soon, or has."""
        return bool(expiring([paper], on=self.today))

    def source(self, row: Sourced) -> Sentence:
        """Where a row of the checklist comes from."""
        return source_line(row.source, row.legal, row.as_of, row.confidence)


def case_view(session: Session, actor: Actor, case: RecognitionCase, occupation: str, *, on: date) -> CaseView:
    """The case as this reader sees it on this day."""
    procedure, days = service.procedure_of(case), service.days_of(case)
    held = [HeldPaper(row.kind, row.original_id is not None, row.expires_on) for row in case.papers]
    lines = rules.checklist(procedure, held, on=on)
    authority = catalogue().authority(case.authority_id)
    may_decide = actor.has(Permission.RECOGNITION_DECIDE)
    is_own = actor.has(Permission.RECOGNITION_APPLY)
    being_decided = may_decide and case.state is CaseState.COMPLETE
    standing = any(row.until is None for row in case.stops)
    calendar = calendar_for(session, case.authority_id, case.region)
    shares = parties.shared_with(session, actor, case)
    acting = {case.acting_id} if case.acting_id else set()
    question = Question(case.award, case.isco_group, case.country)
    depends = asks_region(catalogue(), procedure.kind, question)
    return CaseView(
        case=case,
        procedure=procedure,
        occupation=occupation,
        authority=authority.name if authority else "",
        region=(regions_of(case.country).get(case.region, REGION_UNKNOWN)) if depends else "",
        regions=region_choices(case.country) if depends and is_own and case.submitted_on is None else (),
        state=STATE_TAGS[case.state],
        next=NEXT[case.state],
        clocks=[clock_view(case, *one) for one in clocks.readings(procedure, days, calendar, on=on)],
        lines=lines,
        to_do=rules.missing(lines) if case.state in CHANGEABLE else (),
        steps=steps_of(actor, case, procedure),
        to_note=[(what, NOTED_NAMES[what]) for what in own_to_note(actor, case)],
        measures=[Choice(row.kind.value, MEASURE_NAMES[row.kind]) for row in procedure.measures],
        paper_kinds=[
            Choice(kind.value, PAPER_NAMES[kind])
            for kind in dict.fromkeys([*(row.kind for row in procedure.papers), *(row.kind for row in case.papers)])
        ],
        pauses=[Choice(why.value, words) for why, words in PAUSE_NAMES.items()],
        offices=offices.offices(session, actor) if actor.has(Permission.RECOGNITION_READ_ALL) else (),
        journal=happened(session, case, shows_letters=Share.DECISION in shares),
        shares=shares,
        acting=next(iter(parties.names_of(session, acting).values()), ""),
        suppliers=parties.names_of(session, {row.supplied_by for row in case.papers if row.supplied_by}),
        is_own=is_own,
        acts=actor.has(Permission.RECOGNITION_ACT),
        may_decide=may_decide,
        may_add=is_own and case.state in CHANGEABLE,
        clock_runs=being_decided and not standing,
        clock_stands=being_decided and standing,
        may_extend=being_decided and case.extended_until is None,
        today=on,
        expected=expected_view(durations(session).get(procedure.id)) if waits_for_a_decision(case) else None,
        names=NAMES,
    )


def happened(session: Session, case: RecognitionCase, *, shows_letters: bool) -> list[JournalLine]:
    """The steps of the case and the days noted in it, the newest first; what letters say only to who may read it."""
    steps = [
        JournalLine(one.at, WHO.get(one.actor_role, SERVICE), DONE_WORDS[one.action], one.note if shows_letters else "")
        for one in journal(session, RECOGNITION_CASE, case.id)
    ]
    days = [
        JournalLine(
            one.noted_at,
            WHO.get(one.noted_role, SERVICE),
            Sentence(NOTED_ON, {"what": Sentence(NOTED_NAMES[one.what]), "day": one.day}),
        )
        for one in case.noted
    ]
    return sorted([*steps, *days], key=lambda line: line.at, reverse=True)


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


def clock_view(case: RecognitionCase, rule: Deadline, reading: Reading) -> ClockView:
    """One clock in words, with its paragraph and date."""
    values = {"act": Sentence(ACT_NAMES[rule.act]), "day": reading.ends_on, "n": abs(reading.days_left or 0)}
    standing = next((stop for stop in case.stops if stop.until is None), None)
    said: dict[str, list[Text]] = {
        RUNNING: [Sentence(BY_THEN, values), Sentence(DAYS_LEFT, values)],
        OVERDUE: [Sentence(PASSED, values), SILENCE_NAMES[reading.silence]],
        STANDING: [Sentence(STANDS, values | {"day": standing.since, "why": Sentence(PAUSE_NAMES[standing.why])})]
        if standing
        else [],
        WAITING: [Sentence(NOT_BEGUN, values)],
    }
    tone = {RUNNING: "waiting", OVERDUE: "attention"}.get(reading.state, "neutral")
    source = source_line(rule.source, rule.legal, rule.as_of, rule.confidence)
    return ClockView(said.get(reading.state, [Sentence(LENGTH_UNKNOWN, values)]), source, tone)
