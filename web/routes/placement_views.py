"""A placement as its page shows it: the next step on top, the line of both shores, what the reader may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.casework.clock_terms import PAUSE_NAMES, SILENCE_NAMES
from talent.casework.deadlines import DONE, NOT_KNOWN, OVERDUE, RUNNING
from talent.casework.sourced import Sourced
from talent.foundation.words import N_, Sentence
from talent.pathways.eligibility import NOT_A_PERMIT
from talent.pathways.terms import DOCUMENT_NAMES, DOER_NAMES, STAGE_NAMES
from talent.placements import service
from talent.placements.forecast import forecast
from talent.placements.models import Placement
from talent.placements.pauses import pausable
from talent.placements.proofs import takes_proof
from talent.placements.rule_changes import changes_of, in_words
from talent.placements.rules import may_note
from talent.placements.states import (
    FINAL,
    PLACEMENT,
    REASON_NAMES,
    SIDE_OF,
    TOLD_BY_CANDIDATES,
    PlacementAction,
    PlacementState,
    Side,
)
from talent.placements.timeline import Line, next_line
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Link, Tag
from web.routes.proofs import ShownProof, shown_proofs
from web.routes.recognition_finder import source_line

S, A, P = PlacementState, PlacementAction, Permission
STATE_TAGS: Mapping[PlacementState, Tag] = {
    S.OFFERED: Tag(N_("Offer: the candidate answers"), "waiting"),
    S.ACCEPTED: Tag(N_("Offer accepted"), "good"),
    S.TRAINING: Tag(N_("Training before departure"), "waiting"),
    S.PERMIT: Tag(N_("Permit"), "waiting"),
    S.VISA: Tag(N_("Visa"), "waiting"),
    S.EXIT_CLEARANCE: Tag(N_("Leaving Pakistan"), "waiting"),
    S.TRAVELLED: Tag(N_("Travelled"), "good"),
    S.ARRIVED: Tag(N_("Arrived and registered"), "good"),
    S.EMPLOYED: Tag(N_("At work"), "good"),
    S.RETAINED_3: Tag(N_("At work for 3 months"), "good"),
    S.RETAINED_6: Tag(N_("At work for 6 months"), "good"),
    S.RETAINED_12: Tag(N_("At work for 12 months"), "good"),
    S.RETAINED_24: Tag(N_("At work for 24 months"), "good"),
    S.SETTLED: Tag(N_("Settled"), "good"),
    S.RETURNED: Tag(N_("Returned"), "neutral"),
    S.ENDED: Tag(N_("Ended"), "bad"),
}
ACTION_NAMES: Mapping[PlacementAction, str] = {
    A.ACCEPT: N_("Accept the offer"),
    A.BEGIN_TRAINING: N_("The training begins"),
    A.BEGIN_PERMIT: N_("Go on to the permit"),
    A.BEGIN_VISA: N_("Go on to the visa"),
    A.BEGIN_EXIT: N_("Go on to the exit clearance"),
    A.CLEAR: N_("Clear the departure"),
    A.ARRIVE: N_("Has arrived and registered"),
    A.START_WORK: N_("The work has begun"),
    A.CONFIRM_WORK: N_("Confirm that the work goes on"),
    A.SETTLE: N_("I have settled there"),
    A.RETURN: N_("I have returned to Pakistan"),
    A.RECORD_RETURN: N_("Has returned to Pakistan"),
    A.WITHDRAW: N_("Leave this placement"),
    A.END: N_("End this placement"),
}
ENDS = (A.WITHDRAW, A.END)
QUIET = frozenset({A.RETURN, A.RECORD_RETURN, A.WITHDRAW, A.END})
SIDE_NAMES: Mapping[Side, str] = {
    Side.CANDIDATE: N_("on the candidate’s side"),
    Side.EMPLOYER: N_("on the employer’s side"),
    Side.AUTHORITY: N_("on an authority’s side"),
    Side.PROGRAMME: N_("on the programme’s side"),
}
RUNS = N_("Until {day}: {days} days left.")
LAST_DAY = N_("Until {day}: today is the last day.")
STANDS_STILL = N_("The clock stands still since {day}: {why}.")
STOOD_STILL = N_("The clock stood still from {since} to {until}: {why}.")
PASSED = N_("The time ended on {day}.")
LENGTH_NOT_KNOWN = N_("How long this takes is not known.")
FORECAST = N_(
    "Others of this way took {middle} days from here to the first day of work, in the middle; eight of ten took "
    "{least} to {most} days. That is what {cases} placements of this service took, and no promise."
)
NO_FORECAST = N_("How long the rest takes is not known.")
CONTRACT_LINK = N_("The contract: what is promised, and what the law asks")
COSTS_LINK = N_("What it costs, and who pays")
PAPERS_LINK = N_("Do the papers say the same?")
CHECK_IN_LINK = N_("How is the work? Questions after arrival")
EMPLOYER_LINK = N_("Which employer takes part here?")
ENDED_AT = N_("Ended while: {state}. Reason: {reason} ({side}).")


@dataclass(frozen=True)
class ShownLine:
    """One step of the timeline with what may be done about it."""

    line: Line
    clock: Sequence[Sentence]
    may_note: bool
    source: Sentence
    proofs: Sequence[ShownProof] = ()
    may_prove: bool = False
    stops: Sequence[Sentence] = ()
    may_pause: bool = False


@dataclass(frozen=True)
class PlacementView:
    """One placement for one reader."""

    placement: Placement
    way: str
    tag: Tag
    on_top: ShownLine | None
    lines: Sequence[ShownLine]
    moves: Sequence[tuple[str, str]]
    end: str
    reasons: Sequence[Choice]
    ended: Sentence | None
    journal: Sequence[JournalLine]
    names: Mapping[str, Mapping[Any, str]]
    links: Sequence[Link]
    is_own: bool
    forecast: Sentence
    proofs_of_moves: Sequence[ShownProof] = ()
    rule_changes: Sequence[tuple[datetime, Sequence[Sentence]]] = ()
    not_a_permit: str = NOT_A_PERMIT


def clock_words(line: Line) -> list[Sentence]:
    """What the clock of a step says, in words."""
    said = line.reading
    if said is None or said.state == DONE:
        return []
    if said.state == RUNNING:
        left = said.days_left or 0
        return [Sentence(RUNS if left else LAST_DAY, {"day": said.ends_on, **({"days": left} if left else {})})]
    if line.stands_since is not None:
        stop = line.stands_since
        return [Sentence(STANDS_STILL, {"day": stop.since, "why": Sentence(PAUSE_NAMES[stop.why])})]
    if said.state == OVERDUE:
        return [Sentence(PASSED, {"day": said.ends_on}), Sentence(SILENCE_NAMES[said.silence])]
    return [Sentence(LENGTH_NOT_KNOWN)] if said.state == NOT_KNOWN and line.is_next else []


def stop_words(line: Line) -> list[Sentence]:
    """The times in which the clock of a step stood still and went on again, in words."""
    return [
        Sentence(STOOD_STILL, {"since": stop.since, "until": stop.until, "why": Sentence(PAUSE_NAMES[stop.why])})
        for stop in line.stops
        if stop.until is not None
    ]


def shown_line(line: Line, actor: Actor, proofs: Sequence[ShownProof], *, is_open: bool) -> ShownLine:
    """One step as this reader sees it, with those of the documents that belong to it."""
    row: Sourced = line.step
    source = source_line(row.source, row.legal, row.as_of, row.confidence)
    is_theirs = may_note(actor.role, line.step.doer)
    own = [one for one in proofs if one.is_of(line.way.id, line.step.id)]
    may_prove = is_theirs and line.done_on is not None and takes_proof(line)
    return ShownLine(
        line,
        clock_words(line),
        is_open and line.is_next and is_theirs,
        source,
        own,
        may_prove,
        stop_words(line),
        is_open and is_theirs and pausable(line),
    )


def placement_view(session: Session, actor: Actor, placement: Placement) -> PlacementView:
    """Everything that the page of a placement needs."""
    lines = service.lines_of(placement)
    steps = [step for step in PLACEMENT.steps_from(placement.state) if actor.has(step.permission)]
    actions = list(dict.fromkeys(step.action for step in steps))
    is_open = placement.state is not S.OFFERED and bool(PLACEMENT.steps_from(placement.state))
    proofs = shown_proofs(session, actor, placement)
    shown = {id(line): shown_line(line, actor, proofs, is_open=is_open) for line in lines}
    top = next_line(lines) if is_open else None
    told = forecast(session, placement)
    reasons = [
        Choice(reason.value, words)
        for reason, words in REASON_NAMES.items()
        if A.END in actions or SIDE_OF[reason] is Side.CANDIDATE or reason in TOLD_BY_CANDIDATES
    ]
    return PlacementView(
        placement=placement,
        way=service.ways_of(placement)[0].title,
        tag=STATE_TAGS[placement.state],
        on_top=shown[id(top)] if top else None,
        lines=list(shown.values()),
        moves=[(action.value, ACTION_NAMES[action]) for action in actions if action not in ENDS],
        end=next((action.value for action in actions if action in ENDS), ""),
        reasons=reasons,
        ended=ended(placement) if actor.has(P.PLACEMENT_READ) else None,
        journal=[
            JournalLine(
                event.at,
                ROLE_NAMES[Role(event.actor_role)],
                ACTION_NAMES[PlacementAction(event.action)],
                event.note,
            )
            for event in (service.events(session, placement) if actor.has(P.PLACEMENT_READ) else ())
        ],
        names={"doer": DOER_NAMES, "document": DOCUMENT_NAMES, "stage": STAGE_NAMES, "action": ACTION_NAMES},
        links=links_of(actor, placement),
        is_own=actor.has(Permission.PLACEMENT_ANSWER),
        forecast=Sentence(FORECAST, vars(told)) if told else Sentence(NO_FORECAST),
        rule_changes=[(row.at, in_words(row)) for row in changes_of(session, actor, placement)],
        proofs_of_moves=[one for one in proofs if one.proof.action],
    )


def links_of(actor: Actor, placement: Placement) -> list[Link]:
    """The further pages of a placement that this reader may open."""
    is_at_work = placement.work_began_on is not None
    rooms = (
        (True, "contract", CONTRACT_LINK),
        (actor.has(P.PLACEMENT_READ), "costs", COSTS_LINK),
        (actor.has(P.PLACEMENT_READ), "papers", PAPERS_LINK),
        (is_at_work and (actor.has(P.PLACEMENT_ANSWER) or actor.has(P.PLACEMENT_READ_ALL)), "check-in", CHECK_IN_LINK),
        (actor.has(P.PLACEMENT_MOVE) and placement.state not in FINAL, "employer", EMPLOYER_LINK),
    )
    return [Link(words, f"/placements/{placement.id}/{room}") for is_open, room, words in rooms if is_open]


def ended(placement: Placement) -> Sentence | None:
    """The last active state and the coded reason, once a placement has ended."""
    if placement.exit_reason is None or placement.last_active is None:
        return None
    return Sentence(
        ENDED_AT,
        {
            "state": Sentence(str(STATE_TAGS[placement.last_active].label)),
            "reason": Sentence(REASON_NAMES[placement.exit_reason]),
            "side": Sentence(SIDE_NAMES[SIDE_OF[placement.exit_reason]]),
        },
    )
