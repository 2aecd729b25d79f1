"""The page of somebody who has come back."""

from datetime import timedelta

from talent.foundation.clock import today
from talent.placements.states import PlacementState
from tests.web.placement_world import World


def test_who_came_back_adds_skills_and_asks_for_help_and_nobody_else_opens_the_page(session, signed_in):
    world = World(session, signed_in)
    world.begin()
    placement = world.placement
    placement.state, placement.work_began_on = PlacementState.EMPLOYED, today() - timedelta(days=200)
    session.flush()
    here = f"{world.here}/return"
    world.candidate.get(here, expect=409)
    world.move(world.candidate, "return")
    assert "You are back: your skills, and help" in world.candidate.get(world.here).text
    page = world.candidate.get(here)
    assert "Migrant Resource Centres" in page.text
    assert "S-PR-4" in page.text
    for word in ("deport", "Frontex", "illegal", "irregular"):
        assert word.casefold() not in page.text.casefold()
    world.candidate.send(page, action=f"{here}/skills")
    world.candidate.send(world.candidate.get(here), action=f"{here}/help")
    assert "You asked for help." in world.candidate.get(here).text
    assert placement.reference in world.staff.get("/check-ins").text
    assert "Help after coming back" in world.candidate.get("/my-data/consents").text
    world.agency.get(here, expect=403)
    world.candidate.send(world.candidate.get(here), action=f"{here}/help/end")
    assert "Yes, help me" in world.candidate.get(here).text
