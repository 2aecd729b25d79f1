"""The statutory clock: worked examples that cite their paragraph, every boundary, and what must hold for all dates."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from talent.casework.clock_terms import OnSilence, Pause
from talent.casework.deadlines import Clock, Extension, Stop, end_of, plain_end, read_clock, standing_days
from talent.casework.working_days import ONE_DAY, WorkCalendar, public_holidays
from talent.recognition.procedures import Deadline, catalogue
from talent.recognition.terms import Act

EXAMPLES = [
    example
    for file in sorted((Path(__file__).parent / "examples").glob("*.yaml"))
    for example in yaml.safe_load(file.read_text(encoding="utf-8"))
]
BAVARIA = WorkCalendar("DE-BY")
DATES = st.dates(date(2024, 1, 1), date(2032, 12, 31))
LENGTHS = st.builds("P{}{}".format, st.integers(1, 12), st.sampled_from("DWM"))


def rule(procedure: str = "de_bqfg_nonregulated", act: Act = Act.DECISION, **changed: object) -> Deadline:
    found = catalogue().procedure(procedure)
    assert found is not None
    row = found.deadline(act)
    assert row is not None
    return row.model_copy(update=changed)


DECISION = rule()


def test_there_are_at_least_twelve_worked_examples_and_each_cites_a_paragraph():
    assert len(EXAMPLES) >= 12
    assert all("§" in example["cites"] for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one['cites']}: {one['why']}")
def test_the_worked_example_comes_out_as_reckoned_by_hand(example):
    asked = rule(example["rule"][0], Act(example["rule"][1]))
    clock = Clock(
        started_on=example["event"],
        stops=tuple(Stop(Pause(why), since, until) for why, since, until in example.get("stops", [])),
        extension=Extension(*example["extension"]) if "extension" in example else None,
    )
    days = WorkCalendar(example["region"])
    assert end_of(asked, clock, days) == example["ends"]
    if "on" in example:
        said = read_clock(asked, clock, days, on=example["on"])
        assert (said.is_overdue, said.silence.value) == (True, example["silence"])


# Boundaries


@pytest.mark.parametrize(
    ("on", "state", "left"),
    [
        (date(2026, 3, 9), "waiting", None),
        (date(2026, 3, 10), "running", 92),
        (date(2026, 6, 9), "running", 1),
        (date(2026, 6, 10), "running", 0),
        (date(2026, 6, 11), "overdue", -1),
    ],
)
def test_a_deadline_runs_through_its_last_day_and_is_overdue_the_day_after(on, state, left):
    said = read_clock(DECISION, Clock(date(2026, 3, 10)), BAVARIA, on=on)
    assert (said.state, said.days_left) == (state, left)


def test_the_clock_of_the_decision_has_not_begun_before_the_file_is_complete():
    assert read_clock(DECISION, Clock(None), BAVARIA, on=date(2026, 6, 1)).state == "waiting"


def test_a_decided_case_is_never_overdue():
    clock = Clock(date(2026, 3, 10), stopped_on=date(2026, 12, 1))
    assert read_clock(DECISION, clock, BAVARIA, on=date(2027, 1, 1)).state == "done"


def test_an_unknown_length_is_never_overdue():
    unknown = rule("it_vocational_titles")
    assert read_clock(unknown, Clock(date(2026, 1, 1)), WorkCalendar("IT"), on=date(2030, 1, 1)).state == "unknown"


def test_a_clock_that_stands_still_has_no_end_until_it_goes_on():
    clock = Clock(date(2026, 3, 10), stops=(Stop(Pause.INFORMATION, date(2026, 4, 1)),))
    assert read_clock(DECISION, clock, BAVARIA, on=date(2026, 12, 1)).state == "standing"


def test_a_stop_that_the_rule_does_not_know_does_not_stop_its_clock():
    receipt = rule(act=Act.RECEIPT)
    clock = Clock(date(2026, 5, 11), stops=(Stop(Pause.INFORMATION, date(2026, 5, 12)),))
    assert end_of(receipt, clock, BAVARIA) == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2026, 3, 1), date(2026, 3, 10), 0),  # wholly before the clock begins
        (date(2026, 3, 1), date(2026, 3, 11), 1),  # its last day is the clock's first
        (date(2026, 6, 10), date(2026, 6, 10), 1),  # on the clock's last day
        (date(2026, 6, 11), date(2026, 6, 20), 0),  # begins after the end
    ],
)
def test_only_days_of_the_clock_itself_are_given_back(since, until, days):
    clock = Clock(date(2026, 3, 10), stops=(Stop(Pause.ORIGINALS, since, until),))
    free = WorkCalendar("DE-BY", {date(2026, 6, 10) + n * ONE_DAY: False for n in range(15)})
    assert end_of(DECISION, clock, free) == date(2026, 6, 10) + timedelta(days=days)


def test_a_day_in_two_stops_is_given_back_once():
    both = (
        Stop(Pause.INFORMATION, date(2026, 4, 1), date(2026, 4, 10)),
        Stop(Pause.ORIGINALS, date(2026, 4, 6), date(2026, 4, 15)),
    )
    assert standing_days(both, after=date(2026, 3, 10), until=date(2026, 6, 10)) == 15


def test_a_stop_that_begins_in_the_days_given_back_counts_too():
    stops = (
        Stop(Pause.INFORMATION, date(2026, 4, 1), date(2026, 4, 10)),
        Stop(Pause.ORIGINALS, date(2026, 6, 15), date(2026, 6, 19)),
    )
    assert end_of(DECISION, Clock(date(2026, 3, 10), stops), BAVARIA) == date(2026, 6, 25)


@pytest.mark.parametrize(
    ("told", "until", "ends"),
    [
        (date(2026, 6, 9), date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 6, 10), date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 6, 11), date(2026, 7, 1), date(2026, 6, 10)),
        (date(2026, 6, 1), date(2026, 6, 10), date(2026, 6, 10)),
        (date(2026, 6, 1), date(2026, 7, 4), date(2026, 7, 6)),  # a Saturday
    ],
)
def test_an_extension_counts_when_it_was_told_by_the_last_day_and_is_later(told, until, ends):
    assert end_of(DECISION, Clock(date(2026, 3, 10), extension=Extension(told, until)), BAVARIA) == ends


def test_a_deadline_that_the_law_does_not_extend_is_not_extended():
    nurse = rule("de_nurse")
    clock = Clock(date(2026, 2, 2), extension=Extension(date(2026, 5, 1), date(2026, 9, 1)))
    assert end_of(nurse, clock, WorkCalendar("DE-HE")) == date(2026, 6, 2)


def test_silence_decides_only_where_the_row_says_so():
    assert read_clock(DECISION, Clock(date(2026, 3, 10)), BAVARIA, on=date(2026, 7, 1)).silence is OnSilence.NONE


# Calendars that staff correct


def test_a_day_that_staff_made_free_moves_the_end():
    strike = WorkCalendar("DE-BY", {date(2026, 6, 10): True, date(2026, 6, 11): True})
    assert end_of(DECISION, Clock(date(2026, 3, 10)), strike) == date(2026, 6, 12)


def test_a_holiday_on_which_the_authority_works_after_all_does_not_move_it():
    works = WorkCalendar("DE-BY", {date(2026, 6, 4): False})
    assert end_of(DECISION, Clock(date(2026, 3, 4)), works) == date(2026, 6, 4)


def test_a_calendar_without_any_working_day_is_an_error_and_not_an_endless_loop():
    never = WorkCalendar("DE", {date(2026, 1, 1) + n * ONE_DAY: True for n in range(100)})
    with pytest.raises(ValueError, match="no working day"):
        never.on_or_after(date(2026, 1, 1))


@pytest.mark.parametrize("region", sorted({row.calendar for row in catalogue().authorities}))
def test_the_holidays_of_every_authority_are_known(region):
    assert date(2027, 1, 1) in public_holidays(region, 2027)
    assert date(2027, 12, 25) in public_holidays(region, 2027)


# What holds for all dates


@given(DATES, LENGTHS)
def test_an_end_is_later_than_its_event_and_never_on_a_free_day(event, length):
    end = end_of(rule(length=length), Clock(event), BAVARIA)
    assert end is not None
    assert end > event
    assert not BAVARIA.is_free(end)


@given(DATES, st.integers(1, 24))
def test_months_end_on_the_same_number_or_on_the_last_of_the_month(event, months):
    end = plain_end(event, f"P{months}M")
    assert end.day == event.day or (end.day < event.day and (end + ONE_DAY).day == 1)
    assert (end.year - event.year) * 12 + end.month - event.month == months


@given(DATES, DATES, LENGTHS)
def test_a_later_event_never_gives_an_earlier_end(one, other, length):
    earlier, later = sorted((one, other))
    ends = [end_of(rule(length=length), Clock(event), BAVARIA) for event in (earlier, later)]
    assert ends[0] <= ends[1]


@given(DATES, st.integers(0, 200), st.integers(0, 60))
def test_a_stop_never_brings_the_end_forward_and_gives_back_at_most_its_own_days(event, after, days):
    stop = Stop(Pause.INFORMATION, event + timedelta(days=after), event + timedelta(days=after + days))
    without = end_of(DECISION, Clock(event), BAVARIA)
    with_it = end_of(DECISION, Clock(event, (stop,)), BAVARIA)
    plain = plain_end(event, "P3M")
    assert without is not None
    assert with_it is not None
    assert with_it >= without
    assert with_it <= BAVARIA.on_or_after(plain + timedelta(days=days + 1))


@given(DATES, st.integers(0, 40))
def test_working_days_are_counted_one_by_one(event, n):
    end = BAVARIA.after(event, n)
    counted = sum(not BAVARIA.is_free(event + k * ONE_DAY) for k in range(1, (end - event).days + 1))
    assert counted == n


@given(DATES, DATES)
def test_a_clock_read_twice_says_the_same_and_is_overdue_for_ever_once_it_is(event, on):
    clock = Clock(event)
    assert read_clock(DECISION, clock, BAVARIA, on=on) == read_clock(DECISION, clock, BAVARIA, on=on)
    assume(read_clock(DECISION, clock, BAVARIA, on=on).is_overdue)
    assert read_clock(DECISION, clock, BAVARIA, on=on + ONE_DAY).is_overdue
