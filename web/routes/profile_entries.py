"""The lists of a profile: jobs, certificates and languages, added, changed and removed one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.profiles.answers import save_nothing
from talent.profiles.entries import entries_of, entry_of, remove_entry
from talent.profiles.schemas import KindAnswer, YesNoAnswer
from talent.profiles.steps import OwnProfile, StepName, StepState, mark, step_states
from talent.taxonomy.levels import QUALIFICATION_NAMES, QualificationKind
from web.dependencies import PageDep, SessionDep
from web.forms import Answer, blank
from web.pages import Page
from web.parts import Choice, Text
from web.policy import holds
from web.routes.profile_forms import FORMS, ListForm
from web.routes.profile_saving import Desk, DeskDep, OwnDep
from web.routes.profile_views import LATER, Entry, Frame, entries, frame_of, onward

WORKED_BEFORE = N_("Have you worked before?")
ALSO_COUNT = N_("Also count family business, apprenticeship (ustad-shagird) and work abroad.")
YES_NO = (Choice("yes", N_("Yes")), Choice("no", N_("No, not yet")))


@dataclass(frozen=True)
class EntriesView:
    """A list with its entries."""

    frame: Frame
    entries: Sequence[Entry]
    onward: str
    add_text: Text


@dataclass(frozen=True)
class QuestionView:
    """Yes or no, before the first job."""

    frame: Frame
    question: Text = WORKED_BEFORE
    hint: Text = ALSO_COUNT
    choices: Sequence[Choice] = YES_NO


@dataclass(frozen=True)
class KindView:
    """The kinds of certificate, before the form of one."""

    frame: Frame
    is_first: bool
    choices: Sequence[Choice]


@dataclass(frozen=True)
class RemoveView:
    """The entry that is about to be removed."""

    question: Text
    entry: Entry
    action: str
    back: str
    then: str


KINDS = tuple(Choice(kind.value, name) for kind, name in QUALIFICATION_NAMES.items())
NO_KIND = Choice("none", N_("None of these"))


def entry_frame(own: OwnProfile, form: ListForm, entry_id: UUID | None, then: str, values: Mapping[str, Any]) -> Frame:
    """The frame of one entry's form; its way back is the list."""
    frame = frame_of(own, form.step, then=then)
    query = f"?then={frame.then}" if frame.then else ""
    is_first = not entries_of(own, form.step)
    return replace(
        frame,
        title=form.change_title if entry_id else (frame.title if is_first else form.add_title),
        action=f"/profile/{form.step}/{entry_id or 'add'}",
        back=frame.back if is_first else f"/profile/{form.step}{query}",
        seen=mark(values) if entry_id else "",
    )


def show_entry(
    session: Session,
    page: Page,
    own: OwnProfile,
    form: ListForm,
    then: str,
    kind: str = "",
    entry_id: UUID | None = None,
) -> Response:
    """The form of a new entry, or of the one with this id."""
    if entry_id is None:
        values = form.suggested(kind)
    elif all(entry.id != entry_id for entry in entries_of(own, form.step)):
        raise NotFound
    else:
        values = form.values(own, entry_of(own, form.step, entry_id))
    frame = entry_frame(own, form, entry_id, then, values)
    view = form.view(session, own, frame, page.language.code, values)
    return page.show(form.template, view, form=blank(**values))


def keep_entry(desk: Desk, form: ListForm, entry_id: UUID | None = None) -> Response:
    """Save a new entry or the one with this id, then show the list."""
    own = desk.own()
    answer: Answer[Any] = desk.form.read(form.model)
    frame = replace(entry_frame(own, form, entry_id, desk.sent("then"), {}), seen=desk.sent("seen"))
    view = form.view(desk.session, own, frame, desk.page.language.code, {"kind": answer.text("kind")})
    then = "/profile?saved=yes" if desk.sent("go") == LATER else list_address(form.step, frame)

    def keep(value: Any) -> object:
        return form.save(desk.session, desk.actor, own, value, entry_id=entry_id, seen=desk.sent("seen"))

    return desk.save(form.template, view, answer, keep, then=then) or desk.done(then)


def list_address(step: StepName, frame: Frame) -> str:
    """The page of the list, from which the check of the answers stays in reach."""
    return f"/profile/{step}?then={frame.then}" if frame.then else f"/profile/{step}"


def show_list(page: Page, own: OwnProfile, form: ListForm, then: str) -> Response:
    """The entries, each with the ways to change and remove it."""
    frame = frame_of(own, form.step, then=then)
    shown = entries(own, form.step, page.language.code)
    view = EntriesView(frame, shown, onward(own, form.step, then=then), form.add_text)
    return page.show("profiles/entries.html", view)


def answered_none(own: OwnProfile, step: StepName) -> bool:
    """Whether the candidate said that there is nothing."""
    return step_states(own)[step] is StepState.NONE


