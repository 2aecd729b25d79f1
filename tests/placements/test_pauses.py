"""Clocks of a placement's steps that stand still: what is given back, for which reasons, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.casework.clock_terms import Pause
from talent.casework.deadlines import OVERDUE, RUNNING, STANDING, Stop, plain_end
from talent.casework.working_days import WorkCalendar
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.pathways.catalogue import catalogue
from talent.placements.models import PlacementStep
from talent.placements.pauses import resume_clock, stop_clock
from talent.placements.service import line_of, reread
from talent.placements.states import PlacementState
from talent.placements.timeline import timeline
from tests.factories.corridor import make_account, make_agency, make_published_vacancy, make_release
from tests.factories.placements import make_placement

DAY = timedelta(days=1)
PAUSED = [
    (way, step)
    for way in catalogue().pathways
    for step in way.steps
    if step.limit and step.limit.pauses and step.limit.length and way.starter(step)
]
WAY = next(way for way, _ in PAUSED if way.id == "de_fast_track_81a")
STEP = next(step for way, step in PAUSED if way.id == WAY.id)
HERE = (WAY.id, STEP.id)


def due(way, step, begun, stops, *, on):
    starter = way.starter(step)
    calendars = {way.calendar: WorkCalendar(way.calendar)}
    lines = timeline([way], {(way.id, starter.id): begun}, calendars, on=on, stops={(way.id, step.id): stops})
    return next(line for line in lines if line.step.id == step.id)


def test_the_ways_know_which_of_their_clocks_may_stand_still():
    assert {way.country for way, _ in PAUSED} == {"DE", "ES"}
    assert {why for _, step in PAUSED for why in step.limit.pauses} == set(Pause)


def day_by_day(way, step, begun, stops):
    """The end as somebody counts it on a calendar: a day on which the clock stands is crossed out."""
    calendar = WorkCalendar(way.calendar)
    works = step.limit.counts == "working"
    left = int(step.limit.length[1:-1]) if works else (plain_end(begun, step.limit.length) - begun).days
    day = begun
    while left:
        day += DAY
        stands = any(stop.since <= day <= stop.until for stop in stops)
        left -= not stands and not (works and calendar.is_free(day))
    return calendar.on_or_after(day)


@given(
    st.sampled_from(PAUSED),
    st.dates(date(2024, 1, 1), date(2031, 12, 31)),
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 40)), max_size=5),
)
def test_pauses_add_up(where, begun, gaps):
    way, step = where
    stops, day = [], begun
    for gap, length in gaps:
        since = day + gap * DAY
        stops.append(Stop(step.limit.pauses[0], since, since + (length - 1) * DAY))
        day = stops[-1].until
    for told in (tuple(stops), tuple(reversed(stops))):
        assert due(way, step, begun, told, on=begun).due_on == day_by_day(way, step, begun, stops)


@given(st.sampled_from(PAUSED), st.dates(date(2024, 1, 1), date(2031, 12, 31)), st.integers(1, 40))
def test_a_clock_that_stands_has_no_end_and_is_never_overdue(where, begun, days):
    way, step = where
    stops = (Stop(step.limit.pauses[0], begun + DAY),)
    line = due(way, step, begun, stops, on=begun + days * 30 * DAY)
    assert (line.reading.state, line.due_on, line.stands_since) == (STANDING, None, stops[0])


def test_a_clock_over_a_leap_day_and_two_pauses_ends_as_reckoned_by_hand():
    # BQFG § 6(3): three months from 10 January 2028 end on 10 April 2028, a Monday. Seven days of waiting for papers
    # (1 to 7 February) and one on the leap day (29 February) are eight: 18 April 2028, a Tuesday.
    way, step = next((way, step) for way, step in PAUSED if step.limit.length == "P3M")
    stops = (
        Stop(Pause.INFORMATION, date(2028, 2, 1), date(2028, 2, 7)),
        Stop(Pause.ORIGINALS, date(2028, 2, 29), date(2028, 2, 29)),
    )
    assert due(way, step, date(2028, 1, 10), (), on=date(2028, 1, 10)).due_on == date(2028, 4, 10)
    assert due(way, step, date(2028, 1, 10), stops, on=date(2028, 1, 10)).due_on == date(2028, 4, 18)


def standing_at(session, way, clock):
    """A placement in which everything before the step with this clock was done forty days ago."""
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session))
    made = make_placement(session, vacancy, way=way.id, state=PlacementState.ACCEPTED)
    session.refresh(made, ["done", "pauses"])
    for step in way.steps[: way.steps.index(clock)]:
        day = today() - 40 * DAY
        made.done.append(
            PlacementStep(way_id=way.id, step_id=step.id, done_on=day, noted_by=made.id, noted_at=made.created_at)
        )
    reread(made)
    session.flush()
    return made


@pytest.fixture
def placement(session):
    return standing_at(session, WAY, STEP)


@pytest.fixture
def officer(session, placement):
    account = make_account(session, Role.AGENCY_OFFICER, organisation_id=placement.organisation_id)
    return Actor(account.id, account.role, "", placement.organisation_id)


def test_the_deadline_goes_while_the_clock_stands_and_comes_back_later_by_the_days_it_stood(
    session, placement, officer
):
    before = placement.next_due_on
    stop_clock(session, officer, placement, HERE, Pause.INFORMATION, since=today() - 9 * DAY)
    assert line_of(placement, *HERE).reading.state == STANDING
    assert placement.next_due_on is None
    resume_clock(session, officer, placement, HERE, until=today() - 5 * DAY)
    line = line_of(placement, *HERE)
    assert line.reading.state in (RUNNING, OVERDUE)
    stops = [Stop(Pause.INFORMATION, today() - 9 * DAY, today() - 5 * DAY)]
    begun = today() - 40 * DAY
    assert line.due_on == placement.next_due_on == day_by_day(WAY, STEP, begun, stops)
    assert before == day_by_day(WAY, STEP, begun, []) < line.due_on


def test_what_cannot_be_is_refused_in_words(session, placement, officer):
    def stop(days=9, step=HERE, actor=officer):
        return stop_clock(session, actor, placement, step, Pause.INFORMATION, since=today() - days * DAY)

    with pytest.raises(Conflict, match="The clock is running"):
        resume_clock(session, officer, placement, HERE, until=today())
    with pytest.raises(Unprocessable, match="future"):
        stop(-1)
    with pytest.raises(Unprocessable, match="before"):
        stop(40)
    with pytest.raises(Conflict, match="No clock"):
        stop(step=(WAY.id, WAY.steps[0].id))
    with pytest.raises(NotPermitted, match="Somebody else"):
        stop(actor=Actor(placement.account_id, Role.CANDIDATE))
    stop()
    with pytest.raises(Conflict, match="stands still already"):
        stop(2)
    with pytest.raises(Unprocessable, match="before"):
        resume_clock(session, officer, placement, HERE, until=today() - 10 * DAY)
    resume_clock(session, officer, placement, HERE, until=today() - 6 * DAY)
    with pytest.raises(Unprocessable, match="before"):
        stop(6)
    stop(5)
    assert len(placement.pauses) == 2


def test_a_reason_that_the_law_of_the_way_does_not_know_stops_no_clock(session):
    way, step = next((way, step) for way, step in PAUSED if set(step.limit.pauses) < set(Pause))
    made = standing_at(session, way, step)
    staff = Actor(make_account(session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)
    (known,) = step.limit.pauses
    for why in set(Pause) - {known}:
        with pytest.raises(Unprocessable, match="not stand still for this reason"):
            stop_clock(session, staff, made, (way.id, step.id), why, since=today())
    assert stop_clock(session, staff, made, (way.id, step.id), known, since=today()).why is known
