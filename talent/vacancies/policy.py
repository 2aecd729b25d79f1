"""Who may know about which vacancy."""

from sqlalchemy import Select, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.vacancies.models import Vacancy, VacancyImport


def visible_vacancies(actor: Actor) -> Select[Vacancy]:
    """An agency's own vacancies, in every state; all of them for project staff; none for anybody else.

    A candidate reads matches, never vacancies: what has not been matched does not exist for them.
    """
    vacancies = select(Vacancy)
    if actor.has(Permission.VACANCY_READ_ALL):
        return vacancies
    if actor.has(Permission.VACANCY_WRITE) and actor.organisation_id is not None:
        return vacancies.where(Vacancy.organisation_id == actor.organisation_id)
    return vacancies.where(false())


def visible_imports(actor: Actor) -> Select[VacancyImport]:
    """The files that the actor's own agency brought."""
    imports = select(VacancyImport)
    if actor.has(Permission.VACANCY_WRITE) and actor.organisation_id is not None:
        return imports.where(VacancyImport.organisation_id == actor.organisation_id)
    return imports.where(false())
