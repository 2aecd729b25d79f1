"""A release is refused when a figure of quality falls by more than .01."""

import json

import pytest

from benchmarks.quality import KEYS
from benchmarks.release_check import ACCEPTED, changes, inexact

ACCEPTED_FIGURES = json.loads(ACCEPTED.read_text(encoding="utf-8"))


def fallen(before, now) -> list[str]:
    return [one.key for one in changes(before, now) if one.fallen]


@pytest.mark.parametrize(("now", "refused"), [(0.405, False), (0.390, False), (0.3899, True), (None, True)])
def test_a_measure_may_fall_by_a_hundredth_and_no_more(now, refused):
    assert bool(fallen({"vacancy_title_mrr": 0.4}, {"vacancy_title_mrr": now})) is refused


@pytest.mark.parametrize(("now", "refused"), [(0.01, False), (0.05, False), (0.0501, True)])
def test_an_error_may_rise_by_a_hundredth_and_no_more(now, refused):
    assert bool(fallen({"ece": 0.04}, {"ece": now})) is refused


def test_a_figure_that_was_never_accepted_refuses_nothing():
    assert fallen({"ece": None}, {}) == []


def test_one_twin_pair_that_differs_is_a_fault():
    whole = {"twins_equal": 1000, "twins": 1000, "replays_equal": 1000, "replays": 1000}
    assert inexact(whole) == []
    assert inexact(whole | {"twins_equal": 999}) == ["twins_equal"]


def test_only_figures_that_are_measured_are_accepted_and_none_falls_beside_itself():
    assert set(ACCEPTED_FIGURES) <= set(KEYS)
    assert fallen(ACCEPTED_FIGURES, ACCEPTED_FIGURES) == []
