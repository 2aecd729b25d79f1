"""A workflow is a table that is checked when it is made, and the only way by which a case moves."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from uuid import UUID, uuid4

import pytest

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.casework.describe import diagram, table
from talent.casework.take import journal, take_step, take_steps, unmet
from talent.casework.workflow import Step, Workflow
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.words import Sentence


class S(StrEnum):
    OPEN = "open"
    SENT = "sent"
    DONE = "done"


class A(StrEnum):
    SEND = "send"
    FINISH = "finish"


P = Permission.PROFILE_KEEP


def paper_missing(facts: bool) -> list[Sentence]:
    return [] if facts else [Sentence("Add the paper.")]


STEPS = (Step(S.OPEN, A.SEND, S.SENT, P, paper_missing), Step(S.SENT, A.FINISH, S.DONE, P))
FLOW = Workflow(name="paper", initial=S.OPEN, final=frozenset({S.DONE}), steps=STEPS)
CANDIDATE = Actor(uuid4(), Role.CANDIDATE)


@dataclass
class Paper:
    id: UUID
    state: S = S.OPEN


def test_two_rows_for_one_state_and_action_are_refused():
    with pytest.raises(ValueError, match="two rows"):
        Workflow(name="x", initial=S.OPEN, final=frozenset({S.DONE}), steps=(*STEPS, Step(S.OPEN, A.SEND, S.DONE, P)))


def test_a_final_state_with_a_way_out_is_refused():
    with pytest.raises(ValueError, match="way out"):
        Workflow(name="x", initial=S.OPEN, final=frozenset({S.DONE}), steps=(*STEPS, Step(S.DONE, A.SEND, S.OPEN, P)))


@pytest.mark.parametrize("steps", [STEPS[:1], STEPS[1:]])
def test_a_state_that_cannot_be_reached_or_left_is_refused(steps):
    with pytest.raises(ValueError, match="not reached"):
        Workflow(name="x", initial=S.OPEN, final=frozenset({S.DONE}), steps=steps)


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_each_pair_leads_where_the_table_says_and_nowhere_else(session, state, action):
    paper, step = Paper(uuid4(), state), FLOW.step(state, action)
    if step is None:
        with pytest.raises(Conflict):
            take_step(session, CANDIDATE, paper, FLOW, action, True)
        assert paper.state is state
    else:
        event = take_step(session, CANDIDATE, paper, FLOW, action, True, note="because")
        assert paper.state is step.target
        assert (event.from_state, event.to_state, event.actor_id, event.note) == (
            state,
            step.target,
            CANDIDATE.id,
            "because",
        )


def test_what_is_missing_is_said_and_nothing_moves(session):
    paper = Paper(uuid4())
    with pytest.raises(Unprocessable, match="Add the paper"):
        take_step(session, CANDIDATE, paper, FLOW, A.SEND, False)
    assert paper.state is S.OPEN
    assert journal(session, FLOW, paper.id) == []
    assert [sentence.english() for sentence in unmet(paper, FLOW, A.SEND, False)] == ["Add the paper."]


def test_without_the_permission_nothing_moves(session):
    paper = Paper(uuid4())
    with pytest.raises(NotPermitted):
        take_step(session, Actor(uuid4(), Role.PROJECT_STAFF), paper, FLOW, A.SEND, True)
    assert paper.state is S.OPEN


def test_the_journal_keeps_the_moves_in_order(session):
    paper = Paper(uuid4())
    take_step(session, CANDIDATE, paper, FLOW, A.SEND, True)
    take_step(session, CANDIDATE, paper, FLOW, A.FINISH, True)
    assert [line.action for line in journal(session, FLOW, paper.id)] == ["send", "finish"]


def test_many_cases_move_together(session):
    papers = [Paper(uuid4()) for _ in range(3)]
    events = take_steps(session, CANDIDATE, [(paper, True) for paper in papers], FLOW, A.SEND)
    assert [event.case_id for event in events] == [paper.id for paper in papers]
    assert {paper.state for paper in papers} == {S.SENT}


def test_the_table_and_the_diagram_say_every_step():
    assert table(FLOW).count("\n") == 1 + len(STEPS)
    assert "open --> sent: send" in diagram(FLOW)
    assert "done --> [*]" in diagram(FLOW)
