"""Journeys by other ways, each on the pages of everybody who takes part: both shores' steps, then work, and back."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from talent.pathways.catalogue import catalogue
from talent.pathways.eligibility import NOT_A_PERMIT
from talent.placements.service import lines_of
from talent.placements.states import PlacementState
from talent.placements.timeline import required_open
from talent.taxonomy.models import Occupation, TaxonomyRelease
from tests.web.placement_world import World

S = PlacementState
JOURNEYS = {
    "a cook goes to a hotel in Finland": ("fi_employed_person", "FI", "5120", "Cook"),
    "a farm worker goes to Italy out of quota after a course": ("it_art23_trained", "IT", "9211", "Farm worker"),
    "an IT worker without a degree goes by Blue Card": ("de_blue_card_18g", "DE", "2512", "Software developer"),
}


def world_of(session, signed_in, country, group, title):
    """Everybody who takes part, around a vacancy for an occupation of this ISCO-08 group."""
    world = World(session, signed_in, country=country, title=title)
    release = session.scalars(select(TaxonomyRelease.id)).first()
    occupation = Occupation(id=uuid4(), release_id=release, uri=f"urn:test:{group}", isco_group=group, sector=None)
    session.add(occupation)
    session.flush()
    world.vacancy.occupation_id = occupation.id
    session.flush()
    return world


@pytest.mark.parametrize(("way", "country", "group", "title"), JOURNEYS.values(), ids=JOURNEYS)
def test_a_journey_over_both_shores_to_work_and_back(session, signed_in, way, country, group, title):
    world = world_of(session, signed_in, country, group, title)
    world.begin(way)
    own = world.candidate.get(world.here)
    assert NOT_A_PERMIT in own.text
    assert catalogue().pathway(way).title in own.text
    world.accept()
    assert {line.way.id for line in lines_of(world.placement)} == {way, "pk_exit"}, "both shores on one line"
    world.note_all("preparation")
    if any(step.stage.value == "training" for step in catalogue().pathway(way).steps):
        world.move(world.agency, "begin_training")
        world.note_all("training")
    world.over_both_shores()
    assert world.placement.state is S.TRAVELLED
    assert not [part for part, _ in required_open(lines_of(world.placement)) if part != "arrival"]
    world.work_since(100)
    world.move(world.agency, "confirm_work")
    assert world.placement.state is S.RETAINED_3
    assert "How is your work?" in world.candidate.get(f"{world.here}/check-in").text
    world.move(world.candidate, "return")
    assert (world.placement.state, world.placement.last_active) == (S.RETURNED, S.RETAINED_3)
