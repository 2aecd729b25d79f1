"""Cases by their oldest deadline, for whoever is to act; and the deadlines of all of them after a rule has changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.deadlines import Stop
from talent.foundation.clock import today
from talent.foundation.paging import PAGE_SIZE
from talent.recognition import clocks
from talent.recognition.calendars import all_calendars, region_of
from talent.recognition.models import IN_ORDER, RecognitionCase, RecognitionDay, RecognitionStop
from talent.recognition.policy import visible_cases
from talent.recognition.procedures import catalogue
from talent.recognition.states import RECOGNITION_CASE, WITH_THE_AUTHORITY, CaseState
from talent.recognition.terms import Noted

BATCH = 10_000


@dataclass(frozen=True)
class Inbox:
    """One page of cases, and where the next page begins; None on the last."""

    cases: list[RecognitionCase]
    more: tuple[date | None, UUID] | None


BY_DEADLINE = (
    select(RecognitionCase.id)
    .where(RecognitionCase.state.in_(sorted(WITH_THE_AUTHORITY)))
    .order_by(RecognitionCase.next_deadline_on.asc().nulls_last(), RecognitionCase.id)
    .limit(PAGE_SIZE + 1)
)


def inbox(
    session: Session,
    actor: Actor,
    *,
    waiting_for_authority: bool = True,
    state: CaseState | None = None,
    country: str = "",
    after: tuple[date | None, UUID] | None = None,
) -> Inbox:
    """Open cases that this actor may know, the oldest deadline first, those without one last.

    A decided case in which somebody still has to do something is among all the open ones.
    ``after`` is the end of the page before; a page costs the same however far down it is.

    Raises:
        NotPermitted: the actor reads no cases of others.
    """
    actor.require(Permission.RECOGNITION_READ, Permission.RECOGNITION_ACT)
    query = visible_cases(actor).order_by(RecognitionCase.next_deadline_on.asc().nulls_last(), RecognitionCase.id)
    with_authority = RecognitionCase.state.in_(sorted(WITH_THE_AUTHORITY))
    is_open = RecognitionCase.state.not_in(sorted(RECOGNITION_CASE.final)) | RecognitionCase.next_act.is_not(None)
    query = query.where(with_authority if waiting_for_authority else is_open)
    if state is not None:
        query = query.where(RecognitionCase.state == state)
    if country:
        query = query.where(RecognitionCase.country == country)
    if after is not None:
        due, case_id = after
        same = RecognitionCase.next_deadline_on.is_not_distinct_from(due) & (RecognitionCase.id > case_id)
        later = RecognitionCase.next_deadline_on.is_(None) | (RecognitionCase.next_deadline_on > due)
        query = query.where(same | later if due is not None else same)
    rows = list(session.scalars(query.limit(PAGE_SIZE + 1)))
    shown = rows[:PAGE_SIZE]
    more = (shown[-1].next_deadline_on, shown[-1].id) if len(rows) > PAGE_SIZE else None
    return Inbox(shown, more)


CLOCKED = {*WITH_THE_AUTHORITY, CaseState.DEFICIENT, CaseState.MEASURE}
"""States in which a clock may run by itself; in any other one it runs only since somebody noted a day."""
WAITING = select(
    RecognitionCase.id,
    RecognitionCase.state,
    RecognitionCase.procedure_id,
    RecognitionCase.authority_id,
    RecognitionCase.region,
    RecognitionCase.submitted_on,
    RecognitionCase.complete_on,
    RecognitionCase.decided_on,
    RecognitionCase.measure,
    RecognitionCase.measure_on,
    RecognitionCase.extension_told_on,
    RecognitionCase.extended_until,
    RecognitionCase.next_act,
    RecognitionCase.next_deadline_on,
).where(RecognitionCase.state.in_(sorted(CLOCKED)) | RecognitionCase.next_act.is_not(None))

STOPS = select(RecognitionStop.case_id, RecognitionStop.why, RecognitionStop.since, RecognitionStop.until)
NOTED = select(RecognitionDay.case_id, RecognitionDay.what, RecognitionDay.day).order_by(*IN_ORDER)
TAKE_OVER = text(
    "update recognition_case set next_act = new.act, next_deadline_on = new.due, version = version + 1"
    " from unnest(cast(:ids as uuid[]), cast(:acts as text[]), cast(:dues as date[])) as new (id, act, due)"
    " where new.id = recognition_case.id"
)


def recompute(session: Session, *, on: date | None = None) -> int:
    """Reckon the deadlines of every case that waits for an authority anew; how many changed.

    Nightly, and after a rule or a calendar was changed. Raw rows and one statement: 50,000 cases in seconds.
    """
    day = on or today()
    stops: dict[UUID, list[Stop]] = {}
    for case_id, why, since, until in session.execute(STOPS):
        stops.setdefault(case_id, []).append(Stop(why, since, until))
    noted: dict[UUID, list[tuple[Noted, date]]] = {}
    for case_id, what, noted_day in session.execute(NOTED):
        noted.setdefault(case_id, []).append((what, noted_day))
    rows = session.execute(WAITING).all()
    calendars = all_calendars(session, sorted({region_of(row.authority_id, row.region) for row in rows}))
    procedures = {row.id: row for row in catalogue().procedures}
    changed = []
    for row in rows:
        days = clocks.days_of(row, stops.get(row.id, ()), noted.get(row.id, ()))
        calendar = calendars[region_of(row.authority_id, row.region)]
        act, due = clocks.next_deadline(procedures[row.procedure_id], days, calendar, on=day)
        if (act, due) != (row.next_act, row.next_deadline_on):
            changed.append({"id": row.id, "act": act.value if act else None, "due": due})
    _take_over(session, changed)
    return len(changed)


def pass_by_what_is_gone(session: Session) -> None:
    """Walk once along the order of deadlines, after they were committed.

    Many moved deadlines leave as many entries in the index that nobody sees any more. The first reader has to look at
    each of them and marks it; this is that reader, so that no person waits.
    """
    session.execute(BY_DEADLINE)


def _take_over(session: Session, changed: list[dict[str, object]]) -> None:
    """Write the new deadlines with one statement for each batch."""
    for start in range(0, len(changed), BATCH):
        batch = changed[start : start + BATCH]
        columns = {f"{name}s": [row[name] for row in batch] for name in ("id", "act", "due")}
        session.execute(TAKE_OVER, columns)
