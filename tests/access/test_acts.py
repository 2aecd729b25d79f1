"""The services keep what is somebody else's to themselves, whoever calls them and whatever the database would show."""

from tests.access.acts import ACTS, wrong_acts


def test_each_act_on_what_is_somebody_elses_ends_as_if_there_were_nothing(world):
    assert wrong_acts(world) == []


def test_there_is_an_act_at_fifty_places():
    assert len({act.place for act in ACTS}) >= 50
