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
}


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(state, action):
    step = VACANCY.step(state, action)
    assert (step.target if step else None) == LEADS.get((state, action))


@pytest.mark.parametrize(("state", "action"), list(LEADS))
def test_only_the_service_itself_lets_a_vacancy_expire(state, action):
    wanted = Permission.MATCH_COMPUTE if action is A.EXPIRE else Permission.VACANCY_WRITE
    assert VACANCY.step(state, action).permission is wanted


@pytest.mark.parametrize(("state", "action"), list(LEADS))
def test_the_rules_are_asked_before_a_check_and_before_publishing(state, action):
    is_asked = VACANCY.step(state, action).unmet is problems_left
    assert is_asked == (action in {A.CHECK, A.PUBLISH})


def test_without_problems_nothing_is_missing():
    assert problems_left(VacancyFacts()) == []
