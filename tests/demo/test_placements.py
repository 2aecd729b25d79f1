"""Journeys of the demonstration: every part of the way, both shores, and what the pages show of it."""

from collections import Counter

import pytest
from sqlalchemy import select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.demo.content import identity
from talent.demo.placements import add_placements
from talent.demo.travels import JOURNEYS, Extra
from talent.foundation.clock import today
from talent.matching.models import Introduction
from talent.placements.after_models import BulkRefusal, CheckIn
from talent.placements.contract_models import Contract, DemandLetter
from talent.placements.contract_states import ContractState
from talent.placements.cost_models import ChargeComplaint, Cost
from talent.placements.models import Placement, PlacementStep
from talent.placements.policy import visible_placements
from talent.placements.service import events
from talent.placements.states import ExitReason, PlacementState
from talent.profiles.models import Profile
from talent.profiles.states import ProfileState
from talent.taxonomy.models import Occupation
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState
from tests.demo.shortlists import suggest

S = PlacementState


@pytest.fixture(scope="module")
def travelled(demo):
    """The demonstration with a shortlist for each vacancy that a journey can begin from, and the journeys."""
    trades = {(journey.country, journey.isco) for journey in JOURNEYS}
    rows = demo.execute(
        select(Vacancy.id, Vacancy.country, Occupation.isco_group)
        .join(Occupation, Occupation.id == Vacancy.occupation_id)
        .where(Vacancy.state == VacancyState.PUBLISHED)
        .order_by(Vacancy.reference)
    ).all()
    published = select(Profile.id).where(Profile.state == ProfileState.PUBLISHED).order_by(Profile.reference)
    visitor = identity("profile", 0)
    people = [one for one in demo.scalars(published) if one != visitor]
    for number, (vacancy, country, isco) in enumerate(rows):
        if (country, isco) in trades:
            suggest(demo, vacancy, [visitor, *people[3 * number : 3 * number + 3]])
    assert add_placements(demo) == len(JOURNEYS)
    return demo


def placements(session):
    return session.scalars(select(Placement).order_by(Placement.created_at)).all()


def test_each_journey_came_as_far_as_its_row_says(travelled):
    reached = {Extra.RETURN: S.RETURNED, Extra.REFUSAL: S.ENDED}
    told = [next((reached[extra] for extra in one.extras if extra in reached), one.until) for one in JOURNEYS]
    found = Counter((one.country, one.pathway_id, one.state) for one in placements(travelled))
    assert found == Counter((one.country, one.way, state) for one, state in zip(JOURNEYS, told, strict=True))


def test_they_stand_in_five_countries_and_in_all_but_two_states(travelled):
    assert {one.country for one in placements(travelled)} == {"AT", "DE", "ES", "FI", "IT"}
    states = {one.state for one in placements(travelled)}
    assert set(S) - states == {S.TRAINING, S.RETAINED_12, S.RETAINED_24, S.SETTLED}


def test_nobody_travels_twice_but_the_visitor_who_came_back_first(travelled):
    own = Counter(one.account_id for one in placements(travelled))
    visitor = travelled.get_one(Profile, identity("profile", 0)).account_id
    assert own.pop(visitor) == 2
    assert set(own.values()) == {1}
    states = [one.state for one in placements(travelled) if one.account_id == visitor]
    assert states == [S.RETURNED, S.OFFERED]


def test_each_began_with_an_introduction_that_was_accepted(travelled):
    begun = select(Introduction.state).where(Introduction.id.in_(select(Placement.introduction_id)))
    assert {state.value for state in travelled.scalars(begun)} == {"accepted"}


def test_the_steps_of_both_shores_were_noted_by_whom_they_belong_to_and_none_lies_ahead(travelled):
    steps = travelled.scalars(select(PlacementStep)).all()
    assert {"pk_exit", "fi_employed_person", "de_fast_track_81a"} <= {step.way_id for step in steps}
    assert all(step.done_on <= today() for step in steps)
    protector = identity("account", "protectorate@demo.example")
    assert {step.step_id for step in steps if step.noted_by == protector} == {
        "agreement",
        "registration",
        "contract_attestation",
    }


def test_the_contracts_are_objected_to_confirmed_and_attested(travelled):
    states = Counter(travelled.scalars(select(Contract.state)))
    assert (states[ContractState.OBJECTED], states[ContractState.ATTESTED]) == (1, 1)
    letters = travelled.scalars(select(DemandLetter)).all()
    assert [bool(one.protectorate_agreed_at) for one in letters].count(True) == 1


def test_one_charge_opened_a_complaint_and_froze_its_vacancy(travelled):
    complaint = travelled.scalars(select(ChargeComplaint)).one()
    assert travelled.get_one(Vacancy, complaint.vacancy_id).state is VacancyState.FROZEN
    charged = Counter(travelled.scalars(select(Cost.is_charge)))
    assert charged == {True: 1, False: 4}


def test_question_rounds_are_answered_well_and_badly_and_one_waits(travelled):
    rounds = travelled.scalars(select(CheckIn)).all()
    answered = [one for one in rounds if one.answered_at]
    assert [one.needs_a_look for one in answered].count(True) == 1
    assert len(answered) == 3
    assert len(rounds) - len(answered) == 1


def test_one_ended_with_its_reason_and_one_move_of_many_was_refused_with_its_own(travelled):
    ended = next(one for one in placements(travelled) if one.state is S.ENDED)
    assert (ended.exit_reason, ended.last_active) == (ExitReason.PERMIT_REFUSED, S.PERMIT)
    assert events(travelled, ended)[-1].note
    assert travelled.scalars(select(BulkRefusal.sentence)).one() == "Not done yet: {step}."


def test_the_protectorate_sees_who_is_about_to_leave(travelled):
    officer = Actor(identity("account", "protectorate@demo.example"), Role.PROTECTORATE_OFFICER)
    seen = Counter(one.state for one in travelled.scalars(visible_placements(officer)))
    assert set(seen) == {S.VISA, S.EXIT_CLEARANCE, S.TRAVELLED}


def test_without_shortlists_nothing_is_added(session):
    assert add_placements(session) == 0
