"""The clock of a step stands still and goes on again, on the pages of everybody who reads the line."""

from datetime import timedelta

import pytest

from talent.foundation.clock import today
from tests.web.placement_world import World

WAY, STEP = "de_fast_track_81a", "recognition"


@pytest.fixture
def world(session, signed_in):
    made = World(session, signed_in)
    made.begin()
    made.accept()
    for step in ("offer", "power_of_attorney", "agreement", "recognition_application", "receipt", "complete_file"):
        made.note(made.staff, WAY, step, days_ago=30)
    return made


def boxes(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def clock(world, browser):
    return browser.get(f"{world.here}/clock?way={WAY}&step={STEP}")


def test_an_agency_writes_down_that_the_authority_asked_and_was_answered_and_the_candidate_reads_it(world):
    before = world.placement.next_due_on
    asked = today() - timedelta(days=10)
    stop = {"why": "originals", **boxes("since", asked)}
    world.agency.send(clock(world, world.agency), action=f"{world.here}/clock/stop", **stop)
    assert world.placement.next_due_on is None
    assert "The clock stands still since" in world.candidate.get(world.here).text
    answered = boxes("until", today() - timedelta(days=4))
    world.agency.send(clock(world, world.agency), action=f"{world.here}/clock/resume", **answered)
    assert world.placement.next_due_on >= before + timedelta(days=7)
    assert "The clock stood still from" in world.candidate.get(world.here).text


def test_what_cannot_be_is_said_at_its_field_and_what_has_no_clock_has_no_page(world):
    page = clock(world, world.agency)
    missing = world.agency.send(page, action=f"{world.here}/clock/stop", expect=422)
    assert "Choose why the clock stands still." in missing.text
    late = boxes("since", today() + timedelta(days=1))
    refused = world.agency.send(page, action=f"{world.here}/clock/stop", expect=422, why="information", **late)
    assert "The day is in the future." in refused.text
    own = world.candidate.send(
        clock(world, world.candidate),
        action=f"{world.here}/clock/stop",
        expect=422,
        why="information",
        **boxes("since", today()),
    )
    assert "Somebody else notes this step." in own.text
    world.agency.get(f"{world.here}/clock?way={WAY}&step=offer", expect=404)
    world.other_agency.get(f"{world.here}/clock?way={WAY}&step={STEP}", expect=404)
