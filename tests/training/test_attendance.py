"""Days planned, registers kept, and who stands where."""

from datetime import timedelta

import pytest

from talent.foundation.clock import today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.training import attendance, minutes, seats, service
from talent.training.attendance import DayPlan
from talent.training.standing import Standing
from talent.training.states import CohortAction
from talent.training.terms import CoursePart
from tests.factories.training import KEYS, a_person, make_cohort

EVERY_DAY = DayPlan(frozenset(range(7)), 360)
YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def running(session, institute):
    """Two people; it began five days ago and ends in four: ten days."""
    made = make_cohort(session, institute, starts_on=today() - timedelta(days=5), ends_on=today() + timedelta(days=4))
    for number in (1, 2):
        seats.enrol(session, institute, made.id, a_person(number), keys=KEYS)
    attendance.plan_days(session, institute, made, [EVERY_DAY])
    service.move(session, institute, made, CohortAction.START)
    return made


@pytest.fixture
def two(session, running):
    return [one.id for one in seats.people_in(session, running)]


def test_days_are_planned_on_the_weekdays_between_the_first_and_the_last(session, institute, cohort):
    count = attendance.plan_days(session, institute, cohort, [DayPlan(frozenset({0, 2}), 240)])
    planned = attendance.days(session, cohort)
    assert len(planned) == count
    assert {one.day.weekday() for one in planned} == {0, 2}
    assert cohort.starts_on <= planned[0].day <= planned[-1].day <= cohort.ends_on


def test_a_new_plan_leaves_days_that_have_a_register(session, institute, running, two):
    attendance.keep_day(session, institute, running, YESTERDAY, dict.fromkeys(two, 360))
    attendance.plan_days(session, institute, running, [DayPlan(frozenset(range(7)), 120)])
    minutes = {one.day: one.minutes for one in attendance.days(session, running)}
    assert minutes[YESTERDAY] == 360
    assert minutes[today()] == 120


def test_a_day_adds_up_for_everybody(session, institute, running, two):
    attendance.keep_day(session, institute, running, YESTERDAY, {two[0]: 360, two[1]: 0})
    assert minutes.standings(session, running) == {
        two[0]: Standing(3600, 360, 360),
        two[1]: Standing(3600, 360, 0),
    }


def test_somebody_who_is_not_written_down_on_a_kept_day_has_missed_it(session, institute, running, two):
    attendance.keep_day(session, institute, running, YESTERDAY, {two[0]: 360})
    assert minutes.standings(session, running)[two[1]] == Standing(3600, 360, 0)


def test_a_correction_replaces_what_was_written(session, institute, running, two):
    attendance.keep_day(session, institute, running, YESTERDAY, {two[0]: 0})
    attendance.keep_day(session, institute, running, YESTERDAY, {two[0]: 180})
    assert attendance.minutes_on(session, running, YESTERDAY) == {two[0]: 180}


@pytest.mark.parametrize(("minutes", "taken"), [(-1, False), (0, True), (360, True), (361, False)])
def test_nobody_is_there_longer_than_the_day(session, institute, running, two, minutes, taken):
    if taken:
        attendance.keep_day(session, institute, running, YESTERDAY, {two[0]: minutes})
    else:
        with pytest.raises(Unprocessable):
            attendance.keep_day(session, institute, running, YESTERDAY, {two[0]: minutes})


def test_no_register_is_kept_ahead_of_its_day(session, institute, running, two):
    with pytest.raises(Unprocessable):
        attendance.keep_day(session, institute, running, today() + timedelta(days=1), {two[0]: 360})


def test_a_day_without_a_lesson_has_no_register_unless_it_is_added(session, institute, running, two):
    earlier = today() - timedelta(days=30)
    with pytest.raises(NotFound):
        attendance.keep_day(session, institute, running, earlier, {two[0]: 90})
    attendance.keep_day(session, institute, running, earlier, {two[0]: 90}, add_day=True)
    assert attendance.get_day(session, running, earlier).minutes == 90


def test_a_register_is_kept_only_while_the_cohort_runs(session, institute, cohort):
    with pytest.raises(Conflict):
        attendance.keep_day(session, institute, cohort, YESTERDAY, {})


def test_somebody_of_another_cohort_is_not_written_down(session, institute, running, cohort):
    stranger = seats.enrol(session, institute, cohort.id, a_person(9), keys=KEYS)
    with pytest.raises(Unprocessable):
        attendance.keep_day(session, institute, running, YESTERDAY, {stranger.id: 10})


CIVIC_SATURDAYS = DayPlan(frozenset({5}), 180, CoursePart.CIVIC)


def test_planning_one_part_keeps_every_day_of_the_other(session, institute, cohort):
    attendance.plan_days(session, institute, cohort, [CIVIC_SATURDAYS])
    saturdays = {one.day for one in attendance.days(session, cohort)}
    for weekdays in (range(5), range(7), range(3)):
        attendance.plan_days(session, institute, cohort, [DayPlan(frozenset(weekdays), 360)])
        parts = {one.day: one.part for one in attendance.days(session, cohort)}
        assert {day for day, part in parts.items() if part is CoursePart.CIVIC} == saturdays
        assert {day.weekday() for day, part in parts.items() if part is CoursePart.VOCATIONAL} == set(weekdays) - {5}


def test_a_plan_for_which_the_other_part_leaves_no_day_is_refused(session, institute, cohort):
    attendance.plan_days(session, institute, cohort, [CIVIC_SATURDAYS])
    with pytest.raises(Unprocessable, match="No free day"):
        attendance.plan_days(session, institute, cohort, [DayPlan(frozenset({5}), 360)])


def test_planning_a_part_again_replaces_its_own_days(session, institute, cohort):
    for weekdays in ({0, 1}, {3}):
        attendance.plan_days(session, institute, cohort, [DayPlan(frozenset(weekdays), 360)])
    assert {one.day.weekday() for one in attendance.days(session, cohort)} == {3}
