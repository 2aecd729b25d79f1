"""What is wished for, as it is read: the candidate's own list by it, a shortlist by both sides, and no amount."""

import pytest
from sqlalchemy import func, select

from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.matching.engine import load
from talent.matching.models import Suggestion
from talent.matching.reasons import GivenWish, unpacked
from talent.matching.runs import match_everything
from talent.matching.wishes import Granted
from talent.vacancies.terms import PayPeriod
from tests.factories.corridor import (
    make_account,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder

WELDING = ("welding steel", "pipe welding")
LEAST = 2_713
"""A number that stands on no other place of a page."""


def paid(euros):
    return {"pay_from_cents": euros * 100, "pay_period": PayPeriod.MONTH, "hours_per_week": 40}


@pytest.fixture
def corridor(session):
    """Two equal jobs of which the second pays more; one welder who wishes for it, and one who can do less."""
    make_release(session)
    agency = make_agency(session)
    poor = make_published_vacancy(session, agency, must=WELDING, title="Welder for little", **paid(1_000))
    rich = make_published_vacancy(session, agency, must=WELDING, title="Welder for more", **paid(3_000))
    demanding = make_published_profile(session, skills=WELDING, least_pay_euros=LEAST, first_countries=["IT"])
    modest = make_published_profile(session, skills=("welding steel",))
    match_everything(session, load(session, KeywordEncoder()))
    officer = make_account(session, role=Role.AGENCY_OFFICER, organisation_id=agency.id)
    return poor, rich, demanding, modest, officer


@pytest.fixture
def as_candidate(session, corridor, signed_in):
    return signed_in(session.get_one(Account, corridor[2].account_id))


@pytest.fixture
def as_officer(session, corridor, signed_in):
    return signed_in(session.get_one(Account, corridor[4].id))


def stored(session, vacancy, profile):
    return session.get_one(Suggestion, (vacancy.id, profile.id))


def test_the_own_list_begins_with_what_gives_most_of_the_wishes(session, corridor, as_candidate):
    poor, rich, demanding, *_ = corridor
    page = as_candidate.get("/matches")
    assert page.text.index("Welder for more") < page.text.index("Welder for little")
    assert stored(session, poor, demanding).score == stored(session, rich, demanding).score, "the work is the same"


def test_a_candidate_reads_each_wish_and_points_that_add_up(corridor, as_candidate):
    poor, rich, *_ = corridor
    page = as_candidate.get(f"/matches/{poor.id}")
    for words in (
        "The job is in the occupation that you look for.",
        "You would work in this country, but you like others best.",
        "The job pays less than you wish for.",
        "50 of 50", "12.5 of 25", "9.2 of 25", "71.7 of 100",
    ):  # fmt: skip
        assert words in page.text, words
    assert "The job pays at least what you wish for." in as_candidate.get(f"/matches/{rich.id}").text


def test_a_shortlist_is_shown_by_both_sides_or_by_need(session, corridor, as_officer):
    poor, _, demanding, modest, _ = corridor
    both = as_officer.get(f"/vacancies/{poor.id}/shortlist")
    need = as_officer.get(f"/vacancies/{poor.id}/shortlist?order=needs")
    assert need.text.index(demanding.reference) < need.text.index(modest.reference)
    assert both.text.index(modest.reference) < both.text.index(demanding.reference), "71.7 points of wishes, not 100"
    assert any("order=needs" in link for link in both.links())
    assert any("order=both" in link for link in need.links())
    assert as_officer.get(f"/vacancies/{poor.id}/shortlist?order=pay").text == both.text


def test_an_agency_reads_whether_a_wish_is_given_and_no_number_that_tells_how_far(session, corridor, as_officer):
    poor, _, demanding, *_ = corridor
    pair = stored(session, poor, demanding)
    pages = [f"/vacancies/{poor.id}/shortlist", f"/vacancies/{poor.id}/candidates/{demanding.id}"]
    for page in map(as_officer.get, pages):
        for number in (
            LEAST,
            pair.wished,
            pair.mutual,
            *(one.points for one in unpacked(pair.reasons).wishes.values()),
        ):
            for written in {f"{number:,}", f"{number:.1f}", f"{number:g}"} - {"50", "50.0"}:
                assert written not in page.text, (page, written)
    card = as_officer.get(pages[1]).text
    assert "The pay is less than the candidate wishes for. How much less is not shown." in card
    assert "Would work in this country, but likes others best." in card


def test_who_tells_no_other_wish_is_given_the_occupation_alone(session, corridor):
    _, rich, _, modest, _ = corridor
    assert unpacked(stored(session, rich, modest).reasons).wishes == {"work": GivenWish(100.0, 100.0, Granted.MET)}
    assert session.scalar(select(func.count()).select_from(Suggestion)) == 4
