"""Follow-ups: what waits for me or anybody, what came of each, counts by channel, and the day at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.models import Account
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.paging import Page as Rows
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.matching import introductions
from talent.monitoring import outreach, stalls
from talent.monitoring.outreach import Report, Tally
from talent.monitoring.outreach_models import FollowUp
from talent.monitoring.outreach_terms import CHANNEL_NAMES, OUTCOME_NAMES, TASK_NAMES, Channel, Outcome, Task
from talent.pathways import error_reports
from talent.placements import check_ins
from talent.placements.listing import Cases
from talent.placements.models import Placement
from talent.placements.states import PlacementState
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import WHOLE_FORM, FormDep, blank
from web.listings import FOLLOW_UPS
from web.parts import Bar, Choice, Stat, Tag
from web.policy import holds
from web.routes.placement_views import STATE_TAGS

staff = [holds(Permission.PLACEMENT_READ_ALL)]
router = APIRouter(prefix="/follow-ups", dependencies=staff)
today_router = APIRouter(prefix="/today", dependencies=staff)
COUNTED_DAYS = 90
LATE_SHOWN = 10


@dataclass(frozen=True)
class FollowUpsView:
    """Follow-ups that wait, with their cases, and what was done of late."""

    found: Rows[FollowUp]
    cases: Mapping[UUID, Placement]
    names: Mapping[UUID, str]
    tallies: Sequence[Tally]
    since: date
    arrangement: Arranged
    shows: Sequence[Choice] = (Choice("", N_("Only mine")), Choice("all", N_("Everybody’s")))
    task_choices: Sequence[Choice] = (
        Choice("", N_("All")),
        *(Choice(key.value, name) for key, name in TASK_NAMES.items()),
    )
    day: date = field(default_factory=today)
    tasks: Mapping[Task, str] = field(default_factory=lambda: TASK_NAMES)
    channels: Mapping[Channel, str] = field(default_factory=lambda: CHANNEL_NAMES)
    outcomes: Mapping[Outcome, str] = field(default_factory=lambda: OUTCOME_NAMES)


@dataclass(frozen=True)
class FollowUpView:
    """One follow-up, the history of its case, and the choices of its report."""

    one: FollowUp
    case: Placement
    history: Sequence[FollowUp]
    names: Mapping[UUID, str]
    tasks: Mapping[Task, str] = field(default_factory=lambda: TASK_NAMES)
    channels: Mapping[Channel, str] = field(default_factory=lambda: CHANNEL_NAMES)
    outcomes: Mapping[Outcome, str] = field(default_factory=lambda: OUTCOME_NAMES)
    channel_choices: Sequence[Choice] = tuple(Choice(key.value, name) for key, name in CHANNEL_NAMES.items())
    outcome_choices: Sequence[Choice] = tuple(Choice(key.value, name) for key, name in OUTCOME_NAMES.items())
    next_choices: Sequence[Choice] = (
        Choice("", N_("Nothing")),
        *(Choice(key.value, name) for key, name in TASK_NAMES.items()),
    )


@dataclass(frozen=True)
class TodayView:
    """What is late, what waits for me, what changed."""

    tiles: Sequence[Stat]
    late: Rows[Placement]
    mine: Rows[FollowUp]
    cases: Mapping[UUID, Placement]
    changed: Sequence[Bar]
    tags: Mapping[PlacementState, Tag]
    day: date = field(default_factory=today)
    tasks: Mapping[Task, str] = field(default_factory=lambda: TASK_NAMES)


def cases_of(session: Session, found: Sequence[FollowUp]) -> dict[UUID, Placement]:
    """The placements of these follow-ups."""
    keys = {one.placement_id for one in found}
    return {row.id: row for row in session.scalars(select(Placement).where(Placement.id.in_(keys)))}


def names_of(session: Session, found: Sequence[FollowUp]) -> dict[UUID, str]:
    """How those of the project staff are called who do these follow-ups."""
    named = select(Account.id, Account.name, Account.login).where(Account.id.in_({one.assigned_to for one in found}))
    with within(session, SystemContext.LETTERS):
        return {row.id: row.name or row.login for row in session.execute(named)}


@router.get("")
def waiting(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """My follow-ups, or everybody's; and what was done in three months, counted."""
    arrangement = arranged(session, actor, page, FOLLOW_UPS)
    task = next((known for known in Task if known == arrangement.get("task")), None)
    found = outreach.waiting(session, actor, mine=arrangement.get("show") != "all", task=task, number=page.number)
    since = today() - timedelta(days=COUNTED_DAYS)
    tallies = outreach.tallies(session, actor, since=since)
    cases, names = cases_of(session, found.rows), names_of(session, found.rows)
    view = FollowUpsView(found, cases, names, tallies, since, arrangement)
    return page.show("figures/follow_ups.html", view, form=blank(**arrangement.asked))


def follow_up_view(session: Session, actor: ActorDep, follow_up_id: UUID) -> FollowUpView:
    """One follow-up with everything that was done for its case."""
    one = outreach.get(session, actor, follow_up_id)
    history = outreach.of_placement(session, actor, one.placement_id)
    return FollowUpView(one, session.get_one(Placement, one.placement_id), history, names_of(session, [one]))


@router.get("/{follow_up_id}")
def one(follow_up_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One follow-up, to be reported on."""
    return page.show("figures/follow_up.html", follow_up_view(session, actor, follow_up_id))


@router.post("/{follow_up_id}")
def report(follow_up_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """What came of it, and what is next."""
    form.once(session, actor, then="/follow-ups")
    answer: Any = form.read(Report)
    if answer.value is not None:
        try:
            outreach.report(session, actor, follow_up_id, answer.value)
        except (Conflict, Unprocessable) as error:
            answer = answer.refuse(WHOLE_FORM, error.message)
    if answer.value is None:
        return page.again("figures/follow_up.html", follow_up_view(session, actor, follow_up_id), answer)
    return form.done(session, "/follow-ups")


@today_router.get("")
def at_a_glance(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What is late, what waits for me, what changed in a week."""
    late = stalls.cases(session, actor, Cases(late=True), size=LATE_SHOWN)
    mine = outreach.waiting(session, actor)
    reviews = introductions.open_reviews(session, actor)
    changed = stalls.changed_this_week(session)
    tiles = [
        Stat(late.total, N_("Past a deadline"), "/stalls/cases?late=true"),
        Stat(mine.total, N_("Follow-ups for me"), "/follow-ups"),
        Stat(len(reviews), N_("Requests for review"), "/staff"),
        Stat(check_ins.how_many_wait(session, actor), N_("Question rounds that wait"), "/check-ins"),
        Stat(error_reports.how_many_wait(session, actor), N_("Reported errors"), "/error-reports"),
        Stat(sum(count for _, count in changed), N_("Moves in seven days")),
    ]
    bars = [Bar(STATE_TAGS[PlacementState(state)].label, count) for state, count in changed]
    view = TodayView(tiles, late, mine, cases_of(session, mine.rows), bars, STATE_TAGS)
    return page.show("figures/today.html", view)
