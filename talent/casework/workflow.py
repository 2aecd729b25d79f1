"""How any case may move: a workflow is a table of steps, checked when it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from talent.accounts.permissions import Permission
from talent.foundation.words import Sentence

StateT = TypeVar("StateT", bound=StrEnum)
ActionT = TypeVar("ActionT", bound=StrEnum)
FactsT = TypeVar("FactsT")


@dataclass(frozen=True)
class Step(Generic[StateT, ActionT, FactsT]):
    """One move: from ``source`` by ``action`` to ``target``, for whoever holds ``permission``.

    ``unmet`` answers what is still missing, in sentences; an empty answer lets the step pass.
    """

    source: StateT
    action: ActionT
    target: StateT
    permission: Permission
    unmet: Callable[[FactsT], list[Sentence]] | None = None


@dataclass(frozen=True)
class Workflow(Generic[StateT, ActionT, FactsT]):
    """All moves of one kind of case.

    Raises:
        ValueError: two rows for one state and action, a state that cannot be reached, or a final state with a way out.
    """

    name: str
    initial: StateT
    final: frozenset[StateT]
    steps: tuple[Step[StateT, ActionT, FactsT], ...]

    def __post_init__(self) -> None:
        pairs = [(step.source, step.action) for step in self.steps]
        if len(pairs) != len(set(pairs)):
            raise ValueError(f"{self.name}: two rows for one state and action")
        if any(step.source in self.final for step in self.steps):
            raise ValueError(f"{self.name}: a final state has a way out")
        states = set(type(self.initial))
        unreached = states - {self.initial} - {step.target for step in self.steps}
        stuck = states - self.final - {step.source for step in self.steps}
        if unreached or stuck:
            raise ValueError(f"{self.name}: not reached {sorted(unreached)}, without a way out {sorted(stuck)}")

    def step(self, source: StateT, action: ActionT) -> Step[StateT, ActionT, FactsT] | None:
        """The row for this state and action, if the table has one."""
        return next((step for step in self.steps if (step.source, step.action) == (source, action)), None)

    def steps_from(self, source: StateT) -> tuple[Step[StateT, ActionT, FactsT], ...]:
        """The rows that leave this state, in the table's order."""
        return tuple(step for step in self.steps if step.source == source)
