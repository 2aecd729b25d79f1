"""Many placements at once; deadlines as a calendar; errors that readers report. Each on its pages."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.foundation.errors import Unprocessable
from talent.pathways.models import ErrorReport
from talent.placements import bulk
from talent.placements.after_models import BulkMove
from talent.placements.feed_models import CalendarFeed
from talent.placements.models import Placement
from talent.placements.schemas import PlacementMoved
from talent.placements.states import PlacementAction, PlacementState
from tests.factories.corridor import make_account, make_agency, make_published_vacancy
from tests.factories.placements import make_placement
from tests.web.page_client import Browser
from tests.web.placement_world import World

S = PlacementState


@pytest.fixture
def world(session, signed_in):
    return World(session, signed_in)


def many(world, count, state):
    return [make_placement(world.session, world.vacancy, state=state) for _ in range(count)]


def move_all(world, rows, action, *, expect=303, **told):
    page = world.agency.get(f"/placements/together?action={action}")
    return page, world.agency.send(page, expect=expect, chosen=[str(row.id) for row in rows], **told)


def states(world, rows):
    world.session.expire_all()
    return [world.session.get_one(Placement, row.id).state for row in rows]


def test_a_hundred_move_at_once_and_the_refused_come_back_with_their_reason_and_as_a_table(world):
    ready = many(world, 97, S.TRAVELLED)
    gone_on = many(world, 3, S.TRAVELLED)
    page = world.agency.get("/placements/together?action=arrive")
    for row in gone_on:  # somebody else moved these while the page was read
        row.state = S.ARRIVED
    world.session.flush()
    here = world.agency.send(page, chosen=[str(row.id) for row in (*ready, *gone_on)])
    assert set(states(world, ready)) == {S.ARRIVED}
    text = world.agency.get(here).text
    assert "97 placements were moved." in text
    assert "3 were refused." in text
    assert text.count("This cannot be done now: it is arrived.") == 3
    table = world.agency.client.get(f"{here}/refused")
    assert all(row.reference in table.text for row in gone_on)
    again = world.agency.send(page, chosen=[str(row.id) for row in ready])
    assert again == here  # the same form sent twice has one effect
    assert len(world.session.scalars(select(BulkMove)).all()) == 1


def test_another_agencys_placement_is_neither_moved_nor_named(world, session):
    theirs = make_placement(session, make_published_vacancy(session, make_agency(session)), state=S.TRAVELLED)
    (mine,) = many(world, 1, S.TRAVELLED)
    _, here = move_all(world, [mine, theirs], "arrive")
    assert states(world, [mine, theirs]) == [S.ARRIVED, S.TRAVELLED]
    text = world.agency.get(here).text
    assert "1 placement was moved." in text
    assert theirs.reference not in text
    world.other_agency.get(here, expect=404)
    world.candidate.get("/placements/together", expect=403)


def test_nothing_ticked_and_more_than_a_hundred_are_refused_in_words(world):
    many(world, 1, S.TRAVELLED)
    page = world.agency.get("/placements/together?action=arrive")
    assert "Tick at least one placement." in world.agency.send(page, expect=422).text

    staff = Actor(make_account(world.session, Role.PROJECT_STAFF).id, Role.PROJECT_STAFF)
    with pytest.raises(Unprocessable, match="100"):
        bulk.move_together(
            world.session, staff, [uuid4() for _ in range(101)], PlacementAction.ARRIVE, PlacementMoved()
        )


def test_a_calendar_holds_references_and_days_and_no_names_and_its_address_can_be_taken_back(world, app):
    world.begin()
    placement = world.placement
    placement.next_due_on = today() + timedelta(days=5)
    world.session.flush()
    content = world.agency.client.get("/calendar/file").text
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [f"Deadline: {placement.reference}"]
    assert [event["dtstart"].dt for event in events] == [today() + timedelta(days=5)]
    assert placement.employer not in content
    page = world.agency.get("/calendar")
    made = world.agency.send(page, action="/calendar/feed", expect=200)
    address = re.search(r"/calendar/feed/[\w-]{43}", made.text)[0]
    kept = world.session.scalars(select(CalendarFeed.token_hash)).one()
    assert address.rsplit("/", 1)[1] not in kept
    program = Browser(app)
    assert placement.reference in program.client.get(address).text
    world.agency.send(world.agency.get("/calendar"), action="/calendar/feed/end")
    program.get(address, expect=404)


def test_a_new_address_shuts_the_old_one(world, app):
    addresses = []
    for _ in range(2):
        made = world.agency.send(world.agency.get("/calendar"), action="/calendar/feed", expect=200)
        addresses.append(re.search(r"/calendar/feed/[\w-]{43}", made.text)[0])
    program = Browser(app)
    program.get(addresses[0], expect=404)
    assert program.client.get(addresses[1]).status_code == 200


def test_anybody_reports_an_error_on_a_way_staff_read_it_and_nobody_floods_them(world, app):
    reader = Browser(app)
    here = "/pathways/fi_employed_person/error"
    assert "Say what is wrong." in reader.send(reader.get(here), expect=422, words="no").text
    for _ in range(3):
        reader.send(reader.get(here), words="The pay is EUR 1 650 since January.")
    refused = reader.send(reader.get(here), expect=429, words="Once more, the pay is wrong.")
    assert "Too many tries." in refused.text
    kept = world.session.scalars(select(ErrorReport)).all()
    assert {(row.pathway_id, row.words) for row in kept} == {
        ("fi_employed_person", "The pay is EUR 1 650 since January.")
    }
    page = world.staff.get("/error-reports")
    assert page.text.count("The pay is EUR 1 650 since January.") == 3
    world.staff.send(page, action=f"/error-reports/{kept[0].id}", answer="The decree still says 1 600.")
    assert "The decree still says 1 600." in world.staff.get("/error-reports").text
    world.agency.get("/error-reports", expect=403)
    assert "Reported errors" in world.staff.get("/today").text
