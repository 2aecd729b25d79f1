"""Cases of recognition: a candidate begins one, collects papers, sends it; the same page serves the authority."""

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
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.words import N_
from talent.recognition import documents, noting, service
from talent.recognition.finder import Question, asks_region
from talent.recognition.models import RecognitionCase
from talent.recognition.procedures import Procedure, catalogue
from talent.recognition.schemas import CaseBegun, DayNoted, PaperAdded, RegionChosen, StepTaken
from talent.recognition.states import CaseAction, CaseState
from talent.recognition.terms import Noted
from talent.taxonomy.levels import QUALIFICATION_NAMES, QualificationKind
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import MEGABYTE, WHOLE_FORM, Answer, Form, FormDep, blank
from web.occupations import occupation_groups
from web.parts import Choice, Tag, Text
from web.policy import holds
from web.routes.recognition_finder import region_choices
from web.routes.recognition_views import case_view
from web.routes.recognition_words import STATE_TAGS, WITH_A_LETTER, A
from web.sent import Upload

P = Permission
MAY_READ = (P.RECOGNITION_APPLY, P.RECOGNITION_READ, P.RECOGNITION_ACT)
router = APIRouter(prefix="/recognition", dependencies=[holds(*MAY_READ)])
LARGEST_BYTES = 5 * MEGABYTE
BOXES = {A.BEGIN_MEASURE: "measure", **{action: f"{action.value}-note" for action in WITH_A_LETTER}}
"""Where a step says what is missing; the others say it above the page."""
CHOOSE_A_FILE = N_("Choose a file.")


@dataclass(frozen=True)
class CasesView:
    """The candidate's own cases."""

    cases: Sequence[RecognitionCase]
    tags: Mapping[CaseState, Tag]
    procedures: Mapping[str, Procedure]
    occupations: Mapping[str, str]


@dataclass(frozen=True)
class BeginView:
    """What is about to begin."""

    procedure: Procedure
    occupation: str
    award: Text
    regions: Sequence[Choice]


def whole(answer: Answer[Any]) -> Answer[Any]:
    """The first error as one of the whole page, for forms that stand there several times."""
    first = next(iter(answer.errors.values()))
    return Answer(fields=answer.fields, errors={WHOLE_FORM: first})


def case_address(case_id: UUID) -> str:
    """The page of a case."""
    return f"/recognition/cases/{case_id}"


def occupation_names(session: Session, language: str) -> dict[str, str]:
    """The name of each ISCO-08 group in the reader's language."""
    return {one.value: str(one.label) for one in occupation_groups(session, language)}


