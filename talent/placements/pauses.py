"""Statutory clocks of a placement's steps stand still while an authority waits for something that it asked for."""

from datetime import date

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.casework.clock_terms import Pause
from talent.casework.deadlines import DONE, WAITING
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.placements.models import Placement, PlacementPause
from talent.placements.rules import may_note
from talent.placements.service import FUTURE, NOT_YOURS, line_of, reread
from talent.placements.states import FINAL
from talent.placements.timeline import Line

NO_CLOCK = N_("No clock is running here.")
STANDS = N_("The clock stands still already.")
RUNS = N_("The clock is running.")
NOT_THIS_REASON = N_("By this law the clock does not stand still for this reason.")
TOO_EARLY = N_("The day is before {day}, on which this clock began or stood still last.")


def pausable(line: Line) -> bool:
    """Whether a clock began here that the law lets stand still, and nothing ended it."""
    state = line.reading.state if line.reading else WAITING
    return bool(line.step.limit and line.step.limit.pauses) and state not in (WAITING, DONE)


def stop_clock(
    session: Session, actor: Actor, placement: Placement, step: tuple[str, str], why: Pause, *, since: date
) -> PlacementPause:
    """Let the clock of a step stand still from this day on; ``step`` are the ids of its way and its own.

    Raises:
        NotPermitted: the step is somebody else's to note.
        Conflict: no clock runs here, or it stands still already.
        Unprocessable: the law knows no such reason, or the day cannot be.
    """
    line = _clock_to_change(actor, placement, step, since)
    if line.stands_since is not None:
        raise Conflict(STANDS)
    if line.step.limit is None or why not in line.step.limit.pauses:
        raise Unprocessable(NOT_THIS_REASON)
    begun = begun_on(placement, line)
    earliest = max([day for day in (begun, *(one.until for one in line.stops)) if day is not None])
    if since <= earliest:
        raise Unprocessable(Sentence(TOO_EARLY, {"day": earliest}))
    row = PlacementPause(
        way_id=step[0], step_id=step[1], why=why, since=since, until=None, noted_by=actor.id, noted_at=now()
    )
    placement.pauses.append(row)
    reread(placement)
    session.flush()
    return row


def resume_clock(
    session: Session, actor: Actor, placement: Placement, step: tuple[str, str], *, until: date
) -> PlacementPause:
    """Let the clock go on after this day, the last on which it stood still.

    Raises:
        NotPermitted: the step is somebody else's to note.
        Conflict: the clock runs.
        Unprocessable: the day is before it stood still, or in the future.
    """
    _clock_to_change(actor, placement, step, until)
    own = [row for row in placement.pauses if (row.way_id, row.step_id) == step and row.until is None]
    if not own:
        raise Conflict(RUNS)
    if until < own[0].since:
        raise Unprocessable(Sentence(TOO_EARLY, {"day": own[0].since}))
    own[0].until = until
    reread(placement)
    session.flush()
    return own[0]


def begun_on(placement: Placement, line: Line) -> date | None:
    """The day with which the clock of this step began."""
    starter = line.way.starter(line.step)
    done = {(row.way_id, row.step_id): row.done_on for row in placement.done}
    return done.get((line.way.id, starter.id)) if starter else None


def _clock_to_change(actor: Actor, placement: Placement, step: tuple[str, str], day: date) -> Line:
    actor.refuse_when_suspended()
    line = line_of(placement, *step)
    if not may_note(actor.role, line.step.doer):
        raise NotPermitted(NOT_YOURS)
    if placement.state in FINAL or not pausable(line):
        raise Conflict(NO_CLOCK)
    if day > today():
        raise Unprocessable(FUTURE)
    return line
