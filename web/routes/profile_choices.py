"""The occupation and the skills of a profile: chosen from lists, or looked for in the candidate's own words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.text import fold
from talent.foundation.words import N_, Sentence
from talent.profiles.answers import add_skills, save_occupation, save_skills
from talent.profiles.schemas import FoundSkillsAnswer, OccupationAnswer, SkillsAnswer
from talent.profiles.states import FEWEST_SKILLS
from talent.profiles.steps import PRESENT, OwnProfile, StepName
from talent.taxonomy.service import (
    Hit,
    find_occupations,
    find_skills,
    labels,
    occupation_choices,
    skill_labels,
    skills_of,
)
from web.dependencies import PageDep, SessionDep
from web.forms import Answer, blank
from web.parts import Choice, Text
from web.policy import holds
from web.routes.profile_answers import plain
from web.routes.profile_saving import DeskDep, OwnDep
from web.routes.profile_views import CHECK, LATER, Frame, frame_of, onward

router = APIRouter(prefix="/profile", dependencies=[holds(Permission.PROFILE_KEEP)])
FIND = "find"
MOST_FOUND = 10
LONGEST_QUERY = 100


@dataclass(frozen=True)
class OccupationView:
    """The two ways to an occupation, and the one chosen now."""

    frame: Frame
    chosen: str
    onward: str
    sectors: Sequence[Choice]


@dataclass(frozen=True)
class OccupationChoicesView:
    """Occupations to choose from: what a search found, or those of a sector."""

    frame: Frame
    legend: Text
    words: str
    sector: str
    choices: Sequence[Choice]
    search: Answer[Any]


@dataclass(frozen=True)
class SkillsView:
    """The skills that an occupation usually needs, then those added otherwise."""

    frame: Frame
    fewest: int
    has_occupation: bool
    groups: Sequence[tuple[Text, Sequence[Choice]]]


@dataclass(frozen=True)
class FoundSkillsView:
    """What a search for skills found."""

    back: str
    then: str
    words: str
    choices: Sequence[Choice]
    search: Answer[Any]


@router.get("/occupation")
def occupation(session: SessionDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The occupation chosen now, the search and the sectors."""
    language, chosen = page.language.code, own.profile.occupation_id
    view = OccupationView(
        frame=frame_of(own, StepName.OCCUPATION, then=then),
        chosen=labels(session, [chosen], language).get(chosen, "") if chosen else "",
        onward=onward(own, StepName.OCCUPATION, then=then),
        sectors=[Choice(one.key or "other", one.name) for one in occupation_choices(session, language=language)],
    )
    return page.show("profiles/occupation.html", view)


@router.get("/occupation/find")
def find_occupation(session: SessionDep, page: PageDep, own: OwnDep, words: str = "", then: str = "") -> Response:
    """The occupations that these words may mean."""
    frame = frame_of(own, StepName.OCCUPATION, then=then)
    view = found_occupations(session, frame, words, page.language.code)
    return page.show("profiles/occupation_choices.html", view, form=chosen_occupation(own))


