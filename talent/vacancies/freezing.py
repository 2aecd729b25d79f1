"""No open vacancy of a suspended organisation, and none whose recruiter charges: it freezes in the same transaction."""

from uuid import UUID

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
from talent.vacancies.states import VACANCY, FrozenFor, VacancyAction, VacancyState


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
    if state is VacancyState.FROZEN:
        own = own.where(Vacancy.frozen_for == FrozenFor.ORGANISATION)
    with within(session, SystemContext.VETTING):
        for vacancy in session.scalars(own.options(*WITH_ALL).order_by(Vacancy.id).with_for_update(of=Vacancy)).all():
            move(session, actor, vacancy, action)


def suspend_lapsed(session: Session) -> int:
    """Suspend every verified organisation whose evidence has expired; how many there were. The night calls this."""
    found = organisations.lapsed(session)
    for organisation in found:
        decide(session, SYSTEM, organisation, OrganisationAction.LAPSE)
    return len(found)


def freeze_for_charge(session: Session, vacancy_id: UUID) -> tuple[Vacancy, bool]:
    """The vacancy, frozen while staff look into a charge, and whether it became so now.

    One that is frozen already stays so, for the charge: what froze it for its organisation no longer thaws it.
    A closed one has nothing left to freeze.
    """
    vacancy = _locked(session, vacancy_id)
    if vacancy.state is VacancyState.FROZEN:
        vacancy.frozen_for = FrozenFor.CHARGE
        return vacancy, False
    if vacancy.state in VACANCY.final:
        return vacancy, False
    move(session, SYSTEM, vacancy, VacancyAction.FREEZE, frozen_for=FrozenFor.CHARGE)
    return vacancy, True


def thaw_after_charge(session: Session, vacancy_id: UUID) -> None:
    """Let the agency look at the vacancy again and publish it anew, when it was frozen for a charge."""
    vacancy = _locked(session, vacancy_id)
    if vacancy.frozen_for is FrozenFor.CHARGE:
        move(session, SYSTEM, vacancy, VacancyAction.THAW)


def _locked(session: Session, vacancy_id: UUID) -> Vacancy:
    query = select(Vacancy).where(Vacancy.id == vacancy_id).options(*WITH_ALL).with_for_update(of=Vacancy)
    return session.scalars(query.execution_options(populate_existing=True)).one()
