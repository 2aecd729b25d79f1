"""Follow-ups: given out for one case or hundreds at once, done with a channel and a result, counted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Permission, Role
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.paging import Page, page_of
from talent.foundation.words import N_
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.outreach_terms import Channel, Outcome, Task
from talent.placements.models import Placement
from talent.placements.policy import visible_placements

MOST_AT_ONCE = 500
CHOOSE_CASES = N_("Choose at least one case.")
TOO_MANY_CASES = N_("Choose at most 500 cases at once.")
NO_SUCH_COLLEAGUE = N_("Choose somebody of the project staff.")
IN_THE_PAST = N_("The day is in the past.")
DONE_ALREADY = N_("This was done already.")
BOTH_OR_NEITHER = N_("Choose what comes next and until when, or leave both empty.")
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class Assignment(BaseModel):
    """What is to be done for each chosen case, by whom and until when."""

    cases: list[UUID] = Field(default_factory=list, title=N_("the cases"))
    task: Task = Field(title=N_("what is to be done"))
    assigned_to: UUID = Field(title=N_("who does it"))
    due_on: date = Field(title=N_("until when"))


class Report(BaseModel):
    """What came of a follow-up, and what comes next, if anything."""

    channel: Channel = Field(title=N_("how it was done"))
    outcome: Outcome = Field(title=N_("what came of it"))
    note: Note = Field(default="", title=N_("a note"))
    next_task: Task | None = Field(default=None, title=N_("what comes next"))
    next_due_on: date | None = Field(default=None, title=N_("the day of what comes next"))

    @model_validator(mode="after")
    def _whole(self) -> "Report":
        if (self.next_task is None) != (self.next_due_on is None):
            raise ValueError(BOTH_OR_NEITHER)
        return self


@dataclass(frozen=True)
class Tally:
    """How many follow-ups were done by one channel with one result."""

    channel: Channel
    outcome: Outcome
    count: int


def colleagues(session: Session, actor: Actor) -> Sequence[Account]:
    """Who of the project staff may be given a follow-up, oneself first."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    staff = select(Account).where(Account.role == Role.PROJECT_STAFF, Account.suspended_at.is_(None))
    return session.scalars(staff.order_by(Account.id != actor.id, Account.name, Account.login)).all()


def assign(session: Session, actor: Actor, wanted: Assignment) -> int:
    """Give out one follow-up for each case; a case that has the same one open already gets no second. How many.

    Raises:
        NotPermitted: the actor may not read every placement.
        Unprocessable: no case, too many, a day that is over, or somebody who is not of the project staff.
        NotFound: one of the cases is none that this actor knows of.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    actor.refuse_when_suspended()
    if not wanted.cases:
        raise Unprocessable(CHOOSE_CASES)
    if len(wanted.cases) > MOST_AT_ONCE:
        raise Unprocessable(TOO_MANY_CASES)
    if wanted.due_on < today():
        raise Unprocessable(IN_THE_PAST)
    if wanted.assigned_to not in {account.id for account in colleagues(session, actor)}:
        raise Unprocessable(NO_SUCH_COLLEAGUE)
    chosen = set(wanted.cases)
    known = visible_placements(actor).where(Placement.id.in_(chosen)).with_only_columns(Placement.id)
    if set(session.scalars(known)) != chosen:
        raise NotFound
    new = sorted(chosen - _with_open(session, chosen, wanted.task))
    session.add_all(
        FollowUp(
            placement_id=case,
            task=wanted.task,
            due_on=wanted.due_on,
            assigned_to=wanted.assigned_to,
            assigned_by=actor.id,
            assigned_at=now(),
        )
        for case in new
    )
    session.flush()
    return len(new)


def _with_open(session: Session, cases: Collection[UUID], task: Task) -> set[UUID]:
    query = select(FollowUp.placement_id).where(
        FollowUp.placement_id.in_(cases), FollowUp.task == task, FollowUp.done_at.is_(None)
    )
    return set(session.scalars(query))


def get(session: Session, actor: Actor, follow_up_id: UUID, *, to_change: bool = False) -> FollowUp:
    """One follow-up.

    Raises:
        NotPermitted: the actor may not read every placement.
        NotFound: there is no such follow-up.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    query = select(FollowUp).where(FollowUp.id == follow_up_id)
    found = session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise NotFound
    return found


def report(session: Session, actor: Actor, follow_up_id: UUID, told: Report) -> None:
    """Write down what came of a follow-up; the next one, where one was named.

    Raises:
        Conflict: it was done already.
        Unprocessable: the day of the next one is over.
    """
    actor.refuse_when_suspended()
    found = get(session, actor, follow_up_id, to_change=True)
    if found.done_at is not None:
        raise Conflict(DONE_ALREADY)
    found.done_at, found.done_by = now(), actor.id
    found.channel, found.outcome, found.note = told.channel, told.outcome, told.note
    session.flush()
    if told.next_task is None or told.next_due_on is None:
        return
    following = Assignment(
        cases=[found.placement_id], task=told.next_task, assigned_to=found.assigned_to, due_on=told.next_due_on
    )
    assign(session, actor, following)


def waiting(
    session: Session, actor: Actor, *, mine: bool = True, task: Task | None = None, number: int = 1
) -> Page[FollowUp]:
    """Follow-ups that are not done, the oldest day first: one's own or everybody's, of one kind or of all.

    Raises:
        NotPermitted: the actor may not read every placement.
    """
    actor.require(Permission.PLACEMENT_READ_ALL)
    query = select(FollowUp).where(FollowUp.done_at.is_(None))
    if mine:
        query = query.where(FollowUp.assigned_to == actor.id)
    if task is not None:
        query = query.where(FollowUp.task == task)
    return page_of(session, query.order_by(FollowUp.due_on, FollowUp.id), number=number)


def of_placement(session: Session, actor: Actor, placement_id: UUID) -> Sequence[FollowUp]:
    """Everything that was or is to be done for one case, newest first."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    query = select(FollowUp).where(FollowUp.placement_id == placement_id)
    return session.scalars(query.order_by(FollowUp.assigned_at.desc(), FollowUp.id)).all()


def tallies(session: Session, actor: Actor, *, since: date) -> list[Tally]:
    """How many follow-ups were done since this day, by channel and result, most first."""
    actor.require(Permission.PLACEMENT_READ_ALL)
    by = (FollowUp.channel, FollowUp.outcome)
    query = select(*by, func.count()).where(FollowUp.done_at >= since).group_by(*by)
    found = session.execute(query).all()
    rows = [Tally(channel, outcome, count) for channel, outcome, count in found if channel and outcome]
    return sorted(rows, key=lambda row: (-row.count, row.channel, row.outcome))
