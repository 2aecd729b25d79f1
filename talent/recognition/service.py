"""What can be done with a case of recognition: begin it, move it, stop and extend its clock."""

import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission
from talent.casework.clock_terms import Pause
from talent.casework.deadlines import Extension, Stop, end_of, is_valid_extension
from talent.casework.models import CaseEvent
from talent.casework.take import take_step
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.jobs import defer
from talent.foundation.words import N_, Sentence
from talent.recognition import rules
from talent.recognition.calendars import calendar_for
from talent.recognition.finder import Question, deciding
from talent.recognition.models import RecognitionCase, RecognitionStop
from talent.recognition.policy import visible_cases
from talent.recognition.procedures import Procedure, catalogue
from talent.recognition.rules import CaseDays, HeldPaper
from talent.recognition.schemas import CaseBegun
from talent.recognition.states import OUTCOMES, RECOGNITION_CASE, CaseAction, CaseFacts, CaseState
from talent.recognition.terms import Measure

MATCH_ACCOUNT = "match_account"  # the job of talent.matching, known here by its name alone
REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, O, 1 and I
WITH_ALL = (selectinload(RecognitionCase.papers), selectinload(RecognitionCase.stops))
SUBMITTING = frozenset({CaseAction.SUBMIT})
LEAVING = frozenset({CaseAction.WITHDRAW, CaseAction.WAIVE})
NO_SUCH_CASE = N_("There is no such case.")
NO_SUCH_PROCEDURE = N_("There is no such procedure.")
NOT_FOR_THIS_AWARD = N_("This procedure is not for your kind of award or for this occupation.")
OPEN_ALREADY = N_("You have an open case for this procedure and this occupation: {reference}.")
NOT_IN_FUTURE = N_("The day has not come yet. Enter a day in the past, or today.")
TOO_EARLY = N_("The day is before the application arrived ({day}). Check the date.")
CLOCK_STANDS = N_("The clock stands still already.")
CLOCK_RUNS = N_("The clock is running.")
NO_CLOCK = N_("The authority’s clock for the decision is not running in this case.")
EXTENDED_ALREADY = N_("The deadline was extended once already. The law allows no second time.")
NO_EXTENSION = N_(
    "It cannot be extended to this day: the law allows one extension, told before the end, to a later day."
)


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
    authorities = deciding(catalogue(), procedure.kind, Question(begun.award, begun.occupation, procedure.country))
    case = RecognitionCase(
        account_id=actor.id,
        reference="RC-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(6)),
        award=begun.award,
        award_title=begun.title,
        institute=begun.institute,
        award_year=begun.year,
        isco_group=begun.occupation,
        country=procedure.country,
        procedure_id=procedure.id,
        authority_id=authorities[0].id if authorities else "",
        created_at=now(),
        changed_at=now(),
        papers=[],
        stops=[],
    )
    session.add(case)
    session.flush()
    move(session, actor, case, CaseAction.PREPARE)
    return case


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
    told, until = case.extension_told_on, case.extended_until
    return CaseDays(
        state=case.state,
        submitted_on=case.submitted_on,
        complete_on=case.complete_on,
        decided_on=case.decided_on,
        measure=case.measure,
        measure_on=case.measure_on,
        extension=Extension(told, until) if told and until else None,
        stops=tuple(Stop(row.why, row.since, row.until) for row in case.stops),
    )


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
    _check_day(case, day)
    event = take_step(session, actor, case, RECOGNITION_CASE, action, facts_of(case, note=note, measure=measure), note)
    if action in SUBMITTING:
        case.submitted_on = day
    elif action is CaseAction.CONFIRM_COMPLETE:
        case.complete_on = day
    elif action is CaseAction.FIND_DEFICIT:
        case.deficit_at = now()
    elif action in OUTCOMES:
        case.decided_on, case.outcome = day, OUTCOMES[action]
    elif action in LEAVING and case.decided_on is None:
        case.left_on = day
    elif action is CaseAction.BEGIN_MEASURE:
        case.measure, case.measure_on = measure, day
    if action is CaseAction.RECOGNISE_IN_PART:
        case.missing_parts = note
    refresh(session, case)
    defer(session, MATCH_ACCOUNT, once=f"account:{case.account_id}", account_id=str(case.account_id))
    return event


