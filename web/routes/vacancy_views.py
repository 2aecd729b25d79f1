"""What the pages of a vacancy show: its values in words, its problems with the place to mend them, its history."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.words import N_, Sentence
from talent.taxonomy.countries import country_name
from talent.taxonomy.fields import FIELD_NAMES
from talent.taxonomy.languages import language_name
from talent.taxonomy.levels import QUALIFICATION_NAMES
from talent.taxonomy.licences import LICENCE_NAMES
from talent.taxonomy.service import labels
from talent.vacancies import service
from talent.vacancies.conflicts import draft_of
from talent.vacancies.listing import history
from talent.vacancies.models import Vacancy
from talent.vacancies.rules import Problem
from talent.vacancies.schemas import VacancyDraft
from talent.vacancies.states import VACANCY, VacancyAction
from talent.vacancies.terms import COST_PAYER_NAMES, PAY_PERIOD_NAMES
from web.i18n import LANGUAGES, Words
from web.parts import JournalLine, Tag, Text
from web.routes.vacancy_words import (
    BOXES,
    DONE,
    FIELD_NAMES_SHOWN,
    NOT_STATED,
    PART_FIELDS,
    PART_OF,
    PART_TITLES,
    STATE_TAGS,
    THE_SERVICE,
    WHEN_EMPTY,
)


@dataclass(frozen=True)
class Names:
    """The words of one reader, and the names of occupations and skills in them."""

    language: str
    concepts: Mapping[UUID, str] = field(default_factory=dict)


def names_for(session: Session, drafts: Iterable[VacancyDraft], language: str) -> Names:
    """The names that showing these drafts needs."""
    ids: set[UUID] = set()
    for draft in drafts:
        ids.update(skill.skill_id for skill in draft.skills)
        if draft.occupation_id:
            ids.add(draft.occupation_id)
    return Names(language, labels(session, ids, language))


Reader = Callable[[VacancyDraft, Names], list[Text]]


def plain(text: object) -> Sentence:
    """Words of the agency's own, or a name, which no catalogue translates."""
    return Sentence("{text}", {"text": text})


def lines(draft: VacancyDraft, name: str, names: Names) -> list[Text]:
    """One field of a vacancy in words, a line for each of its values; empty when it says nothing."""
    value = [] if name in {"must", "nice", "pay"} else getattr(draft, name)
    if name in LINES:
        return LINES[name](draft, names)
    if value in (None, "", (), 0):
        return []
    return [value if isinstance(value, Sentence) else plain(value)]


def _skills(draft: VacancyDraft, names: Names, *, must: bool) -> list[Text]:
    return [plain(names.concepts.get(one.skill_id, one.words)) for one in draft.skills if one.is_must is must]


def money(cents: int, currency: str, language: str) -> str:
    """An amount in the reader's way of writing."""
    return Words(LANGUAGES[language]).money(cents, currency)


def _pay(draft: VacancyDraft, names: Names) -> list[Text]:
    """The pay in one line: €2,950 to €3,400 a month."""
    if draft.pay_from_cents is None:
        return []
    amounts = {
        "least": money(draft.pay_from_cents, draft.pay_currency, names.language),
        "most": money(draft.pay_to_cents or draft.pay_from_cents, draft.pay_currency, names.language),
        "period": Sentence(PAY_PERIOD_NAMES[draft.pay_period]) if draft.pay_period else "",
    }
    ranged = draft.pay_to_cents not in (None, draft.pay_from_cents)
    return [Sentence(N_("{least} to {most} {period}") if ranged else "{least} {period}", amounts)]


def _amount(name: str) -> Reader:
    def read(draft: VacancyDraft, names: Names) -> list[Text]:
        cents = getattr(draft, name)
        return [plain(money(cents, draft.pay_currency, names.language))] if cents else []

    return read


def _named(name: str, known: Mapping[Any, str]) -> Reader:
    def read(draft: VacancyDraft, _names: Names) -> list[Text]:
        value = getattr(draft, name)
        return [Sentence(known[value]) if value in known else plain(value)] if value else []

    return read


