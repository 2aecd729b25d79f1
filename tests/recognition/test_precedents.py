"""Figures about others: none under five, none that can be reckoned, and none that shows one person in time."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from talent.foundation.clock import now
from talent.recognition.durations import FEWEST_DECISIONS, Waited, expected
from talent.recognition.history import durations, precedents, rebuild
from talent.recognition.models import RecognitionCase, RecognitionPrecedent
from talent.recognition.precedents import SMALLEST_CELL, Decided, Part, in_fives, may_replace, parts_of, table
from talent.recognition.states import CaseState, Outcome
from talent.taxonomy.levels import QualificationKind
from tests.factories.corridor import make_account

FULL, PARTIAL, REFUSED = Outcome
DAY = date(2026, 11, 22)
ONE = Decided(FULL, 90, "GCT Lahore", 2020)
SOME_CASES = st.lists(
    st.builds(
        Decided,
        st.sampled_from(Outcome),
        st.integers(1, 400),
        st.sampled_from(["", "GCT Lahore", "gct lahore", "GCT Multan", "PITAC"]),
        st.sampled_from([None, 2019, 2020, 2021]),
    ),
    max_size=60,
)


def numbers(lines):
    return [n for line in lines for n in (line.cases, *line.outcomes.values())]


@given(SOME_CASES)
def test_no_figure_is_under_five_and_every_one_is_a_multiple_of_five(cases):
    assert all(n >= SMALLEST_CELL and n % 5 == 0 for n in numbers(table(cases)))


@given(SOME_CASES)
def test_what_is_left_when_one_line_is_taken_from_another_is_nobody_or_at_least_five(cases):
    lines = table(cases)
    for part in (Part.INSTITUTE, Part.YEAR):
        named = [line.name for line in lines if line.part is part]
        key = [
            replace(ONE, institute=name, year=int(name) if part is Part.YEAR else None).value(part) for name in named
        ]
        rest = sum(case.value(part) not in key for case in cases)
        assert not lines or rest == 0 or rest >= SMALLEST_CELL


def consistent(line, outcomes):
    counted = Counter(dict(zip(Outcome, outcomes, strict=True)))
    return in_fives(sum(outcomes)) == line.cases and all(
        (in_fives(counted[one]) if counted[one] >= SMALLEST_CELL else None) == line.outcomes.get(one) for one in Outcome
    )


@pytest.mark.parametrize("truth", [(5, 1, 0), (9, 4, 2), (12, 6, 1), (14, 14, 4), (20, 0, 0), (7, 4, 4)])
def test_an_outcome_under_five_cannot_be_reckoned_from_the_others(truth):
    cases = [Decided(one, 90) for one, number in zip(Outcome, truth, strict=True) for _ in range(number)]
    line = table(cases)[0]
    possible = [others for others in product(range(sum(truth) + 6), repeat=3) if consistent(line, others)]
    assert tuple(truth) in possible
    for place, number in enumerate(truth):
        if number < SMALLEST_CELL:
            assert len({others[place] for others in possible}) > 1


@pytest.mark.parametrize(("cases", "lines"), [(4, 0), (5, 3), (9, 3)])
def test_fewer_than_five_cases_have_no_table(cases, lines):
    assert len(table([ONE] * cases)) == lines


def test_an_institute_whose_rest_would_be_four_people_is_not_shown():
    assert [line.part for line in table([ONE] * 6 + [replace(ONE, institute="PITAC")] * 4)] == [Part.ALL, Part.YEAR]
    shown = table([ONE] * 6 + [replace(ONE, institute="PITAC")] * 5)
    assert [line.name for line in shown if line.part is Part.INSTITUTE] == ["GCT Lahore", "PITAC"]


@pytest.mark.parametrize(
    ("before", "cases", "may"),
    [
        (None, 4, False),
        (None, 5, True),
        (10, 14, False),
        (10, 15, True),
        (10, 10, False),
        (10, 6, False),
        (10, 5, True),
    ],
)
def test_a_table_is_published_anew_after_five_more_or_five_fewer(before, cases, may):
    assert may_replace(before, cases) is may


def test_missing_parts_are_named_once_five_decisions_name_them():
    four, five = "Building automation, 12 weeks", "Norms"
    cases = [replace(ONE, missing_parts=(five,))] * 4 + [replace(ONE, missing_parts=("NORMS", four))]
    assert table(cases)[0].missing_parts == ("Norms",)
    assert parts_of(" Norms. \n\nMeasuring; norms of VDE ") == ("Norms", "Measuring", "norms of VDE")


def test_below_ten_decisions_nothing_is_expected():
    waiting = [Waited(500, is_decided=False)] * 50
    assert expected([Waited(90, is_decided=True)] * (FEWEST_DECISIONS - 1) + waiting) is None
    assert expected([Waited(90, is_decided=True)] * FEWEST_DECISIONS) is not None


def test_the_median_and_the_range_of_four_in_five_of_a_finished_history():
    found = expected([Waited(days, is_decided=True) for days in range(10, 110, 10)])
    assert (found.first, found.median, found.last) == (10, 50, 90)


def test_cases_that_still_wait_make_the_expectation_longer_and_never_shorter():
    decided = [Waited(days, is_decided=True) for days in range(10, 110, 10)]
    alone = expected(decided)
    waiting = expected([*decided, *[Waited(60, is_decided=False)] * 5])
    assert alone.median < waiting.median
    assert expected([*decided, *[Waited(300, is_decided=False)] * 30]).median is None, "longer than anybody waited"


def test_the_estimate_is_that_of_kaplan_and_meier_for_their_own_example():
    # Decided at 1 and 3, lost at 2: one of three by day 1, the rest (two thirds) halves no earlier than day 3.
    found = expected([Waited(days, done) for days, done in ((1, True), (2, False), (3, True)) for _ in range(10)])
    assert (found.first, found.median, found.last) == (1, 3, 3)


def decided_case(session, number, **changed):
    begun = DAY - timedelta(days=100)
    values = {
        "account_id": make_account(session).id, "reference": f"RC-{number:06}", "state": CaseState.PARTIAL,
        "award": QualificationKind.DAE, "award_title": "DAE", "institute": "GCT Lahore", "award_year": 2020,
        "isco_group": "7411", "country": "DE", "procedure_id": "de_bqfg_nonregulated", "authority_id": "de_crafts",
        "submitted_on": begun, "decided_on": begun + timedelta(days=60 + number), "outcome": PARTIAL,
        "missing_parts": "Norms", "created_at": now(), "changed_at": now(),
    }  # fmt: skip
    session.add(RecognitionCase(**(values | changed)))
    session.flush()


@pytest.fixture
def history(session):
    for number in range(12):
        decided_case(session, number)
    decided_case(session, 90, state=CaseState.COMPLETE, decided_on=None, outcome=None, missing_parts="")
    rebuild(session, on=DAY)
    return session


def test_the_night_publishes_what_others_met_and_how_long_it_took(history):
    lines = precedents(history, ("DE", "7411", QualificationKind.DAE))
    assert [(row.part, row.cases, row.outcomes) for row in lines] == [
        (Part.ALL, 10, {"partial": 10}), (Part.INSTITUTE, 10, {"partial": 10}), (Part.YEAR, 10, {"partial": 10}),
    ]  # fmt: skip
    assert (lines[0].days, lines[0].missing_parts, lines[0].as_of) == (65, ["Norms"], DAY)
    found = durations(history)["de_bqfg_nonregulated"]
    assert (found.decisions, found.median_days, found.first_days, found.last_days) == (12, 66, 61, 71)


def test_four_more_decisions_change_nothing_that_is_published_and_the_fifth_does(history):
    before = [row.id for row in history.scalars(select(RecognitionPrecedent))]
    for number in range(20, 24):
        decided_case(history, number, outcome=FULL, missing_parts="")
    rebuild(history, on=DAY)
    assert [row.id for row in history.scalars(select(RecognitionPrecedent))] == before
    decided_case(history, 24, outcome=FULL, missing_parts="")
    rebuild(history, on=DAY)
    lines = precedents(history, ("DE", "7411", QualificationKind.DAE))
    assert lines[0].outcomes == {"partial": 10, "full": 5}


def test_an_institute_is_found_however_its_name_is_written(history):
    place = ("DE", "7411", QualificationKind.DAE)
    assert Part.INSTITUTE in {row.part for row in precedents(history, place, institute="gct LAHORE")}
    assert Part.INSTITUTE not in {row.part for row in precedents(history, place, institute="Multan")}
