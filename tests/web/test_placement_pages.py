"""A placement on its pages: an agency, a candidate, a protector and project staff, each in a browser."""

import pytest

from talent.foundation.clock import now, today
from talent.pathways.eligibility import NOT_A_PERMIT
from talent.placements.states import PlacementState
from talent.placements.step_models import RulesChange
from talent.vacancies.models import CostPayer
from tests.web.placement_world import World

S = PlacementState


@pytest.fixture
def world(session, signed_in):
    return World(session, signed_in)


def test_a_welder_goes_by_fast_track_over_both_shores_to_work(world):
    world.begin()
    assert world.placement.state is S.OFFERED
    own = world.candidate.get(world.here)
    assert NOT_A_PERMIT in own.text
    world.accept()
    top = world.candidate.get(world.here).text
    assert "Next step" in top
    assert "Sign the contract or binding offer" in top
    world.note_all("preparation")
    world.over_both_shores()
    assert world.placement.state is S.TRAVELLED
    world.work_since(100)
    world.move(world.agency, "confirm_work")
    assert world.placement.state is S.RETAINED_3
    assert "This can be confirmed after 6 months of work." in world.move(world.agency, "confirm_work", expect=422).text
    world.move(world.candidate, "return")
    assert (world.placement.state, world.placement.last_active) == (S.RETURNED, S.RETAINED_3)


def test_a_part_of_the_journey_does_not_begin_before_the_steps_before_it_are_done(world):
    world.begin()
    world.accept()
    assert "Not done yet:" in world.move(world.agency, "begin_permit", expect=422).text
    assert world.placement.state is S.ACCEPTED


def test_an_end_keeps_its_coded_reason_its_side_and_the_last_active_state(world):
    world.begin()
    world.accept()
    assert "Choose the reason." in world.move(world.agency, "end", expect=422).text
    world.move(world.agency, "end", reason="no_visa", note="Papers were missing.")
    found = world.placement
    assert (found.state, found.last_active, found.exit_reason) == (S.ENDED, S.ACCEPTED, "no_visa")
    text = world.candidate.get(world.here).text
    assert "Ended while: Offer accepted. Reason: The visa was refused (on an authority’s side)." in text


def test_a_candidate_leaves_with_an_own_reason(world):
    world.begin()
    world.move(world.candidate, "withdraw", reason="changed_mind")
    assert (world.placement.state, world.placement.last_active) == (S.ENDED, S.OFFERED)


def test_the_clock_runs_from_the_day_that_was_noted_and_the_inbox_shows_its_end(world):
    world.begin()
    world.accept()
    for step in ("offer", "power_of_attorney", "agreement", "recognition_application"):
        world.note(world.staff, "de_fast_track_81a", step, days_ago=3)
    due = world.placement.next_due_on
    assert due is not None
    assert due > today()
    assert "days left" in world.candidate.get(world.here).text
    world.note(world.staff, "de_fast_track_81a", "receipt")
    assert world.placement.next_due_on is None


def test_a_day_that_cannot_be_is_refused_and_a_step_is_noted_once(world):
    world.begin()
    world.accept()
    refused = world.note(world.candidate, "de_fast_track_81a", "offer", days_ago=-1, expect=422)
    assert "The day is in the future." in refused.text
    world.note(world.candidate, "de_fast_track_81a", "offer")
    again = world.note(world.candidate, "de_fast_track_81a", "offer", expect=422)
    assert "This step was noted already." in again.text
    late = world.note(world.staff, "de_fast_track_81a", "visa", expect=422)
    assert "A step before this one is not done yet." in late.text
    theirs = world.note(world.candidate, "de_fast_track_81a", "agreement", expect=422)
    assert "Somebody else notes this step." in theirs.text


def test_nobody_else_knows_of_it_and_the_protectorate_only_before_departure(world):
    world.begin()
    world.other_agency.get(world.here, expect=404)
    world.protector.get(world.here, expect=404)
    assert world.placement.reference not in world.other_agency.get("/placements").text
    assert world.agency.get(world.here).status == 200


def test_a_long_inbox_is_read_page_by_page_and_nothing_is_cut_off(world):
    world.begin()
    references = {world.placement.reference}
    for _ in range(25):
        world.introduction = world.another_introduction()
        world.begin()
        references.add(world.placement.reference)
    first, second = (world.agency.get(f"/placements?page={number}").text for number in (1, 2))
    shown = [{reference for reference in references if reference in text} for text in (first, second)]
    assert [len(one) for one in shown] == [25, 1]
    assert shown[0] | shown[1] == references


def test_no_page_of_a_placement_names_the_candidate(world):
    from talent.profiles.identity import contact_of

    world.begin()
    contact = contact_of(world.session, world.profile.id)
    for reader in (world.agency, world.staff, world.candidate):
        text = reader.get(world.here).text
        assert world.profile.reference in text
        if contact is not None and contact.full_name:
            assert contact.full_name not in text


def test_a_vacancy_whose_recruiter_charges_the_worker_takes_nobody(world):
    world.vacancy.cost_payer = CostPayer.WORKER
    world.session.flush()
    assert "charges the worker" in world.agency.get(f"/placements/new/{world.introduction.id}", expect=422).text


def test_an_introduction_is_placed_once_and_only_when_it_was_accepted(world):
    world.begin()
    world.agency.get(f"/placements/new/{world.introduction.id}", expect=409)
    world.other_agency.get(f"/placements/new/{world.introduction.id}", expect=404)


def test_the_search_for_work_is_no_way_to_place_anybody(world):
    text = world.agency.get(f"/placements/new/{world.introduction.id}").text
    assert "accelerated procedure" in text
    assert "Opportunity Card" not in text


def test_papers_are_compared_for_the_moment_and_kept_nowhere(world):
    world.begin()
    here = f"{world.here}/papers"
    told = {"passport_name": "MUHAMMAD ALI", "contract_name": "MUHAMMADALI", "passport_number": "AB1234567"}
    answer = world.agency.send(world.agency.get(here), action=here, expect=200, **told)
    assert "the name is split otherwise (MUHAMMAD ALI – MUHAMMADALI)" in answer.text
    assert "The passport number was told of fewer than two papers." in answer.text
    assert "AB1234567" not in world.staff.get(here).text
    assert world.other_agency.get(here, expect=404)


def test_candidate_and_staff_read_what_changed_in_the_rules_while_the_placement_was_open(world):
    world.begin()
    fee = ["de_fast_track_81a", "fees", "changed", "The accelerated procedure"]
    world.session.add(RulesChange(placement_id=world.placement.id, at=now(), changes=[fee]))
    world.session.flush()
    for browser in (world.candidate, world.staff, world.agency):
        text = browser.get(world.here).text
        assert "What changed in the rules of this way" in text
        assert "Fee – changed: The accelerated procedure" in text
