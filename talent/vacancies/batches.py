"""Many vacancies of one agency at once: written, checked and published in a handful of statements."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.casework.take import take_steps
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict
from talent.foundation.jobs import defer
from talent.foundation.words import N_
from talent.taxonomy.service import isco_groups
from talent.vacancies.models import Vacancy, VacancyChange
from talent.vacancies.rules import findings
from talent.vacancies.schemas import VacancyDraft
from talent.vacancies.service import MATCH_VACANCY, new_vacancy, terms_of
from talent.vacancies.states import VACANCY, VacancyAction, VacancyFacts


def create_all(session: Session, actor: Actor, drafts: Sequence[VacancyDraft]) -> list[Vacancy]:
    """New drafts of the actor's agency, all of them or none.

    Raises:
        NotPermitted: the actor is no agency officer.
        Conflict: the agency has another vacancy of one of these references.
    """
    vacancies = [new_vacancy(actor, draft) for draft in drafts]
    try:
        with session.begin_nested():
            session.add_all(vacancies)
    except IntegrityError:
        raise Conflict(N_("Another vacancy of your agency has one of these references.")) from None
    return vacancies


def that_hold(session: Session, vacancies: Sequence[Vacancy]) -> list[Vacancy]:
    """Those that keep every rule today."""
    groups = isco_groups(session, {one.occupation_id for one in vacancies if one.occupation_id})

    def group(vacancy: Vacancy) -> str:
        return groups.get(vacancy.occupation_id, "") if vacancy.occupation_id else ""

    return [one for one in vacancies if not any(findings(terms_of(one, group(one)), on=today()))]


def check_all(session: Session, actor: Actor, vacancies: Sequence[Vacancy]) -> list[Vacancy]:
    """Check those that keep every rule; the others stay drafts."""
    ready = that_hold(session, vacancies)
    take_steps(session, actor, ((vacancy, VacancyFacts()) for vacancy in ready), VACANCY, VacancyAction.CHECK)
    return ready


def publish_all(session: Session, actor: Actor, vacancies: Sequence[Vacancy]) -> list[Vacancy]:
    """Publish those that keep every rule, and queue the ranking of each."""
    ready = that_hold(session, vacancies)
    take_steps(session, actor, ((vacancy, VacancyFacts()) for vacancy in ready), VACANCY, VacancyAction.PUBLISH)
    at = now()
    session.add_all(VacancyChange(vacancy_id=vacancy.id, at=at) for vacancy in ready)
    for vacancy in ready:
        vacancy.published_at = at
    session.flush()
    for vacancy in ready:
        defer(session, MATCH_VACANCY, once=f"vacancy:{vacancy.id}", vacancy_id=str(vacancy.id))
    return ready