LINES: Mapping[str, Reader] = {
    "must": lambda draft, names: _skills(draft, names, must=True),
    "nice": lambda draft, names: _skills(draft, names, must=False),
    "skills": lambda draft, names: [
        Sentence(
            N_("{skill} (must)") if one.is_must else "{skill}", {"skill": names.concepts.get(one.skill_id, one.words)}
        )
        for one in draft.skills
    ],
    "occupation_id": lambda draft, names: (
        [plain(names.concepts.get(draft.occupation_id, ""))] if draft.occupation_id else []
    ),
    "country": lambda draft, names: [plain(country_name(draft.country, names.language))] if draft.country else [],
    "languages": lambda draft, names: [
        Sentence(
            N_("{language}: {level} or better"),
            {"language": language_name(row.language, names.language), "level": row.level.value},
        )
        for row in draft.languages
    ],
    "qualification_kind": _named("qualification_kind", QUALIFICATION_NAMES),
    "qualification_field": _named("qualification_field", FIELD_NAMES),
    "licences": lambda draft, _names: [Sentence(LICENCE_NAMES.get(code, code)) for code in draft.licences],
    "pay": _pay,
    "pay_from_cents": _amount("pay_from_cents"),
    "pay_to_cents": _amount("pay_to_cents"),
    "pay_period": _named("pay_period", PAY_PERIOD_NAMES),
    "cost_payer": _named("cost_payer", COST_PAYER_NAMES),
}
"""Fields whose values are codes, amounts or lists; every other field says its own value."""


@dataclass(frozen=True)
class Shown:
    """One field in words; ``nothing`` is what it says without a line."""

    name: str
    label: str
    lines: Sequence[Text]
    nothing: str


@dataclass(frozen=True)
class PartShown:
    """One part of a vacancy with the way to change it."""

    name: str
    title: str
    href: str
    rows: Sequence[Shown]


@dataclass(frozen=True)
class ToMend:
    """One problem and where it is mended."""

    sentence: Sentence
    href: str


@dataclass(frozen=True)
class VacancyPage:
    """A vacancy with everything that may be done with it; ``steps`` are actions of the workflow."""

    vacancy: Vacancy
    state: Tag
    parts: Sequence[PartShown]
    to_mend: Sequence[ToMend]
    steps: frozenset[str]
    journal: Sequence[JournalLine]
    today: date
    is_own: bool
    saved: bool = False


def shown(draft: VacancyDraft, name: str, names: Names) -> Shown:
    """One field of a vacancy in words."""
    return Shown(name, FIELD_NAMES_SHOWN[name], lines(draft, name, names), WHEN_EMPTY.get(name, NOT_STATED))


def place_to_mend(vacancy: Vacancy, problem: Problem) -> ToMend:
    """The box of the form in which this problem is mended."""
    part = PART_OF[problem.field]
    return ToMend(problem.sentence, f"/vacancies/{vacancy.id}/change/{part}#{BOXES.get(problem.field, problem.field)}")


def vacancy_page(
    session: Session, actor: Actor, vacancy: Vacancy, language: str, *, saved: bool, on: date
) -> VacancyPage:
    """Everything that the page of a vacancy shows."""
    draft = draft_of(vacancy)
    names = names_for(session, [draft], language)
    moves = {step.action.value for step in VACANCY.steps_from(vacancy.state) if actor.has(step.permission)}
    problems = service.what_to_mend(session, vacancy) if vacancy.state not in VACANCY.final else []
    return VacancyPage(
        vacancy=vacancy,
        state=STATE_TAGS[vacancy.state],
        parts=[
            PartShown(
                part,
                PART_TITLES[part],
                f"/vacancies/{vacancy.id}/change/{part}",
                [shown(draft, name, names) for name in fields],
            )
            for part, fields in PART_FIELDS.items()
        ],
        to_mend=[place_to_mend(vacancy, problem) for problem in problems],
        steps=frozenset(moves),
        journal=[
            JournalLine(event.at, plain(name) if name else THE_SERVICE, DONE[VacancyAction(event.action)], event.note)
            for event, name in history(session, vacancy)
        ],
        today=on,
        is_own=actor.has(Permission.VACANCY_WRITE) and vacancy.state not in VACANCY.final,
        saved=saved,
    )
