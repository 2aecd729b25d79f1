"""What would change a candidate's place: the view of one pair with one or two things added, scored again.

A change adds what is missing to the candidate's view and nothing else. Vectors stay as they are: the description of
the work is not written anew, and no language model is loaded. A change says what a list would look like, not what will
be: whether somebody can learn, pass or prove a thing is not known here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from talent.matching.grades import COUNTS
from talent.matching.pool import Pool
from talent.matching.requirements import Requirement, Verdict
from talent.matching.scorer import HAND, Weights
from talent.matching.similarity import LIKENESS
from talent.matching.views import (
    CandidateView,
    HeldLanguage,
    HeldQualification,
    HeldRecognition,
    HeldSkill,
    RecognitionStage,
    VacancyView,
)
from talent.taxonomy.levels import CEFR, Evidence, QualificationKind

FLOAT = NDArray[np.float32]
KEYS = NDArray[np.int64]
SKILL: Final = "skill"
HELD: Final = round(LIKENESS * COUNTS[Evidence.SELF_DECLARED])
"""What the needed skill itself counts for by the candidate's word."""
MOST_COMBINED: Final = 12
"""Of so many changes, the best alone, every pair is tried (S-OWN-1)."""
CERTIFIED: Final = Evidence.INSTITUTE_ATTESTED
"""How an added skill is shown: as an institute's certificate shows it, never by the candidate's word alone."""


@dataclass(frozen=True)
class Change:
    """One thing that a candidate may add; ``least`` is the least that is enough, for a skill the vacancy's words."""

    kind: str
    which: str
    least: Any = None

    def applied(self, candidate: CandidateView) -> CandidateView:
        """The candidate's view with this added."""
        return ADDITIONS[self.kind](candidate, self)


@dataclass(frozen=True)
class Outcome:
    """These changes made: the score in points of 100, the key in the vacancy's order, the place or None beyond it."""

    changes: tuple[Change, ...]
    score: float
    missing: int
    tie: int
    key: int
    place: int | None


def _language(candidate: CandidateView, change: Change) -> CandidateView:
    others = (held for held in candidate.languages if held.language != change.which)
    return replace(candidate, languages=(*others, HeldLanguage(change.which, CEFR(change.least))))


def _licence(candidate: CandidateView, change: Change) -> CandidateView:
    return replace(candidate, licences=tuple(sorted({*candidate.licences, change.which})))


def _qualification(candidate: CandidateView, change: Change) -> CandidateView:
    held = HeldQualification(QualificationKind(change.which), full_time_months=change.least)
    return replace(candidate, qualifications=(*candidate.qualifications, held))


def _availability(candidate: CandidateView, change: Change) -> CandidateView:
    return replace(candidate, available_from=date.fromisoformat(change.least))


def _place(candidate: CandidateView, change: Change) -> CandidateView:
    return replace(candidate, countries=tuple(sorted({*candidate.countries, change.which})))


def _regulated(candidate: CandidateView, change: Change) -> CandidateView:
    """A case that is begun: what a competent authority decides is nobody's to assume."""
    country, _, isco_group = change.which.partition("-")
    held = HeldRecognition(country, isco_group, RecognitionStage.BEGUN)
    return replace(candidate, recognitions=(*candidate.recognitions, held))


def _skill(candidate: CandidateView, change: Change) -> CandidateView:
    held = HeldSkill(UUID(change.which), str(change.least), CERTIFIED)
    return replace(candidate, skills=(*candidate.skills, held))


ADDITIONS: dict[str, Callable[[CandidateView, Change], CandidateView]] = {
    "language": _language,
    "licence": _licence,
    "qualification": _qualification,
    "availability": _availability,
    "place": _place,
    "regulated": _regulated,
    SKILL: _skill,
}


def lacking(
    requirements: Iterable[Requirement], verdicts: Iterable[int], vacancy: VacancyView, strengths: Iterable[int]
) -> list[Change]:
    """What a candidate may add: each requirement that is missing, then each needed skill not covered in full.

    ``strengths`` : units of likeness as far as they are shown, in the order of the vacancy's skills. What is unknown
    counts as nothing missing, and a skill that is fully covered by the candidate's word is held.
    """
    found = [
        Change(asked.kind, asked.which, asked.least)
        for asked, verdict in zip(requirements, verdicts, strict=True)
        if verdict == Verdict.MISSING
    ]
    skills = zip(vacancy.skills, strengths, strict=True)
    return found + [Change(SKILL, str(one.skill_id), one.words) for one, strength in skills if strength < HELD]


@dataclass(frozen=True)
class Others:
    """The best of the others on a vacancy's list, best first: their keys there, and in the order of both sides."""

    listed: KEYS
    both: KEYS

    def place_of(self, listed: int, both: int, length: int) -> int | None:
        """Where somebody with these keys is shown on a list of this length; None for who does not stand on it."""
        if int((self.listed > listed).sum()) >= length:
            return None
        return 1 + int((self.both[: length - 1] > both).sum())


@dataclass
class Rescoring:
    """One candidate against one vacancy, in a pool of a single row, and the others on the vacancy's list.

    ``length`` is how many places of the list are known: whoever stands behind so many stands beyond it.
    """

    pool: Pool
    vacancy: VacancyView
    vacancy_vector: FLOAT
    candidate: CandidateView
    candidate_vector: FLOAT
    others: Others
    length: int
    weights: Weights = HAND

    def outcome(self, *changes: Change) -> Outcome:
        """Where the candidate would stand with these changes; without any, where the candidate stands."""
        from talent.matching.ranking import own_keys, rank  # with their compiled loops, once somebody asks
        from talent.matching.wishes import both_sides

        view = self.candidate
        for change in changes:
            view = change.applied(view)
        row = np.array([self.pool.put(view, self.candidate_vector)], np.int32)
        found = rank(self.pool, self.vacancy, self.vacancy_vector, row, weights=self.weights)
        key = int(found.keys[0])
        both = own_keys(found.keys, both_sides(found.scores, found.wished.total[:, 0]))
        place = self.others.place_of(key, int(both[0]), self.length)
        return Outcome(changes, found.scores[0] / 100, int(found.missing[0]), int(found.ties[0]), key, place)

    def singles(self, changes: Iterable[Change]) -> list[Outcome]:
        """Each change alone, the best first."""
        return sorted((self.outcome(change) for change in changes), key=lambda one: -one.key)

    def best_pair(self, singles: Sequence[Outcome]) -> Outcome | None:
        """The best of two changes together; None where there are fewer than two."""
        best = [one.changes[0] for one in singles[:MOST_COMBINED]]
        return max((self.outcome(*two) for two in combinations(best, 2)), key=lambda one: one.key, default=None)
