"""From rows to views: the only way by which a profile or a vacancy reaches matching."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from talent.foundation.clock import today
from talent.foundation.text import fold
from talent.matching.language import ENCODER_LANGUAGES, UNKNOWN, detect_language
from talent.matching.views import (
    CandidateView,
    HeldLanguage,
    HeldQualification,
    HeldRecognition,
    HeldSkill,
    NeededLanguage,
    NeededSkill,
    RecognitionStage,
    VacancyView,
)
from talent.profiles.consent import may_be_ranked
from talent.profiles.models import Profile
from talent.profiles.rules import months_of_experience, profile_text
from talent.recognition.crosswalk import skills_of_awards
from talent.recognition.models import RecognitionCase
from talent.recognition.procedures import catalogue
from talent.recognition.states import STARTED, CaseState
from talent.recognition.terms import ProcedureKind
from talent.taxonomy.models import Label, Occupation
from talent.vacancies.models import Vacancy
from talent.vacancies.pay import euros_a_month
from talent.vacancies.states import VacancyState

BATCH = 2_000
MOST_TEXT_CHARACTERS = 2_000
STAGES: Final = defaultdict(
    lambda: RecognitionStage.BEGUN,
    {
        CaseState.PARTIAL: RecognitionStage.PARTIAL,
        CaseState.MEASURE: RecognitionStage.PARTIAL,
        CaseState.FULL: RecognitionStage.FULL,
    },
)
"""How far a started case is, as matching sees it."""
READ = ENCODER_LANGUAGES | {UNKNOWN}
"""Languages whose words are embedded; a few words of no clear language are often a trade's English terms."""


def published_profiles(ids: Sequence[UUID] | None = None) -> Select[Profile]:
    """All published profiles, or those among these."""
    query = (
        select(Profile)
        .where(may_be_ranked())
        .options(
            selectinload(Profile.skills),
            selectinload(Profile.languages),
            selectinload(Profile.qualifications),
            selectinload(Profile.work),
        )
        .order_by(Profile.id)
    )
    return query if ids is None else query.where(Profile.id.in_(ids))


def published_vacancies(ids: Sequence[UUID] | None = None) -> Select[Vacancy]:
    """All published vacancies, or those among these."""
    query = (
        select(Vacancy)
        .where(Vacancy.state == VacancyState.PUBLISHED)
        .options(selectinload(Vacancy.skills), selectinload(Vacancy.languages))
        .order_by(Vacancy.id)
    )
    return query if ids is None else query.where(Vacancy.id.in_(ids))


