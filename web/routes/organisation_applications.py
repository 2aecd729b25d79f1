"""Applying from outside that an organisation may work here, and what the project does with it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, TooMany
from talent.organisations import applications
from talent.organisations.models import OrganisationApplication
from talent.organisations.schemas import NewApplication
from web.dependencies import ActorDep, OptionalActorDep, PageDep, SessionDep, see
from web.forms import FormDep, blank
from web.policy import ENTRANCE, holds
from web.routes.organisation_views import KIND_NAMES, application_view

open_router = APIRouter(prefix="/apply", dependencies=[ENTRANCE])
router = APIRouter(prefix="/organisations/applications", dependencies=[holds(Permission.ORGANISATION_VET)])


@dataclass(frozen=True)
class ApplicationView:
    """One application, and whom to write to."""

    application: OrganisationApplication
    kind: str
    contact_name: str
    contact: str


@open_router.get("")
def ask(_actor: OptionalActorDep, page: PageDep) -> Response:
    """The form by which an organisation applies."""
    return page.show("organisations/apply.html", application_view(page.language.code))


@open_router.post("")
def send(session: SessionDep, _actor: OptionalActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the application; the same answer for everybody, whoever works here already."""
    answer = form.read(NewApplication)
    view = application_view(page.language.code)
    if answer.value is None:
        return page.again("organisations/apply.html", view, answer)
    try:
        with session.begin_nested():
            form.once(session, None, then="/apply/sent")
            applications.send_application(session, page.shell.factor_key, answer.value, page.visit)
    except TooMany as error:
        refused = answer.refuse("name", error.message)
        return page.show("organisations/apply.html", view, form=refused, status=error.http_status)
    return form.done(session, "/apply/sent")


@open_router.get("/sent")
def sent(_actor: OptionalActorDep, page: PageDep) -> Response:
    """What happens now."""
    return page.show("organisations/applied.html")


def view_of(session: SessionDep, actor: ActorDep, page: PageDep, application_id: UUID) -> ApplicationView:
    """One application that waits, with its contact; the look is written down."""
    found = applications.one_waiting(session, actor, application_id)
    name, contact = applications.read_contact(session, actor, page.shell.factor_key, found)
    return ApplicationView(found, KIND_NAMES[found.kind], name, contact)


@router.get("/{application_id}")
def read(application_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One application, and what may be done with it."""
    return page.show("organisations/application.html", view_of(session, actor, page, application_id))


@router.post("/{application_id}/take-up")
def take_up(application_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Begin the vetting."""
    found = applications.one_waiting(session, actor, application_id)
    try:
        made = applications.take_up(session, actor, found)
    except Conflict as taken:
        view = view_of(session, actor, page, application_id)
        return page.again("organisations/application.html", view, blank().refuse("form", taken.message))
    return see(f"/organisations/{made.id}")


@router.post("/{application_id}/set-aside")
def set_aside(application_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """Answer an application with no."""
    applications.set_aside(session, actor, applications.one_waiting(session, actor, application_id))
    return see("/organisations")
