"""Question rounds after arrival: the worker answers on the phone in a minute, project staff see what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.paging import Page
from talent.pathways.catalogue import Remark
from talent.placements import check_ins, returns, service
from talent.placements.after_models import CheckIn
from talent.placements.after_schemas import CheckInTold, Settled
from talent.placements.after_terms import KEPT_NAMES, PROBLEM_NAMES, QUESTIONS
from talent.placements.cost_terms import COST_PARTY_NAMES, RECRUITERS, CostParty
from talent.placements.models import Placement
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import Answer, FormDep, blank
from web.parts import Choice, Text
from web.policy import holds
from web.routes.recognition_finder import source_line

P = Permission
router = APIRouter(prefix="/placements", dependencies=[holds(P.PLACEMENT_ANSWER, P.PLACEMENT_READ_ALL)])
staff_router = APIRouter(prefix="/check-ins", dependencies=[holds(P.PLACEMENT_READ_ALL)])
KEPT = tuple(Choice(one.value, words) for one, words in KEPT_NAMES.items())
PROBLEMS = tuple(Choice(one.value, words) for one, words in PROBLEM_NAMES.items())
PAYEES = tuple(Choice(one.value, COST_PARTY_NAMES[one]) for one in CostParty if one in RECRUITERS)
NAMES: Mapping[str, Mapping[Any, str]] = {"kept": KEPT_NAMES, "problem": PROBLEM_NAMES, "question": QUESTIONS}


@dataclass(frozen=True)
class CheckInView:
    """The rounds of one placement for the worker or for staff."""

    placement: Placement
    month: int | None
    rounds: Sequence[CheckIn]
    settles: bool
    help: Sequence[tuple[str, Text]]
    rights: Sequence[tuple[str, Text]]
    frame: Sequence[tuple[str, Text]]
    questions: Mapping[str, str]
    names: Mapping[str, Mapping[Any, str]]
    kept: Sequence[Choice] = KEPT
    problems: Sequence[Choice] = PROBLEMS
    payees: Sequence[Choice] = PAYEES

    @property
    def to_settle(self) -> int | None:
        """The round whose form staff are shown: the oldest that nobody has settled."""
        return next((one.month for one in self.rounds if one.settled_at is None), None) if self.settles else None


@dataclass(frozen=True)
class WaitingView:
    """Rounds that wait for staff, with their placements."""

    found: Page[CheckIn]
    cases: Mapping[UUID, Placement]
    asking: Sequence[Placement]
    names: Mapping[str, Mapping[Any, str]]


def check_in_page(placement_id: UUID) -> str:
    """The address of a placement's question rounds."""
    return f"/placements/{placement_id}/check-in"


def said(rows: Sequence[Remark]) -> list[tuple[str, Text]]:
    """Each statement with its source line."""
    return [(row.text, source_line(row.source, row.legal, row.as_of, row.confidence)) for row in rows]


def check_in_view(session: Session, actor: Actor, placement: Placement) -> CheckInView:
    """Everything that the page needs; the form is the worker's alone."""
    way = service.ways_of(placement)[0]
    answers = actor.has(P.PLACEMENT_ANSWER)
    return CheckInView(
        placement=placement,
        month=check_ins.waiting_month(session, actor, placement) if answers else None,
        rounds=check_ins.of_placement(session, actor, placement),
        settles=actor.has(P.PLACEMENT_READ_ALL),
        help=said(check_ins.help_there(way)),
        rights=said(check_ins.rights_there(way)),
        frame=said(check_ins.rights_everywhere()),
        questions=QUESTIONS,
        names=NAMES,
    )


def shown(
    session: Session, actor: Actor, page: PageDep, placement: Placement, form: Answer[Any] | None = None
) -> Response:
    """The page, with what is wrong in a form when something is."""
    form = form or blank()
    view = check_in_view(session, actor, placement)
    return page.show("placements/check_in.html", view, form=form, status=422 if form.errors else 200)


@router.get("/{placement_id}/check-in")
def ask(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The round that is due, what was answered, who helps, and the right to change."""
    return shown(session, actor, page, service.get(session, actor, placement_id))


@router.post("/{placement_id}/check-in", dependencies=[holds(P.PLACEMENT_ANSWER)])
def answer(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the answers; a charge opens its complaint."""
    placement = service.get(session, actor, placement_id, to_change=True)
    told = form.read(CheckInTold)
    if told.value is None:
        return shown(session, actor, page, placement, told)
    form.once(session, actor, then=check_in_page(placement_id))
    try:
        check_ins.answer(session, actor, placement, told.value)
    except Unprocessable as refused:
        return shown(session, actor, page, placement, told.refuse("payee", refused.message))
    return form.done(session, check_in_page(placement_id))


@router.post("/{placement_id}/check-in/{month}/settle", dependencies=[holds(P.PLACEMENT_READ_ALL)])
def settle(
    placement_id: UUID, month: int, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Say what was done."""
    placement = service.get(session, actor, placement_id)
    told = form.read(Settled)
    if told.value is None:
        return shown(session, actor, page, placement, told)
    form.once(session, actor, then=check_in_page(placement_id))
    try:
        check_ins.settle(session, actor, placement, month, words=told.value.words)
    except (Conflict, Unprocessable) as refused:
        return shown(session, actor, page, placement, told.refuse("words", refused.message))
    return form.done(session, "/check-ins")


@staff_router.get("")
def waiting(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Rounds that wait for project staff."""
    found = check_ins.waiting(session, actor, number=page.number)
    cases = check_ins.placements_of(session, found.rows)
    view = WaitingView(found, cases, returns.asking(session, actor), NAMES)
    return page.show("placements/check_ins.html", view)
