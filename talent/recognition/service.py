"""What can be done with a case of recognition: begin it, move it, stop and extend its clock."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.deadlines import Stop
from talent.casework.models import CaseEvent
from talent.casework.take import take_step
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.jobs import defer
from talent.foundation.references import new_reference
from talent.foundation.words import N_, Sentence
from talent.recognition import clocks, rules
from talent.recognition.calendars import calendar_for
from talent.recognition.clocks import CaseDays
from talent.recognition.finder import Question, deciding
from talent.recognition.models import RecognitionCase
from talent.recognition.parties import let_nobody_in
from talent.recognition.policy import visible_cases
from talent.recognition.procedures import Procedure, catalogue
from talent.recognition.regions import regions_of
from talent.recognition.rules import HeldPaper
from talent.recognition.schemas import CaseBegun
from talent.recognition.states import OUTCOMES, RECOGNITION_CASE, CaseAction, CaseFacts
from talent.recognition.terms import Measure
from talent.taxonomy.levels import QualificationKind

MATCH_ACCOUNT = "match_account"  # the job of talent.matching, known here by its name alone
WITH_ALL = (
    selectinload(RecognitionCase.papers),
    selectinload(RecognitionCase.stops),
    selectinload(RecognitionCase.noted),
)
DAY_OF = {
    CaseAction.SUBMIT: "submitted_on",
    CaseAction.CONFIRM_COMPLETE: "complete_on",
    CaseAction.BEGIN_MEASURE: "measure_on",
    **dict.fromkeys(OUTCOMES, "decided_on"),
}
"""The column that keeps the day of a step."""
LEAVING = frozenset({CaseAction.WITHDRAW, CaseAction.WAIVE})
NO_SUCH_CASE = N_("There is no such case.")
NO_SUCH_REGION = N_("Choose one of the Länder, or that you do not know yet.")
SENT_ALREADY = N_("The application was sent already. Ask the authority whether another one decides now.")
NO_SUCH_PROCEDURE = N_("There is no such procedure.")
NOT_FOR_THIS_AWARD = N_("This procedure is not for your kind of award or for this occupation.")
OPEN_ALREADY = N_("You have an open case for this procedure and this occupation: {reference}.")
NOT_IN_FUTURE = N_("The day has not come yet. Enter a day in the past, or today.")
TOO_EARLY = N_("The day is before the application arrived ({day}). Check the date.")


def get_case(session: Session, actor: Actor, case_id: UUID, *, to_change: bool = False) -> RecognitionCase:
    """The case with its papers and the times in which its clock stood still.

    Raises:
        NotFound: it does not exist, or this actor may not know that it does.
    """
    query = visible_cases(actor).where(RecognitionCase.id == case_id).options(*WITH_ALL)
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(NO_SUCH_CASE)
    return found


def own_cases(session: Session, actor: Actor) -> Sequence[RecognitionCase]:
    """The candidate's own cases, newest first.

    Raises:
        NotPermitted: the actor is no candidate.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    return session.scalars(visible_cases(actor).order_by(RecognitionCase.created_at.desc(), RecognitionCase.id)).all()


def begin_case(session: Session, actor: Actor, begun: CaseBegun) -> RecognitionCase:
    """A new draft of the candidate for one procedure.

    Raises:
        NotPermitted: the actor is no candidate.
        Unprocessable: the procedure is not for this award or occupation.
        Conflict: the candidate has an open case for the same.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    procedure = catalogue().procedure(begun.procedure)
    if procedure is None:
        raise Unprocessable(NO_SUCH_PROCEDURE)
    if begun.award not in procedure.awards or not procedure.covers(begun.occupation):
        raise Unprocessable(NOT_FOR_THIS_AWARD)
    for other in own_cases(session, actor):
        same = (other.procedure_id, other.isco_group) == (procedure.id, begun.occupation)
        if same and rules.is_open(other.state):
            raise Conflict(Sentence(OPEN_ALREADY, {"reference": other.reference}))
    if begun.region and begun.region not in regions_of(procedure.country):
        raise Unprocessable(NO_SUCH_REGION)
    case = RecognitionCase(
        account_id=actor.id,
        reference=new_reference("RC"),
        award=begun.award,
        award_title=begun.title,
        institute=begun.institute,
        award_year=begun.year,
        isco_group=begun.occupation,
        country=procedure.country,
        procedure_id=procedure.id,
        region=begun.region,
        authority_id=competent_authority(procedure, begun.award, begun.occupation, begun.region),
        created_at=now(),
        changed_at=now(),
        papers=[],
        stops=[],
        noted=[],
    )
    session.add(case)
    session.flush()
    move(session, actor, case, CaseAction.PREPARE)
    return case


def competent_authority(procedure: Procedure, award: QualificationKind, occupation: str, region: str) -> str:
    """The id of the authority that decides, the one of the region where it is known; empty when none is known."""
    question = Question(award, occupation, procedure.country, region=region)
    found = deciding(catalogue(), procedure.kind, question)
    return found[0].id if found else ""


def set_region(session: Session, actor: Actor, case: RecognitionCase, region: str) -> None:
    """Say where the person wants to work, or that it is not known yet; the authority follows from it.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: the application was sent already.
        Unprocessable: there is no such region.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    if case.submitted_on is not None:
        raise Conflict(SENT_ALREADY)
    if region and region not in regions_of(case.country):
        raise Unprocessable(NO_SUCH_REGION)
    case.region = region
    case.authority_id = competent_authority(procedure_of(case), case.award, case.isco_group, region)
    refresh(session, case)


