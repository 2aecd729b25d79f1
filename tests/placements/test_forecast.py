"""The forecast: reckoned by hand from ten journeys, and unknown below ten."""

from datetime import timedelta
from uuid import uuid4

import pytest

from talent.casework.models import CaseEvent
from talent.foundation.clock import now, today
from talent.placements.forecast import Forecast, forecast
from talent.placements.states import PlacementState
from tests.factories.corridor import make_agency, make_published_vacancy, make_release
from tests.factories.placements import make_placement

S = PlacementState
WAY = "de_fast_track_81a"


@pytest.fixture
def vacancy(session):
    make_release(session)
    return make_published_vacancy(session, make_agency(session))


def event(placement, action, to, at):
    return CaseEvent(
        case_kind="placement",
        case_id=placement.id,
        at=at,
        actor_id=uuid4(),
        actor_role="agency_officer",
        action=action,
        from_state="x",
        to_state=to.value,
        note="",
    )  # fmt: skip - one row


def came_on(number):
    """The later, the smaller the number."""
    return today() - timedelta(days=number)


def travelled(session, vacancy, count, **overrides):
    """So many who came to the permit five days after the offer, and to work 10, 20, 30… days after the permit."""
    for number in range(1, count + 1):
        offered = now() - timedelta(days=400)
        one = make_placement(
            session, vacancy, state=S.EMPLOYED, created_at=offered, work_began_on=came_on(number), **overrides
        )
        permit = offered + timedelta(days=5)
        session.add(event(one, "begin_permit", S.PERMIT, permit))
        session.add(event(one, "start_work", S.EMPLOYED, permit + timedelta(days=10 * number)))
    session.flush()


def test_nine_say_nothing_and_ten_say_what_is_reckoned_by_hand(session, vacancy):
    here = make_placement(session, vacancy, way=WAY, state=S.PERMIT)
    travelled(session, vacancy, 9, way=WAY)
    assert forecast(session, here) is None
    long_ago = now() - timedelta(days=400)
    other = make_placement(session, vacancy, way=WAY, state=S.EMPLOYED, created_at=long_ago, work_began_on=came_on(10))
    permit = other.created_at + timedelta(days=5)
    session.add(event(other, "begin_permit", S.PERMIT, permit))
    session.add(event(other, "start_work", S.EMPLOYED, permit + timedelta(days=100)))
    session.flush()
    # 10, 20 … 100: the middle is (50 + 60) / 2; a tenth of the nine steps between them is 10 + 0.9 * 10, and 91.
    assert forecast(session, here) == Forecast(19, 55, 91, 10)
    here.state = S.OFFERED  # from the offer on it is five days more
    session.flush()
    assert forecast(session, here) == Forecast(24, 60, 96, 10)
    here.state = S.VISA  # nobody of them is known to have stood here
    session.flush()
    assert forecast(session, here) is None


def test_another_way_says_nothing_about_this_one_and_whoever_works_is_told_nothing(session, vacancy):
    travelled(session, vacancy, 10, way="de_blue_card_18g")
    assert forecast(session, make_placement(session, vacancy, way=WAY, state=S.PERMIT)) is None
    assert forecast(session, make_placement(session, vacancy, way="de_blue_card_18g", state=S.EMPLOYED)) is None
    assert forecast(session, make_placement(session, vacancy, way="de_blue_card_18g", state=S.PERMIT)) is not None


def test_it_is_told_from_those_who_came_to_work_last(session, vacancy, monkeypatch):
    monkeypatch.setattr("talent.placements.forecast.LATEST", 10)
    here = make_placement(session, vacancy, way=WAY, state=S.PERMIT)
    travelled(session, vacancy, 12, way=WAY)  # the eleventh and the twelfth came to work before all others
    assert forecast(session, here) == Forecast(19, 55, 91, 10)