@router.get("/occupation/sector/{sector}")
def sector(sector: str, session: SessionDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The occupations of one sector."""
    frame = frame_of(own, StepName.OCCUPATION, then=then)
    view = occupations_of(session, frame, sector, page.language.code)
    return page.show("profiles/occupation_choices.html", view, form=chosen_occupation(own))


def chosen_occupation(own: OwnProfile) -> Answer[Any]:
    """The form with the occupation chosen now."""
    return blank(occupation=own.profile.occupation_id)


def found_occupations(session: Session, frame: Frame, words: str, language: str) -> OccupationChoicesView:
    """What a search found, with the label it was found by where that differs from the name."""
    typed = words.strip()[:LONGEST_QUERY]
    hits = find_occupations(session, typed, language=language, limit=MOST_FOUND)
    choices = [found_choice(hit, typed) for hit in hits]
    legend = Sentence(N_("Which of these is it? You wrote: {words}"), {"words": typed})
    return OccupationChoicesView(
        replace(frame, back=f"/profile/occupation{then_query(frame)}"), legend, typed, "", choices, blank(words=typed)
    )


def found_choice(hit: Hit, typed: str) -> Choice:
    """What was found by its name; under it the other name that the words fit, when the first one does not show why."""
    shows_why = fold(typed) in fold(hit.label) or hit.matched_label == hit.label
    return Choice(str(hit.id), plain(hit.label), "" if shows_why else plain(hit.matched_label))


def occupations_of(session: Session, frame: Frame, sector: str, language: str) -> OccupationChoicesView:
    """The occupations of this sector.

    Raises:
        NotFound: there is no such sector.
    """
    for one in occupation_choices(session, language=language):
        if (one.key or "other") == sector:
            choices = [Choice(str(row.id), row.label) for row in one.occupations]
            back = f"/profile/occupation{then_query(frame)}"
            return OccupationChoicesView(replace(frame, back=back), one.name, "", sector, choices, blank())
    raise NotFound


def then_query(frame: Frame) -> str:
    """The query that keeps the way back to the check of the answers."""
    return f"?then={CHECK}" if frame.then else ""


@router.post("/occupation")
def choose_occupation(desk: DeskDep) -> Response:
    """Save the occupation chosen in a search or a sector."""
    own, language = desk.own(), desk.page.language.code
    frame, sector = desk.frame(own, StepName.OCCUPATION), desk.sent("sector")
    view = (
        occupations_of(desk.session, frame, sector, language)
        if sector
        else found_occupations(desk.session, frame, desk.sent("words"), language)
    )
    then = desk.onward(own, StepName.OCCUPATION)

    def keep(value: OccupationAnswer) -> None:
        save_occupation(desk.session, desk.actor, own, value, seen=desk.sent("seen"))

    answer = desk.form.read(OccupationAnswer)
    return desk.save("profiles/occupation_choices.html", view, answer, keep, then=then) or desk.done(then)


@router.get("/skills")
def skills(session: SessionDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The skills to tick."""
    view = skills_view(session, own, frame_of(own, StepName.SKILLS, then=then), page.language.code)
    return page.show("profiles/skills.html", view, form=blank(**PRESENT[StepName.SKILLS](own)))


def skills_view(session: Session, own: OwnProfile, frame: Frame, language: str) -> SkillsView:
    """Skills always needed, sometimes needed, and added otherwise; each group only when there is one."""
    chosen = own.profile.occupation_id
    usual = skills_of(session, chosen, language=language) if chosen else []
    others = [held.skill_id for held in own.profile.skills if held.skill_id not in {one.id for one in usual}]
    names = skill_labels(session, others, language)
    groups: list[tuple[Text, list[Choice]]] = [
        (N_("This occupation usually needs"), [Choice(str(one.id), one.label) for one in usual if one.essential]),
        (N_("It sometimes needs"), [Choice(str(one.id), one.label) for one in usual if not one.essential]),
        (N_("Skills that you added"), [Choice(str(key), names.get(key, "")) for key in others]),
    ]
    return SkillsView(frame, FEWEST_SKILLS, chosen is not None, [group for group in groups if group[1]])


@router.post("/skills")
def tick_skills(desk: DeskDep) -> Response:
    """Save exactly the skills ticked; fewer than needed may be saved by whoever searches on or comes back later."""
    own, go = desk.own(), desk.sent("go")
    view = skills_view(desk.session, own, desk.frame(own, StepName.SKILLS), desk.page.language.code)
    then = f"/profile/skills/find{then_query(view.frame)}" if go == FIND else desk.onward(own, StepName.SKILLS)
    at_least = 0 if go in (FIND, LATER) else FEWEST_SKILLS

    def keep(value: SkillsAnswer) -> None:
        save_skills(desk.session, desk.actor, own, value, seen=desk.sent("seen"), at_least=at_least)

    answer = desk.form.read(SkillsAnswer)
    return desk.save("profiles/skills.html", view, answer, keep, then=then) or desk.done(then)


@router.get("/skills/find")
def find_skill(session: SessionDep, page: PageDep, own: OwnDep, words: str = "", then: str = "") -> Response:
    """The skills that these words may mean and that are not held yet."""
    return page.show("profiles/skills_find.html", found_skills(session, own, words, then, page.language.code))


def found_skills(session: Session, own: OwnProfile, words: str, then: str, language: str) -> FoundSkillsView:
    """What a search for other skills found."""
    typed = words.strip()[:LONGEST_QUERY]
    held = {skill.skill_id for skill in own.profile.skills}
    hits = find_skills(session, typed, language=language, limit=MOST_FOUND + len(held)) if typed else []
    choices = [found_choice(hit, typed) for hit in hits if hit.id not in held]
    then = CHECK if then == CHECK else ""
    back = f"/profile/skills?then={CHECK}" if then else "/profile/skills"
    return FoundSkillsView(back, then, typed, choices[:MOST_FOUND], blank(words=typed))


@router.post("/skills/add")
def add_found(desk: DeskDep) -> Response:
    """Add the skills ticked among those found."""
    own, words = desk.own(), desk.sent("words")
    view = found_skills(desk.session, own, words, desk.sent("then"), desk.page.language.code)
    answer = desk.form.read(FoundSkillsAnswer)

    def keep(value: FoundSkillsAnswer) -> None:
        add_skills(desk.session, desk.actor, own, value.found, words=value.words)

    return desk.save("profiles/skills_find.html", view, answer, keep, then=view.back) or desk.done(view.back)