def procedure_of(case: RecognitionCase) -> Procedure:
    """The procedure of a case.

    Raises:
        LookupError: the data no longer has it; procedures are closed, never removed.
    """
    found = catalogue().procedure(case.procedure_id)
    if found is None:
        raise LookupError(case.procedure_id)
    return found


def days_of(case: RecognitionCase) -> CaseDays:
    """The days on which the deadlines of a case depend."""
    stops = (Stop(row.why, row.since, row.until) for row in case.stops)
    return clocks.days_of(case, stops, ((row.what, row.day) for row in case.noted))


def facts_of(case: RecognitionCase, *, note: str = "", measure: Measure | None = None) -> CaseFacts:
    """What the steps of the workflow ask about this case."""
    procedure = procedure_of(case)
    held = [HeldPaper(row.kind, row.original_id is not None, row.expires_on) for row in case.papers]
    deficit = case.deficit_at
    return CaseFacts(
        missing=rules.missing(rules.checklist(procedure, held, on=today())),
        note=note,
        supplied_since_deficit=deficit is not None and any(row.added_at > deficit for row in case.papers),
        can_waive=rules.can_waive(procedure),
        measure_is_offered=rules.offers(procedure, measure),
    )


def move(
    session: Session,
    actor: Actor,
    case: RecognitionCase,
    action: CaseAction,
    *,
    note: str = "",
    on: date | None = None,
    measure: Measure | None = None,
) -> CaseEvent:
    """Take one step; ``on`` is the day it happened, which the clocks count from (today when not given).

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``; also a day that cannot be.
    """
    day = on or today()
    check_day(case, day)
    facts = facts_of(case, note=note, measure=measure)
    leaves = left_by(case, action, day, note=note, measure=measure)
    event = take_step(session, actor, case, RECOGNITION_CASE, action, facts, note, leaves)
    if action is CaseAction.WITHDRAW:
        let_nobody_in(session, case)
    refresh(session, case)
    defer(session, MATCH_ACCOUNT, once=f"account:{case.account_id}", account_id=str(case.account_id))
    return event


def left_by(
    case: RecognitionCase, action: CaseAction, day: date, *, note: str, measure: Measure | None
) -> dict[str, object]:
    """The columns of the case that change with this step."""
    columns: dict[str, object] = {DAY_OF[action]: day} if action in DAY_OF else {}
    if action in OUTCOMES:
        columns["outcome"] = OUTCOMES[action]
    if action is CaseAction.RECOGNISE_IN_PART:
        columns["missing_parts"] = note
    if action is CaseAction.FIND_DEFICIT:
        columns["deficit_at"] = now()
    if action is CaseAction.BEGIN_MEASURE:
        columns["measure"] = measure
    if action in LEAVING and case.decided_on is None:
        columns["left_on"] = day
    return columns


def check_day(case: RecognitionCase, day: date) -> None:
    """Refuse a day that cannot be.

    Raises:
        Unprocessable: it has not come yet, or lies before the application.
    """
    if day > today():
        raise Unprocessable(NOT_IN_FUTURE)
    if case.submitted_on is not None and day < case.submitted_on:
        raise Unprocessable(Sentence(TOO_EARLY, {"day": case.submitted_on}))


def refresh(session: Session, case: RecognitionCase) -> None:
    """Write down anew which act is waited for and until when; the inbox is ordered by it."""
    calendar = calendar_for(session, case.authority_id, case.region)
    case.next_act, case.next_deadline_on = clocks.next_deadline(procedure_of(case), days_of(case), calendar, on=today())
    case.changed_at = now()
    session.flush()
