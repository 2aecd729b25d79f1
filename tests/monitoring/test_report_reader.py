"""Reading a report: measures, actors, items and redactions come out in order, and the text comes back the same."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.foundation.errors import Unprocessable
from talent.monitoring.report import Item, MeasureText, Report, report_of
from talent.monitoring.report_reader import read_report
from talent.monitoring.report_writer import as_text
from talent.monitoring.rules import redactions_in
from tests.monitoring.reports import TEXT

REPORT = read_report(TEXT)


def test_heading_objectives_principles_outcome_and_annex_are_read():
    assert (REPORT.reference, REPORT.issued_on) == ("WK 11/2031 INIT", date(2031, 3, 3))
    assert REPORT.title == "Implementation report - Examplia"
    assert REPORT.introduction == ("Make good use of the talks with Examplia in order to:",)
    assert REPORT.objectives == (
        "build honest ways to work, by telling people what a job abroad costs and pays",
        "train people first",
    )
    assert REPORT.principles == ("Rights of workers guide everything.",)
    assert REPORT.outcome == "The group looks again in Q4 2031."
    assert REPORT.annex_title == "ANNEX: Draft common messages"
    assert REPORT.annex == ("Welcome the course.", "Say plainly that [REDACTED] [REDACTED]", "[REDACTED]")


def test_each_measure_has_its_chapter_actors_timeframe_and_items_in_the_order_of_the_text():
    assert REPORT.measures == (
        MeasureText(
            number=1,
            chapter="Talks and visits",
            words="Keep talking, including in the regional forum, and follow up the first meeting.",
            lead_actors=("Commission", "EEAS (the delegation, in the capital)", "Member States"),
            timeframe="",
            planned=(
                Item("Joint meeting", "23 June"),
                Item("Letters before each meeting, with EUR 990 000 for travel"),
            ),
            completed=(
                Item("9th meeting held on 6 March, about: trains, ships."),
                Item("A mission prepared the next meeting."),
            ),
            pending=(Item("[REDACTED]"), Item("The next meeting, with [REDACTED] present.")),
        ),
        MeasureText(
            number=2,
            chapter="Work and training",
            words="Train 200 welders.",
            lead_actors=("Commission", "Member States (Embassies)"),
            timeframe="Q3-Q4 2031",
            completed=(Item("The course of EUR 3M began."),),
        ),
        MeasureText(
            number=3,
            chapter="Work and training",
            words="Place them.",
            lead_actors=("Member States",),
            timeframe="Ongoing",
            planned=(Item("first ten contracts; MEUR 1.7 from the fund, EUR 50 million later.", "Q3 2031"),),
            pending=(Item("Visas."),),
        ),
    )


def test_what_is_blacked_out_is_counted_and_nothing_stands_in_its_place():
    assert sum(redactions_in(text) for text in REPORT.annex) == 3
    assert [redactions_in(item.words) for item in REPORT.measures[0].pending] == [1, 1]


def test_the_round_trip_is_exact():
    assert read_report(as_text(REPORT)) == REPORT


def test_a_report_kept_as_json_comes_back_the_same():
    assert report_of(REPORT.as_json()) == REPORT


WORDS = st.lists(
    st.sampled_from(["jobs", "visas", "[REDACTED]", "EUR", "3M", "Islamabad,", "(of", "2031)", "–", "and"]), min_size=1
)
LINES = WORDS.map(lambda words: f"Say {' '.join(words)}".strip(" –"))
ITEMS = st.lists(LINES.map(Item), max_size=4).map(tuple)
ACTORS = st.lists(
    st.sampled_from(["Commission", "EEAS (EU, abroad)", "Member States (Embassies and others)"]), min_size=1
)
MEASURES = st.builds(
    MeasureText,
    number=st.integers(1, 99),
    chapter=st.sampled_from(["Talks", "Work and training"]),
    words=LINES,
    lead_actors=ACTORS.map(tuple),
    timeframe=st.sampled_from(["", "Ongoing", "Q3 2031", "Q3-Q4 2031"]),
    planned=ITEMS,
    completed=ITEMS,
    pending=ITEMS,
)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Report,
        objectives=st.lists(LINES, min_size=1, max_size=3).map(tuple),
        principles=st.lists(LINES, max_size=2).map(tuple),
        measures=st.lists(MEASURES, min_size=1, max_size=5, unique_by=lambda one: one.number).map(tuple),
    )
)
def test_any_report_comes_back_as_it_was_written(report):
    assert read_report(as_text(report)) == report


@pytest.mark.parametrize("text", ["", "A letter without a measure.", "**Completed**\n- ➔ nothing before it"])
def test_a_text_without_a_measure_is_refused(text):
    with pytest.raises(Unprocessable, match="no measure"):
        read_report(text)


def test_a_measure_that_stands_there_twice_is_refused():
    with pytest.raises(Unprocessable, match="Measure 2"):
        read_report("**Measure 2:** a\n\n**Measure 2:** b")
