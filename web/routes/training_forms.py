"""Writing programmes and courses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.words import N_
from talent.recognition.crosswalk import releases, standards
from talent.recognition.crosswalk_models import AwardStandard
from talent.taxonomy.languages import LANGUAGE_NAMES, language_name
from talent.taxonomy.levels import CEFR
from talent.taxonomy.service import labels
from talent.training import service
from talent.training.models import Course, TrainingRequest
from talent.training.schemas import CourseDraft, CourseSkills, ProgrammeDraft
from talent.vacancies.choosing import ChooseOccupation, SkillRow, occupation_meant, skill_rows
from talent.vacancies.models import Vacancy
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Answer, Form, FormDep, blank
from web.parts import Choice, Text
from web.policy import holds
from web.routes.vacancy_parts import by_label, hit_choices

router = APIRouter(prefix="/training", dependencies=[holds(Permission.TRAINING_KEEP)])
RECOGNISED = [Choice("true", N_("Yes")), Choice("false", N_("No"))]
COHORT_FIELDS = ("reference", "starts_on", "ends_on", "joins_until", "seats", "reserved_seats", "venue")


@dataclass(frozen=True)
class FormView:
    """A form: what it is called, where it goes, what can be chosen."""

    title: Text
    action: str
    back: str
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    hits: Sequence[Choice] = ()
    request: TrainingRequest | None = None
    vacancy: Vacancy | None = None


@dataclass(frozen=True)
class SkillsView:
    """The skills that can be ticked for a course."""

    course: Course
    skills: Sequence[SkillRow]
    awards: Sequence[AwardStandard]
    """Awards whose published skills can be taken into the course."""


def programme_view() -> FormView:
    """The form of a new programme."""
    return FormView(N_("New programme"), "/training/programmes/new", "/training")


@router.get("/programmes/new")
def new_programme(actor: ActorDep, page: PageDep) -> Response:
    """The form of a new programme."""
    service.own_institute(actor)
    return page.show("training/programme_form.html", programme_view())


@router.post("/programmes/new")
def create_programme(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write a new programme."""
    answer = form.read(ProgrammeDraft)
    if answer.value is None:
        return page.again("training/programme_form.html", programme_view(), answer)
    try:
        with session.begin_nested():
            form.once(session, actor, then="/training")
            made = service.create_programme(session, actor, answer.value)
    except service.TitleTaken as taken:
        return page.again("training/programme_form.html", programme_view(), answer.refuse("title", taken.message))
    return form.done(session, f"/training/programmes/{made.id}")


def course_view(language: str, action: str, back: str, hits: Sequence[Choice] = ()) -> FormView:
    """The form of a course."""
    languages = by_label([Choice(code, language_name(code, language)) for code in LANGUAGE_NAMES])
    return FormView(
        N_("Course"),
        action,
        back,
        {
            "language": languages,
            "language_level": [Choice(level.value, level.value) for level in CEFR],
            "is_state_recognised": RECOGNISED,
        },
        hits,
    )


@router.get("/programmes/{programme_id}/courses/new")
def new_course(programme_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form of a new course."""
    service.own_institute(actor)
    service.get_programme(session, actor, programme_id)
    back = f"/training/programmes/{programme_id}"
    view = course_view(page.language.code, f"{back}/courses/new", back)
    return page.show("training/course_form.html", view, form=blank(language="ur"))


@router.post("/programmes/{programme_id}/courses/new")
def create_course(programme_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write a new course; its skills come next."""
    programme = service.get_programme(session, actor, programme_id)
    back = f"/training/programmes/{programme_id}"

    def save(draft: CourseDraft) -> str:
        made = service.create_course(session, actor, programme, draft)
        return f"/training/courses/{made.id}/skills"

    return course_saved(session, actor, page, form, f"{back}/courses/new", back, save)


def course_saved(
    session: SessionDep, actor: ActorDep, page: PageDep, form: Form, action: str, back: str, save: Any
) -> Response:
    """The course written, or its form once more."""
    answer = form.read(CourseDraft)
    language = page.language.code
    if answer.value is None:
        return page.again("training/course_form.html", course_view(language, action, back), answer)
    draft = answer.value
    try:
        with session.begin_nested():
            form.once(session, actor, then=back)
            occupation = occupation_meant(
                session,
                draft.occupation,
                chosen=draft.occupation_id,
                chosen_for=draft.occupation_for,
                language=language,
            )
            onward = save(draft.model_copy(update={"occupation_id": occupation}))
    except ChooseOccupation as choose:
        view = course_view(language, action, back, hit_choices(choose.hits))
        return page.again("training/course_form.html", view, answer.refuse("occupation", choose.message))
    except service.TitleTaken as taken:
        view = course_view(language, action, back)
        return page.again("training/course_form.html", view, answer.refuse("title", taken.message))
    return form.done(session, onward)


@router.get("/courses/{course_id}/change")
def change_course(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form of a course with what is saved in it."""
    service.own_institute(actor)
    course = service.get_course(session, actor, course_id)
    back = f"/training/courses/{course_id}"
    known = [course.occupation_id] if course.occupation_id else []
    words = next(iter(labels(session, known, page.language.code).values()), "")
    values = {name: getattr(course, name) for name in service.COURSE_FIELDS}
    recognised = values.pop("is_state_recognised")
    if recognised is not None:
        values["is_state_recognised"] = "true" if recognised else "false"
    form = blank(**values, occupation=words, occupation_for=words)
    return page.show("training/course_form.html", course_view(page.language.code, f"{back}/change", back), form=form)


@router.post("/courses/{course_id}/change")
def save_course(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write what the course is now."""
    course = service.get_course(session, actor, course_id)
    back = f"/training/courses/{course_id}"

    def save(draft: CourseDraft) -> str:
        service.edit_course(session, actor, course, draft)
        return back

    return course_saved(session, actor, page, form, f"{back}/change", back, save)


@router.get("/courses/{course_id}/skills")
def course_skills(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, search: str = "") -> Response:
    """The skills that the course teaches, to tick."""
    service.own_institute(actor)
    course = service.get_course(session, actor, course_id)
    held = [one.skill_id for one in course.skills]
    form = blank(skills=held, search=search[:100])
    return page.show("training/skills.html", skills_view(session, course, held, search, page.language.code), form=form)


def skills_view(session: SessionDep, course: Course, held: list[UUID], search: str, language: str) -> SkillsView:
    """What can be ticked now."""
    rows = skill_rows(session, occupation_id=course.occupation_id, held=held, search=search[:100], language=language)
    published = releases(session)
    awards = [award for award in standards(session) if award.id in published]
    return SkillsView(course, rows, awards)


@router.post("/courses/{course_id}/skills")
def save_skills(course_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write the skills, or search for more and keep what is ticked."""
    course = service.get_course(session, actor, course_id)
    answer = form.read(CourseSkills)
    sent: Answer[Any] = Answer(fields=form.fields)
    if answer.value is None or sent.text("go") == "search":
        held = answer.value.skills if answer.value else []
        view = skills_view(session, course, held, sent.text("search"), page.language.code)
        if answer.value is None:
            return page.again("training/skills.html", view, answer)
        return page.show("training/skills.html", view, form=sent)
    here = f"/training/courses/{course_id}"
    form.once(session, actor, then=here)
    service.teach(session, actor, course, answer.value.skills)
    return form.done(session, here)
