"""A candidate and training: cohorts to apply for, the own courses, records of institutes to join, a word of concern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, TalentError, TooMany, Unprocessable
from talent.foundation.words import N_
from talent.readiness import applying, asking
from talent.readiness.applying import Offer, OpenCohort, OwnTraining
from talent.readiness.reach import Reach, within_reach
from talent.training import concerns
from talent.training.schemas import ConcernDraft
from talent.training.standing import Outlook
from talent.training.states import ENROLMENT, EnrolmentState
from talent.training.terms import CONCERNS, FINDING_NAMES
from web.dependencies import ActorDep, OptionalActorDep, PageDep, SessionDep, ShellDep
from web.forms import Answer, FormDep, blank
from web.parts import Choice, Tag
from web.policy import ENTRANCE, holds
from web.routes.training_people import keys_of
from web.routes.training_words import ENROLMENT_TAGS, OUTLOOK_TAGS
from web.shell import Shell

router = APIRouter(dependencies=[holds(Permission.TRAINING_APPLY)])
open_router = APIRouter(dependencies=[ENTRANCE])
"""Whoever has something to say, signed in or not; the account stays unknown."""


class ClaimCode(BaseModel):
    """The code that an institute gave to its trainee."""

    code: str = Field(
        max_length=20, title=N_("Code from your institute"), json_schema_extra={"missing": N_("Enter the code")}
    )


@dataclass(frozen=True)
class CoursesView:
    """What is open, what is the candidate's own, and records that wait for a yes."""

    own: Sequence[OwnTraining]
    open: Sequence[OpenCohort]
    offered: Sequence[Offer]
    tags: Mapping[EnrolmentState, Tag]
    outlooks: Mapping[Outlook, Tag]
    final: frozenset[EnrolmentState]
    reach: Sequence[Reach]


@dataclass(frozen=True)
class ConcernView:
    """Whom a concern is about, and what it may be."""

    institutes: Sequence[Choice]
    kinds: Sequence[Choice]
    sent: bool


def courses_view(session: SessionDep, actor: ActorDep, shell: Shell) -> CoursesView:
    """Everything about courses that concerns this candidate."""
    found = applying.courses_of(session, actor, keys=keys_of(shell))
    return CoursesView(
        own=found.own,
        open=found.open,
        offered=found.offered,
        tags=ENROLMENT_TAGS,
        outlooks=OUTLOOK_TAGS,
        final=ENROLMENT.final,
        reach=within_reach(session, actor),
    )


@router.get("/courses")
def courses(session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep) -> Response:
    """The candidate's courses and those that are open."""
    return page.show("courses/list.html", courses_view(session, actor, shell))


@router.post("/courses/{cohort_id}/apply")
def apply(
    cohort_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep, form: FormDep
) -> Response:
    """Apply: a free seat, or the end of the waiting list."""
    try:
        with session.begin_nested():
            form.once(session, actor, then="/courses")
            applying.apply(session, actor, cohort_id, keys=keys_of(shell))
    except TalentError as refused:
        if refused.http_status not in {409, 422}:
            raise
        answer: Answer[Any] = Answer(fields=form.fields)
        again = answer.refuse("form", refused.message)
        return page.again("courses/list.html", courses_view(session, actor, shell), again)
    return form.done(session, "/courses")


@router.post("/courses/join")
def join(session: SessionDep, actor: ActorDep, page: PageDep, shell: ShellDep, form: FormDep) -> Response:
    """Join an institute's record by its code."""
    answer = form.read(ClaimCode)
    if answer.value is None:
        return page.again("courses/list.html", courses_view(session, actor, shell), answer)
    try:
        applying.record_of_code(session, actor, answer.value.code, page.visit)  # outside: a wrong code stays counted
        with session.begin_nested():
            form.once(session, actor, then="/courses")
            applying.join_by_code(session, actor, answer.value.code, page.visit)
    except (Conflict, Unprocessable, TooMany) as refused:
        again = answer.refuse("code", refused.message)
        status = TooMany.http_status if isinstance(refused, TooMany) else Unprocessable.http_status
        return page.show("courses/list.html", courses_view(session, actor, shell), form=again, status=status)
    return form.done(session, "/courses")


@router.post("/courses/offers/{trainee_id}/join")
def join_offered(trainee_id: UUID, session: SessionDep, actor: ActorDep, shell: ShellDep, form: FormDep) -> Response:
    """Say "this is me" to a record that carries the own phone or e-mail."""
    form.once(session, actor, then="/courses")
    applying.join_offered(session, actor, trainee_id, keys=keys_of(shell))
    return form.done(session, "/courses")


@router.post("/courses/enrolments/{enrolment_id}/withdraw")
def withdraw(enrolment_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Give the seat back."""
    form.once(session, actor, then="/courses")
    applying.withdraw(session, actor, enrolment_id)
    return form.done(session, "/courses")


def concern_view(session: SessionDep, *, sent: bool = False) -> ConcernView:
    """The form of a concern."""
    return ConcernView(
        [Choice(str(key), name) for key, name in asking.institutes(session)],
        [Choice(kind.value, FINDING_NAMES[kind]) for kind in CONCERNS],
        sent,
    )


@open_router.get("/concern")
def concern(session: SessionDep, _actor: OptionalActorDep, page: PageDep, sent: str = "") -> Response:
    """The form by which anybody reports without a name."""
    return page.show("courses/concern.html", concern_view(session, sent=sent == "yes"), form=blank())


@open_router.post("/concern")
def report(session: SessionDep, _actor: OptionalActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the report. Nothing that leads to the sender is written, not even the form's key under an account."""
    answer = form.read(ConcernDraft)
    if answer.value is None:
        return page.again("courses/concern.html", concern_view(session), answer)
    form.once(session, None, then="/concern?sent=yes")
    concerns.report(session, answer.value)
    return form.done(session, "/concern?sent=yes")