@router.get("", dependencies=[holds(P.RECOGNITION_APPLY)])
def own(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The candidate's own cases."""
    view = CasesView(
        service.own_cases(session, actor),
        STATE_TAGS,
        {row.id: row for row in catalogue().procedures},
        occupation_names(session, page.language.code),
    )
    return page.show("recognition/cases.html", view)


def begin_view(session: Session, procedure: str, award: str, occupation: str, language: str) -> BeginView:
    """The procedure that the finder led to.

    Raises:
        NotFound: the address names no procedure, award or occupation.
    """
    found = catalogue().procedure(procedure)
    named = occupation_names(session, language).get(occupation)
    kinds = {kind.value: name for kind, name in QUALIFICATION_NAMES.items()}
    if found is None or named is None or award not in kinds:
        raise NotFound(service.NO_SUCH_PROCEDURE)
    question = Question(QualificationKind(award), occupation, found.country)
    depends = asks_region(catalogue(), found.kind, question)
    return BeginView(found, named, kinds[award], region_choices(found.country) if depends else ())


@router.get("/new", dependencies=[holds(P.RECOGNITION_APPLY)])
def new(
    session: SessionDep, page: PageDep, procedure: str = "", award: str = "", occupation: str = "", region: str = ""
) -> Response:
    """Begin a case for a procedure of the finder."""
    view = begin_view(session, procedure, award, occupation, page.language.code)
    form = blank(procedure=procedure, award=award, occupation=occupation, region=region)
    return page.show("recognition/new.html", view, form=form)


@router.post("/new", dependencies=[holds(P.RECOGNITION_APPLY)])
def begin(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the case and go on to its documents."""
    answer = form.read(CaseBegun)
    view = begin_view(
        session, answer.text("procedure"), answer.text("award"), answer.text("occupation"), page.language.code
    )
    if answer.value is None:
        return page.again("recognition/new.html", view, answer)
    form.once(session, actor, then="/recognition")
    try:
        case = service.begin_case(session, actor, answer.value)
    except (Conflict, Unprocessable) as refused:
        return page.again("recognition/new.html", view, answer.refuse("title", refused.message))
    return form.done(session, case_address(case.id))


@router.get("/cases/{case_id}")
def case(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Where a case stands, its documents, its clock, and what may be done."""
    return shown(session, actor, page, service.get_case(session, actor, case_id), blank(on=None))


def shown(session: Session, actor: Actor, page: PageDep, found: RecognitionCase, form: Answer[Any]) -> Response:
    """The page of a case, with what is wrong in a form when something is."""
    occupation = occupation_names(session, page.language.code).get(found.isco_group, found.isco_group)
    view = case_view(session, actor, found, occupation, on=today())
    return page.show("recognition/case.html", view, form=form, status=422 if form.errors else 200)


@router.post("/cases/{case_id}/region", dependencies=[holds(P.RECOGNITION_APPLY)])
def choose_region(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Say in which Land the person wants to work."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(RegionChosen)
    if answer.value is None:
        return shown(session, actor, page, found, answer)
    form.once(session, actor, then=case_address(case_id))
    try:
        service.set_region(session, actor, found, answer.value.region)
    except Unprocessable as refused:
        return shown(session, actor, page, found, answer.refuse("region", refused.message))
    return form.done(session, case_address(case_id))


@router.post("/cases/{case_id}/days/{what}")
def note(case_id: UUID, what: Noted, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Note the day on which something happened; the clocks are reckoned anew."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(DayNoted)
    if answer.value is None:
        return shown(session, actor, page, found, whole(answer))
    form.once(session, actor, then=case_address(case_id))
    try:
        noting.note_day(session, actor, found, what, day=answer.value.day)
    except (Conflict, Unprocessable) as refused:
        return shown(session, actor, page, found, answer.refuse(WHOLE_FORM, refused.message))
    return form.done(session, case_address(case_id))


@router.post("/cases/{case_id}/step/{action}", dependencies=[holds(P.RECOGNITION_APPLY, P.RECOGNITION_DECIDE)])
def step(
    case_id: UUID, action: CaseAction, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Take one step of the workflow."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(StepTaken)
    if answer.value is None:
        return shown(session, actor, page, found, whole(answer))
    form.once(session, actor, then=case_address(case_id))
    told = answer.value
    try:
        with session.begin_nested():
            service.move(session, actor, found, action, note=told.note, on=told.on, measure=told.measure)
    except Unprocessable as refused:
        return shown(session, actor, page, found, answer.refuse(BOXES.get(action, WHOLE_FORM), refused.message))
    return form.done(session, case_address(case_id))


def sent_file(form: Form, *, at_most: int) -> Upload:
    """The file of a form that needs one.

    Raises:
        Unprocessable: there is none, or it is larger than so many bytes.
    """
    file = form.file("file", at_most=at_most)
    if file is None:
        raise Unprocessable(CHOOSE_A_FILE)
    return file


@router.post("/cases/{case_id}/papers", dependencies=[holds(P.RECOGNITION_APPLY)])
def add_paper(case_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Add a document, or the translation of one."""
    found = service.get_case(session, actor, case_id, to_change=True)
    answer = form.read(PaperAdded)
    try:
        file = sent_file(form, at_most=LARGEST_BYTES)
    except Unprocessable as refused:
        return shown(session, actor, page, found, answer.refuse("file", refused.message))
    if answer.value is None:
        return shown(session, actor, page, found, answer)
    form.once(session, actor, then=case_address(case_id))
    var_dir = page.shell.settings.var_dir
    try:
        with session.begin_nested():
            documents.add_paper(
                session, actor, found, answer.value, var_dir=var_dir, name=file.name, content=file.content
            )
    except Unprocessable as refused:
        return shown(session, actor, page, found, answer.refuse("file", refused.message))
    return form.done(session, case_address(case_id) + "#documents")


@router.post("/cases/{case_id}/papers/{paper_id}/remove", dependencies=[holds(P.RECOGNITION_APPLY)])
def remove_paper(
    case_id: UUID, paper_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Take a document back."""
    form.once(session, actor, then=case_address(case_id))
    found = service.get_case(session, actor, case_id, to_change=True)
    documents.remove_paper(session, actor, found, paper_id, var_dir=page.shell.settings.var_dir)
    return form.done(session, case_address(case_id) + "#documents")


@router.get("/cases/{case_id}/papers/{paper_id}")
def read_paper(case_id: UUID, paper_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The document itself, as a file."""
    found = service.get_case(session, actor, case_id)
    kind, content = documents.read_paper(session, actor, found, paper_id, var_dir=page.shell.settings.var_dir)
    media = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
    return Response(
        content,
        media_type=media.get(kind, "application/octet-stream"),
        headers={
            "Content-Disposition": f'attachment; filename="{found.reference}.{kind}"',
            "Cache-Control": "no-store",
            "Content-Security-Policy": "sandbox",
        },
    )
