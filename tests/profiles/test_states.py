"""The life of a profile: every state, every action, and what publishing asks for."""

from dataclasses import replace
from itertools import product

import pytest

from talent.accounts.permissions import Permission
from talent.profiles.states import FEWEST_SKILLS, PROFILE, ProfileAction, ProfileFacts, ProfileState, steps_missing

S, A = ProfileState, ProfileAction
COMPLETE = ProfileFacts(
    has_name=True, has_occupation=True, skill_count=FEWEST_SKILLS, has_language=True, has_availability=True
)
MOVES = {
    (S.DRAFT, A.PUBLISH): S.PUBLISHED,
    (S.DRAFT, A.WITHDRAW): S.WITHDRAWN,
    (S.PUBLISHED, A.PAUSE): S.PAUSED,
    (S.PUBLISHED, A.WITHDRAW): S.WITHDRAWN,
    (S.PUBLISHED, A.KEEP_OUT): S.PAUSED,
    (S.PAUSED, A.RESUME): S.PUBLISHED,
    (S.PAUSED, A.WITHDRAW): S.WITHDRAWN,
    (S.WITHDRAWN, A.REOPEN): S.DRAFT,
}


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(state, action):
    step = PROFILE.step(state, action)
    assert (step.target if step else None) == MOVES.get((state, action))


def test_a_profile_begins_as_a_draft_and_no_state_is_a_dead_end():
    assert PROFILE.initial is S.DRAFT
    assert PROFILE.final == frozenset()
    assert all(PROFILE.steps_from(state) for state in S)


def test_only_its_candidate_moves_a_profile_but_for_whoever_suspends_the_account():
    others = {step.action for step in PROFILE.steps if step.permission is not Permission.PROFILE_KEEP}
    assert others == {A.KEEP_OUT}
    assert {step.permission for step in PROFILE.steps if step.action is A.KEEP_OUT} == {Permission.ACCOUNT_SUSPEND}


@pytest.mark.parametrize("action", [A.PUBLISH, A.RESUME])
def test_publishing_and_resuming_ask_for_every_needed_step(action):
    [step] = [step for step in PROFILE.steps if step.action is action]
    assert step.unmet is steps_missing


def test_nothing_is_missing_from_a_complete_profile():
    assert steps_missing(COMPLETE) == []


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"has_name": False}, "Enter your name as it is in your passport."),
        ({"has_occupation": False}, "Choose your occupation."),
        ({"skill_count": FEWEST_SKILLS - 1}, "Choose at least 3 skills."),
        ({"skill_count": 0}, "Choose at least 3 skills."),
        ({"has_language": False}, "Add at least one language."),
        ({"has_availability": False}, "Say when you could start."),
        ({"open_cv_facts": 1}, "Confirm or remove each fact found in your CV."),
    ],
)
def test_each_missing_step_is_said_in_a_sentence(lacking, sentence):
    assert [missing.english() for missing in steps_missing(replace(COMPLETE, **lacking))] == [sentence]


def test_everything_that_is_missing_is_said_at_once():
    assert len(steps_missing(ProfileFacts(open_cv_facts=2))) == 6
