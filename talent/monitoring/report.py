"""An implementation report as the Council writes it: objectives, measures with their items, draft messages.

Words stay exactly as they were written. What the publisher blacked out stays a redaction: the mark ``[REDACTED]`` in
the words, which every form of the report shows as a black bar that says what it is.
"""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class ItemKind(StrEnum):
    """Where an item stands under its measure."""

    PLANNED = "planned"
    COMPLETED = "completed"
    PENDING = "pending"


@dataclass(frozen=True)
class Item:
    """One thing that was planned, done, or is still to come; ``when`` is the time that the report sets before it."""

    words: str
    when: str = ""


@dataclass(frozen=True)
class MeasureText:
    """One measure with everything that the report says about it, in the report's order."""

    number: int
    chapter: str
    words: str
    lead_actors: tuple[str, ...] = ()
    timeframe: str = ""
    planned: tuple[Item, ...] = ()
    completed: tuple[Item, ...] = ()
    pending: tuple[Item, ...] = ()

    def items(self, kind: ItemKind) -> tuple[Item, ...]:
        """The items of this kind."""
        found: tuple[Item, ...] = getattr(self, kind.value)
        return found


@dataclass(frozen=True)
class Report:
    """A whole report."""

    reference: str = ""
    title: str = ""
    issued_on: date | None = None
    introduction: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    outcome: str = ""
    measures: tuple[MeasureText, ...] = ()
    annex_title: str = ""
    annex: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as plain values that ``report_of`` takes back."""
        return asdict(self) | {"issued_on": self.issued_on.isoformat() if self.issued_on else None}


def report_of(kept: dict[str, Any]) -> Report:
    """The report that ``as_json`` made into plain values."""
    day = kept["issued_on"]
    changed: dict[str, Any] = {
        name: tuple(kept[name]) for name in ("introduction", "objectives", "principles", "annex")
    }
    changed["measures"] = tuple(_measure_of(measure) for measure in kept["measures"])
    return Report(**{**kept, **changed, "issued_on": date.fromisoformat(day) if day else None})


def _measure_of(kept: dict[str, Any]) -> MeasureText:
    items = {kind.value: tuple(Item(**item) for item in kept[kind.value]) for kind in ItemKind}
    return MeasureText(**{**kept, **items, "lead_actors": tuple(kept["lead_actors"])})
