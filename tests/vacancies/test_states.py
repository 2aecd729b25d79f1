"""The life of a vacancy: every state with every action."""

from itertools import product

import pytest

from talent.accounts.permissions import Permission
from talent.vacancies.states import VACANCY, VacancyAction, VacancyFacts, VacancyState, problems_left

S, A = VacancyState, VacancyAction
LEADS = {
    (S.DRAFT, A.CHECK): S.CHECKED,
    (S.DRAFT, A.CLOSE): S.CLOSED,
    (S.CHECKED, A.REVISE): S.DRAFT,
    (S.CHECKED, A.PUBLISH): S.PUBLISHED,
    (S.CHECKED, A.CLOSE): S.CLOSED,
    (S.PUBLISHED, A.CLOSE): S.CLOSED,
    (S.PUBLISHED, A.EXPIRE): S.CLOSED,
    (S.DRAFT, A.FREEZE): S.FROZEN,
    (S.CHECKED, A.FREEZE): S.FROZEN,
    (S.PUBLISHED, A.FREEZE): S.FROZEN,
    (S.FROZEN, A.THAW): S.CHECKED,
    (S.FROZEN, A.CLOSE): S.CLOSED,
}


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(state, action):
    step = VACANCY.step(state, action)
    assert (step.target if step else None) == LEADS.get((state, action))


@pytest.mark.parametrize(("state", "action"), list(LEADS))
def test_the_agency_moves_its_vacancy_but_for_what_the_night_and_the_vetting_do(state, action):
    others = {
        A.EXPIRE: Permission.MATCH_COMPUTE,
        A.FREEZE: Permission.ORGANISATION_VET,
        A.THAW: Permission.ORGANISATION_VET,
    }
    assert VACANCY.step(state, action).permission is others.get(action, Permission.VACANCY_WRITE)


@pytest.mark.parametrize(("state", "action"), list(LEADS))
def test_the_rules_are_asked_before_a_check_and_before_publishing(state, action):
    is_asked = VACANCY.step(state, action).unmet is problems_left
    assert is_asked == (action in {A.CHECK, A.PUBLISH})


def test_without_problems_nothing_is_missing():
    assert problems_left(VacancyFacts()) == []
