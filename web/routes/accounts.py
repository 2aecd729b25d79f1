"""Registering, signing in and out, accepting an invitation."""

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import passkeys, service, sessions, signin
from talent.accounts.schemas import AcceptedInvitation, LanguageChoice, NewAccount, SignIn
from talent.accounts.standing import KeptOut
from talent.accounts.step_schemas import PasskeyAnswer
from talent.foundation.errors import Conflict, NotPermitted, TooMany
from talent.staffing import suspending
from web.dependencies import OptionalActorDep, PageDep, SessionDep, see
from web.entrance import after_password, complete
from web.forms import Answer, FormDep, blank
from web.navigation import ROLE_NAMES, home_of, safe_next
from web.pages import Page
from web.passkey_views import asked
from web.policy import ENTRANCE
from web.views import InvitationView, LanguageView, SignInView, SuspendedView

router = APIRouter(dependencies=[ENTRANCE])


@router.get("/register")
def before_you_start(page: PageDep) -> Response:
    """Who can use the service, and that software ranks while people decide: before the first question."""
    return page.show("accounts/before.html")


@router.get("/register/account")
def new_account(page: PageDep) -> Response:
    """Login and password of a new candidate."""
    return page.show("accounts/register.html")


@router.post("/register/account")
def register(session: SessionDep, page: PageDep, form: FormDep) -> Response:
    """Make the account, sign in and go on to the profile."""
    form.once(session, None, then="/profile")
    answer = form.read(NewAccount)
    if answer.value is None:
        return page.again("accounts/register.html", None, answer)
    login, password = answer.value.login, answer.value.password.get_secret_value()
    try:
        signin.refuse_guesses(session, login=login, visit=page.visit)
        account = service.register_candidate(session, login=login, password=password, language=page.language.code)
    except Conflict as taken:
        return registered_before(session, page, answer, taken)
    except TooMany as error:
        refused = answer.refuse("login", error.message)
        return page.show("accounts/register.html", form=refused, status=error.http_status)
    return after_password(session, page, account, home_of(account.role))


def registered_before(session: Session, page: Page, answer: Answer[NewAccount], taken: Conflict) -> Response:
    """Whoever knows the password of the account goes on as if they had just registered; anybody else has guessed."""
    assert answer.value is not None
    visit, login, password = page.visit, answer.value.login, answer.value.password.get_secret_value()
    try:
        account = signin.sign_in(session, login=login, password=password, device=visit.device, network=visit.network)
    except KeptOut as error:
        return kept_out(session, page, error)
    except (NotPermitted, TooMany):
        return page.again("accounts/register.html", None, answer.refuse("login", taken.message))
    return after_password(session, page, account, home_of(account.role))


@router.get("/sign-in")
def ask_who(page: PageDep, next: str = "", done: str = "") -> Response:  # noqa: A002 - the name of the query value
    """The sign-in form; ``done`` says what has just happened."""
    return page.show("accounts/sign_in.html", SignInView(safe_next(next), asked(page), done == "password"))


@router.post("/sign-in")
def sign_in(session: SessionDep, page: PageDep, form: FormDep) -> Response:
    """Check login and password; a failed try is counted, so its transaction is kept."""
    answer = form.read(SignIn)
    view = SignInView(safe_next(answer.text("next")), asked(page))
    if answer.value is None:
        return page.again("accounts/sign_in.html", view, answer)
    try:
        account = signin.sign_in(
            session,
            login=answer.value.login,
            password=answer.value.password.get_secret_value(),
            device=page.device,
            network=page.visit.network,
        )
    except KeptOut as error:
        return kept_out(session, page, error)
    except (NotPermitted, TooMany) as error:
        refused = answer.refuse("login", error.message)
        return page.show("accounts/sign_in.html", view, form=refused, status=error.http_status)
    return after_password(session, page, account, view.next or home_of(account.role))


@router.post("/sign-in/passkey")
def sign_in_with_passkey(session: SessionDep, page: PageDep, form: FormDep) -> Response:
    """Sign in with a passkey alone: it is something that one has, opened by a finger, a face or a PIN."""
    answer = form.read(PasskeyAnswer)
    view = SignInView(safe_next(answer.text("next")), asked(page))
    if answer.value is None:
        return page.again("accounts/sign_in.html", view, answer)
    shell = page.shell
    try:
        challenge = shell.challenges.use(session, answer.value.challenge, page.bound_to)
        account = passkeys.accept(session, shell.site, challenge=challenge, response=answer.value.response)
    except KeptOut as error:
        return kept_out(session, page, error)
    except NotPermitted as error:
        refused = answer.refuse("form", error.message)
        return page.show("accounts/sign_in.html", view, form=refused, status=error.http_status)
    return complete(session, page, account, view.next or home_of(account.role))


def kept_out(session: Session, page: Page, error: KeptOut) -> Response:
    """What somebody reads who has proved who they are, and whose account is suspended."""
    reason = suspending.reason_of(session, error.account_id)
    return page.show("accounts/suspended.html", SuspendedView(reason), status=error.http_status)


@router.post("/sign-out")
def sign_out(session: SessionDep, page: PageDep) -> Response:
    """End this session, here and on the server."""
    sessions.close_session(session, page.shell.cookies.session(page.request))
    response = see("/")
    page.shell.cookies.forget_session(response)
    return response


@router.get("/invitation/{token}")
def read_invitation(token: str, session: SessionDep, page: PageDep) -> Response:
    """What the invitation is for, and the form that uses it."""
    view, sent_to = invitation_view(session, token)
    return page.show("accounts/invitation.html", view, form=blank(login=sent_to))


@router.post("/invitation/{token}")
def accept(token: str, session: SessionDep, page: PageDep, form: FormDep) -> Response:
    """Make the account that the invitation is for, and sign in."""
    view, _ = invitation_view(session, token)
    answer = form.read(AcceptedInvitation)
    if answer.value is None:
        return page.again("accounts/invitation.html", view, answer)
    try:
        account = service.accept_invitation(
            session,
            token=token,
            login=answer.value.login,
            password=answer.value.password.get_secret_value(),
            name=answer.value.name,
            language=page.language.code,
        )
    except Conflict as error:
        return page.again("accounts/invitation.html", view, answer.refuse("login", error.message))
    return after_password(session, page, account, home_of(account.role))


@router.get("/language")
def ask_language(page: PageDep) -> Response:
    """Which language to read in."""
    return page.show("accounts/language.html", LanguageView(), form=blank(language=page.language.code))


@router.post("/language")
def choose_language(session: SessionDep, actor: OptionalActorDep, page: PageDep, form: FormDep) -> Response:
    """Keep the language in this browser and, for letters, in the account of whoever is signed in."""
    answer = form.read(LanguageChoice)
    if answer.value is None:
        return page.again("accounts/language.html", LanguageView(), answer)
    if actor is not None:
        service.set_language(session, actor, answer.value.language)
    response = see(page.home)
    page.shell.cookies.keep_language(response, answer.value.language)
    return response


def invitation_view(session: Session, token: str) -> tuple[InvitationView, str]:
    """What the page says about an open invitation, and whom it was sent to."""
    found = service.invitation(session, token)
    organisation = found.organisation.name if found.organisation else ""
    return InvitationView(token, ROLE_NAMES[found.role], organisation, found.expires_at), found.sent_to
