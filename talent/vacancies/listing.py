"""Finding vacancies in a list, and what happened to one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation
from talent.accounts.permissions import DENIALS, Permission
from talent.casework.models import CaseEvent
from talent.casework.take import journal
from talent.foundation.errors import NotPermitted
from talent.foundation.paging import Page, page_of
from talent.vacancies.models import Vacancy
from talent.vacancies.policy import visible_vacancies
from talent.vacancies.states import VACANCY, VacancyState

SEARCHED = (Vacancy.title, Vacancy.employer, Vacancy.reference, Vacancy.place)


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty means everything."""

    words: str = ""
    state: VacancyState | None = None
    occupation_id: UUID | None = None
    country: str = ""


def own_list(actor: Actor) -> Select[Vacancy]:
    """The vacancies that the actor may list.

    Raises:
        NotPermitted: the actor is neither agency nor project staff.
    """
    if not (actor.has(Permission.VACANCY_WRITE) or actor.has(Permission.VACANCY_READ_ALL)):
        raise NotPermitted(DENIALS[Permission.VACANCY_READ_ALL])
    return visible_vacancies(actor)


def page_of_vacancies(session: Session, actor: Actor, wanted: Wanted, *, number: int) -> Page[Vacancy]:
    """One page of the vacancies that the actor may list, the last changed first."""
    query = own_list(actor)
    for word in wanted.words.split()[:5]:
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in SEARCHED)))
    if wanted.state is not None:
        query = query.where(Vacancy.state == wanted.state)
    if wanted.occupation_id is not None:
        query = query.where(Vacancy.occupation_id == wanted.occupation_id)
    if wanted.country:
        query = query.where(Vacancy.country == wanted.country)
    return page_of(session, query.order_by(Vacancy.changed_at.desc(), Vacancy.id), number=number)


def in_use(session: Session, actor: Actor) -> tuple[set[UUID], set[str]]:
    """The occupations and the countries of the vacancies that the actor may list."""
    pairs = session.execute(
        own_list(actor).with_only_columns(Vacancy.occupation_id, Vacancy.country).order_by(None).distinct()
    ).all()
    return {pair[0] for pair in pairs if pair[0]}, {pair[1] for pair in pairs if pair[1]}


def agency_names(session: Session, vacancies: Iterable[Vacancy]) -> dict[UUID, str]:
    """The name of each vacancy's agency, by the agency's id."""
    ids = {vacancy.organisation_id for vacancy in vacancies}
    return dict(session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))).all())


def history(session: Session, vacancy: Vacancy) -> list[tuple[CaseEvent, str]]:
    """Each move of the vacancy, newest first, with the name of whoever made it; empty for the service itself."""
    events = journal(session, VACANCY, vacancy.id)
    ids = {event.actor_id for event in events}
    names = dict(session.execute(select(Account.id, Account.name).where(Account.id.in_(ids))).all())
    return [(event, names.get(event.actor_id, "")) for event in reversed(events)]


def own_country(session: Session, actor: Actor) -> str:
    """The country of the actor's own agency, where most of its vacancies are; empty for anybody else."""
    organisation = session.get(Organisation, actor.organisation_id) if actor.organisation_id else None
    return organisation.country if organisation else ""
