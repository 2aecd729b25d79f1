"""Both shores' steps on one line: order, whose turn it is, and the clocks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from talent.casework.working_days import WorkCalendar
from talent.pathways.catalogue import catalogue
from talent.pathways.terms import Doer, Stage
from talent.placements.timeline import next_due, next_line, required_open, timeline, waits_for

TODAY = date(2026, 11, 22)


def ways(name: str):
    found = [catalogue().pathway(name), catalogue().pathway("pk_exit")]
    return [way for way in found if way is not None]


def lines(name: str, done=None, *, on: date = TODAY):
    both = ways(name)
    return timeline(both, done or {}, {way.calendar: WorkCalendar(way.calendar) for way in both}, on=on)


def test_both_shores_stand_on_one_line_in_the_order_of_the_journey():
    found = lines("de_fast_track_81a")
    stages = [list(Stage).index(line.step.stage) for line in found]
    assert stages == sorted(stages)
    assert {line.way.country for line in found} == {"DE", "PK"}


def test_at_the_beginning_the_first_step_of_each_shore_has_its_turn():
    turns = [(line.way.country, line.step.id) for line in lines("de_fast_track_81a") if line.is_next]
    assert turns == [("DE", "offer"), ("PK", "papers")]


def test_an_optional_step_does_not_hold_up_the_next_one():
    done = {("it_art23_trained", step.id): TODAY for step in ways("it_art23_trained")[0].steps[:2]}
    done |= {("pk_exit", "papers"): TODAY, ("pk_exit", "attestation"): TODAY}
    turns = {line.step.id for line in lines("it_art23_trained", done) if line.is_next}
    assert {"nurse_registration", "agreement"} <= turns


def test_the_clock_of_a_step_runs_from_the_day_its_starter_was_done_and_is_the_next_deadline():
    first = [step.id for step in ways("de_fast_track_81a")[0].steps[:4]]
    done = {("de_fast_track_81a", name): date(2026, 11, 2) for name in first}
    found = lines("de_fast_track_81a", done)
    assert next_due(found) == date(2026, 11, 16)  # two weeks for the receipt, BQFG § 14a(2)
    assert waits_for([line for line in found if line.way.country == "DE"]) is Doer.RECOGNITION_BODY
    late = next(line for line in found if line.step.id == "receipt")
    assert late.reading is not None
    assert late.reading.is_overdue


def test_nothing_is_due_before_a_clock_has_begun_or_after_all_is_done():
    assert next_due(lines("de_fast_track_81a")) is None
    both = ways("de_fast_track_81a")
    done = {(way.id, step.id): TODAY for way in both for step in way.steps}
    found = lines("de_fast_track_81a", done)
    assert (next_due(found), next_line(found), waits_for(found), required_open(found)) == (None, None, None, ())


def test_an_optional_step_that_the_way_has_passed_is_nobodys_next_step():
    both = ways("de_fast_track_81a")
    done = {(way.id, step.id): TODAY for way in both for step in way.steps if not step.is_optional}
    assert next_line(lines("de_fast_track_81a", done)) is None
    last = list(done)[-1]
    assert last == ("pk_exit", "registration")
    found = next_line(lines("de_fast_track_81a", {key: day for key, day in done.items() if key != last}))
    assert found is not None
    assert found.step.id == "registration"


@given(
    st.sampled_from([way for way in catalogue().pathways if way.country != "PK"]),
    st.lists(st.integers(0, 40), max_size=40),
    st.dates(date(2024, 1, 1), date(2031, 12, 31)),
)
def test_whatever_is_done_a_turn_has_no_required_step_open_before_it_on_its_own_shore(way, gaps, start):
    done, day = {}, start
    for step, gap in zip(way.steps, gaps, strict=False):
        day += timedelta(days=gap)
        done[(way.id, step.id)] = day
    found = timeline([way], done, {way.calendar: WorkCalendar(way.calendar)}, on=day)
    for place, line in enumerate(found):
        before = [one for one in found[:place] if one.done_on is None and not one.step.is_optional]
        assert line.is_next == (line.done_on is None and not before)
        if line.reading is not None and line.reading.ends_on is not None:
            starter = way.starter(line.step)
            assert starter is not None
            assert line.reading.ends_on >= done[(way.id, starter.id)]