@dataclass(frozen=True)
class Terms:
    """What views need of the taxonomy: the English label of each concept, and the ISCO-08 group of each occupation.

    There are some tens of thousands; a worker reads them once and keeps them as long as its releases stay the same.
    """

    label: Mapping[UUID | None, str]
    isco: Mapping[UUID, str]

    def labels(self, concepts: Iterable[UUID]) -> list[str]:
        """The English label of each of these concepts, an empty one where there is none."""
        return [self.label.get(concept, "") for concept in concepts]

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 over the labels."""
        parts = (concept.bytes + label.encode() for concept, label in self.label.items() if concept)
        return hashlib.sha256(b"\0".join(parts)).digest()


def terms_of(session: Session) -> Terms:
    """The terms of all loaded releases."""
    english = (
        select(Label.occupation_id, Label.skill_id, Label.text)
        .where(Label.language == "en", Label.is_preferred)
        .order_by(Label.id)
    )
    return Terms(
        {occupation or skill: text for occupation, skill, text in session.execute(english)},
        dict(session.execute(select(Occupation.id, Occupation.isco_group)).all()),
    )


class Assembler:
    """Makes views, with these terms or those of all loaded releases."""

    def __init__(self, session: Session, terms: Terms | None = None) -> None:
        self.session = session
        self.terms = terms or terms_of(session)

    @cached_property
    def award_skills(self) -> dict[tuple[str, str], list[tuple[UUID, str]]]:
        """The skills of each published crosswalk, read when the first candidate with an award comes."""
        return skills_of_awards(self.session)

    def candidates(self, ids: Sequence[UUID] | None = None) -> Iterable[CandidateView]:
        """The views of all published profiles, or of those among these."""
        return (view for _, view in self.profiles(ids))

    def profiles(self, ids: Sequence[UUID] | None = None) -> Iterable[tuple[Profile, CandidateView]]:
        """All published profiles, or those among these, with their views."""
        recognised = recognitions(self.session, ids)
        for profile in self.session.scalars(published_profiles(ids).execution_options(yield_per=BATCH)):
            yield profile, self.candidate(profile, recognised.get(profile.account_id, ()))

    def vacancies(self, ids: Sequence[UUID] | None = None) -> Iterable[VacancyView]:
        """The views of all published vacancies, or of those among these."""
        for vacancy in self.session.scalars(published_vacancies(ids)):
            yield self.vacancy(vacancy)

    def candidate(self, profile: Profile, recognised: tuple[HeldRecognition, ...] = ()) -> CandidateView:
        """One profile as matching sees it."""
        occupations = [profile.occupation_id, *(period.occupation_id for period in profile.work)]
        known = tuple(dict.fromkeys(concept for concept in occupations if concept is not None))
        coded = self.terms.labels((*known[:1], *(held.skill_id for held in profile.skills)))
        own = profile_text(
            occupations=[profile.occupation_words],
            titles=[period.title for period in profile.work],
            tasks=[period.tasks for period in profile.work],
            about=profile.about,
        )
        return CandidateView(
            profile_id=profile.id,
            occupation_ids=known,
            experience_months=months_of_experience(profile.work, today()),
            skills=(
                *(HeldSkill(held.skill_id, held.words, held.evidence) for held in profile.skills),
                *self.following(profile),
            ),
            languages=tuple(HeldLanguage(spoken.language, spoken.level) for spoken in profile.languages),
            qualifications=tuple(
                HeldQualification(paper.kind, paper.field, paper.full_time_months) for paper in profile.qualifications
            ),
            licences=tuple(sorted(profile.licences)),
            answered_licences=profile.answered_licences,
            countries=tuple(sorted(profile.countries)),
            available_from=profile.available_from,
            text=text_of(coded, own.splitlines()),
            recognitions=recognised,
            first_countries=tuple(sorted(profile.first_countries)),
            least_pay_euros=profile.least_pay_euros,
        )

    def following(self, profile: Profile) -> list[HeldSkill]:
        """Skills that follow from the candidate's awards by their published crosswalks, and are not told already.

        They are shown as well as the award is: one that was only typed in shows no more than the candidate's word.
        """
        told = {held.skill_id for held in profile.skills}
        found: dict[UUID, HeldSkill] = {}
        for paper in sorted(profile.qualifications, key=lambda one: (-one.evidence.order, str(one.id))):
            for skill_id, unit in self.award_skills.get((paper.kind.value, fold(paper.title)), ()):
                if skill_id not in told:
                    found.setdefault(skill_id, HeldSkill(skill_id, unit, paper.evidence, paper.title))
        return list(found.values())

    def vacancy(self, vacancy: Vacancy) -> VacancyView:
        """One vacancy as matching sees it."""
        concepts = ([vacancy.occupation_id] if vacancy.occupation_id else []) + [
            needed.skill_id for needed in vacancy.skills
        ]
        return VacancyView(
            vacancy_id=vacancy.id,
            occupation_id=vacancy.occupation_id,
            isco_group=self.terms.isco.get(vacancy.occupation_id, "") if vacancy.occupation_id else "",
            country=vacancy.country,
            seats=vacancy.seats,
            skills=tuple(NeededSkill(needed.skill_id, needed.words, needed.is_must) for needed in vacancy.skills),
            languages=tuple(NeededLanguage(spoken.language, spoken.level) for spoken in vacancy.languages),
            qualification_kind=vacancy.qualification_kind,
            qualification_field=vacancy.qualification_field,
            qualification_months=vacancy.qualification_months,
            licences=tuple(sorted(vacancy.licences)),
            experience_months=vacancy.experience_months,
            start_on=vacancy.start_on,
            text=text_of(self.terms.labels(concepts), [vacancy.title, vacancy.description]),
            euros_a_month=euros_a_month(
                vacancy.pay_from_cents, vacancy.pay_currency, vacancy.pay_period, vacancy.hours_per_week
            ),
        )


def recognitions(session: Session, ids: Sequence[UUID] | None = None) -> dict[UUID, tuple[HeldRecognition, ...]]:
    """For each account with a started case about a regulated profession, how far it is; in one query.

    A statement about a degree, or a comparison where nothing is regulated, opens no regulated profession and is left
    out. Of several cases for the same profession the furthest counts.
    """
    opening = [row.id for row in catalogue().procedures if row.kind is ProcedureKind.REGULATED]
    query = select(
        RecognitionCase.account_id, RecognitionCase.country, RecognitionCase.isco_group, RecognitionCase.state
    ).where(RecognitionCase.state.in_(sorted(STARTED)), RecognitionCase.procedure_id.in_(opening))
    if ids is not None:
        query = query.where(RecognitionCase.account_id.in_(select(Profile.account_id).where(Profile.id.in_(ids))))
    order = list(RecognitionStage)
    furthest: dict[UUID, dict[tuple[str, str], RecognitionStage]] = defaultdict(dict)
    for account, country, isco_group, state in session.execute(query):
        held = furthest[account]
        place, stage = (country, isco_group), STAGES[state]
        held[place] = max(held.get(place, stage), stage, key=order.index)
    return {
        account: tuple(HeldRecognition(*place, stage) for place, stage in sorted(held.items()))
        for account, held in furthest.items()
    }


def text_of(coded: Sequence[str], own_words: Sequence[str]) -> str:
    """What is embedded: the English labels of the codes, then own words in a language that the encoder knows."""
    written = [words.strip() for words in own_words if words.strip(" .") and detect_language(words).tag in READ]
    return ". ".join([*(label for label in coded if label), *written])[:MOST_TEXT_CHARACTERS]
