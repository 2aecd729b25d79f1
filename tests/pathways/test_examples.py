"""Worked examples: what a paragraph says to a set of facts, below, at and above each bound, reckoned by hand."""

from pathlib import Path

import pytest
import yaml

from talent.casework.deadlines import Clock, end_of
from talent.casework.working_days import WorkCalendar
from talent.pathways.catalogue import catalogue
from talent.pathways.eligibility import assess
from talent.pathways.facts import RouteFacts
from talent.taxonomy.levels import QualificationKind

FOLDER = Path(__file__).parent / "examples"


def examples(*names: str) -> list[dict]:
    return [one for name in names for one in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))]


FINDINGS = examples("germany.yaml", "others.yaml")
CLOCKS = examples("clocks.yaml")


def facts(told: dict) -> RouteFacts:
    known = {name: value for name, value in told.items() if name != "day"}
    award = {"award": QualificationKind(told["award"])} if "award" in told else {}
    return RouteFacts(on=told["day"], **known | award)


def way(name: str):
    found = catalogue().pathway(name)
    assert found is not None, name
    return found


def test_there_are_at_least_forty_examples_across_countries_and_each_has_its_reckoning():
    assert len(FINDINGS) >= 40
    assert {way(one["way"]).country for one in FINDINGS} == {"DE", "IT", "FI", "ES", "GR", "AT", "PK"}
    assert {one["answer"] for one in FINDINGS} == {"met", "missing", "unknown"}
    assert all(one["by_hand"] and one["cites"] for one in FINDINGS + CLOCKS)


@pytest.mark.parametrize("example", FINDINGS, ids=lambda one: f"{one['cites']}: {one['by_hand']}")
def test_the_criterion_is_answered_as_reckoned_by_hand(example):
    found = assess(way(example["way"]), facts(example["facts"]), catalogue())
    said = {one.criterion.id: one.answer.value for one in found.findings}
    assert said[example["criterion"]] == example["answer"]


@pytest.mark.parametrize("example", CLOCKS, ids=lambda one: f"{one['cites']}: {one['by_hand']}")
def test_the_clock_of_a_step_ends_as_reckoned_by_hand(example):
    found = way(example["way"])
    step = found.step(example["step"])
    assert step is not None
    assert step.limit is not None
    assert end_of(step.limit, Clock(example["event"]), WorkCalendar(found.calendar)) == example["ends"]
