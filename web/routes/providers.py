"""Signing in through one's own organisation, and the list of providers that administrators keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field, SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import entering, providers
from talent.accounts.factor_models import IdentityProvider
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.words import N_
from web.dependencies import ActorDep, OptionalActorDep, PageDep, SessionDep, see
from web.entrance import let_in
from web.forms import FormDep
from web.navigation import home_of, safe_next
from web.pages import Page
from web.parts import Choice
from web.policy import ENTRANCE, holds

AGENCY = "/sign-in/agency"
RETURN = f"{AGENCY}/return"
KEPT = "/staff/providers"
open_router = APIRouter(prefix=AGENCY, dependencies=[ENTRANCE])
staff_router = APIRouter(prefix=KEPT, dependencies=[holds(Permission.PROVIDER_KEEP)])


@dataclass(frozen=True)
class ProvidersView:
    """The organisations that sign in by themselves."""

    rows: Sequence[tuple[IdentityProvider, Organisation]]
    organisations: Sequence[Choice] = ()
    back: str = ""


@dataclass(frozen=True)
class WayView:
    """The address at the provider, and its host in words."""

    address: str

    @property
    def host(self) -> str:
        """Whose page it is."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True)
class ReturnView:
    """What the provider sent along, to be sent on by the person's own press of a button."""

    state: str
    code: str
    issuer: str


class Returned(BaseModel):
    """What comes back: nothing of it is shown again."""


class NewProvider(BaseModel):
    """Where the staff of an organisation sign in, and what the provider knows this service by."""

    organisation: Annotated[UUID, Field(json_schema_extra={"*": N_("Choose an organisation")})]
    issuer: Annotated[str, Field(max_length=300, json_schema_extra={"*": N_("Enter the address of the provider")})]
    client_id: Annotated[
        str, Field(max_length=200, json_schema_extra={"*": N_("Enter the name that the provider gave this service")})
    ]
    client_secret: Annotated[
        SecretStr, Field(json_schema_extra={"*": N_("Enter the secret that the provider gave this service")})
    ]


def back_to(page: Page) -> str:
    """Where the provider sends people back."""
    return page.shell.settings.base_url.rstrip("/") + RETURN


@open_router.get("")
def choose(session: SessionDep, _actor: OptionalActorDep, page: PageDep) -> Response:
    """Which organisation to sign in through."""
    return page.show("accounts/agency.html", ProvidersView(providers.providers(session)))


@open_router.get("/return")
def came_back(
    _actor: OptionalActorDep,
    page: PageDep,
    state: str = "",
    code: str = "",
    iss: str = "",
) -> Response:
    """What the provider sent along; nothing happens before the person presses the button."""
    return page.show("accounts/agency_return.html", ReturnView(state[:200], code[:2000], iss[:300]))


@open_router.post("/return")
def sign_in(session: SessionDep, _actor: OptionalActorDep, page: PageDep, form: FormDep) -> Response:
    """Check what the provider says and let the person in; the errand ends even when it is refused."""
    sent = {name: form.fields.get(name, ("",))[-1] for name in ("state", "code", "issuer")}
    try:
        came = providers.come_back(session, page.shell.factor_key, **sent, browser=page.bound_to, back=back_to(page))
    except NotPermitted as error:
        rows = ProvidersView(providers.providers(session))
        return page.show(
            "accounts/agency.html",
            rows,
            form=form.read(Returned).refuse("form", error.message),
            status=error.http_status,
        )
    then = safe_next(came.then) or home_of(came.account.role)
    entered = entering.enter(session, came.account, page.visit, stage=came.stage, then=then)
    return let_in(session, page, came.account, entered, then)


@open_router.post("/{provider_id}")
def set_out(provider_id: UUID, session: SessionDep, _actor: OptionalActorDep, page: PageDep) -> Response:
    """The way to the provider; a link, because forms of this service are sent to nobody else."""
    address = providers.set_out(
        session, page.shell.factor_key, provider_id, browser=page.bound_to, back=back_to(page), then=""
    )
    return page.show("accounts/agency_way.html", WayView(address))


def kept_view(session: Session, page: Page) -> ProvidersView:
    """The providers, and the organisations that may get one."""
    organisations = session.scalars(select(Organisation).order_by(Organisation.name))
    choices = [Choice(str(organisation.id), organisation.name) for organisation in organisations]
    return ProvidersView(providers.providers(session), choices, back_to(page))


@staff_router.get("")
def kept(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The providers, and the form for a new one."""
    actor.require(Permission.PROVIDER_KEEP)
    return page.show("staff/providers.html", kept_view(session, page))


@staff_router.post("")
def keep(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Write down a provider."""
    actor.require(Permission.PROVIDER_KEEP)
    answer = form.read(NewProvider)
    if answer.value is None:
        return page.again("staff/providers.html", kept_view(session, page), answer)
    new = answer.value
    try:
        providers.keep_provider(
            session,
            actor,
            page.shell.factor_key,
            organisation_id=new.organisation,
            issuer=new.issuer,
            client_id=new.client_id,
            secret=new.client_secret.get_secret_value(),
        )
    except (Conflict, Unprocessable) as error:
        return page.again("staff/providers.html", kept_view(session, page), answer.refuse("issuer", error.message))
    return see(KEPT)


@staff_router.post("/{provider_id}/remove")
def remove(provider_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """Nobody signs in through this provider any more."""
    providers.close_provider(session, actor, provider_id)
    return see(KEPT)
