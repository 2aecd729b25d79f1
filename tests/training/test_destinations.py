"""The rules of destinations: every boundary, every source."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from talent.taxonomy.levels import CEFR
from talent.training.destinations import DESTINATIONS, Criterion, TrainingFacts, at_risk, findings
from talent.training.standing import Outlook, Standing
from talent.training.terms import AssessmentKind
from tests.house.code import ROOT

ENDS = date(2026, 8, 31)
K, L, C = AssessmentKind, Outlook, Criterion
GOOD = TrainingFacts(
    standing=Standing(1000, 1000, 900),
    passed=frozenset({K.WRITTEN, K.PRACTICAL, K.ORAL}),
    languages={"it": CEFR.A1},
    full_time_months=24,
    is_state_recognised=True,
    vocational_hours=300,
    civic_hours=100,
    ends_on=ENDS,
)


def outlook(facts, criterion, destination="it_art23", on=ENDS):
    (found,) = (one for one in findings(facts, on=on) if one.destination.code == destination)
    return next(one.outlook for one in found.findings if one.rule.criterion is criterion)


@pytest.mark.parametrize("rule", [rule for one in DESTINATIONS for rule in one.rules], ids=lambda rule: rule.criterion)
def test_every_rule_says_where_it_is_from_when_and_how_sure_that_is(rule):
    sources = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    assert f"| {rule.source} |" in sources
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", rule.as_of)
    assert rule.confidence in {"high", "medium", "low"}


def test_a_rule_that_is_not_from_the_law_itself_says_so():
    assert all(rule.note for one in DESTINATIONS for rule in one.rules if rule.confidence != "high")


@pytest.mark.parametrize(("attended", "expected"), [(799, L.MISSED), (800, L.MET), (801, L.MET)])
def test_italy_asks_for_four_fifths_of_the_hours(attended, expected):
    assert outlook(replace(GOOD, standing=Standing(1000, 1000, attended)), C.ATTENDANCE) is expected


@pytest.mark.parametrize("lacking", [K.WRITTEN, K.PRACTICAL, K.ORAL])
def test_italy_asks_for_every_part_of_the_examination(lacking):
    without = replace(GOOD, passed=GOOD.passed - {lacking})
    assert outlook(GOOD, C.EXAMINATION) is L.MET
    assert outlook(without, C.EXAMINATION) is L.ON_TRACK
    assert outlook(replace(without, failed=frozenset({lacking})), C.EXAMINATION) is L.AT_RISK
    assert outlook(replace(without, is_completed=True), C.EXAMINATION) is L.MISSED


@pytest.mark.parametrize(("days", "expected"), [(0, L.ON_TRACK), (181, L.ON_TRACK), (182, L.MISSED)])
def test_the_visa_for_italy_is_asked_for_within_six_months(days, expected):
    assert outlook(GOOD, C.VISA_REQUEST, on=ENDS + timedelta(days=days)) is expected


@pytest.mark.parametrize(("months", "expected"), [(None, L.UNKNOWN), (23, L.MISSED), (24, L.MET), (25, L.MET)])
@pytest.mark.parametrize("destination", ["de_recognition_partnership", "de_opportunity_card", "de_experienced_worker"])
def test_germany_asks_for_two_years_of_full_time_training(destination, months, expected):
    assert outlook(replace(GOOD, full_time_months=months), C.FULL_TIME, destination) is expected


@pytest.mark.parametrize(("recognised", "expected"), [(None, L.UNKNOWN), (False, L.MISSED), (True, L.MET)])
def test_germany_asks_for_a_course_that_the_state_recognises(recognised, expected):
    facts = replace(GOOD, is_state_recognised=recognised)
    assert outlook(facts, C.RECOGNISED, "de_recognition_partnership") is expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ({}, L.UNKNOWN),
        ({"de": CEFR.A1}, L.UNKNOWN),
        ({"de": CEFR.A2}, L.MET),
        ({"de": CEFR.C2}, L.MET),
        ({"it": CEFR.C2}, L.UNKNOWN),
    ],
)
def test_the_recognition_partnership_asks_for_german_a2(held, expected):
    assert outlook(replace(GOOD, languages=held), C.LANGUAGE, "de_recognition_partnership") is expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [({"de": CEFR.A1}, L.MET), ({"en": CEFR.B1}, L.UNKNOWN), ({"en": CEFR.B2}, L.MET)],
)
def test_the_opportunity_card_takes_german_a1_or_english_b2(held, expected):
    assert outlook(replace(GOOD, languages=held), C.LANGUAGE, "de_opportunity_card") is expected


def test_a_language_that_the_course_teaches_is_on_its_way_until_the_end():
    taught = replace(GOOD, languages={}, language_taught="it", language_level=CEFR.A1)
    assert outlook(taught, C.LANGUAGE) is L.ON_TRACK
    assert outlook(replace(taught, is_completed=True), C.LANGUAGE) is L.UNKNOWN


def test_italy_asks_for_the_trade_and_the_civic_part():
    assert outlook(GOOD, C.BOTH_PARTS) is L.MET
    assert outlook(replace(GOOD, civic_hours=0), C.BOTH_PARTS) is L.MISSED


def test_what_nobody_can_know_here_is_shown_as_unknown():
    assert outlook(GOOD, C.APPROVED) is L.UNKNOWN


def test_a_destination_is_as_good_as_its_worst_rule():
    found = {one.destination.code: one.outlook for one in findings(GOOD, on=ENDS)}
    assert found == {
        "it_art23": L.UNKNOWN,
        "de_recognition_partnership": L.UNKNOWN,
        "de_opportunity_card": L.UNKNOWN,
        "de_experienced_worker": L.MET,
    }


def test_the_institute_is_warned_while_it_can_still_be_mended():
    late = replace(GOOD, standing=Standing(1000, 300, 150))
    assert [one.rule.criterion for one in at_risk(late, on=ENDS)] == [C.ATTENDANCE]
    lost = replace(GOOD, standing=Standing(1000, 300, 50))
    assert list(at_risk(lost, on=ENDS)) == []
