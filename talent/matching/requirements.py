"""Hard requirements: each is met, missing or unknown, in words, and kept apart from the score.

One table says which requirements there are. Each row makes verdicts for many candidates at once, so that the list and
the explanation of a single match can never disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from talent.matching.pool import Pool
from talent.matching.records import (
    COUNTRY_BIT,
    KIND_COLUMN,
    LANGUAGE_COLUMN,
    LEVEL,
    LEVEL_UNKNOWN,
    LICENCE_BIT,
    NEVER,
    STAGE,
    day_number,
)
from talent.matching.views import RecognitionStage, VacancyView
from talent.taxonomy.regulated import NO, YES, regulated


class Verdict(IntEnum):
    """Whether a requirement is met; the order is that of the shortlist's columns."""

    MISSING = 0
    UNKNOWN = 1
    MET = 2


ANSWERS = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""For each row: is it met; if not, is it unknown. What is neither is missing."""
VERDICTS = NDArray[np.int8]
Rows = slice | NDArray[np.int32]


@dataclass(frozen=True)
class Requirement:
    """One thing that the work needs: its kind, which one of the kind, and the least that is enough."""

    kind: str
    which: str = ""
    least: Any = None


@dataclass(frozen=True)
class Finding:
    """One requirement of one vacancy, for one candidate: the verdict and what is held."""

    requirement: Requirement
    verdict: Verdict
    held: Any = None


_MISSING, _UNKNOWN, _MET = (np.int8(verdict) for verdict in Verdict)


def requirements_of(vacancy: VacancyView) -> list[Requirement]:
    """The hard requirements of a vacancy, in the order in which people read them."""
    rule = regulated(vacancy.country, vacancy.isco_group)
    asked = with_recognition(vacancy, rule.answer)
    return asked[:-1] if rule.answer == NO else asked


def with_recognition(vacancy: VacancyView, answer: str | None = None) -> list[Requirement]:
    """The same as if the profession were regulated there: recognition stands last.

    ``answer`` is whether it is; None where only the verdict is known.
    """
    found = [Requirement("language", spoken.language, spoken.level.value) for spoken in vacancy.languages]
    found += [Requirement("licence", code) for code in vacancy.licences]
    if vacancy.qualification_kind is not None:
        found.append(Requirement("qualification", vacancy.qualification_kind.value, vacancy.qualification_months))
    if vacancy.start_on is not None:
        found.append(Requirement("availability", "", vacancy.start_on.isoformat()))
    found.append(Requirement("place", vacancy.country))
    return [*found, Requirement("regulated", profession(vacancy.country, vacancy.isco_group), answer)]


def profession(country: str, isco_group: str) -> str:
    """A profession in one country as a finding names it, such as DE-2221."""
    return f"{country}-{isco_group}"


def _verdicts(met: NDArray[np.bool_], unknown: NDArray[np.bool_]) -> VERDICTS:
    return np.where(met, _MET, np.where(unknown, _UNKNOWN, _MISSING))


def _language(pool: Pool, rows: Rows, asked: Requirement) -> ANSWERS:
    if asked.which not in LANGUAGE_COLUMN:
        none = np.zeros(len(pool.alive[rows]), bool)
        return none, ~none
    held = pool.languages[rows, LANGUAGE_COLUMN[asked.which]]
    least = next(order for level, order in LEVEL.items() if level.value == asked.least)
    return held >= least, (held == LEVEL_UNKNOWN) | ~pool.told_languages[rows]


def _licence(pool: Pool, rows: Rows, asked: Requirement) -> ANSWERS:
    bit = LICENCE_BIT.get(asked.which, np.uint32(0))
    return (pool.licences[rows] & bit) != 0, ~pool.answered_licences[rows]


def _qualification(pool: Pool, rows: Rows, asked: Requirement) -> ANSWERS:
    """Same kind and long enough is met; another kind is for a competent authority to compare, so unknown."""
    months = pool.qualification_months[rows]
    same = next(months[:, column] for kind, column in KIND_COLUMN.items() if kind.value == asked.which)
    least = asked.least or 0
    met = (same >= 0) if least == 0 else (same >= least)
    other_kind = (months >= 0).any(axis=1) & (same < 0)
    return met, other_kind | ((same == 0) & (least > 0))


def _availability(pool: Pool, rows: Rows, asked: Requirement) -> ANSWERS:
    held = pool.available_day[rows]
    return held <= day_number(date.fromisoformat(asked.least)), held == NEVER


def _place(pool: Pool, rows: Rows, asked: Requirement) -> ANSWERS:
    held = pool.countries[rows]
    bit = COUNTRY_BIT.get(asked.which, np.uint32(0))
    return (held == 0) | ((held & bit) != 0), np.zeros(len(held), bool)


def _regulated(pool: Pool, rows: Rows, asked: Requirement) -> ANSWERS:
    """Full recognition is met; without a started case it is missing where the profession is known to be regulated."""
    country, _, isco_group = asked.which.partition("-")
    stages = pool.stages(country, isco_group, rows)
    return stages == STAGE[RecognitionStage.FULL], (stages > 0) | (asked.least != YES)


def may_be_missing(asked: Requirement) -> bool:
    """Whether anybody can lack it: where nobody knows whether a profession is regulated there, nobody does."""
    return asked.kind != "regulated" or asked.least == YES


JUDGES: dict[str, Callable[[Pool, Rows, Requirement], ANSWERS]] = {
    "language": _language,
    "licence": _licence,
    "qualification": _qualification,
    "availability": _availability,
    "place": _place,
    "regulated": _regulated,
}


def judge(pool: Pool, requirements: list[Requirement], rows: Rows) -> VERDICTS:
    """The verdict of each requirement for these rows: (n, n_requirements) int8, values of Verdict."""
    if not requirements:
        return np.zeros((len(pool.alive[rows]), 0), np.int8)
    return np.stack([_verdicts(*JUDGES[asked.kind](pool, rows, asked)) for asked in requirements], axis=1)
