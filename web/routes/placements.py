"""Placements: an agency begins one, and everybody who takes part reads the same line of both shores' steps."""

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
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.paging import Page
from talent.pathways.catalogue import Pathway, catalogue
from talent.pathways.eligibility import NOT_A_PERMIT
from talent.pathways.terms import DOER_NAMES
from talent.placements import listing, service
from talent.placements.models import Placement
from talent.placements.places import Promise, seats_promised
from talent.placements.proofs import prove_step, takes_proof
from talent.placements.schemas import PlacementBegun, PlacementMoved, StepDone
from talent.placements.states import PlacementAction, PlacementState
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import WHOLE_FORM, Answer, FormDep, blank
from web.listings import PLACEMENTS
from web.parts import Choice, Tag
from web.policy import TAKES_PART, holds
from web.routes.case_filters import CaseChoices, case_choices, cases_asked, query_of
from web.routes.placement_views import STATE_TAGS, placement_view
from web.routes.proofs import brought_in

P = Permission
router = APIRouter(prefix="/placements", dependencies=[TAKES_PART])


@dataclass(frozen=True)
class InboxView:
    """Placements, the oldest deadline on top."""

    found: Page[Placement]
    arrangement: Arranged
    choices: CaseChoices
    tags: Mapping[PlacementState, Tag]
    doers: Mapping[Any, str]
    titles: Mapping[str, str]
    counts_places: bool


@dataclass(frozen=True)
class BeginView:
    """The ways by which an accepted candidate may come."""

    introduction_id: UUID
    title: str
    country: str
    ways: Sequence[Pathway]
    seats: Promise
    not_a_permit: str = NOT_A_PERMIT

    @property
    def choices(self) -> list[Choice]:
        """The ways to choose from."""
        return [Choice(way.id, way.title, way.summary) for way in self.ways]


@dataclass(frozen=True)
class NoteView:
    """The step that is about to be noted."""

    placement_id: UUID
    step: str
    takes_proof: bool


def placement_page(placement_id: UUID) -> str:
    """The address of a placement."""
    return f"/placements/{placement_id}"


@router.get("")
def inbox(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What the reader takes part in; a candidate with one placement goes straight to it."""
    arrangement = arranged(session, actor, page, PLACEMENTS)
    which = cases_asked(arrangement, PlacementState)
    found = listing.inbox(session, actor, which, number=page.number)
    if actor.has(P.PLACEMENT_ANSWER) and found.total == 1 and not arrangement.is_narrowed:
        return see(placement_page(found.rows[0].id))
    view = InboxView(
        found,
        arrangement,
        case_choices(listing.countries(session, actor), PlacementState, page.language.code),
        STATE_TAGS,
        DOER_NAMES,
        {row.id: row.title for row in catalogue().pathways},
        actor.has(P.PLACEMENT_MOVE),
    )
    return page.show("placements/list.html", view, form=blank(**query_of(which)))


def begin_view(session: Session, actor: Actor, introduction_id: UUID) -> BeginView:
    """What is about to begin."""
    _, vacancy, group = service.introduction_to_place(session, actor, introduction_id)
    ways = service.open_ways(vacancy.country, group, on=today())
    return BeginView(introduction_id, vacancy.title, vacancy.country, ways, seats_promised(session, vacancy))


@router.get("/new/{introduction_id}", dependencies=[holds(P.INTRODUCTION_DECIDE)])
def new(introduction_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Choose the way by which an accepted candidate is to come."""
    return page.show("placements/new.html", begin_view(session, actor, introduction_id), form=blank())


@router.post("/new/{introduction_id}", dependencies=[holds(P.INTRODUCTION_DECIDE)])
def begin(introduction_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Begin the placement; the offer goes to the candidate."""
    form.once(session, actor, then="/placements")
    answer = form.read(PlacementBegun)
    view = begin_view(session, actor, introduction_id)
    if answer.value is None:
        return page.again("placements/new.html", view, answer)
    try:
        made = service.begin_placement(session, actor, introduction_id, answer.value.pathway)
    except Unprocessable as refused:
        return page.again("placements/new.html", view, answer.refuse("pathway", refused.message))
    return form.done(session, placement_page(made.id))


@router.get("/{placement_id}")
def placement(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One line of the journey, the next step on top."""
    return shown(session, actor, page, service.get(session, actor, placement_id), blank())


def shown(session: Session, actor: Actor, page: PageDep, found: Placement, form: Answer[Any]) -> Response:
    """The page of a placement, with what is wrong in a form when something is."""
    view = placement_view(session, actor, found)
    return page.show("placements/placement.html", view, form=form, status=422 if form.errors else 200)


def note_view(found: Placement, way: str, step: str) -> NoteView:
    """The step that is about to be noted.

    Raises:
        NotFound: the placement has no such step.
    """
    line = service.line_of(found, way, step)
    return NoteView(found.id, line.step.text, takes_proof(line))


@router.get("/{placement_id}/done")
def ask_day(
    placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, way: str = "", step: str = ""
) -> Response:
    """Ask on which day a step was done."""
    view = note_view(service.get(session, actor, placement_id), way, step)
    return page.show("placements/note.html", view, form=blank(way=way, step=step))


@router.post("/{placement_id}/done")
def note(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Note that a step was done."""
    found = service.get(session, actor, placement_id, to_change=True)
    answer = form.read(StepDone)
    view = note_view(found, answer.text("way"), answer.text("step"))
    if answer.value is None:
        return page.again("placements/note.html", view, answer)
    try:
        brought = brought_in(form)
    except Unprocessable as refused:
        return page.again("placements/note.html", view, answer.refuse("proof", refused.message))
    form.once(session, actor, then=placement_page(placement_id))
    try:
        with session.begin_nested():
            service.note_step(session, actor, found, answer.value)
            if brought is not None:
                step = (answer.value.way, answer.value.step)
                prove_step(session, actor, found, step, brought, var_dir=page.shell.settings.var_dir)
    except (Unprocessable, Conflict, NotPermitted) as refused:
        return page.again("placements/note.html", view, answer.refuse("done_on", refused.message))
    return form.done(session, placement_page(placement_id))


@router.post("/{placement_id}/step/{action}", dependencies=[holds(P.PLACEMENT_READ)])
def move(
    placement_id: UUID, action: PlacementAction, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Take one step of the workflow."""
    found = service.get(session, actor, placement_id, to_change=True)
    answer = form.read(PlacementMoved)
    if answer.value is None:
        return shown(session, actor, page, found, answer)
    form.once(session, actor, then=placement_page(placement_id))
    try:
        with session.begin_nested():
            service.move(session, actor, found, action, answer.value)
    except Unprocessable as refused:
        found = service.get(session, actor, placement_id)
        return shown(session, actor, page, found, answer.refuse(WHOLE_FORM, refused.message))
    gone = actor.has(P.PLACEMENT_CLEAR) and not actor.has(P.PLACEMENT_READ_ALL)
    return form.done(session, "/placements" if gone else placement_page(placement_id))
