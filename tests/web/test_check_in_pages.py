"""Question rounds on the phone, and at the desk of project staff."""

from datetime import timedelta

from talent.foundation.clock import today
from talent.placements.states import PlacementState
from tests.web.placement_world import World

ALL_WELL = {"in_job": "yes", "pay": "yes", "hours": "yes", "job": "yes"}


def test_a_worker_answers_staff_look_into_it_and_the_agency_learns_only_that_it_was_answered(session, signed_in):
    world = World(session, signed_in)
    world.begin()
    placement = world.placement
    placement.state, placement.work_began_on = PlacementState.EMPLOYED, today() - timedelta(days=100)
    session.flush()
    here = f"{world.here}/check-in"
    assert "How is the work?" in world.candidate.get(world.here).text
    form = world.candidate.get(here)
    assert "Faire Integration" in form.text  # who helps in Germany, with its source
    assert "What the law of this country says is not known to us." in form.text
    assert "Choose yes, no, or not sure." in world.candidate.send(form, expect=422, words="x").text
    told = ALL_WELL | {"pay": "no", "words": "They pay 300 euro less.", "wants_call": "true"}
    world.candidate.send(world.candidate.get(here), **told)
    assert "Nothing is asked now." in world.candidate.get(here).text
    agency = world.agency.get(world.here).text
    assert "answered the questions after 3 months" in agency
    assert "300 euro" not in agency
    world.agency.get(here, expect=403)
    assert placement.reference in world.staff.get("/check-ins").text
    assert "Question rounds that wait" in world.staff.get("/today").text
    world.staff.send(world.staff.get(here), words="We called; the employer pays the difference.")
    assert placement.reference not in world.staff.get("/check-ins").text
    assert "the employer pays the difference" in world.candidate.get(here).text


def test_staff_settle_one_round_after_the_other_the_oldest_first(session, signed_in):
    world = World(session, signed_in)
    world.begin()
    here = f"{world.here}/check-in"
    for days in (100, 200):
        placement = world.placement
        placement.state, placement.work_began_on = PlacementState.EMPLOYED, today() - timedelta(days=days)
        session.flush()
        world.candidate.send(world.candidate.get(here), **ALL_WELL | {"pay": "no"})
    for month, words in ((3, "Paid since March."), (6, "Paid in full.")):
        page = world.staff.get(here)
        assert page.form().action == f"{here}/{month}/settle"
        world.staff.send(page, words=words)
    assert not world.staff.get(here).tree.xpath("//main//form[@method='post']")
    assert {"Paid since March.", "Paid in full."} <= set(world.candidate.get(here).tree.xpath("//bdi/text()"))
