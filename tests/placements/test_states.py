"""Every pair of state and action leads where the table says and nowhere else; ends are coded; months are counted."""

from datetime import date
from itertools import product

import pytest

from talent.accounts.permissions import Permission, Role
from talent.casework.take import unmet
from talent.foundation.errors import Conflict
from talent.pathways.terms import Doer, Stage
from talent.placements.rules import NOTED_BY, may_note, months_between
from talent.placements.states import (
    ABROAD,
    AT_WORK,
    BEFORE_WORK,
    FINAL,
    MONTHS_TO,
    PARTS,
    PLACEMENT,
    REASON_NAMES,
    SIDE_OF,
    ExitReason,
    PlacementAction,
    PlacementFacts,
    PlacementState,
    Side,
)

S, A = PlacementState, PlacementAction
FORWARD = {
    (S.OFFERED, A.ACCEPT): S.ACCEPTED,
    (S.ACCEPTED, A.BEGIN_TRAINING): S.TRAINING,
    (S.ACCEPTED, A.BEGIN_PERMIT): S.PERMIT,
    (S.TRAINING, A.BEGIN_PERMIT): S.PERMIT,
    (S.PERMIT, A.BEGIN_VISA): S.VISA,
    (S.VISA, A.BEGIN_EXIT): S.EXIT_CLEARANCE,
    (S.EXIT_CLEARANCE, A.CLEAR): S.TRAVELLED,
    (S.TRAVELLED, A.ARRIVE): S.ARRIVED,
    (S.ARRIVED, A.START_WORK): S.EMPLOYED,
    (S.EMPLOYED, A.CONFIRM_WORK): S.RETAINED_3,
    (S.RETAINED_3, A.CONFIRM_WORK): S.RETAINED_6,
    (S.RETAINED_6, A.CONFIRM_WORK): S.RETAINED_12,
    (S.RETAINED_12, A.CONFIRM_WORK): S.RETAINED_24,
    (S.RETAINED_24, A.SETTLE): S.SETTLED,
}
WITHOUT_END = {
    (state, action): target
    for states, action, target in (
        (ABROAD, A.RETURN, S.RETURNED),
        (ABROAD, A.RECORD_RETURN, S.RETURNED),
        (BEFORE_WORK, A.WITHDRAW, S.ENDED),
        ((*BEFORE_WORK, *AT_WORK), A.END, S.ENDED),
    )
    for state in states
}


class OneCase:
    id = None

    def __init__(self, state: PlacementState):
        self.state = state


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(state, action):
    step = PLACEMENT.step(state, action)
    assert (step.target if step else None) == (FORWARD | WITHOUT_END).get((state, action))


def test_an_offer_is_accepted_only_when_its_terms_are_in_the_candidates_hand():
    said = {
        told: unmet(OneCase(S.OFFERED), PLACEMENT, A.ACCEPT, PlacementFacts(terms_are_told=told))
        for told in (True, False)
    }
    assert (len(said[True]), len(said[False])) == (0, 1)


def test_every_state_that_is_not_final_can_be_left_and_a_final_one_cannot():
    assert {state for state in S if not PLACEMENT.steps_from(state)} == FINAL


def test_only_the_candidate_answers_an_offer_and_only_a_protector_or_staff_clears_a_departure():
    who = {step.action: step.permission for step in PLACEMENT.steps}
    assert who[A.ACCEPT] is who[A.WITHDRAW] is who[A.RETURN] is who[A.SETTLE] is Permission.PLACEMENT_ANSWER
    assert who[A.CLEAR] is Permission.PLACEMENT_CLEAR


def test_every_reason_has_a_side_and_words_and_every_side_has_reasons():
    assert set(SIDE_OF) == set(REASON_NAMES) == set(ExitReason)
    assert set(SIDE_OF.values()) == set(Side)


@pytest.mark.parametrize("reason", [None, *ExitReason])
def test_an_end_needs_a_reason_and_a_candidate_gives_an_own_one_or_reports_the_employer(reason):
    facts = PlacementFacts(reason=reason)
    by_agency = unmet(OneCase(S.PERMIT), PLACEMENT, A.END, facts)
    by_candidate = unmet(OneCase(S.PERMIT), PLACEMENT, A.WITHDRAW, facts)
    own = {
        ExitReason.OTHER_JOB,
        ExitReason.FAMILY,
        ExitReason.CHANGED_MIND,
        ExitReason.TERMS_BROKEN,
        ExitReason.WORKER_WAS_CHARGED,
    }
    assert bool(by_agency) is (reason is None)
    assert bool(by_candidate) is (reason not in own)


@pytest.mark.parametrize(
    ("state", "action", "last"),
    [
        (S.ACCEPTED, A.BEGIN_TRAINING, "preparation"),
        (S.ACCEPTED, A.BEGIN_PERMIT, "training"),
        (S.TRAINING, A.BEGIN_PERMIT, "training"),
        (S.PERMIT, A.BEGIN_VISA, "permit"),
        (S.VISA, A.BEGIN_EXIT, "visa"),
        (S.EXIT_CLEARANCE, A.CLEAR, "exit"),
    ],
)
def test_a_part_of_the_journey_begins_when_every_required_step_before_it_is_done(state, action, last):
    said = {
        part: [one.english() for one in unmet(OneCase(state), PLACEMENT, action, PlacementFacts(((part, "x"),)))]
        for part in PARTS
    }
    stops = PARTS[: PARTS.index(last) + 1]
    assert said == {part: ["Not done yet: x."] if part in stops else [] for part in PARTS}


def test_the_parts_are_those_of_the_ways():
    assert tuple(stage.value for stage in Stage) == PARTS


@pytest.mark.parametrize(
    ("state", "months", "is_met"),
    [(state, months + more, more >= 0) for state, months in MONTHS_TO.items() for more in (-1, 0, 1)],
)
def test_work_is_confirmed_after_3_6_12_and_24_months_and_not_before(state, months, is_met):
    facts = PlacementFacts(months_at_work=months)
    assert (unmet(OneCase(state), PLACEMENT, A.CONFIRM_WORK, facts) == []) is is_met


def test_without_a_first_day_of_work_nothing_is_confirmed():
    assert unmet(OneCase(S.EMPLOYED), PLACEMENT, A.CONFIRM_WORK, PlacementFacts()) != []


def test_what_is_over_stays_over():
    for state, action in product(FINAL, A):
        with pytest.raises(Conflict):
            unmet(OneCase(state), PLACEMENT, action, PlacementFacts())


@pytest.mark.parametrize(
    ("began", "on", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 30), 1),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2026, 11, 15), date(2027, 2, 14), 2),
        (date(2026, 11, 15), date(2027, 2, 15), 3),
        (date(2024, 2, 29), date(2026, 2, 28), 23),
        (date(2024, 2, 29), date(2026, 3, 1), 24),
    ],
)
def test_a_month_is_over_on_the_day_of_the_same_number(began, on, months):
    assert months_between(began, on) == months


def test_staff_note_every_step_and_nobody_else_notes_the_workers_visa_for_the_mission():
    assert NOTED_BY[Role.PROJECT_STAFF] == frozenset(Doer)
    assert not may_note(Role.CANDIDATE, Doer.MISSION)
    assert not may_note(Role.AGENCY_OFFICER, Doer.PROTECTOR)
    assert may_note(Role.PROTECTORATE_OFFICER, Doer.PROTECTOR)
    assert not any(may_note(role, doer) for role in set(Role) - set(NOTED_BY) for doer in Doer)
