"""Organisations: every one for the project, which vets them; one's own for the people who work there."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict
from talent.organisations import service
from talent.organisations.schemas import NewEmployer, NewOrganisation, VettingDecision
from talent.vacancies.freezing import decide as decide_about
from web.arranged import arranged
from web.deciding import DeciderDep
from web.dependencies import ActorDep, PageDep, SessionDep
from web.forms import FormDep, blank
from web.listings import ORGANISATIONS
from web.policy import holds
from web.routes.organisation_views import new_view, organisation_view, organisations_view, own_view

router = APIRouter(prefix="/organisations", dependencies=[holds(Permission.ORGANISATION_READ)])
own_router = APIRouter(prefix="/organisation", dependencies=[holds(Permission.ORGANISATION_OWN)])


@router.get("")
def organisations(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Every organisation with its state."""
    arrangement = arranged(session, actor, page, ORGANISATIONS)
    view = organisations_view(session, actor, arrangement)
    return page.show("organisations/list.html", view, form=blank(**arrangement.asked))


@router.get("/new", dependencies=[holds(Permission.ORGANISATION_VET)])
def ask_new(page: PageDep) -> Response:
    """The form that adds an organisation."""
    return page.show("organisations/new.html", new_view(page.language.code))


@router.post("/new", dependencies=[holds(Permission.ORGANISATION_VET)])
def add(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Add an organisation, whose vetting begins."""
    form.once(session, actor, then="/organisations")
    answer = form.read(NewOrganisation)
    if answer.value is None:
        return page.again("organisations/new.html", new_view(page.language.code), answer)
    try:
        made = service.apply(session, actor, **answer.value.model_dump())
    except Conflict as taken:
        return page.again("organisations/new.html", new_view(page.language.code), answer.refuse("name", taken.message))
    return form.done(session, f"/organisations/{made.id}")


@router.get("/{organisation_id}")
def organisation(organisation_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One organisation: its state, its evidence, what was decided, and what may be decided now."""
    found = service.get_organisation(session, actor, organisation_id)
    return page.show("organisations/page.html", organisation_view(session, actor, found, page.shell.factor_key))


@router.post("/{organisation_id}/decide", dependencies=[holds(Permission.ORGANISATION_VET)])
def decide(organisation_id: UUID, by: DeciderDep) -> Response:
    """Take one step of the vetting."""
    found = service.get_organisation(by.session, by.actor, organisation_id)
    return by.decided(
        VettingDecision,
        lambda sent: decide_about(by.session, by.actor, found, sent.action, reason=sent.reason),
        template="organisations/page.html",
        view=lambda: organisation_view(by.session, by.actor, found),
        then=f"/organisations/{organisation_id}",
    )


@own_router.get("")
def own(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The reader's own organisation."""
    return page.show("organisations/own.html", own_view(session, actor))


@own_router.get("/employers/new", dependencies=[holds(Permission.ORGANISATION_SPONSOR)])
def ask_employer(page: PageDep) -> Response:
    """The form by which an agency brings an employer."""
    return page.show("organisations/employer.html", new_view(page.language.code))


@own_router.post("/employers/new", dependencies=[holds(Permission.ORGANISATION_SPONSOR)])
def bring_employer(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Bring an employer, whose vetting begins."""
    form.once(session, actor, then="/organisation")
    answer = form.read(NewEmployer)
    if answer.value is None:
        return page.again("organisations/employer.html", new_view(page.language.code), answer)
    try:
        service.bring_employer(session, actor, name=answer.value.name, country=answer.value.country)
    except Conflict as taken:
        again = answer.refuse("name", taken.message)
        return page.again("organisations/employer.html", new_view(page.language.code), again)
    return form.done(session, "/organisation")
