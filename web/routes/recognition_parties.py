"""Whom a candidate lets into a case: who acts under a power of attorney, and the institute asked for a curriculum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.paging import Page
from talent.placements import partners
from talent.recognition import curricula, parties, rules, service
from talent.recognition.models import RecognitionCase
from talent.recognition.party_models import CurriculumRequest, Mandate
from talent.recognition.schemas import CurriculumAsked, MandateGiven
from talent.recognition.terms import SHARE_NAMES, Share
from talent.taxonomy.levels import QUALIFICATION_NAMES, QualificationKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Answer, FormDep, blank
from web.parts import Choice
from web.policy import holds
from web.routes.recognition import LARGEST_BYTES, case_address, sent_file

router = APIRouter(prefix="/recognition/cases/{case_id}/helpers", dependencies=[holds(Permission.RECOGNITION_APPLY)])
institute_router = APIRouter(prefix="/recognition/curricula", dependencies=[holds(Permission.CURRICULUM_SUPPLY)])


@dataclass(frozen=True)
class HelpersView:
    """Who acts, who was asked, and whom the candidate can choose."""

    case: RecognitionCase
    mandates: Sequence[Mandate]
    requests: Sequence[CurriculumRequest]
    names: Mapping[UUID, str]
    employers: Sequence[Choice]
    institutes: Sequence[Choice]
    shares: Sequence[Choice]
    is_open: bool

    def seen(self, mandate: Mandate) -> list[str]:
        """What a power of attorney lets its holder see beside the progress, in words."""
        return [SHARE_NAMES[Share(share)] for share in mandate.shares]


@dataclass(frozen=True)
class CurriculaView:
    """What the institute was asked for."""

    found: Page[CurriculumRequest]
    kinds: Mapping[QualificationKind, str]


@dataclass(frozen=True)
class CurriculumView:
    """One request to the institute."""

    asked: CurriculumRequest
    kind: str


def helpers_address(case_id: UUID) -> str:
    """The page of those who help in a case."""
    return f"{case_address(case_id)}/helpers"


def helpers_view(session: Session, actor: Actor, case: RecognitionCase) -> HelpersView:
    """Everybody who was let in, and everybody who can be."""
    met, taught_by = partners.met(session, actor), partners.taught_by(session, actor)
    given, asked = parties.mandates(session, case), parties.curriculum_requests(session, case)
    known = parties.names_of(session, {one.organisation_id for one in given} | {one.organisation_id for one in asked})
    return HelpersView(
        case=case,
        mandates=given,
        requests=asked,
        names=known | met | taught_by,
        employers=[Choice(str(key), name) for key, name in met.items()],
        institutes=[Choice(str(key), name) for key, name in taught_by.items()],
        shares=[Choice(share.value, words) for share, words in SHARE_NAMES.items()],
        is_open=rules.is_open(case.state),
    )


@router.get("")
def helpers(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Who acts for the candidate, and which institute was asked."""
    view = helpers_view(session, actor, service.get_case(session, actor, case_id))
    return page.show("recognition/helpers.html", view, form=blank(signed_on=today()))


@router.post("/mandate")
def give(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Give a power of attorney."""
    case = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(MandateGiven)
    if answer.value is None:
        return page.again("recognition/helpers.html", helpers_view(session, actor, case), answer)
    form.once(session, actor, then=helpers_address(case_id))
    try:
        parties.give_mandate(session, actor, case, answer.value, met=partners.met(session, actor))
    except (Conflict, Unprocessable) as refused:
        return again(session, actor, page, case, answer, "organisation", refused)
    return form.done(session, helpers_address(case_id))


def again(
    session: Session,
    actor: Actor,
    page: PageDep,
    case: RecognitionCase,
    answer: Answer[Any],
    box: str,
    refused: Conflict | Unprocessable,
) -> Response:
    """The same page with what the service refused."""
    view = helpers_view(session, actor, case)
    return page.again("recognition/helpers.html", view, answer.refuse(box, refused.message))


@router.post("/mandate/end")
def end(case_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take the power of attorney back."""
    form.once(session, actor, then=helpers_address(case_id))
    parties.end_mandate(session, actor, service.get_case(session, actor, case_id, to_change=True))
    return form.done(session, helpers_address(case_id))


@router.post("/curriculum")
def ask(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Ask an institute for the curriculum."""
    case = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(CurriculumAsked)
    if answer.value is None:
        return page.again("recognition/helpers.html", helpers_view(session, actor, case), answer)
    form.once(session, actor, then=helpers_address(case_id))
    taught_by = partners.taught_by(session, actor)
    try:
        parties.ask_for_curriculum(session, actor, case, answer.value.institute, taught_by=taught_by)
    except (Conflict, Unprocessable) as refused:
        return again(session, actor, page, case, answer, "institute", refused)
    return form.done(session, helpers_address(case_id))


@router.post("/curriculum/{curriculum_id}/end")
def take_back(case_id: UUID, curriculum_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take a request back."""
    form.once(session, actor, then=helpers_address(case_id))
    case = service.get_case(session, actor, case_id, to_change=True)
    parties.withdraw_request(session, actor, case, curriculum_id)
    return form.done(session, helpers_address(case_id))


@institute_router.get("")
def asked_for(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The curricula that this institute was asked for."""
    found = curricula.requests(session, actor, number=page.number)
    return page.show("recognition/curricula.html", CurriculaView(found, QUALIFICATION_NAMES))


@institute_router.get("/{curriculum_id}")
def one(curriculum_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One request, with the form to supply the curriculum."""
    return page.show(
        "recognition/curriculum.html", curriculum_view(curricula.get_request(session, actor, curriculum_id))
    )


def curriculum_view(asked: CurriculumRequest) -> CurriculumView:
    """One request in words."""
    return CurriculumView(asked, QUALIFICATION_NAMES[asked.award])


@institute_router.post("/{curriculum_id}")
def supply(curriculum_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Put the curriculum into the case of the candidate who asked."""
    asked = curricula.get_request(session, actor, curriculum_id, to_change=True)
    sent: Answer[Any] = Answer(fields=form.fields)
    try:
        file = sent_file(form, at_most=LARGEST_BYTES)
    except Unprocessable as refused:
        return page.again("recognition/curriculum.html", curriculum_view(asked), sent.refuse("file", refused.message))
    form.once(session, actor, then="/recognition/curricula")
    try:
        curricula.supply(
            session, actor, asked, var_dir=page.shell.settings.var_dir, name=file.name, content=file.content
        )
    except Unprocessable as refused:
        return page.again("recognition/curriculum.html", curriculum_view(asked), sent.refuse("file", refused.message))
    return form.done(session, "/recognition/curricula")
