"""The vetting of an organisation: every state with every action, and what each step asks for."""

from itertools import product

import pytest

from talent.accounts.permissions import Permission
from talent.organisations.states import ORGANISATION, OrganisationAction, OrganisationFacts, OrganisationState

S, A = OrganisationState, OrganisationAction
LEADS = {
    (S.APPLIED, A.REVIEW): S.UNDER_REVIEW,
    (S.APPLIED, A.REFUSE): S.REMOVED,
    (S.UNDER_REVIEW, A.VERIFY): S.VERIFIED,
    (S.UNDER_REVIEW, A.REFUSE): S.REMOVED,
    (S.VERIFIED, A.SUSPEND): S.SUSPENDED,
    (S.VERIFIED, A.LAPSE): S.SUSPENDED,
    (S.SUSPENDED, A.REINSTATE): S.VERIFIED,
    (S.SUSPENDED, A.REMOVE): S.REMOVED,
}
NEEDS_EVIDENCE = {A.VERIFY, A.REINSTATE}
NEEDS_REASON = {A.REFUSE, A.SUSPEND, A.REINSTATE, A.REMOVE}


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(state, action):
    step = ORGANISATION.step(state, action)
    assert (step.target if step else None) == LEADS.get((state, action))


@pytest.mark.parametrize(("state", "action"), list(LEADS))
def test_the_project_decides_and_only_the_night_lets_evidence_lapse(state, action):
    wanted = Permission.MATCH_COMPUTE if action is A.LAPSE else Permission.ORGANISATION_VET
    assert ORGANISATION.step(state, action).permission is wanted


@pytest.mark.parametrize(("state", "action"), list(LEADS))
@pytest.mark.parametrize(("evidence", "reason"), list(product([True, False], repeat=2)))
def test_a_step_asks_for_evidence_and_a_reason_where_the_table_says(state, action, evidence, reason):
    unmet = ORGANISATION.step(state, action).unmet
    missing = unmet(OrganisationFacts(has_evidence=evidence, has_reason=reason)) if unmet else []
    expected = (action in NEEDS_EVIDENCE and not evidence) + (action in NEEDS_REASON and not reason)
    assert len(missing) == expected


def test_whoever_began_the_review_does_not_verify():
    unmet = ORGANISATION.step(S.UNDER_REVIEW, A.VERIFY).unmet
    assert unmet(OrganisationFacts(has_evidence=True)) == []
    assert "Somebody else" in str(unmet(OrganisationFacts(has_evidence=True, began_by_same_person=True))[0])
