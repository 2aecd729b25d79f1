"""The night's sharing-out on stored lists: who is proposed, who is seen by nobody, and who may read which."""

from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlalchemy.dialects import postgresql

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.foundation.errors import NotPermitted
from talent.matching import shared_places
from talent.matching.engine import load
from talent.matching.lengths import CARDS_A_PAGE
from talent.matching.models import Introduction, SharedPlace, Suggestion
from talent.matching.policy import BOTH_ORDER, visible_shared_places
from talent.matching.runs import match_everything
from talent.matching.shared_places import proposed_to, share_out, unseen
from talent.matching.sharing import PROPOSED_PER_SEAT
from talent.matching.states import IntroductionState
from talent.profiles.states import ProfileState
from talent.vacancies.states import VacancyState
from tests.factories.corridor import make_agency, make_published_profile, make_published_vacancy, make_release
from tests.factories.encoder import KeywordEncoder

WELDING = ("welding steel", "pipe welding")
STAFF = Actor(uuid4(), Role.PROJECT_STAFF)


@pytest.fixture
def market(session):
    """Two vacancies of one seat for welders, and eight welders who lack nothing."""
    make_release(session)
    agency = make_agency(session)
    vacancies = [make_published_vacancy(session, agency, must=WELDING) for _ in range(2)]
    people = [make_published_profile(session, countries=["DE"], skills=WELDING) for _ in range(8)]
    match_everything(session, load(session, KeywordEncoder()))
    return vacancies, people


def proposals(session):
    return session.execute(select(SharedPlace.vacancy_id, SharedPlace.profile_id).where(SharedPlace.is_proposed)).all()


def met(session, vacancy, person, state):
    session.add(
        Introduction(
            vacancy_id=vacancy.id,
            profile_id=person.id,
            organisation_id=vacancy.organisation_id,
            state=state,
            changed_at=now(),
        )
    )
    session.flush()


def test_each_vacancy_gets_three_people_for_its_seat_and_nobody_twice(session, market):
    vacancies, _ = market
    assert share_out(session) == 2 * PROPOSED_PER_SEAT
    found = proposals(session)
    assert len({person for _, person in found}) == 2 * PROPOSED_PER_SEAT
    for vacancy in vacancies:
        assert sum(to == vacancy.id for to, _ in found) == PROPOSED_PER_SEAT


def test_sharing_out_again_replaces_what_was_shared_out(session, market):
    share_out(session)
    before = set(proposals(session))
    share_out(session)
    assert set(proposals(session)) == before


@pytest.mark.parametrize("state", list(IntroductionState))
def test_who_said_no_is_not_proposed_there_again_and_who_was_accepted_nowhere(session, market, state):
    (first, second), people = market
    met(session, first, people[0], state)
    share_out(session)
    proposed_somewhere = {to for to, person in proposals(session) if person == people[0].id}
    over = {IntroductionState.DECLINED, IntroductionState.WITHDRAWN, IntroductionState.TURNED_DOWN}
    assert first.id not in proposed_somewhere or state not in over
    assert not proposed_somewhere or state is not IntroductionState.ACCEPTED
    taken = PROPOSED_PER_SEAT if state is not IntroductionState.ACCEPTED else 0
    assert sum(to == first.id for to, _ in proposals(session)) == taken
    assert sum(to == second.id for to, _ in proposals(session)) == PROPOSED_PER_SEAT


def test_only_open_vacancies_and_people_who_may_be_ranked_are_shared_out(session, market):
    (first, second), people = market
    first.state = VacancyState.CLOSED
    people[0].state = ProfileState.PAUSED
    session.flush()
    share_out(session)
    found = proposals(session)
    assert {to for to, _ in found} == {second.id}
    assert people[0].id not in {person for _, person in found}


def test_who_lacks_something_or_hardly_fits_is_not_proposed(session, market):
    _, people = market
    for row in session.scalars(select(Suggestion).where(Suggestion.profile_id == people[0].id)):
        row.missing = 1
    for row in session.scalars(select(Suggestion).where(Suggestion.profile_id == people[1].id)):
        row.score = 29.99
    session.flush()
    share_out(session)
    assert {people[0].id, people[1].id}.isdisjoint(person for _, person in proposals(session))


def test_who_stands_behind_the_first_page_of_every_list_is_told_to_staff(session, market, monkeypatch):
    """With two cards a page, of eight welders on two lists at least four stand on no first page."""
    assert CARDS_A_PAGE > 2
    monkeypatch.setattr(shared_places, "CARDS_A_PAGE", 2)
    share_out(session)
    listed = unseen(session, STAFF)
    first_pages = set()
    for vacancy in market[0]:
        order = BOTH_ORDER
        rows = session.scalars(
            select(Suggestion.profile_id).where(Suggestion.vacancy_id == vacancy.id).order_by(*order)
        )
        first_pages |= set(rows.all()[:2])
    hidden = {person.reference for person in market[1] if person.id not in first_pages}
    assert {one.reference for one in listed.rows} == hidden
    assert len(listed.rows) == len(hidden) >= 4
    assert all(one.standing is not None and one.standing > 2 for one in listed.rows)


def test_somebody_in_contact_is_not_unseen(session, market, monkeypatch):
    monkeypatch.setattr(shared_places, "CARDS_A_PAGE", 0)
    (first, _), people = market
    met(session, first, people[0], IntroductionState.ASKED)
    share_out(session)
    references = {one.reference for one in unseen(session, STAFF).rows}
    assert references == {person.reference for person in people[1:]}


def test_an_agency_reads_its_own_proposals_staff_the_unseen_and_nobody_else_anything(session, market, monkeypatch):
    monkeypatch.setattr(shared_places, "CARDS_A_PAGE", 0)
    (first, _), _ = market
    share_out(session)
    owner = Actor(uuid4(), Role.AGENCY_OFFICER, "", first.organisation_id)
    other = Actor(uuid4(), Role.AGENCY_OFFICER, "", make_agency(session).id)
    assert len(proposed_to(session, owner, [first.id])) == PROPOSED_PER_SEAT
    assert proposed_to(session, other, [first.id]) == frozenset()
    for role in (Role.CANDIDATE, Role.INSTITUTE_OFFICER, Role.AUDITOR):
        assert session.scalars(visible_shared_places(Actor(uuid4(), role))).all() == []
    with pytest.raises(NotPermitted):
        unseen(session, owner)


def test_each_statement_reads_every_pair_once_for_as_long_as_it_takes(session, market):
    read = []

    def note(connection, _cursor, statement, *_):
        if " AS is_on_list" in statement:
            driver = connection.connection.driver_connection
            shown = [driver.execute(f"show {name}").fetchone()[0] for name in ("statement_timeout", "enable_nestloop")]
            read.append(shown)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    try:
        share_out(session)
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", note)
    assert read == [["0", "off"]] * 2, "those on lists, and those on none"
    for one in (shared_places._listed_pairs(), shared_places._note_unseen([], now())):
        written = str(one.compile(dialect=postgresql.dialect()))
        assert written.count("FROM suggestion") == 1
        assert "JOIN suggestion" not in written
