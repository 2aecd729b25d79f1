"""A suspended organisation has no open vacancy: what was published freezes with the decision, in one transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.models import Organisation
from talent.accounts.standing import READ_ONLY
from talent.casework.models import CaseEvent
from talent.foundation.row_context import SystemContext, within
from talent.organisations import service as organisations
from talent.organisations.states import OrganisationAction
from talent.vacancies.models import Vacancy
from talent.vacancies.service import WITH_ALL, move
from talent.vacancies.states import VacancyAction, VacancyState


def decide(
    session: Session, actor: Actor, organisation: Organisation, action: OrganisationAction, *, reason: str = ""
) -> CaseEvent:
    """Take one step of the vetting; a suspended or removed organisation's open vacancies leave every list.

    After a reinstatement the agency looks at each of them again and publishes it anew.

    Raises:
        Conflict, NotPermitted, Unprocessable: as ``take_step``.
    """
    event = organisations.move(session, actor, organisation, action, reason=reason)
    if organisation.state in READ_ONLY:
        change = {VacancyState.PUBLISHED: VacancyAction.FREEZE}
    else:
        change = {VacancyState.FROZEN: VacancyAction.THAW}
    for state, step in change.items():
        _move_all(session, actor, organisation, state, step)
    return event


def _move_all(
    session: Session, actor: Actor, organisation: Organisation, state: VacancyState, action: VacancyAction
) -> None:
    own = select(Vacancy).where(Vacancy.organisation_id == organisation.id, Vacancy.state == state)
    with within(session, SystemContext.VETTING):
        for vacancy in session.scalars(own.options(*WITH_ALL).order_by(Vacancy.id).with_for_update(of=Vacancy)).all():
            move(session, actor, vacancy, action)


def suspend_lapsed(session: Session) -> int:
    """Suspend every verified organisation whose evidence has expired; how many there were. The night calls this."""
    found = organisations.lapsed(session)
    for organisation in found:
        decide(session, SYSTEM, organisation, OrganisationAction.LAPSE)
    return len(found)
