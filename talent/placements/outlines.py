"""What the rules of a way say, row by row, and how two readings differ; without a database."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from talent.foundation.clock import today
from talent.foundation.words import N_
from talent.pathways.catalogue import EXIT_COUNTRY, Catalogue, Pathway

PARTS: Mapping[str, str] = {
    "criteria": N_("What is asked"),
    "steps": N_("Step"),
    "fees": N_("Fee"),
    "rights": N_("Right"),
    "blocks": N_("What closes the way"),
    "notes": N_("Note"),
}
"""The parts of a way whose rows are compared, and what they are called."""
NO_RULE = frozenset({"as_of", "review_by", "confidence", "waiver", "waived_until"})
"""What says how well a row is known, and not what it asks."""
Outline = dict[str, str]
"""By way, part and id of each row: the mark of what it asks, and its words."""


def outline(ways: Sequence[Pathway]) -> Outline:
    """What these ways say, row by row."""
    return {
        f"{way.id}/{part}/{row.id}": f"{_mark(row.model_dump(mode='json'))} {row.text}"
        for way in ways
        for part in PARTS
        for row in getattr(way, part)
    }


def _mark(row: Any) -> str:
    return hashlib.sha256(json.dumps(_asked(row), sort_keys=True).encode()).hexdigest()[:12]


def _asked(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _asked(inner) for name, inner in value.items() if name not in NO_RULE}
    return [_asked(inner) for inner in value] if isinstance(value, list) else value


def version_of(said: Outline) -> str:
    """A short mark of everything that the ways ask."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[list[str]]:
    """Each row that is new, changed or gone: its way, its part, how it changed, and its words."""
    return [[*key.split("/")[:2], how, said.partition(" ")[2]] for key, how, said in _differences(before, after)]


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for key, said in after.items():
        if key not in before:
            yield key, "new", said
        elif before[key].partition(" ")[0] != said.partition(" ")[0]:
            yield key, "changed", said
    for key, said in before.items():
        if key not in after:
            yield key, "gone", said


def read_now(pathway_id: str, known: Catalogue) -> Outline:
    """What the way of a destination and Pakistan's own ask today.

    Raises:
        LookupError: the data no longer has the way; ways are closed, never removed.
    """
    found = known.pathway(pathway_id)
    if found is None:
        raise LookupError(pathway_id)
    return outline([found, *known.of_country(EXIT_COUNTRY, on=today())])
