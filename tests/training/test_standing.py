"""The arithmetic of attendance and of months: below, at and above every boundary."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.training.standing import Outlook, Standing, months_after

FOUR_FIFTHS = Fraction(80, 100)


@st.composite
def standings(draw):
    planned = draw(st.integers(0, 50_000))
    past = draw(st.integers(0, planned))
    return Standing(planned, past, draw(st.integers(0, past)))


shares = st.integers(1, 100).map(lambda percent: Fraction(percent, 100))


@pytest.mark.parametrize(
    ("attended", "outlook"),
    [(799, Outlook.MISSED), (800, Outlook.MET), (801, Outlook.MET)],
)
def test_at_the_end_four_fifths_is_exact(attended, outlook):
    assert Standing(1000, 1000, attended).towards(FOUR_FIFTHS) is outlook


@pytest.mark.parametrize(
    ("past", "attended", "outlook"),
    [
        (0, 0, Outlook.ON_TRACK),
        (100, 79, Outlook.AT_RISK),
        (100, 80, Outlook.ON_TRACK),
        (300, 101, Outlook.AT_RISK),
        (300, 100, Outlook.AT_RISK),
        (300, 99, Outlook.MISSED),
        (900, 800, Outlook.MET),
    ],
)
def test_on_the_way_it_is_at_risk_until_it_is_out_of_reach(past, attended, outlook):
    assert Standing(1000, past, attended).towards(FOUR_FIFTHS) is outlook


@pytest.mark.parametrize(("missed", "spare"), [(0, 200), (199, 1), (200, 0), (201, -1)])
def test_the_minutes_to_spare_end_exactly_where_the_rule_is_missed(missed, spare):
    standing = Standing(1000, 500, 500 - missed)
    assert standing.minutes_to_spare(FOUR_FIFTHS) == spare
    assert (standing.towards(FOUR_FIFTHS) is Outlook.MISSED) == (spare < 0)


def test_without_a_plan_nothing_is_known():
    assert Standing(0, 0, 0).towards(FOUR_FIFTHS) is Outlook.UNKNOWN
    assert Standing(0, 0, 0).share is None


def test_just_below_is_never_rounded_up():
    assert Standing(1000, 1000, 799).percent == 79


@given(standings(), shares)
def test_missed_means_that_attending_everything_left_is_not_enough_and_nothing_else(standing, least):
    everything = Standing(standing.planned, standing.planned, standing.attended + standing.planned - standing.past)
    missed = standing.towards(least) is Outlook.MISSED
    assert missed == (standing.planned > 0 and everything.towards(least) is Outlook.MISSED)


@given(standings(), shares)
def test_what_is_met_stays_met_when_everything_left_is_missed(standing, least):
    nothing_more = Standing(standing.planned, standing.planned, standing.attended)
    if standing.towards(least) is Outlook.MET:
        assert nothing_more.towards(least) is Outlook.MET


@given(standings(), shares)
def test_one_more_minute_never_makes_it_worse(standing, least):
    order = [Outlook.MISSED, Outlook.AT_RISK, Outlook.ON_TRACK, Outlook.MET]
    if standing.attended < standing.past:
        better = Standing(standing.planned, standing.past, standing.attended + 1)
        assert order.index(better.towards(least)) >= order.index(standing.towards(least))


@given(standings(), shares)
def test_spare_minutes_and_the_outlook_agree(standing, least):
    if standing.planned:
        assert (standing.minutes_to_spare(least) < 0) == (standing.towards(least) is Outlook.MISSED)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, months, expected):
    assert months_after(day, months) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_so_many_months_later_is_in_that_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
