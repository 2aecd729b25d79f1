"""Which vacancies a course would open for whom: sets of skills as rows of bits, every pair compared by whole arrays."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
MOST_COUNTED = 12
"""Up to so many must-have skills each possible set of missing ones is a number that a table can hold (4,096)."""


@dataclass(frozen=True)
class Wanted:
    """One published vacancy: what it cannot be done without."""

    id: UUID
    seats: int
    musts: frozenset[UUID]


@dataclass(frozen=True)
class Held:
    """The published candidates of one occupation: ``has`` is (people, skills + 1) bool, the last column all False."""

    skills: Mapping[UUID, int]
    has: Flags

    def columns(self, skills: Sequence[UUID]) -> list[int]:
        """The columns of these skills; the last one for a skill that nobody has."""
        return [self.skills.get(skill, self.has.shape[1] - 1) for skill in skills]


@dataclass
class Opened:
    """What the courses open: by course the vacancies with their seats, and how many different people."""

    vacancies: dict[UUID, dict[UUID, int]] = field(default_factory=lambda: defaultdict(dict))
    people: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, held: Held, wanted: Sequence[Wanted], taught: Mapping[UUID, frozenset[UUID]]) -> None:
        """Add one occupation: somebody lacks must-have skills of a vacancy, and a course teaches all that they lack."""
        asked: dict[frozenset[UUID], list[Wanted]] = defaultdict(list)
        for vacancy in wanted:
            asked[vacancy.musts].append(vacancy)
        every = frozenset().union(*asked)
        courses = [key for key, skills in taught.items() if skills & every]
        if not courses or not len(held.has):
            return
        reached: Bytes = np.zeros((len(held.has), -(-len(courses) // 8)), dtype=np.uint8)
        for musts, vacancies in asked.items():
            skills = sorted(musts)
            teaches = np.array([[skill in taught[key] for skill in skills] for key in courses], dtype=np.bool_)
            missing, person = distinct_missing(~held.has[:, held.columns(skills)])
            opens = opens_by(missing, teaches)
            reached |= np.packbits(opens, axis=1)[person]
            for number in np.flatnonzero(opens.any(axis=0)):
                self.vacancies[courses[number]].update((one.id, one.seats) for one in vacancies)
        for key, people in zip(courses, np.unpackbits(reached, axis=1, count=len(courses)).sum(axis=0), strict=True):
            if people:
                self.people[key] += int(people)


def distinct_missing(missing: Flags) -> tuple[Flags, NDArray[np.intp]]:
    """The different rows of ``missing``, (rows, skills) bool, and for each person, (people,), the number of theirs."""
    width = missing.shape[1]
    if width > MOST_COUNTED:
        rows, person = np.unique(missing, axis=0, return_inverse=True)
        return rows, person.reshape(-1)
    codes = missing @ (1 << np.arange(width))
    present = np.flatnonzero(np.bincount(codes, minlength=1 << width))
    place = np.zeros(1 << width, dtype=np.intp)
    place[present] = np.arange(len(present))
    return (present[:, None] >> np.arange(width) & 1).astype(np.bool_), place[codes]


def opens_by(missing: Flags, teaches: Flags) -> Flags:
    """(rows, courses) bool: something is missing, and the course teaches all of it.

    missing : (rows, skills) bool. teaches : (courses, skills) bool.
    """
    lacks, untaught = missing.astype(np.float32), (~teaches).T.astype(np.float32)
    with np.errstate(invalid="ignore"):  # BLAS may raise the flag for lanes beyond the end of a narrow matrix
        left = lacks @ untaught
    return cast("Flags", (left == 0) & (lacks.sum(axis=1, keepdims=True) > 0))
