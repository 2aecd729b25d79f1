"""Proposals about roles, and suspensions: every state with every action, and what each step asks for."""

from dataclasses import fields
from itertools import product

from talent.accounts.permissions import Permission
from talent.staffing.states import (
    ACCOUNT,
    ROLE_GRANT,
    AccountAction,
    AccountFacts,
    AccountState,
    GrantAction,
    GrantFacts,
    GrantState,
)

G, A = GrantState, GrantAction
LEADS = {
    (G.PROPOSED, A.APPROVE): G.APPROVED,
    (G.PROPOSED, A.DECLINE): G.DECLINED,
    (G.PROPOSED, A.WITHDRAW): G.WITHDRAWN,
}
STANDS = {
    (AccountState.ACTIVE, AccountAction.SUSPEND): AccountState.SUSPENDED,
    (AccountState.SUSPENDED, AccountAction.LIFT): AccountState.ACTIVE,
}


def wrong_cells(workflow, states, actions, leads):
    return [
        (state, action)
        for state, action in product(states, actions)
        if (step.target if (step := workflow.step(state, action)) else None) != leads.get((state, action))
    ]


def test_each_pair_leads_where_the_table_says_and_nowhere_else():
    assert wrong_cells(ROLE_GRANT, G, A, LEADS) == []
    assert wrong_cells(ACCOUNT, AccountState, AccountAction, STANDS) == []


def test_only_who_holds_the_permission_takes_any_step():
    assert {step.permission for step in ROLE_GRANT.steps} == {Permission.ROLE_GRANT}
    assert {step.permission for step in ACCOUNT.steps} == {Permission.ACCOUNT_SUSPEND}


def every(kind):
    """Every combination of the facts."""
    names = [one.name for one in fields(kind)]
    return (kind(**dict(zip(names, values, strict=True))) for values in product([True, False], repeat=len(names)))


def blocked_grant(action, facts):
    """How many things stand in the way, by the rules as the office knows them."""
    if action is A.APPROVE:
        wrong = (facts.is_own_proposal, facts.is_about_self, not facts.is_as_it_was, not facts.leaves_an_administrator)
    elif action is A.DECLINE:
        wrong = (facts.is_about_self, not facts.has_reason)
    else:
        wrong = (not facts.is_own_proposal,)
    return sum(wrong)


def test_a_proposal_asks_for_a_second_person_a_reason_and_an_administrator_who_is_left():
    wrong = [
        (action, facts)
        for action, facts in product(A, every(GrantFacts))
        if len(ROLE_GRANT.step(G.PROPOSED, action).unmet(facts)) != blocked_grant(action, facts)
    ]
    assert wrong == []


def test_a_suspension_asks_for_a_reason_and_spares_oneself_and_the_last_administrator():
    suspend, lift = (step.unmet for step in ACCOUNT.steps)
    for facts in every(AccountFacts):
        in_the_way = (facts.is_own, not facts.leaves_an_administrator, not facts.has_reason)
        assert len(suspend(facts)) == sum(in_the_way), facts
        assert len(lift(facts)) == (facts.role_was_taken + (not facts.has_reason)), facts
