"""The four parts of the form of a vacancy: what each asks, shows of what is saved, and makes of the answer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from talent.foundation.amounts import amount_text
from talent.foundation.words import N_
from talent.taxonomy.countries import MEMBER_STATES, country_name
from talent.taxonomy.fields import FIELD_NAMES
from talent.taxonomy.languages import LANGUAGE_NAMES, language_name
from talent.taxonomy.levels import CEFR, QUALIFICATION_NAMES
from talent.taxonomy.licences import LICENCES
from talent.taxonomy.service import Hit, labels
from talent.vacancies.choosing import SkillRow, occupation_meant, skill_rows, wanted_skills
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import LANGUAGE_ROWS, ConditionsPart, JobPart, RequirementsPart, SkillsPart, VacancyDraft
from talent.vacancies.terms import COST_PAYER_NAMES, CURRENCIES, PAY_PERIOD_NAMES, CostPayer
from web.form_values import keys_among
from web.forms import Answer
from web.parts import Choice
from web.routes.vacancy_words import PART_TITLES

Choices = Mapping[str, Sequence[Choice]]


@dataclass(frozen=True)
class PartView:
    """One part of the form; ``hits`` are the occupations that the words may mean."""

    title: str
    number: int
    action: str
    back: str
    version: int | None
    choices: Choices = field(default_factory=dict)
    hits: Sequence[Choice] = ()
    skills: Sequence[SkillRow] = ()
    language_rows: range = range(LANGUAGE_ROWS)
    of: int = len(PART_TITLES)


@dataclass(frozen=True)
class Part:
    """How one part is shown, what can be chosen in it, and how its answer becomes values of a vacancy."""

    name: str
    model: type[BaseModel]
    shown: Callable[[Session, Vacancy, str], dict[str, Any]]
    draft: Callable[[Session, Any, str], VacancyDraft]
    choices: Callable[[str], Choices]

    @property
    def template(self) -> str:
        """The page of this part."""
        return f"vacancies/{self.name}.html"


def by_label(choices: Iterable[Choice]) -> list[Choice]:
    """The choices in the order of their words."""
    return sorted(choices, key=lambda one: str(one.label))


def country_choices(language: str) -> list[Choice]:
    """The Member States by name."""
    return by_label([Choice(code, country_name(code, language)) for code in MEMBER_STATES])


def hit_choices(hits: Sequence[Hit]) -> list[Choice]:
    """Occupations found, each with its ISCO-08 code and the words that were found."""
    return [
        Choice(str(hit.id), f"{hit.label} ({hit.code})", hit.matched_label if hit.matched_label != hit.label else "")
        for hit in hits
    ]


def job_shown(session: Session, vacancy: Vacancy, language: str) -> dict[str, Any]:
    """What is saved of the job."""
    known = [vacancy.occupation_id] if vacancy.occupation_id else []
    occupation = next(iter(labels(session, known, language).values()), "")
    same = ("title", "employer", "reference", "description", "country", "place", "seats", "occupation_id")
    values = {name: getattr(vacancy, name) for name in same}
    return {**values, "occupation": occupation, "occupation_for": occupation}


def job_draft(session: Session, answer: JobPart, language: str) -> VacancyDraft:
    """The job as values; ChooseOccupation when its words may mean several occupations."""
    occupation = occupation_meant(
        session,
        answer.occupation,
        chosen=answer.occupation_id,
        chosen_for=answer.occupation_for,
        language=language,
    )
    values = answer.model_dump(exclude={"occupation", "occupation_for", "occupation_id", "reference"})
    if answer.reference:  # a vacancy keeps the reference it has when the box is emptied
        values["reference"] = answer.reference
    return VacancyDraft(**values, occupation_id=occupation)


def skills_shown(_session: Session, vacancy: Vacancy, _language: str) -> dict[str, Any]:
    """The skills that are saved."""
    return {
        "must": [one.skill_id for one in vacancy.skills if one.is_must],
        "nice": [one.skill_id for one in vacancy.skills if not one.is_must],
    }


def skills_draft(session: Session, answer: SkillsPart, _language: str) -> VacancyDraft:
    """The ticked skills."""
    return VacancyDraft(skills=wanted_skills(session, answer.must, answer.nice))


def rows_to_tick(session: Session, vacancy: Vacancy, answer: Answer[Any], language: str) -> list[SkillRow]:
    """What can be ticked now: what was searched for, what is ticked, and what the occupation needs."""
    ticked = keys_among((*answer.all("must"), *answer.all("nice")))
    search = answer.text("search")
    return skill_rows(session, occupation_id=vacancy.occupation_id, held=ticked, search=search, language=language)


def requirements_shown(_session: Session, vacancy: Vacancy, _language: str) -> dict[str, Any]:
    """The requirements that are saved."""
    same = ("qualification_kind", "qualification_field", "qualification_months", "licences")
    values = {name: getattr(vacancy, name) for name in same}
    for number, row in enumerate(vacancy.languages):
        values |= {f"languages-{number}-language": row.language, f"languages-{number}-level": row.level}
    return {**values, "experience_months": vacancy.experience_months or None}


def requirements_draft(_session: Session, answer: RequirementsPart, _language: str) -> VacancyDraft:
    """The requirements as values."""
    return VacancyDraft(**answer.model_dump())


def conditions_shown(_session: Session, vacancy: Vacancy, _language: str) -> dict[str, Any]:
    """The conditions that are saved; amounts as one would type them."""
    payer = vacancy.cost_payer if vacancy.cost_payer is not CostPayer.UNKNOWN else None
    hours = f"{vacancy.hours_per_week:g}" if vacancy.hours_per_week else None
    same = ("pay_currency", "pay_period", "start_on", "closes_on")
    return {
        **{name: getattr(vacancy, name) for name in same},
        "pay_from_cents": amount_text(vacancy.pay_from_cents),
        "pay_to_cents": amount_text(vacancy.pay_to_cents),
        "hours_per_week": hours,
        "cost_payer": payer,
    }


def conditions_draft(_session: Session, answer: ConditionsPart, _language: str) -> VacancyDraft:
    """The conditions as values."""
    return VacancyDraft(**answer.model_dump())


def requirement_choices(language: str) -> Choices:
    """Languages, levels, kinds and fields of qualifications, licences."""
    return {
        "language": by_label([Choice(code, language_name(code, language)) for code in LANGUAGE_NAMES]),
        "level": [Choice(level.value, level.value) for level in CEFR],
        "qualification_kind": [Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items()],
        "qualification_field": [Choice(code, name) for code, name in FIELD_NAMES.items()],
        "licences": [Choice(licence.code, licence.name) for licence in LICENCES],
    }


PAYER_HINTS: Mapping[CostPayer, str] = {
    CostPayer.EMPLOYER: N_("Agency fees, visa, travel, medical examination, translations: all of them."),
    CostPayer.WORKER: N_("Then this vacancy cannot be published here."),
}


def condition_choices(_language: str) -> Choices:
    """Currencies, pay periods, and who may pay."""
    return {
        "pay_currency": [Choice(code, code) for code in CURRENCIES],
        "pay_period": [Choice(period.value, name) for period, name in PAY_PERIOD_NAMES.items()],
        "cost_payer": [
            Choice(payer.value, name, PAYER_HINTS.get(payer, "")) for payer, name in COST_PAYER_NAMES.items()
        ],
    }


PARTS: Mapping[str, Part] = {
    part.name: part
    for part in (
        Part("job", JobPart, job_shown, job_draft, lambda language: {"country": country_choices(language)}),
        Part("skills", SkillsPart, skills_shown, skills_draft, lambda _language: {}),
        Part("requirements", RequirementsPart, requirements_shown, requirements_draft, requirement_choices),
        Part("conditions", ConditionsPart, conditions_shown, conditions_draft, condition_choices),
    )
}
ORDER = tuple(PARTS)
