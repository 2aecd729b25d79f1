"""Setting up the second step: an authenticator app, a passkey, and recovery codes that are shown once."""

from dataclasses import dataclass

import segno
from fastapi import APIRouter
from markupsafe import Markup
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import authenticator_apps, entering, passkeys, recovery_codes, second_steps
from talent.accounts.devices import in_words
from talent.accounts.models import SignInStage
from talent.accounts.second_steps import Factors
from talent.accounts.sessions import Holder
from talent.accounts.step_schemas import AppSetUp, NewPasskey
from talent.foundation.crypto import DoesNotOpen
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from web.dependencies import SET_UP, FreshHolderDep, PageDep, SessionDep, see
from web.entrance import keep, noted
from web.forms import FormDep
from web.letters import Letter, write
from web.pages import Page
from web.passkey_views import PasskeyView, made
from web.policy import ENTRANCE
from web.routes.second_steps import goes_on_to

router = APIRouter(prefix=SET_UP, dependencies=[ENTRANCE])
ACCOUNT = "/account"
GROUP = 4


@dataclass(frozen=True)
class SetUpView:
    """What there is already, whether this is the first sign-in, and whether passkeys work at this address."""

    factors: Factors
    is_first: bool
    has_passkeys: bool


@dataclass(frozen=True)
class AppView:
    """The secret for the app: as a picture, in letters, and sealed for the way back."""

    picture: Markup
    letters: str
    sealed: str


@dataclass(frozen=True)
class NewPasskeyView:
    """What the browser needs to make a passkey; None where it makes none."""

    passkey: PasskeyView | None


@dataclass(frozen=True)
class CodesView:
    """The recovery codes, this once, and where to go on."""

    codes: list[str]
    then: str


@router.get("")
def choose(session: SessionDep, holder: FreshHolderDep, page: PageDep) -> Response:
    """Which second step to set up."""
    factors = second_steps.factors_of(session, holder.account)
    is_first = holder.stage is SignInStage.SET_UP
    return page.show("accounts/set_up.html", SetUpView(factors, is_first, page.shell.site.works))


def app_view(page: Page, holder: Holder, secret: str) -> AppView:
    """How the app takes the secret up."""
    address = authenticator_apps.address_of(holder.account, secret)
    picture = segno.make(address, error="m").svg_inline(scale=5, border=2, light="#fff")
    letters = " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
    sealed = authenticator_apps.setting_up(page.shell.factor_key, holder.account.id, secret)
    return AppView(Markup(picture), letters, sealed)  # noqa: S704 - made by segno from base 32 and an escaped login


@router.get("/app")
def show_secret(holder: FreshHolderDep, page: PageDep) -> Response:
    """A new secret for an authenticator app, and the box for its first code."""
    return page.show("accounts/set_up_app.html", app_view(page, holder, authenticator_apps.new_secret()))


@router.post("/app")
def add_app(session: SessionDep, holder: FreshHolderDep, page: PageDep, form: FormDep) -> Response:
    """Keep the app once it has shown the right code."""
    answer = form.read(AppSetUp)
    key = page.shell.factor_key
    try:
        secret = authenticator_apps.set_up_secret(key, holder.account.id, answer.text("sealed"))
    except DoesNotOpen:
        return see(f"{SET_UP}/app")
    view = app_view(page, holder, secret)
    if answer.value is None:
        return page.again("accounts/set_up_app.html", view, answer)
    try:
        authenticator_apps.add(session, key, holder.account, secret=secret, code=answer.value.code)
    except Unprocessable as error:
        return page.again("accounts/set_up_app.html", view, answer.refuse("code", error.message))
    return added(session, page, holder)


@router.get("/passkey")
def ask_passkey(session: SessionDep, holder: FreshHolderDep, page: PageDep) -> Response:
    """The page on which the browser makes a passkey."""
    return page.show("accounts/set_up_passkey.html", passkey_view(session, page, holder))


def passkey_view(session: Session, page: Page, holder: Holder) -> NewPasskeyView:
    """What the browser needs to make a passkey for this person."""
    return NewPasskeyView(made(page, holder.account, passkeys.passkeys_of(session, holder.account.id)))


@router.post("/passkey")
def add_passkey(session: SessionDep, holder: FreshHolderDep, page: PageDep, form: FormDep) -> Response:
    """Keep the passkey that the browser made."""
    answer = form.read(NewPasskey)
    if answer.value is None:
        return page.again("accounts/set_up_passkey.html", passkey_view(session, page, holder), answer)
    shell, sent = page.shell, answer.value
    try:
        challenge = shell.challenges.use(session, sent.challenge, page.bound_to)
        passkeys.add(session, shell.site, holder.account, challenge=challenge, response=sent.response, name=sent.name)
    except (Conflict, NotPermitted, Unprocessable) as error:
        refused = answer.refuse("name", error.message)
        return page.again("accounts/set_up_passkey.html", passkey_view(session, page, holder), refused)
    return added(session, page, holder)


@router.post("/codes")
def new_codes(session: SessionDep, holder: FreshHolderDep, page: PageDep) -> Response:
    """Ten new recovery codes; the old ones end."""
    if not second_steps.factors_of(session, holder.account).count:
        return see(SET_UP)
    return codes_page(session, page, holder, ACCOUNT)


def codes_page(session: Session, page: Page, holder: Holder, then: str) -> Response:
    """The page that shows new recovery codes, once."""
    return page.show("accounts/recovery_codes.html", CodesView(recovery_codes.issue(session, holder.account.id), then))


def added(session: Session, page: Page, holder: Holder) -> Response:
    """What follows a new second step: recovery codes when there are none, and whoever set up the first is in."""
    write(session, holder.account, Letter.SECOND_STEP_ADDED, device=in_words(page.visit.browser))
    entered, then = None, ACCOUNT
    if holder.stage is SignInStage.SET_UP:
        entered, then = entering.enter(session, holder.account, page.visit), goes_on_to(holder)
        noted(session, page, holder.account, entered)
        page.new_session = entered.token
    if recovery_codes.left(session, holder.account.id):
        return see(then)
    response = codes_page(session, page, holder, then)
    if entered is not None:
        keep(page, response, entered.token)
    return response
