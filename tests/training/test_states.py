"""The four tables: every state with every action."""

from dataclasses import replace
from itertools import product

import pytest

from talent.accounts.permissions import ROLE_PERMISSIONS, Role
from talent.training.states import (
    COHORT,
    ENROLMENT,
    INTEGRITY_FINDING,
    TRAINING_REQUEST,
    CohortAction,
    CohortFacts,
    CohortState,
    EnrolmentAction,
    EnrolmentFacts,
    EnrolmentState,
)

C, A, E, M = CohortState, CohortAction, EnrolmentState, EnrolmentAction
COHORT_MOVES = {
    (C.PLANNED, A.OPEN): C.ENROLLING,
    (C.PLANNED, A.CANCEL): C.CANCELLED,
    (C.ENROLLING, A.START): C.RUNNING,
    (C.ENROLLING, A.CANCEL): C.CANCELLED,
    (C.RUNNING, A.ASSESS): C.ASSESSED,
    (C.RUNNING, A.CANCEL): C.CANCELLED,
    (C.ASSESSED, A.CERTIFY): C.CERTIFIED,
    (C.CERTIFIED, A.CLOSE): C.CLOSED,
}
LEAVING = {M.DROP_OUT: E.DROPPED_OUT, M.EXCLUDE: E.EXCLUDED, M.WITHDRAW: E.DROPPED_OUT}
ENROLMENT_MOVES = {
    (E.APPLIED, M.ENROL): E.ENROLLED,
    (E.ENROLLED, M.START): E.ACTIVE,
    (E.ACTIVE, M.COMPLETE): E.COMPLETED,
    (E.ACTIVE, M.FAIL): E.FAILED,
    **{(state, action): to for state in (E.APPLIED, E.ENROLLED, E.ACTIVE) for action, to in LEAVING.items()},
}
READY = CohortFacts(
    skills=1, has_dates=True, has_venue=True, has_instructor=True, seated=1, unfinished=0, assessments=1
)


@pytest.mark.parametrize(("state", "action"), list(product(C, A)))
def test_each_cohort_and_action_lead_where_the_table_says_and_nowhere_else(state, action):
    step = COHORT.step(state, action)
    assert (step.target if step else None) == COHORT_MOVES.get((state, action))


@pytest.mark.parametrize(("state", "action"), list(product(E, M)))
def test_each_enrolment_and_action_lead_where_the_table_says_and_nowhere_else(state, action):
    step = ENROLMENT.step(state, action)
    assert (step.target if step else None) == ENROLMENT_MOVES.get((state, action))


@pytest.mark.parametrize(
    ("state", "action", "lacking"),
    [
        (C.PLANNED, A.OPEN, {"skills": 0}),
        (C.PLANNED, A.OPEN, {"has_dates": False}),
        (C.PLANNED, A.OPEN, {"has_venue": False}),
        (C.ENROLLING, A.START, {"has_instructor": False}),
        (C.ENROLLING, A.START, {"seated": 0}),
        (C.RUNNING, A.ASSESS, {"assessments": 0}),
        (C.RUNNING, A.ASSESS, {"without_result": 1}),
        (C.ASSESSED, A.CERTIFY, {"unfinished": 1}),
    ],
)
def test_a_step_waits_for_what_is_missing(state, action, lacking):
    step = COHORT.step(state, action)
    assert step.unmet(READY) == []
    assert len(step.unmet(replace(READY, **lacking))) == 1


@pytest.mark.parametrize("action", [M.DROP_OUT, M.EXCLUDE])
def test_nobody_is_sent_away_without_a_reason(action):
    step = ENROLMENT.step(E.ACTIVE, action)
    assert step.unmet(EnrolmentFacts())
    assert not step.unmet(EnrolmentFacts(has_reason=True))


def test_nobody_completes_without_passing_every_assessment():
    step = ENROLMENT.step(E.ACTIVE, M.COMPLETE)
    assert step.unmet(EnrolmentFacts())
    assert not step.unmet(EnrolmentFacts(passed_all=True))


@pytest.mark.parametrize("workflow", [COHORT, ENROLMENT, TRAINING_REQUEST, INTEGRITY_FINDING], ids=lambda one: one.name)
def test_somebody_can_take_every_step(workflow):
    held = {permission for role in Role for permission in ROLE_PERMISSIONS[role]}
    assert {step.permission for step in workflow.steps} <= held


def test_only_project_staff_settle_what_was_noticed():
    for step in INTEGRITY_FINDING.steps:
        assert [role for role in Role if step.permission in ROLE_PERMISSIONS[role]] == [Role.PROJECT_STAFF]
