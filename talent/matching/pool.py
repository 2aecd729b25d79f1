"""All published candidates as columns, so that one vacancy is compared with every one of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.fixed_point import whole_steps
from talent.matching.grades import graded_number, none_of
from talent.matching.similarity import Concepts
from talent.matching.views import CandidateView, RecognitionStage
from talent.taxonomy.countries import COUNTRY_CODES
from talent.taxonomy.languages import LANGUAGE_CODES
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.taxonomy.licences import LICENCES

LANGUAGE_COLUMN = {code: column for column, code in enumerate(LANGUAGE_CODES)}
COUNTRY_BIT = {code: np.uint32(1) << np.uint32(bit) for bit, code in enumerate(COUNTRY_CODES)}
LICENCE_BIT = {licence.code: np.uint32(1) << np.uint32(bit) for bit, licence in enumerate(LICENCES)}
LEVEL = {level: order for order, level in enumerate(CEFR, start=1)}
KIND_COLUMN = {kind: column for column, kind in enumerate(QualificationKind)}

NOT_RECORDED, LEVEL_UNKNOWN = -1, 0
NEVER = np.int32(2**31 - 1)
NOTHING = np.int64(-1)
"""A key that every other is better than: the bound of a list that is not full."""
MOST_MONTHS = 2**15 - 1
STAGE = {stage: order for order, stage in enumerate(RecognitionStage, start=1)}
"""1 begun to 3 full; 0 stands for no started case."""
MOST_OCCUPATIONS, FIRST_SKILLS, MOST_SKILLS = 4, 16, 64
Numbers = NDArray[np.unsignedinteger[Any]]


@dataclass
class Pool:
    """The columns, as narrow as what they hold; a row whose ``alive`` is False is empty and used again.

    occupations : (n, 4) concept numbers, filled up with the number of concepts; skills : (n, 16 to 64) numbers with
    their grade (``grades``), filled up with that of none; uint16 where they fit. vectors : (n, d) int16 in whole steps.
    languages : (n, n_languages) int8, -1 not recorded, 0 level unknown, 1 to 6 A1 to C2. qualification_months :
    (n, n_kinds) int16, -1 none of the kind, 0 duration unknown.
    enough : (n,) int64, the key that stands last in the candidate's own list; never higher than the true one.
    """

    occupation_concepts: Concepts
    skill_concepts: Concepts
    dimensions: int
    views: list[CandidateView | None] = field(default_factory=list)
    index: dict[UUID, int] = field(default_factory=dict)
    empty: list[int] = field(default_factory=list)
    """Rows that nobody lives in any more."""
    recognised: dict[tuple[str, str], dict[int, int]] = field(default_factory=dict)
    """For a country and an ISCO-08 group, the stage of each row that has a started case: few have one."""

    sorted_stages: dict[tuple[str, str], tuple[NDArray[np.int64], NDArray[np.int8]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._allocate(1024)

    def columns(self, rows: int) -> dict[str, NDArray[np.generic]]:
        """Empty columns for so many rows."""
        occupations, skills = len(self.occupation_concepts.ids), self.no_skill
        return {
            "alive": np.zeros(rows, bool),
            "tie_key": np.zeros(rows, np.uint64),
            "occupations": np.full((rows, MOST_OCCUPATIONS), occupations, _narrow(occupations)),
            "skills": np.full((rows, self.width), skills, _narrow(skills)),
            "vectors": np.zeros((rows, self.dimensions), np.int16),
            "experience": np.zeros(rows, np.int16),
            "languages": np.full((rows, len(LANGUAGE_CODES)), NOT_RECORDED, np.int8, order="F"),
            "told_languages": np.zeros(rows, bool),
            "qualification_months": np.full((rows, len(QualificationKind)), -1, np.int16, order="F"),
            "licences": np.zeros(rows, np.uint32),
            "answered_licences": np.zeros(rows, bool),
            "countries": np.zeros(rows, np.uint32),
            "available_day": np.full(rows, NEVER, np.int32),
            "enough": np.full(rows, NOTHING, np.int64),
        }

    @property
    def no_skill(self) -> int:
        """The number in ``skills`` that stands for none."""
        return none_of(len(self.skill_concepts.ids))

    def _allocate(self, rows: int) -> None:
        used = len(self.views)
        for name, column in self.columns(rows).items():
            if used:
                column[:used] = getattr(self, name)[:used]
            setattr(self, name, column)

    alive: NDArray[np.bool_] = field(init=False)
    tie_key: NDArray[np.uint64] = field(init=False)
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
    available_day: NDArray[np.int32] = field(init=False)
    enough: NDArray[np.int64] = field(init=False)

    def __len__(self) -> int:
        return len(self.views)

    def living(self) -> NDArray[np.int32]:
        """The rows in which somebody lives."""
        return np.flatnonzero(self.alive[: len(self)]).astype(np.int32)

    def put(self, view: CandidateView, vector: NDArray[np.float32]) -> int:
        """Add or replace one candidate; the number of its row."""
        row = self._row(view.profile_id)
        self._forget_recognitions(row)
        self.views[row] = view
        for held in view.recognitions:
            self.recognised.setdefault((held.country, held.isco_group), {})[row] = STAGE[held.stage]
            self.sorted_stages.pop((held.country, held.isco_group), None)
        self.alive[row] = True
        self.tie_key[row] = np.uint64(view.profile_id.int & (2**64 - 1))
        self.vectors[row] = whole_steps(vector)
        self.experience[row] = min(view.experience_months, MOST_MONTHS)
        self.available_day[row] = view.available_from.toordinal() if view.available_from else NEVER
        self._put_concepts(row, view)
        self._put_papers(row, view)
        return row

    def _row(self, profile_id: UUID) -> int:
        """The row of this candidate; one that nobody lives in for somebody new."""
        if profile_id in self.index:
            return self.index[profile_id]
        row = self.empty.pop() if self.empty else len(self.views)
        if row == len(self.views):
            if row == len(self.alive):
                self._allocate(2 * row)
            self.views.append(None)
        self.index[profile_id] = row
        return row

    def _put_concepts(self, row: int, view: CandidateView) -> None:
        while self.width < min(len(view.skills), MOST_SKILLS):
            self._widen()
        trades, skills = self.occupation_concepts, self.skill_concepts
        worked = [trades.index[trade] for trade in view.occupation_ids if trade in trades.index]
        held = [
            graded_number(skills.index[one.skill_id], one.evidence, len(skills.ids))
            for one in view.skills
            if one.skill_id in skills.index
        ]
        for column, none, numbers in (
            (self.occupations, len(trades.ids), worked[:MOST_OCCUPATIONS]),
            (self.skills, self.no_skill, held[: self.width]),
        ):
            column[row] = none
            column[row, : len(numbers)] = numbers

    def _widen(self) -> None:
        """Room for twice as many skills of each candidate."""
        narrow, self.width = self.skills, 2 * self.width
        self.skills = np.full((len(narrow), self.width), self.no_skill, narrow.dtype)
        self.skills[:, : narrow.shape[1]] = narrow

    def _put_papers(self, row: int, view: CandidateView) -> None:
        self.languages[row] = NOT_RECORDED
        self.told_languages[row] = any(spoken.language in LANGUAGE_COLUMN for spoken in view.languages)
        for spoken in view.languages:
            if spoken.language in LANGUAGE_COLUMN:
                level = LEVEL[spoken.level] if spoken.level else LEVEL_UNKNOWN
                self.languages[row, LANGUAGE_COLUMN[spoken.language]] = level
        self.qualification_months[row] = -1
        for paper in view.qualifications:
            column = KIND_COLUMN[paper.kind]
            months = paper.full_time_months or 0
            self.qualification_months[row, column] = max(months, self.qualification_months[row, column])
        self.licences[row] = sum((LICENCE_BIT[code] for code in view.licences if code in LICENCE_BIT), np.uint32(0))
        self.answered_licences[row] = view.answered_licences
        self.countries[row] = sum((COUNTRY_BIT[code] for code in view.countries if code in COUNTRY_BIT), np.uint32(0))

    def remove(self, profile_id: UUID) -> None:
        """Forget one candidate: its row is emptied and never ranked."""
        row = self.index.pop(profile_id, None)
        if row is not None:
            self._forget_recognitions(row)
            self.alive[row] = False
            self.views[row] = None
            self.vectors[row] = 0
            self.enough[row] = NOTHING
            self.empty.append(row)

    def _forget_recognitions(self, row: int) -> None:
        before = self.views[row]
        for held in before.recognitions if before else ():
            self.recognised[held.country, held.isco_group].pop(row, None)
            self.sorted_stages.pop((held.country, held.isco_group), None)

    def stages(self, country: str, isco_group: str, rows: slice | NDArray[np.int32]) -> NDArray[np.int8]:
        """(n,) int8: how far the recognition of each of these rows is there, as ``STAGE``; 0 without a started case."""
        held = self.recognised.get((country, isco_group), {})
        if not isinstance(rows, slice):
            return np.array([held.get(row, 0) for row in rows.tolist()], np.int8)
        found = np.zeros(len(self.alive[rows]), np.int8)
        if held:
            numbers, stages = self._sorted_stages(country, isco_group)
            first, last = np.searchsorted(numbers, (rows.start, rows.stop))
            found[numbers[first:last] - rows.start] = stages[first:last]
        return found

    def _sorted_stages(self, country: str, isco_group: str) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """The rows with a started case there, rising, and their stages; kept until a case changes."""
        place = country, isco_group
        if place not in self.sorted_stages:
            held = sorted(self.recognised[place].items())
            self.sorted_stages[place] = np.array([row for row, _ in held]), np.array([one for _, one in held], np.int8)
        return self.sorted_stages[place]

    def view(self, row: int) -> CandidateView:
        """The candidate of a living row."""
        found = self.views[row]
        assert found is not None, "a removed candidate has no view"
        return found


def _narrow(concepts: int) -> type[np.uint16] | type[np.uint32]:
    """The narrowest whole numbers that count so many concepts, and none of them."""
    return np.uint16 if concepts < 2**16 else np.uint32


def filled(pool: Pool, views: Sequence[CandidateView], vectors: NDArray[np.float32]) -> Pool:
    """The pool with all of these candidates put into it, in their order."""
    for view, vector in zip(views, vectors, strict=True):
        pool.put(view, vector)
    return pool


def day_number(day: date | None) -> np.int32:
    """The proleptic ordinal of a day; the last day there is for None."""
    return np.int32(day.toordinal()) if day else NEVER
