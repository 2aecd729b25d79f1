"""An agency's vacancies: the list, the page of each, and the steps of its life."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.paging import Page
from talent.foundation.words import N_
from talent.taxonomy.countries import country_name
from talent.taxonomy.service import isco_groups, labels
from talent.vacancies import listing, service
from talent.vacancies.conflicts import draft_of
from talent.vacancies.exporting import row_of_vacancy
from talent.vacancies.job_posting_export import posting_of
from talent.vacancies.listing import Wanted
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import Closing
from talent.vacancies.states import VacancyAction, VacancyState
from web.arranged import Arranged, arranged
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.listings import OWN_VACANCIES, VACANCIES
from web.parts import Choice, Tag
from web.policy import holds
from web.routes.vacancy_parts import by_label
from web.routes.vacancy_views import vacancy_page
from web.routes.vacancy_words import STATE_TAGS

router = APIRouter(prefix="/vacancies", dependencies=[holds(Permission.VACANCY_WRITE, Permission.VACANCY_READ_ALL)])
ANY = Choice("", N_("Any"))


@dataclass(frozen=True)
class ListView:
    """One page of vacancies with the names that it needs, and what the list can be narrowed to."""

    found: Page[Vacancy]
    names: Mapping[UUID, str]
    agencies: Mapping[UUID, str]
    tags: Mapping[VacancyState, Tag]
    states: Sequence[Choice]
    occupations: Sequence[Choice]
    countries: Sequence[Choice]
    may_write: bool
    arrangement: Arranged


@router.get("")
def vacancies(
    session: SessionDep,
    actor: ActorDep,
    page: PageDep,
) -> Response:
    """The vacancies that the reader may know, narrowed to what was asked for."""
    language = page.language.code
    may_write = actor.has(Permission.VACANCY_WRITE)
    arrangement = arranged(session, actor, page, OWN_VACANCIES if may_write else VACANCIES)
    used, countries = listing.in_use(session, actor)
    names = labels(session, used, language)
    wanted = Wanted(
        words=arrangement.get("words")[:100],
        state=next((known for known in VacancyState if known == arrangement.get("state")), None),
        occupation_id=next((key for key in used if str(key) == arrangement.get("occupation")), None),
        country=next((code for code in countries if code == arrangement.get("country")), ""),
    )
    found = listing.page_of_vacancies(session, actor, wanted, number=page.number)
    view = ListView(
        found=found,
        names=names,
        agencies={} if may_write else listing.agency_names(session, found.rows),
        tags=STATE_TAGS,
        states=[ANY, *(Choice(known.value, tag.label) for known, tag in STATE_TAGS.items())],
        occupations=[ANY, *by_label(Choice(str(key), name) for key, name in names.items())],
        countries=[ANY, *by_label(Choice(code, country_name(code, language)) for code in countries)],
        may_write=may_write,
        arrangement=arrangement,
    )
    form = blank(words=wanted.words, state=wanted.state, occupation=wanted.occupation_id, country=wanted.country)
    return page.show("vacancies/list.html", view, form=form)


@router.get("/{vacancy_id}")
def vacancy(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, saved: str = "") -> Response:
    """One vacancy: where it stands, what to mend, what it says, what happened to it."""
    found = service.get_vacancy(session, actor, vacancy_id)
    view = vacancy_page(session, actor, found, page.language.code, saved=saved == "yes", on=today())
    return page.show("vacancies/page.html", view)


@router.post("/{vacancy_id}/check", dependencies=[holds(Permission.VACANCY_WRITE)])
def check(vacancy_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Say that the vacancy is ready to be published."""
    return moved(session, actor, form, vacancy_id, VacancyAction.CHECK)


@router.post("/{vacancy_id}/revise", dependencies=[holds(Permission.VACANCY_WRITE)])
def revise(vacancy_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Take a checked vacancy back to a draft."""
    return moved(session, actor, form, vacancy_id, VacancyAction.REVISE)


@router.post("/{vacancy_id}/publish", dependencies=[holds(Permission.VACANCY_WRITE)])
def publish(vacancy_id: UUID, session: SessionDep, actor: ActorDep, form: FormDep) -> Response:
    """Open the vacancy to matching."""
    return moved(session, actor, form, vacancy_id, VacancyAction.PUBLISH)


def moved(
    session: SessionDep, actor: ActorDep, form: FormDep, vacancy_id: UUID, action: VacancyAction, note: str = ""
) -> Response:
    """Take one step, once, and go back to the vacancy."""
    here = f"/vacancies/{vacancy_id}"
    form.once(session, actor, then=here)
    service.move(session, actor, service.get_vacancy(session, actor, vacancy_id, to_change=True), action, note=note)
    return form.done(session, here)


@router.get("/{vacancy_id}/close", dependencies=[holds(Permission.VACANCY_WRITE)])
def ask_to_close(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Before a vacancy is closed for good: what that means, and why."""
    return page.show("vacancies/close.html", service.vacancy_to_change(session, actor, vacancy_id))


@router.post("/{vacancy_id}/close", dependencies=[holds(Permission.VACANCY_WRITE)])
def close(vacancy_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Close the vacancy for good."""
    answer = form.read(Closing)
    if answer.value is None:
        return page.again("vacancies/close.html", service.vacancy_to_change(session, actor, vacancy_id), answer)
    return moved(session, actor, form, vacancy_id, VacancyAction.CLOSE, answer.value.note)


@router.get("/{vacancy_id}/job-posting")
def job_posting(vacancy_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """The vacancy as a schema.org JobPosting in JSON-LD, as a file."""
    found = service.get_vacancy(session, actor, vacancy_id)
    groups = isco_groups(session, [found.occupation_id] if found.occupation_id else [])
    posting = posting_of(row_of_vacancy(draft_of(found), next(iter(groups.values()), "")))
    return Response(
        json.dumps(posting, ensure_ascii=False, indent=2),
        media_type="application/ld+json",
        headers={"Content-Disposition": 'attachment; filename="job-posting.jsonld"', "Cache-Control": "no-store"},
    )
