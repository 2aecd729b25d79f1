"""All published candidates as columns, so that one vacancy is compared with every one of them at once."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.bits import Answer
from talent.matching.grades import none_of
from talent.matching.records import (
    HASH_BYTES,
    ID_BYTES,
    MOST_OCCUPATIONS,
    MOST_SKILLS,
    NEVER,
    NO_HASH,
    NOT_RECORDED,
    STAGE,
    Bytes,
    layout,
    narrow,
    record_of,
    tie_keys,
)
from talent.matching.row_index import RowIndex
from talent.matching.similarity import Concepts
from talent.matching.views import CandidateView, HeldRecognition
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import QualificationKind

NOTHING = np.int64(-1)
"""A key that every other is better than: the bound of a list that is not full."""
FIRST_SKILLS = 16
FIRST_ROWS = 1024
GROWTH = 8
"""A full pool grows by one part in so many: room that nobody lives in stays small (S-OWN-10)."""
MOST_CHANGES = 4_096
"""Changes after which all that is kept of the former rows is forgotten."""
Numbers = NDArray[np.unsignedinteger[Any]]


@dataclass
class Pool:
    """The columns, as narrow as what they hold; a row whose ``alive`` is False is empty and used again.

    Columns named as a field of a record hold what ``records.layout`` says, one row for each candidate; of skills the
    first 16 to 64 columns. kept : (n,) bool, whether the input of the row's hash is known to be stored. enough : (n,)
    int64, the own key that stands last in the candidate's own list; never higher than the true one.
    """

    occupation_concepts: Concepts
    skill_concepts: Concepts
    dimensions: int
    used: int = 0
    """Rows in which somebody lives or has lived."""
    index: RowIndex = field(default_factory=RowIndex)
    empty: list[int] = field(default_factory=list)
    """Rows that nobody lives in any more."""
    recognised: dict[tuple[str, str], dict[int, int]] = field(default_factory=dict)
    """For a country and an ISCO-08 group, the stage of each row that has a started case: few have one."""

    changed: list[int] = field(default_factory=list)
    """Rows that were written after they were first used, in the order of time: answers that are kept follow it."""
    answers: dict[Hashable, Answer] = field(default_factory=dict)
    """For a requirement, who does not lack it (``answers``)."""
    _by_occupation: tuple[NDArray[np.int32], NDArray[np.int64]] = (np.empty(0, np.int32), np.empty(0, np.int64))

    sorted_stages: dict[tuple[str, str], tuple[NDArray[np.int64], NDArray[np.int8]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._allocate(FIRST_ROWS)

    def columns(self, rows: int) -> dict[str, NDArray[np.generic]]:
        """Empty columns for so many rows."""
        occupations, skills = len(self.occupation_concepts.ids), self.no_skill
        return {
            "alive": np.zeros(rows, bool),
            "tie_key": np.zeros(rows, np.uint64),
            "ids": np.zeros((rows, ID_BYTES), np.uint8),
            "hashes": np.zeros((rows, HASH_BYTES), np.uint8),
            "kept": np.zeros(rows, bool),
            "occupations": np.full((rows, MOST_OCCUPATIONS), occupations, narrow(occupations)),
            "skills": np.full((rows, self.width), skills, narrow(skills)),
            "vectors": np.zeros((rows, self.dimensions), np.int16),
            "experience": np.zeros(rows, np.int16),
            "languages": np.full((rows, len(LANGUAGE_CODES)), NOT_RECORDED, np.int8, order="F"),
            "told_languages": np.zeros(rows, bool),
            "qualification_months": np.full((rows, len(QualificationKind)), -1, np.int16, order="F"),
            "licences": np.zeros(rows, np.uint32),
            "answered_licences": np.zeros(rows, bool),
            "countries": np.zeros(rows, np.uint32),
            "first_countries": np.zeros(rows, np.uint32),
            "least_pay": np.zeros(rows, np.int32),
            "available_day": np.full(rows, NEVER, np.int32),
            "has_case": np.zeros(rows, bool),
            "enough": np.full(rows, NOTHING, np.int64),
        }

    @property
    def no_skill(self) -> int:
        """The number in ``skills`` that stands for none."""
        return none_of(len(self.skill_concepts.ids))

    def reserve(self, rows: int) -> None:
        """Room for at least so many rows."""
        if rows > len(self.alive):
            self._allocate(rows)

    def _allocate(self, rows: int) -> None:
        for name, column in self.columns(rows).items():
            if self.used:
                column[: self.used] = getattr(self, name)[: self.used]
            setattr(self, name, column)

    alive: NDArray[np.bool_] = field(init=False)
    tie_key: NDArray[np.uint64] = field(init=False)
    ids: Bytes = field(init=False)
    hashes: Bytes = field(init=False)
    kept: NDArray[np.bool_] = field(init=False)
    occupations: Numbers = field(init=False)
    skills: Numbers = field(init=False)
    width: int = field(init=False, default=FIRST_SKILLS)
    """Columns of ``skills``: room for the most that anybody holds."""
    vectors: NDArray[np.int16] = field(init=False)
    experience: NDArray[np.int16] = field(init=False)
    languages: NDArray[np.int8] = field(init=False)
    told_languages: NDArray[np.bool_] = field(init=False)
    qualification_months: NDArray[np.int16] = field(init=False)
    licences: NDArray[np.uint32] = field(init=False)
    answered_licences: NDArray[np.bool_] = field(init=False)
    countries: NDArray[np.uint32] = field(init=False)
    first_countries: NDArray[np.uint32] = field(init=False)
    least_pay: NDArray[np.int32] = field(init=False)
    available_day: NDArray[np.int32] = field(init=False)
    has_case: NDArray[np.bool_] = field(init=False)
    enough: NDArray[np.int64] = field(init=False)

    def __len__(self) -> int:
        return self.used

    @property
    def layout(self) -> np.dtype[np.void]:
        """The fields of a record of this pool."""
        return layout(len(self.occupation_concepts.ids), len(self.skill_concepts.ids), self.dimensions)

    def living(self) -> NDArray[np.int32]:
        """The rows in which somebody lives."""
        return np.flatnonzero(self.alive[: len(self)]).astype(np.int32)

    @property
    def by_occupation(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """All rows in the order of their first occupation, and where each occupation's begin: (n,) and (n_known + 2,).

        A hint alone: it is made anew when the pool has grown by one part in eight, so somebody may stand elsewhere.
        """
        if self.used > len(self._by_occupation[0]) * (1 + 1 / GROWTH):
            first = self.occupations[: self.used, 0]
            rows = np.argsort(first, kind="stable").astype(np.int32)
            starts = np.searchsorted(first[rows], np.arange(len(self.occupation_concepts.ids) + 2))
            self._by_occupation = rows, starts
        return self._by_occupation

    def profile_id(self, row: int) -> UUID:
        """Whose row it is."""
        return UUID(bytes=self.ids[row].tobytes())

    def digest(self, row: int) -> str:
        """The hash of what matching saw of this row, in hexadecimal."""
        digest: bytes = self.hashes[row].tobytes()
        return digest.hex()

    def put(self, view: CandidateView, vector: NDArray[np.float32], digest: str = NO_HASH) -> int:
        """Add or replace one candidate; the number of its row."""
        record = record_of(view, vector, digest, (self.occupation_concepts, self.skill_concepts))
        row = self._row(view.profile_id)
        self._forget_recognitions(row)
        self._take(row, record[None])
        self._note_change(row)
        self.note_recognitions(row, view.recognitions)
        return row

    def put_new(self, blocks: Iterable[NDArray[np.void]]) -> None:
        """Add all of these candidates, none of whom is here yet; blocks : (n,) of ``layout`` each.

        Where a recognition is begun is in no record: ``note_recognitions`` is told it.
        """
        first = self.used
        for records in blocks:
            self.reserve(self.used + len(records))
            self._take(self.used, records)
            self.used += len(records)
        self.index.add_all(self.ids[first : self.used], np.arange(first, self.used, dtype=np.int32))

    def records(self, rows: NDArray[np.int32]) -> NDArray[np.void]:
        """The records of these rows, as they were put: (n,) of ``layout``."""
        found = np.zeros(len(rows), self.layout)
        found["skills"] = self.no_skill
        for name in self.layout.names or ():
            where = found[name][:, : self.width] if name == "skills" else found[name]
            where[:] = getattr(self, name)[rows]
        return found

    def _take(self, first: int, records: NDArray[np.void]) -> None:
        """Write these records into as many rows from the first one on."""
        while self.width < MOST_SKILLS and (records["skills"][:, self.width :] != self.no_skill).any():
            self._widen()
        where = slice(first, first + len(records))
        self.kept[where] &= (self.hashes[where] == records["hashes"]).all(axis=1)
        for name in records.dtype.names or ():
            getattr(self, name)[where] = records[name][:, : self.width] if name == "skills" else records[name]
        self.tie_key[where] = tie_keys(records["ids"])
        self.alive[where] = True

    def _row(self, profile_id: UUID) -> int:
        """The row of this candidate; one that nobody lives in for somebody new."""
        known = self.index.get(profile_id)
        if known is not None:
            return known
        row = self.empty.pop() if self.empty else self.used
        if row == self.used:
            if row == len(self.alive):
                self.reserve(row + max(FIRST_ROWS, row // GROWTH))
            self.used += 1
        self.index.put(profile_id, row)
        return row

    def _widen(self) -> None:
        """Room for twice as many skills of each candidate."""
        narrow_, self.width = self.skills, 2 * self.width
        self.skills = np.full((len(narrow_), self.width), self.no_skill, narrow_.dtype)
        self.skills[:, : narrow_.shape[1]] = narrow_

    def remove(self, profile_id: UUID) -> None:
        """Forget one candidate: its row is emptied and never ranked."""
        row = self.index.pop(profile_id)
        if row is not None:
            self._forget_recognitions(row)
            for name in ("alive", "ids", "hashes", "kept", "vectors", "has_case"):
                getattr(self, name)[row] = 0
            self.enough[row] = NOTHING
            self.empty.append(row)
            self._note_change(row)

    def _note_change(self, row: int) -> None:
        """Note that a row is another now; what is kept is forgotten where it would take long to follow."""
        self.changed.append(row)
        if len(self.changed) > MOST_CHANGES:
            self.changed.clear()
            self.answers.clear()

    def note_recognitions(self, row: int, recognitions: Sequence[HeldRecognition]) -> None:
        """Where this candidate has begun to be recognised, and how far it is."""
        for held in recognitions:
            self.recognised.setdefault((held.country, held.isco_group), {})[row] = STAGE[held.stage]
            self.sorted_stages.pop((held.country, held.isco_group), None)
            self._note_change(row)

    def _forget_recognitions(self, row: int) -> None:
        if self.has_case[row]:
            for place, stages in self.recognised.items():
                if stages.pop(row, None):
                    self.sorted_stages.pop(place, None)

    def stages(self, country: str, isco_group: str, rows: slice | NDArray[np.int32]) -> NDArray[np.int8]:
        """(n,) int8: how far the recognition of each of these rows is there, as ``STAGE``; 0 without a started case."""
        held = self.recognised.get((country, isco_group), {})
        found = np.zeros(len(self.alive[rows]), np.int8)
        if not held:
            return found
        if isinstance(rows, slice):
            numbers, stages = self._sorted_stages(country, isco_group)
            first, last = np.searchsorted(numbers, (rows.start, rows.stop))
            found[numbers[first:last] - rows.start] = stages[first:last]
        else:
            found[:] = [held.get(row, 0) for row in rows.tolist()]
        return found

    def _sorted_stages(self, country: str, isco_group: str) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """The rows with a started case there, rising, and their stages; kept until a case changes."""
        place = country, isco_group
        if place not in self.sorted_stages:
            held = sorted(self.recognised[place].items())
            self.sorted_stages[place] = np.array([row for row, _ in held]), np.array([one for _, one in held], np.int8)
        return self.sorted_stages[place]


def filled(pool: Pool, views: Sequence[CandidateView], vectors: NDArray[np.float32]) -> Pool:
    """The pool with all of these candidates put into it, in their order."""
    for view, vector in zip(views, vectors, strict=True):
        pool.put(view, vector)
    return pool
