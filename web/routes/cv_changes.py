"""A fact of a CV, changed before it goes into the profile: in the form of its kind, or chosen from what is near."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.words import N_
from talent.profiles import cv_landing
from talent.profiles.answers import hold_skills, save_occupation
from talent.profiles.cv_facts import FactKind
from talent.profiles.models import CVFact, CVFactState, SkillSource
from talent.profiles.schemas import CHOOSE_ONE, OccupationAnswer
from talent.profiles.service import note_saved
from talent.profiles.steps import OwnProfile, StepName
from talent.taxonomy.licences import LICENCES
from talent.taxonomy.service import find_occupations, find_skills
from web.dependencies import PageDep, SessionDep, see
from web.forms import blank
from web.parts import Choice
from web.policy import holds
from web.routes.cv_views import FACTS
from web.routes.profile_forms import FORMS, ListForm
from web.routes.profile_saving import Desk, DeskDep, OwnDep
from web.routes.profile_views import Frame

router = APIRouter(prefix=FACTS, dependencies=[holds(Permission.PROFILE_KEEP)])
MOST_CHOICES = 10
TITLE = N_("Change it, then save it")
LIST_OF: Mapping[FactKind, StepName] = {
    FactKind.WORK_PERIOD: StepName.EXPERIENCE,
    FactKind.QUALIFICATION: StepName.QUALIFICATIONS,
    FactKind.LANGUAGE: StepName.LANGUAGES,
}


class ChosenAnswer(BaseModel):
    """One of the choices offered for a fact."""

    choice: str = Field(title=N_("Choice"), max_length=60, json_schema_extra={"*": CHOOSE_ONE})


@dataclass(frozen=True)
class ChooseView:
    """What a fact may mean instead."""

    frame: Frame
    words: str
    choices: Sequence[Choice]


def near_skills(session: Session, words: str, language: str) -> list[Choice]:
    """Skills that these words may mean."""
    return [
        Choice(str(hit.id), hit.label) for hit in find_skills(session, words, language=language, limit=MOST_CHOICES)
    ]


def near_occupations(session: Session, words: str, language: str) -> list[Choice]:
    """Occupations that these words may mean."""
    hits = find_occupations(session, words, language=language, limit=MOST_CHOICES)
    return [Choice(str(hit.id), hit.label) for hit in hits]


def all_licences(_session: Session, _words: str, _language: str) -> list[Choice]:
    """Every licence that the service knows."""
    return [Choice(licence.code, licence.name) for licence in LICENCES]


NEAR: Mapping[FactKind, Callable[[Session, str, str], list[Choice]]] = {
    FactKind.SKILL: near_skills,
    FactKind.OCCUPATION: near_occupations,
    FactKind.LICENCE: all_licences,
}


def land_skill(session: Session, _actor: Actor, own: OwnProfile, fact: CVFact, choice: str) -> None:
    """Hold the skill chosen, under the words of the CV."""
    hold_skills(session, own, [UUID(choice)], words=fact.words, source=SkillSource.CV)
    note_saved(session, own)


def land_occupation(session: Session, actor: Actor, own: OwnProfile, fact: CVFact, choice: str) -> None:
    """Take the occupation chosen, with the words of the CV."""
    save_occupation(session, actor, own, OccupationAnswer(occupation=UUID(choice), words=fact.words[:200]))


def land_licence(session: Session, _actor: Actor, own: OwnProfile, _fact: CVFact, choice: str) -> None:
    """Hold the licence chosen."""
    cv_landing.hold_licence(session, own, choice)


LAND: Mapping[FactKind, Callable[[Session, Actor, OwnProfile, CVFact, str], None]] = {
    FactKind.SKILL: land_skill,
    FactKind.OCCUPATION: land_occupation,
    FactKind.LICENCE: land_licence,
}


def change_frame(fact_id: UUID) -> Frame:
    """The frame of a change; its way back is the fact."""
    return Frame(TITLE, action=f"{FACTS}/{fact_id}/change", back=FACTS)


@router.get("/{fact_id:uuid}/change")
def change(fact_id: UUID, session: SessionDep, page: PageDep, own: OwnDep) -> Response:
    """The form of the fact's kind, filled with what the CV says; or what is near to choose from."""
    fact = cv_landing.own_fact(session, own, fact_id)
    if fact.state is not CVFactState.FOUND:
        return see(FACTS)
    kind, frame, language = FactKind(fact.kind), change_frame(fact_id), page.language.code
    if kind in LIST_OF:
        form = FORMS[LIST_OF[kind]]
        values = form.suggested(fact.value.get("kind", "")) | cv_landing.fact_values(fact)
        return page.show(form.template, form.view(session, own, frame, language, values), form=blank(**values))
    view = ChooseView(frame, fact.words, NEAR[kind](session, fact.words, language))
    return page.show("cv/choose.html", view)


@router.post("/{fact_id:uuid}/change")
def save_change(fact_id: UUID, desk: DeskDep) -> Response:
    """Save the changed fact in the profile."""
    own = desk.own()
    fact = cv_landing.own_fact(desk.session, own, fact_id)
    if fact.state is not CVFactState.FOUND:
        return see(FACTS)
    kind = FactKind(fact.kind)
    if kind in LIST_OF:
        return keep_entry(desk, own, fact, FORMS[LIST_OF[kind]])
    view = ChooseView(change_frame(fact_id), fact.words, NEAR[kind](desk.session, fact.words, desk.page.language.code))
    offered = {choice.value for choice in view.choices}
    answer = desk.form.read(ChosenAnswer)
    if answer.value is not None and answer.value.choice not in offered:
        answer = answer.refuse("choice", CHOOSE_ONE)

    def keep(value: ChosenAnswer) -> None:
        LAND[kind](desk.session, desk.actor, own, fact, value.choice)
        cv_landing.settle_fact(desk.session, own, fact)

    return desk.save("cv/choose.html", view, answer, keep, then=FACTS) or desk.done(FACTS)


def keep_entry(desk: Desk, own: OwnProfile, fact: CVFact, form: ListForm) -> Response:
    """Save a changed job, certificate or language."""
    answer = desk.form.read(form.model)
    values = {"kind": answer.text("kind")}
    view = form.view(desk.session, own, change_frame(fact.id), desk.page.language.code, values)

    def keep(value: Any) -> None:
        form.save(desk.session, desk.actor, own, value, entry_id=held_entry(own, fact, value))
        cv_landing.settle_fact(desk.session, own, fact)

    return desk.save(form.template, view, answer, keep, then=FACTS) or desk.done(FACTS)


def held_entry(own: OwnProfile, fact: CVFact, value: Any) -> UUID | None:
    """The language that the profile has already; its level is changed instead of adding it twice."""
    if fact.kind != FactKind.LANGUAGE:
        return None
    return next((held.id for held in own.profile.languages if held.language == value.language), None)
