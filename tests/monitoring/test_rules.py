"""Amounts, timeframes and redactions in the words of a report."""

from datetime import date

import pytest

from talent.monitoring.rules import Amount, amounts_in, end_of_timeframe, is_redacted, redactions_in


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        ("EUR 50 million", [5_000_000_000]),
        ("a total of EUR 68M", [6_800_000_000]),
        ("EU funding of MEUR 1.7 through a fund", [170_000_000]),
        ("EUR 990 000) and EUR 9M contracts", [99_000_000, 900_000_000]),
        ("MEUR 7 project", [700_000_000]),
        ("in 2023, 9 people; Q3", []),
        ("EUR 100 million for 2 000 people", [10_000_000_000]),
    ],
)
def test_amounts_are_read_as_they_are_written(words, cents):
    assert amounts_in(words) == [Amount(one, "EUR") for one in cents]


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("Q3 2023", date(2023, 9, 30)),
        ("Q3-Q4 2023", date(2023, 12, 31)),
        ("Q1–Q1 2024", date(2024, 3, 31)),
        ("Q4 2023, then Q2 2024", date(2024, 6, 30)),
        ("Ongoing", None),
        ("", None),
    ],
)
def test_a_timeframe_ends_with_its_last_quarter(words, end):
    assert end_of_timeframe(words) == end


@pytest.mark.parametrize(
    ("words", "count", "whole"),
    [("[REDACTED]", 1, True), ("[REDACTED] [REDACTED].", 2, True), ("with [REDACTED]", 1, False), ("none", 0, False)],
)
def test_redactions_are_counted(words, count, whole):
    assert (redactions_in(words), is_redacted(words)) == (count, whole)