def list_router(form: ListForm) -> APIRouter:
    """The addresses that every list has: add, change, remove."""
    router = APIRouter(prefix=f"/profile/{form.step}", dependencies=[holds(Permission.PROFILE_KEEP)])

    @router.post("/add")
    def add(desk: DeskDep) -> Response:
        """Save a new entry."""
        return keep_entry(desk, form)

    @router.get("/{entry_id:uuid}")
    def change(entry_id: UUID, session: SessionDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
        """The form of one entry."""
        return show_entry(session, page, own, form, then, entry_id=entry_id)

    @router.post("/{entry_id:uuid}")
    def save(entry_id: UUID, desk: DeskDep) -> Response:
        """Save one entry."""
        return keep_entry(desk, form, entry_id)

    @router.get("/{entry_id:uuid}/remove")
    def ask_remove(entry_id: UUID, page: PageDep, own: OwnDep, then: str = "") -> Response:
        """Remove it, really?"""
        shown = {entry.href: entry for entry in entries(own, form.step, page.language.code)}
        href = f"/profile/{form.step}/{entry_id}"
        if href not in shown:
            raise NotFound
        frame = frame_of(own, form.step, then=then)
        back = list_address(form.step, frame)
        view = RemoveView(form.remove_title, shown[href], f"{href}/remove", back, frame.then)
        return page.show("profiles/remove.html", view)

    @router.post("/{entry_id:uuid}/remove")
    def remove(entry_id: UUID, desk: DeskDep) -> Response:
        """Remove one entry."""
        own = desk.own()
        then = list_address(form.step, desk.frame(own, form.step))
        desk.form.once(desk.session, desk.actor, then=then)
        remove_entry(desk.session, desk.actor, own, form.step, entry_id)
        return desk.done(then)

    return router


EXPERIENCE = FORMS[StepName.EXPERIENCE]
QUALIFICATIONS = FORMS[StepName.QUALIFICATIONS]
LANGUAGES = FORMS[StepName.LANGUAGES]
jobs_router, certificates_router, languages_router = map(list_router, (EXPERIENCE, QUALIFICATIONS, LANGUAGES))
ROUTERS = (jobs_router, certificates_router, languages_router)


@jobs_router.get("")
def jobs(page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The jobs; before the first one, whether there was any."""
    if own.profile.work:
        return show_list(page, own, EXPERIENCE, then)
    shown = blank(answer="no") if answered_none(own, StepName.EXPERIENCE) else blank()
    view = QuestionView(frame_of(own, StepName.EXPERIENCE, then=then))
    return page.show("profiles/question.html", view, form=shown)


@jobs_router.post("")
def any_jobs(desk: DeskDep) -> Response:
    """Go on to the first job, or save that there was none."""
    own = desk.own()
    view = QuestionView(desk.frame(own, StepName.EXPERIENCE))
    answer = desk.form.read(YesNoAnswer)
    has_any = answer.value is not None and answer.value.answer == "yes"
    then = address_of_first(desk, view.frame) if has_any else desk.onward(own, StepName.EXPERIENCE)

    def keep(_value: YesNoAnswer) -> None:
        if not has_any:
            save_nothing(desk.session, desk.actor, own, StepName.EXPERIENCE)

    return desk.save("profiles/question.html", view, answer, keep, then=then) or desk.done(then)


def address_of_first(desk: Desk, frame: Frame, kind: str = "") -> str:
    """The empty form behind this first page; the task list for whoever comes back later."""
    if desk.sent("go") == LATER:
        return "/profile"
    query = "&".join(f"{name}={value}" for name, value in (("kind", kind), ("then", frame.then)) if value)
    return f"{frame.action}/add?{query}" if query else f"{frame.action}/add"


@jobs_router.get("/add")
def new_job(session: SessionDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The form of a new job."""
    return show_entry(session, page, own, EXPERIENCE, then)


@certificates_router.get("")
def certificates(page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The certificates; before the first one, of which kind it is, or that there is none."""
    if own.profile.qualifications:
        return show_list(page, own, QUALIFICATIONS, then)
    shown = blank(kind="none") if answered_none(own, StepName.QUALIFICATIONS) else blank()
    view = KindView(frame_of(own, StepName.QUALIFICATIONS, then=then), True, (*KINDS, NO_KIND))
    return page.show("profiles/qualification_kind.html", view, form=shown)


@certificates_router.post("")
def any_certificates(desk: DeskDep) -> Response:
    """Go on to the form of this kind, or save that there is none."""
    own = desk.own()
    is_first = not own.profile.qualifications
    view = KindView(desk.frame(own, StepName.QUALIFICATIONS), is_first, (*KINDS, NO_KIND) if is_first else KINDS)
    answer = desk.form.read(KindAnswer)
    kind = answer.value.kind if answer.value else "none"
    then = desk.onward(own, StepName.QUALIFICATIONS) if kind == "none" else address_of_first(desk, view.frame, kind)

    def keep(_value: KindAnswer) -> None:
        if kind == "none":
            save_nothing(desk.session, desk.actor, own, StepName.QUALIFICATIONS)

    return desk.save("profiles/qualification_kind.html", view, answer, keep, then=then) or desk.done(then)


@certificates_router.get("/add")
def new_certificate(session: SessionDep, page: PageDep, own: OwnDep, kind: str = "", then: str = "") -> Response:
    """The form of a new certificate; first of all its kind."""
    if kind in set(QualificationKind):
        return show_entry(session, page, own, QUALIFICATIONS, then, kind)
    frame = replace(frame_of(own, StepName.QUALIFICATIONS, then=then), title=QUALIFICATIONS.add_title)
    return page.show("profiles/qualification_kind.html", KindView(frame, False, KINDS))


@languages_router.get("")
def languages(session: SessionDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The languages; before the first one, its form."""
    if own.profile.languages:
        return show_list(page, own, LANGUAGES, then)
    return show_entry(session, page, own, LANGUAGES, then)


@languages_router.get("/add")
def new_language(session: SessionDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """The form of a new language."""
    return show_entry(session, page, own, LANGUAGES, then)
