"""Complaints about charges: opened by themselves, decided by staff; the vacancy stays frozen until then."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, selectinload

from talent.accounts.actor import Actor
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation.clock import now
from talent.foundation.errors import NotFound
from talent.foundation.paging import Page, page_of
from talent.foundation.references import new_reference
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.placements import letters
from talent.placements.complaint_states import COMPLAINT, HOLDS, ComplaintAction, ComplaintFacts, ComplaintState
from talent.placements.cost_models import ChargeComplaint, Cost
from talent.placements.letters import Occasion
from talent.placements.policy import visible_complaints
from talent.vacancies.freezing import freeze_for_charge, thaw_after_charge

NO_SUCH_COMPLAINT = N_("There is no such complaint.")


def open_complaint(session: Session, cost: Cost) -> ChargeComplaint:
    """The complaint about a charge, opened by itself whoever told of it; the vacancy is frozen.

    Its agency is written to when it freezes, and of no further complaint.
    """
    with within(session, SystemContext.VETTING):
        vacancy, froze_now = freeze_for_charge(session, cost.vacancy_id)
        made = ChargeComplaint(
            cost_id=cost.id,
            account_id=cost.account_id,
            vacancy_id=cost.vacancy_id,
            reference=new_reference("CC"),
            job_title=vacancy.title,
            employer=vacancy.employer,
            opened_at=now(),
        )
        session.add(made)
        session.flush()
        agency, reference = vacancy.organisation_id, vacancy.reference
    letters.write_to_staff(session, Occasion.COMPLAINT_OPENED, made.reference)
    if froze_now:
        letters.write_to_agency(session, Occasion.VACANCY_FROZEN, agency, reference)
    return made


def complaints(
    session: Session, actor: Actor, *, state: ComplaintState | None = None, number: int = 1
) -> Page[ChargeComplaint]:
    """One page of the complaints that the actor may know: those that wait first, the oldest on top."""
    order = (ChargeComplaint.state.not_in(HOLDS), ChargeComplaint.opened_at, ChargeComplaint.id)
    query = visible_complaints(actor)
    if state is not None:
        query = query.where(ChargeComplaint.state == state)
    return page_of(session, query.order_by(*order), number=number)


def get_complaint(session: Session, actor: Actor, complaint_id: UUID, *, to_change: bool = False) -> ChargeComplaint:
    """One complaint with its cost.

    Raises:
        NotFound: this actor knows of no such complaint.
    """
    query = visible_complaints(actor).where(ChargeComplaint.id == complaint_id)
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query.options(selectinload(ChargeComplaint.cost)))
    if found is None:
        raise NotFound(NO_SUCH_COMPLAINT)
    return found


def complaints_about(session: Session, actor: Actor, costs: Sequence[Cost]) -> dict[UUID, ChargeComplaint]:
    """The complaints that these costs opened, by the cost, as far as the actor may know them."""
    query = visible_complaints(actor).where(ChargeComplaint.cost_id.in_([cost.id for cost in costs]))
    return {row.cost_id: row for row in session.scalars(query)}


def decide(
    session: Session, actor: Actor, complaint: ChargeComplaint, action: ComplaintAction, *, reason: str
) -> CaseEvent:
    """Take one step; the vacancy thaws when nothing is left against it.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    event = take_step(session, actor, complaint, COMPLAINT, action, ComplaintFacts(bool(reason.strip())), note=reason)
    with within(session, SystemContext.VETTING):
        against = exists().where(ChargeComplaint.vacancy_id == complaint.vacancy_id, ChargeComplaint.state.in_(HOLDS))
        if not session.scalar(select(against)):
            thaw_after_charge(session, complaint.vacancy_id)
    letters.write_to_worker(session, Occasion.COMPLAINT_DECIDED, complaint.account_id, complaint.reference)
    return event


def events(session: Session, complaint: ChargeComplaint) -> list[CaseEvent]:
    """What was decided, oldest first."""
    return journal(session, COMPLAINT, complaint.id)
