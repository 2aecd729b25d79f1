"""The one place where the state of a case changes."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.casework.models import CaseEvent
from talent.casework.workflow import Workflow
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.words import N_, Sentence

FactsT = TypeVar("FactsT")

STATE_WORDS = frozenset(
    {
        N_("draft"),
        N_("checked"),
        N_("published"),
        N_("paused"),
        N_("withdrawn"),
        N_("closed"),
        N_("suggested"),
        N_("asked"),
        N_("interested"),
        N_("declined"),
        N_("accepted"),
        N_("turned down"),
        N_("planned"),
        N_("enrolling"),
        N_("running"),
        N_("assessed"),
        N_("certified"),
        N_("cancelled"),
        N_("applied"),
        N_("enrolled"),
        N_("active"),
        N_("completed"),
        N_("failed"),
        N_("dropped out"),
        N_("excluded"),
        N_("noticed"),
        N_("explained"),
        N_("confirmed"),
        N_("documents"),
        N_("submitted"),
        N_("deficient"),
        N_("supplied"),
        N_("complete"),
        N_("waived"),
        N_("partial"),
        N_("measure"),
        N_("full"),
        N_("refused"),
        N_("frozen"),
        N_("under review"),
        N_("verified"),
        N_("suspended"),
        N_("removed"),
        N_("offered"),
        N_("training"),
        N_("permit"),
        N_("visa"),
        N_("exit clearance"),
        N_("travelled"),
        N_("arrived"),
        N_("employed"),
        N_("retained 3"),
        N_("retained 6"),
        N_("retained 12"),
        N_("retained 24"),
        N_("settled"),
        N_("returned"),
        N_("ended"),
        N_("proposed"),
        N_("approved"),
        N_("open"),
        N_("upheld"),
        N_("dismissed"),
        N_("paid back"),
        N_("sent"),
        N_("objected"),
        N_("attested"),
        N_("computed"),
        N_("adopted"),
        N_("rejected"),
    }
)
"""How states are said inside a sentence; a house-test holds them against the workflows."""


class Case(Protocol):
    """Anything with an identity and a state."""

    id: Any
    state: Any


def unmet(case: Case, workflow: Workflow[Any, Any, FactsT], action: StrEnum, facts: FactsT) -> list[Sentence]:
    """What is missing before this action; empty when it may be taken.

    Raises:
        Conflict: the table has no such move from the present state.
    """
    step = workflow.step(case.state, action)
    if step is None:
        raise Conflict(
            Sentence(N_("This cannot be done now: it is {state}."), {"state": Sentence(case.state.replace("_", " "))})
        )
    return step.unmet(facts) if step.unmet else []


def take_step(
    session: Session,
    actor: Actor,
    case: Case,
    workflow: Workflow[Any, Any, FactsT],
    action: StrEnum,
    facts: FactsT,
    note: str = "",
    leaves: Mapping[str, object] = MappingProxyType({}),
) -> CaseEvent:
    """Move the case and add the line of its journal; ``leaves`` are columns of the row that change with its state.

    Raises:
        Conflict: the table has no such move from the present state.
        NotPermitted: the actor does not hold the step's permission.
        Unprocessable: something is missing; the sentence says what.
    """
    event = _moved(actor, case, workflow, action, facts, note)
    for column, value in leaves.items():
        setattr(case, column, value)
    session.add(event)
    session.flush()
    return event


def take_steps(
    session: Session,
    actor: Actor,
    cases: Iterable[tuple[Case, FactsT]],
    workflow: Workflow[Any, Any, FactsT],
    action: StrEnum,
) -> list[CaseEvent]:
    """The same step for many cases at once: all of them or, when one may not take it, none.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    events = [_moved(actor, case, workflow, action, facts, "") for case, facts in cases]
    session.add_all(events)
    session.flush()
    return events


EVENT_COLUMNS = (
    *("id", "case_kind", "case_id", "at", "actor_id", "actor_role", "action", "from_state", "to_state", "note"),
)


def event_rows(
    actor: Actor,
    workflow: Workflow[Any, Any, FactsT],
    source: StrEnum,
    action: StrEnum,
    facts: FactsT,
    ids: Iterable[UUID],
) -> Iterator[tuple[Any, ...]]:
    """The lines, in the order of ``EVENT_COLUMNS``, of cases that are written straight into the state after this step.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    step = workflow.step(source, action)
    if step is None:
        raise Conflict
    actor.require(step.permission)
    missing = step.unmet(facts) if step.unmet else []
    if missing:
        raise Unprocessable(missing[0])
    who = (now(), actor.id, actor.role.value, action.value, step.source.value, step.target.value, "")
    return ((uuid4(), workflow.name, key, *who) for key in ids)


def _moved(
    actor: Actor, case: Case, workflow: Workflow[Any, Any, FactsT], action: StrEnum, facts: FactsT, note: str
) -> CaseEvent:
    missing = unmet(case, workflow, action, facts)
    step = workflow.step(case.state, action)
    assert step is not None  # unmet() raised otherwise
    actor.require(step.permission)
    actor.refuse_when_suspended()
    if missing:
        raise Unprocessable(missing[0])
    case.state = step.target
    return CaseEvent(
        case_kind=workflow.name,
        case_id=case.id,
        at=now(),
        actor_id=actor.id,
        actor_role=actor.role.value,
        action=action.value,
        from_state=step.source.value,
        to_state=step.target.value,
        note=note,
    )


def journal(session: Session, workflow: Workflow[Any, Any, Any], case_id: UUID) -> list[CaseEvent]:
    """The moves of this case, oldest first."""
    return list(
        session.scalars(
            select(CaseEvent)
            .where(CaseEvent.case_kind == workflow.name, CaseEvent.case_id == case_id)
            .order_by(CaseEvent.at, CaseEvent.id)
        )
    )
