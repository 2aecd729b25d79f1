"""Complaints about charges: staff decide about all of them, and whoever was charged reads what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.foundation.errors import Unprocessable
from talent.foundation.paging import Page
from talent.foundation.words import N_
from talent.placements import complaints
from talent.placements.complaint_states import COMPLAINT, ComplaintAction, ComplaintState
from talent.placements.cost_models import ChargeComplaint
from talent.placements.cost_terms import COST_KIND_NAMES, COST_PARTY_NAMES
from talent.placements.schemas import ComplaintDecided
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.listings import COMPLAINTS
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Tag
from web.policy import holds

P = Permission
router = APIRouter(prefix="/complaints", dependencies=[holds(P.CHARGE_DECIDE, P.MATCH_ANSWER)])
S, A = ComplaintState, ComplaintAction
COMPLAINT_TAGS: Mapping[ComplaintState, Tag] = {
    S.OPEN: Tag(N_("Staff look into it"), "attention"),
    S.UPHELD: Tag(N_("Found true"), "bad"),
    S.DISMISSED: Tag(N_("Not found to be a charge"), "neutral"),
    S.PAID_BACK: Tag(N_("Paid back"), "good"),
}
DECISION_NAMES: Mapping[ComplaintAction, str] = {
    A.UPHOLD: N_("It is true: the worker was charged. The vacancy stays frozen."),
    A.DISMISS: N_("It is no charge. The vacancy is no longer frozen for it."),
    A.NOTE_PAID_BACK: N_("The money was paid back. The vacancy is no longer frozen for it."),
}


@dataclass(frozen=True)
class ComplaintsView:
    """Complaints, those that wait on top."""

    found: Page[ChargeComplaint]
    arrangement: Arranged
    states: Sequence[Choice]
    decides: bool
    tags: Mapping[ComplaintState, Tag]


@dataclass(frozen=True)
class ComplaintView:
    """One complaint with its charge, and what may be decided."""

    complaint: ChargeComplaint
    tag: Tag
    decisions: Sequence[Choice]
    journal: Sequence[JournalLine]
    names: Mapping[str, Mapping[Any, str]]


def complaint_page(complaint_id: UUID) -> str:
    """The address of a complaint."""
    return f"/complaints/{complaint_id}"


def complaint_view(session: Session, actor: Actor, found: ChargeComplaint) -> ComplaintView:
    """Everything that the page of a complaint needs."""
    steps = [step for step in COMPLAINT.steps_from(found.state) if actor.has(step.permission)]
    lines = [
        JournalLine(row.at, ROLE_NAMES[Role(row.actor_role)], DECISION_NAMES[A(row.action)], row.note)
        for row in complaints.events(session, found)
    ]
    decisions = [Choice(step.action.value, DECISION_NAMES[step.action]) for step in steps]
    names: Mapping[str, Mapping[Any, str]] = {"kind": COST_KIND_NAMES, "party": COST_PARTY_NAMES}
    return ComplaintView(found, COMPLAINT_TAGS[found.state], decisions, lines, names)


@router.get("")
def every(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The complaints that the reader may know."""
    arrangement = arranged(session, actor, page, COMPLAINTS)
    state = next((known for known in ComplaintState if known == arrangement.get("state")), None)
    found = complaints.complaints(session, actor, state=state, number=page.number)
    states = [Choice("", N_("All")), *(Choice(known.value, tag.label) for known, tag in COMPLAINT_TAGS.items())]
    view = ComplaintsView(found, arrangement, states, actor.has(P.CHARGE_DECIDE), COMPLAINT_TAGS)
    return page.show("costs/complaints.html", view, form=blank(**arrangement.asked))


@router.get("/{complaint_id}")
def one(complaint_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One complaint with what was decided."""
    found = complaints.get_complaint(session, actor, complaint_id)
    return page.show("costs/complaint.html", complaint_view(session, actor, found), form=blank())


@router.post("/{complaint_id}", dependencies=[holds(P.CHARGE_DECIDE)])
def decide(complaint_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Decide about a complaint."""
    form.once(session, actor, then=complaint_page(complaint_id))
    found = complaints.get_complaint(session, actor, complaint_id, to_change=True)
    answer = form.read(ComplaintDecided)
    if answer.value is None:
        return page.again("costs/complaint.html", complaint_view(session, actor, found), answer)
    try:
        complaints.decide(session, actor, found, answer.value.decision, reason=answer.value.reason)
    except Unprocessable as refused:
        return page.again(
            "costs/complaint.html", complaint_view(session, actor, found), answer.refuse("reason", refused.message)
        )
    return form.done(session, complaint_page(complaint_id))