def _check_day(case: RecognitionCase, day: date) -> None:
    if day > today():
        raise Unprocessable(NOT_IN_FUTURE)
    if case.submitted_on is not None and day < case.submitted_on:
        raise Unprocessable(Sentence(TOO_EARLY, {"day": case.submitted_on}))


def refresh(session: Session, case: RecognitionCase) -> None:
    """Write down anew which act is waited for and until when; the inbox is ordered by it."""
    found = rules.next_deadline(procedure_of(case), days_of(case), calendar_for(session, case.authority_id), on=today())
    case.next_act = found[0] if found else None
    case.next_deadline_on = found[1].ends_on if found else None
    case.changed_at = now()
    session.flush()


def stop_clock(session: Session, actor: Actor, case: RecognitionCase, why: Pause, *, since: date) -> None:
    """Let the authority's clock stand still from this day on.

    Raises:
        NotPermitted: the actor records no decisions.
        Conflict: no clock for a decision is running, or it stands still already.
    """
    _clock_to_change(actor, case, since)
    if any(row.until is None for row in case.stops):
        raise Conflict(CLOCK_STANDS)
    case.stops.append(RecognitionStop(case_id=case.id, why=why, since=since))
    refresh(session, case)


def resume_clock(session: Session, actor: Actor, case: RecognitionCase, *, until: date) -> None:
    """Let the clock go on after this day, the last on which it stood still.

    Raises:
        NotPermitted: the actor records no decisions.
        Conflict: the clock is running.
        Unprocessable: the day is before the stop began.
    """
    _clock_to_change(actor, case, until)
    standing = next((row for row in case.stops if row.until is None), None)
    if standing is None:
        raise Conflict(CLOCK_RUNS)
    if until < standing.since:
        raise Unprocessable(Sentence(TOO_EARLY, {"day": standing.since}))
    standing.until = until
    refresh(session, case)


def extend(session: Session, actor: Actor, case: RecognitionCase, *, told_on: date, until: date) -> None:
    """Extend the deadline of the decision once, as the authority told it with reasons.

    Raises:
        NotPermitted: the actor records no decisions.
        Conflict: no clock for a decision is running, or it was extended before.
        Unprocessable: the law does not allow this extension.
    """
    _clock_to_change(actor, case, told_on)
    if case.extended_until is not None:
        raise Conflict(EXTENDED_ALREADY)
    days, rule = days_of(case), rules.running(procedure_of(case), days_of(case))
    end = end_of(rule, rules.clock_of(rule, days), calendar_for(session, case.authority_id)) if rule else None
    if rule is None or end is None or not is_valid_extension(rule, Extension(told_on, until), end):
        raise Unprocessable(NO_EXTENSION)
    case.extension_told_on, case.extended_until = told_on, until
    refresh(session, case)


def _clock_to_change(actor: Actor, case: RecognitionCase, day: date) -> None:
    actor.require(Permission.RECOGNITION_DECIDE)
    if case.state is not CaseState.COMPLETE:
        raise Conflict(NO_CLOCK)
    _check_day(case, day)


def hand_over(session: Session, actor: Actor, case: RecognitionCase, organisation_id: UUID) -> None:
    """Let an authority's own office see the case.

    Raises:
        NotPermitted: the actor is not project staff.
        NotFound: there is no such authority.
    """
    actor.require(Permission.RECOGNITION_READ_ALL)
    if organisation_id not in {office.id for office in offices(session, actor)}:
        raise NotFound(N_("There is no such authority."))
    case.organisation_id = organisation_id
    refresh(session, case)


def offices(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The recognition authorities that have an office in this service.

    Raises:
        NotPermitted: the actor is not project staff.
    """
    actor.require(Permission.RECOGNITION_READ_ALL)
    query = select(Organisation).where(Organisation.kind == OrganisationKind.RECOGNITION_AUTHORITY)
    return session.scalars(query.order_by(Organisation.name)).all()
