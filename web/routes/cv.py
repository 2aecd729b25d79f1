"""The CV of a candidate: brought, read, and each fact in it asked about; nothing is used before a yes."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import TooMany, Unprocessable
from talent.foundation.words import N_
from talent.profiles import cv, cv_landing
from talent.profiles.answers import save_nothing
from talent.profiles.models import CVFactState
from talent.profiles.steps import OwnProfile, StepName, StepState, step_states
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import MEGABYTE, Answer
from web.policy import holds
from web.routes.cv_views import FACTS, DoneView, UploadView, fact_view, notes_of, notes_query
from web.routes.profile_saving import Desk, DeskDep, OwnDep
from web.routes.profile_views import LATER, Frame, frame_of, onward

router = APIRouter(prefix="/profile/cv", dependencies=[holds(Permission.PROFILE_KEEP)])
LARGEST_BYTES = 2 * MEGABYTE
NO_FILE = N_("Choose a file, or go on without one")


def upload_view(session: SessionDep, actor: Actor, own: OwnProfile, frame: Frame) -> UploadView:
    """The page where a CV is brought, with the name of the one brought before."""
    kept = cv.cv_file(session, actor)
    may_skip = kept is None and step_states(own)[StepName.CV] is not StepState.DONE
    return UploadView(replace(frame, goes_on=False), kept.original_name if kept else "", may_skip)


@router.get("")
def bring(session: SessionDep, actor: ActorDep, page: PageDep, own: OwnDep, then: str = "") -> Response:
    """Bring a CV, or go on without one; facts that wait are asked first."""
    if own.open_cv_facts:
        return see(FACTS)
    view = upload_view(session, actor, own, frame_of(own, StepName.CV, then=then))
    return page.show("cv/upload.html", view)


@router.post("")
def upload(desk: DeskDep, own: OwnDep) -> Response:
    """Read the file and go on to its facts, or say why it cannot be used."""
    view = upload_view(desk.session, desk.actor, own, desk.frame(own, StepName.CV))
    try:
        file = desk.form.file("cv", at_most=LARGEST_BYTES)
        if file is None:
            if desk.sent("go") == LATER:
                return see("/profile")
            raise Unprocessable(NO_FILE)
        with desk.session.begin_nested():
            desk.form.once(desk.session, desk.actor, then=FACTS)
            var_dir = desk.page.shell.settings.var_dir
            warnings = cv.read_cv(desk.session, desk.actor, var_dir=var_dir, name=file.name, content=file.content)
    except (Unprocessable, TooMany) as refused:
        answer: Answer[Any] = Answer(errors={"cv": refused.message})
        return desk.page.show("cv/upload.html", view, form=answer, status=refused.http_status)
    return desk.done(FACTS + notes_query(warnings))


@router.post("/skip")
def skip(desk: DeskDep) -> Response:
    """Go on without a CV."""
    own = desk.own()
    save_nothing(desk.session, desk.actor, own, StepName.CV)
    return desk.done(desk.onward(own, StepName.CV))


@router.post("/remove")
def remove_file(desk: DeskDep) -> Response:
    """Delete the file; what was confirmed stays in the profile."""
    cv.remove_cv(desk.session, desk.actor, desk.own(), desk.page.shell.settings.var_dir)
    return desk.done("/profile/cv")


@router.get("/facts")
def next_fact(session: SessionDep, page: PageDep, own: OwnDep, notes: str = "") -> Response:
    """The first fact that waits for an answer; at the end, what became of them."""
    facts = cv_landing.cv_facts(session, own)
    waiting = [fact for fact in facts if fact.state is CVFactState.FOUND]
    if not waiting:
        added = sum(fact.state is CVFactState.CONFIRMED for fact in facts)
        done = DoneView(added, len(facts), onward(own, StepName.CV), notes_of(notes))
        return page.show("cv/done.html", done)
    view = fact_view(
        session,
        waiting[0],
        number=len(facts) - len(waiting) + 1,
        of=len(facts),
        language=page.language.code,
        warnings=notes_of(notes),
    )
    return page.show("cv/fact.html", view)


@router.post("/facts/leave-out")
def leave_out(desk: DeskDep) -> Response:
    """Leave out every fact that is not answered."""
    cv_landing.leave_out_rest(desk.session, desk.actor, desk.own())
    return desk.done(FACTS)


@router.post("/facts/{fact_id:uuid}/confirm")
def confirm(fact_id: UUID, desk: DeskDep) -> Response:
    """Put the fact into the profile, or say why it cannot be as it is."""
    own = desk.own()
    fact = cv_landing.own_fact(desk.session, own, fact_id)
    view = fact_page(desk, own, fact_id)
    try:
        with desk.session.begin_nested():
            desk.form.once(desk.session, desk.actor, then=FACTS)
            cv_landing.confirm_fact(desk.session, desk.actor, own, fact)
    except Unprocessable as refused:
        return desk.page.again("cv/fact.html", view, Answer(errors={"form": refused.message}))
    return desk.done(FACTS)


def fact_page(desk: Desk, own: OwnProfile, fact_id: UUID) -> object:
    """The page of this very fact."""
    facts = cv_landing.cv_facts(desk.session, own)
    place = next(number for number, fact in enumerate(facts, start=1) if fact.id == fact_id)
    return fact_view(desk.session, facts[place - 1], number=place, of=len(facts), language=desk.page.language.code)


@router.post("/facts/{fact_id:uuid}/remove")
def remove(fact_id: UUID, desk: DeskDep) -> Response:
    """Leave this fact out."""
    own = desk.own()
    cv_landing.remove_fact(desk.session, desk.actor, own, cv_landing.own_fact(desk.session, own, fact_id))
    return desk.done(FACTS)
