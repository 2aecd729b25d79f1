"""The ledger of places: where a place is in each state, that books balance, and what is promised too often."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from talent.pathways.catalogue import catalogue
from talent.placements.ledger import Counter, faults, free_what_nobody_holds, hold
from talent.placements.ledger_models import BookKind, Pocket, SeatBook, SeatHold
from talent.placements.models import Placement
from talent.placements.places import Promise, expected_places, pocket_of, quotas_of
from talent.placements.states import AT_WORK, FINAL, PlacementState
from tests.factories.corridor import make_agency, make_published_vacancy, make_release
from tests.factories.placements import make_placement

S = PlacementState
VACANCY, QUOTA = BookKind.VACANCY, BookKind.QUOTA
BEFORE = (S.OFFERED, S.ACCEPTED, S.TRAINING)
WITH_VISA = (S.VISA, S.EXIT_CLEARANCE, S.TRAVELLED, S.ARRIVED)
ITALY = Counter("quota:it", QUOTA, 3)
CLAIM = Counter("quota:claim", QUOTA, 2)


def test_a_seat_is_reserved_until_work_begins_and_used_from_then_on():
    expected = dict.fromkeys((*BEFORE, S.PERMIT, *WITH_VISA), Pocket.RESERVED)
    expected |= dict.fromkeys((*AT_WORK, S.SETTLED), Pocket.USED)
    assert {state: pocket_of(VACANCY, state, None) for state in expected} == expected


def test_a_permits_place_is_reserved_with_the_request_and_used_with_the_permit():
    expected = dict.fromkeys(BEFORE) | {S.PERMIT: Pocket.RESERVED}
    expected |= dict.fromkeys((*WITH_VISA, *AT_WORK, S.SETTLED), Pocket.USED)
    assert {state: pocket_of(QUOTA, state, None) for state in expected} == expected


@pytest.mark.parametrize("kind", BookKind)
def test_an_end_gives_back_what_was_reserved_and_never_what_was_used(kind):
    wrong = [
        (final, was)
        for final, was in product((S.RETURNED, S.ENDED), set(S) - FINAL)
        if (pocket_of(kind, final, was) is Pocket.USED) != (pocket_of(kind, was, None) is Pocket.USED)
        or pocket_of(kind, final, was) is Pocket.RESERVED
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("reserved", "used", "refused", "expected"),
    [(10, 0, None, 10), (10, 0, 0.0, 10), (10, 0, 0.2, 8), (10, 2, 0.25, 10), (3, 0, 0.5, 2), (0, 4, 0.9, 4)],
)
def test_of_the_reserved_the_known_share_of_refusals_is_spared_and_an_unknown_one_spares_nobody(
    reserved, used, refused, expected
):
    assert expected_places(reserved, used, refused) == expected


@pytest.mark.parametrize(("capacity", "too_many"), [(9, 1), (10, 0), (11, 0)])
def test_more_expected_than_there_are_is_too_many(capacity, too_many):
    assert Promise(SeatBook(capacity=capacity), 10).too_many == too_many


def test_the_decrees_counter_and_the_ministrys_claim_stand_side_by_side():
    placement = Placement(country="IT", pathway_id="it_flussi_art22")
    found = {row.id for row in quotas_of(placement, 2026)}
    assert found == {"it_nonseasonal_2026", "it_listed_countries_2026", "it_pakistan_claim_2026"}
    assert quotas_of(placement, 2031) == []
    assert quotas_of(Placement(country="DE", pathway_id="de_blue_card_18g"), 2026) == []


def test_every_quota_that_a_way_names_has_a_counter():
    named = {(row.country, name) for row in catalogue().pathways for name in row.quotas}
    assert named <= {(row.country, row.category) for row in catalogue().quotas}


def book(session, counter=ITALY):
    found = session.scalars(select(SeatBook).where(SeatBook.key == counter.key)).one()
    return found.free, found.reserved, found.used


@pytest.fixture
def placed(session):
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session))
    return [make_placement(session, vacancy).id for _ in range(4)]


def test_places_go_from_free_to_reserved_to_used_and_back_and_the_books_balance(session, placed):
    hold(session, placed[0], {ITALY: Pocket.RESERVED, CLAIM: Pocket.RESERVED})
    assert (book(session), book(session, CLAIM)) == ((2, 1, 0), (1, 1, 0))
    hold(session, placed[0], {ITALY: Pocket.USED, CLAIM: Pocket.USED})
    hold(session, placed[0], {ITALY: Pocket.USED, CLAIM: Pocket.USED})
    assert book(session) == (2, 0, 1)
    hold(session, placed[0], {ITALY: None, CLAIM: None})
    assert book(session) == (3, 0, 0)
    assert list(faults(session)) == []


def test_more_than_there_are_can_be_promised_and_shows_below_nothing(session, placed):
    for one in placed:
        hold(session, one, {ITALY: Pocket.RESERVED})
    assert book(session) == (-1, 4, 0)
    assert list(faults(session)) == []


def test_when_the_source_says_another_number_the_book_follows(session, placed):
    hold(session, placed[0], {ITALY: Pocket.RESERVED})
    for capacity, free in ((1, 0), (5, 4)):
        hold(session, placed[0], {Counter(ITALY.key, QUOTA, capacity): Pocket.RESERVED})
        assert book(session) == (free, 1, 0)
    assert list(faults(session)) == []


def test_a_reserved_place_of_an_erased_person_is_freed_at_night_and_a_used_one_stays_used(session, placed):
    hold(session, placed[0], {ITALY: Pocket.RESERVED})
    hold(session, placed[1], {ITALY: Pocket.USED})
    for held in session.scalars(select(SeatHold)):
        held.held_for = None
    session.flush()
    assert free_what_nobody_holds(session) == 1
    assert book(session) == (2, 0, 1)
    assert list(faults(session)) == []


def test_a_book_that_was_tampered_with_is_found_out(session, placed):
    hold(session, placed[0], {ITALY: Pocket.RESERVED})
    found = session.scalars(select(SeatBook)).one()
    found.free, found.used = found.free - 1, found.used + 1
    session.flush()
    assert len(list(faults(session))) == 2


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0, 1))
def test_never_fewer_are_expected_than_work_already_nor_more_than_were_promised(reserved, used, refused):
    assert used <= expected_places(reserved, used, refused) <= used + reserved
