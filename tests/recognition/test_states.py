"""The workflow of a case of recognition: the full product of states and actions, and what each step checks."""

from dataclasses import dataclass, replace
from itertools import product
from uuid import UUID

import pytest

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.casework.take import take_step, unmet
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.words import Sentence
from talent.recognition.states import (
    RECOGNITION_CASE,
    STARTED,
    WITH_THE_AUTHORITY,
    WITH_THE_CANDIDATE,
    CaseAction,
    CaseFacts,
    CaseState,
)

S, A, P = CaseState, CaseAction, Permission
CANDIDATE, OFFICER = P.RECOGNITION_APPLY, P.RECOGNITION_DECIDE
LEADS: dict[tuple[CaseState, CaseAction], tuple[CaseState, Permission]] = {
    (S.DRAFT, A.PREPARE): (S.DOCUMENTS, CANDIDATE),
    (S.DRAFT, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.DOCUMENTS, A.SUBMIT): (S.SUBMITTED, CANDIDATE),
    (S.DOCUMENTS, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.SUBMITTED, A.FIND_DEFICIT): (S.DEFICIENT, OFFICER),
    (S.SUBMITTED, A.CONFIRM_COMPLETE): (S.COMPLETE, OFFICER),
    (S.SUBMITTED, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.DEFICIENT, A.SUPPLY): (S.SUPPLIED, CANDIDATE),
    (S.DEFICIENT, A.REFUSE): (S.REFUSED, OFFICER),
    (S.DEFICIENT, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.SUPPLIED, A.FIND_DEFICIT): (S.DEFICIENT, OFFICER),
    (S.SUPPLIED, A.CONFIRM_COMPLETE): (S.COMPLETE, OFFICER),
    (S.SUPPLIED, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.COMPLETE, A.RECOGNISE): (S.FULL, OFFICER),
    (S.COMPLETE, A.RECOGNISE_IN_PART): (S.PARTIAL, OFFICER),
    (S.COMPLETE, A.REFUSE): (S.REFUSED, OFFICER),
    (S.COMPLETE, A.WAIVE): (S.WAIVED, CANDIDATE),
    (S.COMPLETE, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.WAIVED, A.BEGIN_MEASURE): (S.MEASURE, CANDIDATE),
    (S.WAIVED, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.PARTIAL, A.BEGIN_MEASURE): (S.MEASURE, CANDIDATE),
    (S.PARTIAL, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
    (S.MEASURE, A.PASS_MEASURE): (S.FULL, OFFICER),
    (S.MEASURE, A.FAIL_MEASURE): (S.PARTIAL, OFFICER),
    (S.MEASURE, A.WITHDRAW): (S.WITHDRAWN, CANDIDATE),
}
EVERYTHING_THERE = CaseFacts(
    note="module 3 is missing", supplied_since_deficit=True, can_waive=True, measure_is_offered=True
)
MISSING = Sentence("Missing: {paper}.", {"paper": "identity"})


CASE_ID = UUID(int=1)


@dataclass
class ACase:
    state: CaseState
    id: UUID = CASE_ID


class NoDatabase:
    """A session that keeps nothing: the workflow needs no more."""

    def add(self, row: object) -> None:
        self.added = row

    def flush(self) -> None:
        pass


def somebody(permission: Permission) -> Actor:
    role = Role.CANDIDATE if permission is CANDIDATE else Role.RECOGNITION_OFFICER
    return Actor(UUID(int=2), role)


@pytest.mark.parametrize(("state", "action"), list(product(CaseState, CaseAction)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(state, action):
    expected = LEADS.get((state, action))
    case = ACase(state)
    if expected is None:
        with pytest.raises(Conflict):
            take_step(NoDatabase(), somebody(OFFICER), case, RECOGNITION_CASE, action, EVERYTHING_THERE)
        assert case.state is state
        return
    target, permission = expected
    take_step(NoDatabase(), somebody(permission), case, RECOGNITION_CASE, action, EVERYTHING_THERE)
    assert case.state is target


@pytest.mark.parametrize(("pair", "expected"), LEADS.items())
def test_the_other_side_may_not_take_the_step(pair, expected):
    other = OFFICER if expected[1] is CANDIDATE else CANDIDATE
    case = ACase(pair[0])
    with pytest.raises(NotPermitted):
        take_step(NoDatabase(), somebody(other), case, RECOGNITION_CASE, pair[1], EVERYTHING_THERE)
    assert case.state is pair[0]


@pytest.mark.parametrize(
    ("state", "action", "without", "sentence"),
    [
        (S.DOCUMENTS, A.SUBMIT, {"missing": (MISSING,)}, "Missing: identity."),
        (S.SUBMITTED, A.FIND_DEFICIT, {"note": " "}, "Write which documents are missing."),
        (S.SUPPLIED, A.FIND_DEFICIT, {"note": ""}, "Write which documents are missing."),
        (S.DEFICIENT, A.SUPPLY, {"supplied_since_deficit": False}, "Add at least one document"),
        (S.DEFICIENT, A.REFUSE, {"note": ""}, "Write the reason"),
        (S.COMPLETE, A.RECOGNISE_IN_PART, {"note": ""}, "which parts are missing"),
        (S.COMPLETE, A.REFUSE, {"note": ""}, "Write the reason"),
        (S.COMPLETE, A.WAIVE, {"can_waive": False}, "no test instead"),
        (S.WAIVED, A.BEGIN_MEASURE, {"measure_is_offered": False}, "Choose one of the measures"),
        (S.PARTIAL, A.BEGIN_MEASURE, {"measure_is_offered": False}, "Choose one of the measures"),
        (S.MEASURE, A.FAIL_MEASURE, {"note": ""}, "Write the reason"),
    ],
)
def test_a_step_says_what_is_missing_before_it(state, action, without, sentence):
    facts = replace(EVERYTHING_THERE, **without)
    assert sentence in unmet(ACase(state), RECOGNITION_CASE, action, facts)[0].english()
    with pytest.raises(Unprocessable):
        take_step(NoDatabase(), somebody(LEADS[state, action][1]), ACase(state), RECOGNITION_CASE, action, facts)


def test_each_open_state_is_somebodys_turn_and_only_one_sides():
    assert not WITH_THE_AUTHORITY & WITH_THE_CANDIDATE
    assert set(CaseState) - RECOGNITION_CASE.final == WITH_THE_AUTHORITY | WITH_THE_CANDIDATE


def test_a_recognition_counts_as_begun_from_preparing_on_and_not_after_a_refusal():
    assert set(CaseState) - STARTED == {S.DRAFT, S.WITHDRAWN, S.REFUSED}
