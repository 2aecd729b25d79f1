"""What people hold towards a requirement, as it is stored and shown: from the pool's columns where they hold all of it.

Only papers are read from the view: of those the columns keep no more than the longest of each kind.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from talent.matching.pool import Pool
from talent.matching.records import LANGUAGE_COLUMN, LEVEL, LEVEL_UNKNOWN, NEVER, NOT_RECORDED, STAGE
from talent.matching.requirements import Requirement, profession
from talent.matching.views import CandidateView

ROWS = NDArray[np.int32]
LEVELS: Final[Mapping[int, str | None]] = {
    NOT_RECORDED: None,
    LEVEL_UNKNOWN: "?",
    **{order: level.value for level, order in LEVEL.items()},
}
STAGES: Final[Mapping[int, str | None]] = {0: None, **{order: stage.value for stage, order in STAGE.items()}}


def _language(pool: Pool, rows: ROWS, asked: Requirement) -> list[Any]:
    return [LEVELS[level] for level in pool.languages[rows, LANGUAGE_COLUMN[asked.which]].tolist()]


def _availability(pool: Pool, rows: ROWS, _asked: Requirement) -> list[Any]:
    days = pool.available_day[rows].tolist()
    return [None if day == NEVER else date.fromordinal(day).isoformat() for day in days]


def _regulated(pool: Pool, rows: ROWS, asked: Requirement) -> list[Any]:
    country, _, isco_group = asked.which.partition("-")
    return [STAGES[stage] for stage in pool.stages(country, isco_group, rows).tolist()]


def _nothing(_pool: Pool, rows: ROWS, _asked: Requirement) -> list[Any]:
    return [None] * len(rows)


HOLDERS: Final[Mapping[str, Callable[[Pool, ROWS, Requirement], list[Any]]]] = {
    "language": _language,
    "availability": _availability,
    "regulated": _regulated,
    "licence": _nothing,
    "place": _nothing,
}
"""What is held of each kind; of a licence and of a place the verdict says all."""


def needs_views(requirements: Iterable[Requirement]) -> bool:
    """Whether what is held towards any of these stands in no column."""
    return any(
        asked.kind not in HOLDERS or (asked.kind == "language" and asked.which not in LANGUAGE_COLUMN)
        for asked in requirements
    )


def held_by(pool: Pool, rows: ROWS, asked: Requirement, views: Mapping[int, CandidateView]) -> list[Any]:
    """What each of these rows of the pool holds towards a requirement; None for nothing recorded.

    ``views`` of these rows, where ``needs_views`` says so.
    """
    if needs_views([asked]):
        return [held_for(views[row], asked) for row in rows.tolist()]
    return HOLDERS[asked.kind](pool, rows, asked)


def held_for(candidate: CandidateView, asked: Requirement) -> Any:
    """What this candidate holds towards a requirement, as it is stored and shown; None for nothing recorded."""
    if asked.kind == "language":
        spoken = next((held for held in candidate.languages if held.language == asked.which), None)
        return spoken.level.value if spoken and spoken.level else ("?" if spoken else None)
    if asked.kind == "qualification":
        return [[paper.kind.value, paper.full_time_months] for paper in candidate.qualifications]
    if asked.kind == "regulated":
        here = (case for case in candidate.recognitions if profession(case.country, case.isco_group) == asked.which)
        return next((case.stage.value for case in here), None)
    if asked.kind == "availability":
        return candidate.available_from.isoformat() if candidate.available_from else None
    return None
