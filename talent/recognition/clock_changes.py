"""The clock of a decision as an authority, or staff with its letter, records it: it stops, goes on, is extended."""

from datetime import date

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.clock_terms import Pause
from talent.casework.deadlines import Extension, end_of, is_valid_extension
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.recognition import clocks
from talent.recognition.calendars import calendar_for
from talent.recognition.models import RecognitionCase, RecognitionStop
from talent.recognition.service import TOO_EARLY, check_day, days_of, procedure_of, refresh
from talent.recognition.states import CaseState

CLOCK_STANDS = N_("The clock stands still already.")
CLOCK_RUNS = N_("The clock is running.")
NO_CLOCK = N_("The authority’s clock for the decision is not running in this case.")
EXTENDED_ALREADY = N_("The deadline was extended once already. The law allows no second time.")
NO_EXTENSION = N_(
    "It cannot be extended to this day: the law allows one extension, told before the end, to a later day."
)


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
    procedure, days = procedure_of(case), days_of(case)
    rule = procedure.deadline(clocks.decision_act(procedure, days))
    calendar = calendar_for(session, case.authority_id, case.region)
    end = end_of(rule, clocks.clock_of(rule, days), calendar) if rule else None
    if rule is None or end is None or not is_valid_extension(rule, Extension(told_on, until), end):
        raise Unprocessable(NO_EXTENSION)
    case.extension_told_on, case.extended_until = told_on, until
    refresh(session, case)


def _clock_to_change(actor: Actor, case: RecognitionCase, day: date) -> None:
    actor.require(Permission.RECOGNITION_DECIDE)
    if case.state is not CaseState.COMPLETE:
        raise Conflict(NO_CLOCK)
    check_day(case, day)
