"""What matching may see of a candidate and of a vacancy: nothing else can reach a score.

There is no name, sex, age, religion, photo, family, province, address or identity number here, and no field
that could hold one; a house-test keeps the list of fields.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from talent.taxonomy.levels import CEFR, Evidence, QualificationKind


@dataclass(frozen=True)
class HeldSkill:
    """A skill on a profile, with the candidate's own words for it."""

    skill_id: UUID
    words: str
    evidence: Evidence = Evidence.SELF_DECLARED
    award: str = ""  # the award from whose unit the skill follows; then ``words`` is the unit's title


@dataclass(frozen=True)
class HeldLanguage:
    """A language on a profile; ``level`` is None while unknown."""

    language: str
    level: CEFR | None


@dataclass(frozen=True)
class HeldQualification:
    """A qualification on a profile."""

    kind: QualificationKind
    field: str = ""
    full_time_months: int | None = None


class RecognitionStage(StrEnum):
    """How far the recognition of a qualification is, in rising order; refused and withdrawn cases are not seen."""

    BEGUN = "begun"
    PARTIAL = "partial"
    FULL = "full"


@dataclass(frozen=True)
class HeldRecognition:
    """A started case about a regulated profession: where, for which ISCO-08 group, and how far it is."""

    country: str
    isco_group: str
    stage: RecognitionStage


@dataclass(frozen=True)
class CandidateView:
    """A published profile as matching sees it."""

    profile_id: UUID
    occupation_ids: tuple[UUID, ...]  # the chosen one first, then those of jobs held
    experience_months: int
    skills: tuple[HeldSkill, ...]
    languages: tuple[HeldLanguage, ...]
    qualifications: tuple[HeldQualification, ...]
    licences: tuple[str, ...]
    answered_licences: bool
    countries: tuple[str, ...]  # empty: any Member State
    available_from: date | None
    text: str  # occupation, tasks and the candidate's own words, cleaned
    recognitions: tuple[HeldRecognition, ...] = ()  # one for each country and ISCO-08 group, the furthest
    first_countries: tuple[str, ...] = ()  # liked best of these; empty: all the same
    least_pay_euros: int | None = None  # wished for a month, before tax


@dataclass(frozen=True)
class NeededSkill:
    """A skill that a vacancy asks for."""

    skill_id: UUID
    words: str
    is_must: bool


@dataclass(frozen=True)
class NeededLanguage:
    """The least level of a language that a vacancy asks for."""

    language: str
    level: CEFR


@dataclass(frozen=True)
class VacancyView:
    """A published vacancy as matching sees it."""

    vacancy_id: UUID
    occupation_id: UUID | None
    isco_group: str
    country: str
    seats: int
    skills: tuple[NeededSkill, ...]
    languages: tuple[NeededLanguage, ...]
    qualification_kind: QualificationKind | None
    qualification_field: str
    qualification_months: int | None
    licences: tuple[str, ...]
    experience_months: int
    start_on: date | None
    text: str
    euros_a_month: int | None = None  # the least that is paid, before tax; None where it is not said
