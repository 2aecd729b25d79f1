"""Quotas and seats on their page: the places of a placement follow its moves, and too many promises are seen in red."""

import pytest
from sqlalchemy import select

from talent.placements.ledger import faults
from talent.placements.ledger_models import BookKind, SeatBook
from tests.web.placement_world import World


@pytest.fixture
def world(session, signed_in):
    return World(session, signed_in)


def seats(world):
    world.session.expire_all()
    book = world.session.scalars(select(SeatBook).where(SeatBook.kind == BookKind.VACANCY)).one()
    return book.free, book.reserved, book.used


def test_an_offer_reserves_a_seat_and_whoever_leaves_gives_it_back(world):
    world.vacancy.seats = 2
    world.begin()
    assert seats(world) == (1, 1, 0)
    world.move(world.candidate, "withdraw", reason="family")
    assert seats(world) == (2, 0, 0)
    assert list(faults(world.session)) == []


def test_a_vacancy_with_more_offers_than_seats_is_seen_in_red(world):
    world.vacancy.seats = 1
    world.begin()
    assert "Over-promised" not in world.agency.get("/places").text
    world.introduction = world.another_introduction()
    page = world.agency.get(f"/placements/new/{world.introduction.id}").text
    assert "Every seat of this vacancy is promised already" in page
    world.begin()
    text = world.agency.get("/places").text
    assert "Over-promised" in text
    assert "1 more person is expected" in text
    assert "Over-promised" not in world.other_agency.get("/places").text


def test_where_sources_disagree_both_counters_stand_on_the_page(world):
    text = world.staff.get("/places").text
    assert "Sources disagree" in text
    assert "25,000" in text
    assert "2,000" in text


def test_candidates_and_the_protectorate_have_nothing_to_do_with_places(world):
    world.candidate.get("/places", expect=403)
    world.protector.get("/places", expect=403)
