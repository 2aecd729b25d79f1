"""I forgot my password: a link by letter, or a code from two people of the staff."""

from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import new_passwords
from talent.accounts.devices import in_words
from talent.accounts.models import Account
from talent.accounts.new_passwords import LINK_MARK
from talent.accounts.passwords import SHORTEST_CHARACTERS, shortest_for
from talent.accounts.step_schemas import ForgottenPassword, HelpedPassword, PasswordChoice
from talent.foundation.errors import NotPermitted, TooMany, Unprocessable
from talent.foundation.words import N_
from web.dependencies import OptionalActorDep, PageDep, SessionDep, see
from web.forms import FormDep
from web.i18n import LANGUAGES, Words
from web.letters import Letter, write
from web.pages import Page
from web.policy import ENTRANCE

router = APIRouter(prefix="/sign-in", dependencies=[ENTRANCE])
DONE = "/sign-in?done=password"
DIFFER = N_("The two passwords differ. Type both again.")
SUBJECT = N_("Choose a new password")
BODY = N_(
    "Somebody asked for a new password for this account. If that was you, open this link within one hour:\n\n{link}\n\n"
    "If it was not you, there is nothing to do: your password stays as it is."
)


@dataclass(frozen=True)
class ChoiceView:
    """Where the form goes, and how long a password must be."""

    action: str
    shortest: int


def letters() -> dict[str, dict[str, str]]:
    """The letter in every language, with a mark where the link goes."""
    found = {}
    for code, language in LANGUAGES.items():
        words = Words(language)
        body = str(words.say(BODY).unescape()).replace("{link}", LINK_MARK)
        found[code] = {"subject": str(words.say(SUBJECT).unescape()), "body": body}
    return found


@router.get("/forgotten")
def ask(_actor: OptionalActorDep, page: PageDep) -> Response:
    """Whose password is to be chosen anew."""
    return page.show("accounts/forgotten.html")


@router.post("/forgotten")
def send(session: SessionDep, _actor: OptionalActorDep, page: PageDep, form: FormDep) -> Response:
    """Queue a letter; the same answer for known and unknown logins."""
    answer = form.read(ForgottenPassword)
    if answer.value is None:
        return page.again("accounts/forgotten.html", None, answer)
    try:
        new_passwords.ask_for_letter(session, login=answer.value.login, letters=letters(), visit=page.visit)
    except TooMany as error:
        refused = answer.refuse("login", error.message)
        return page.show("accounts/forgotten.html", form=refused, status=error.http_status)
    return see("/sign-in/forgotten/sent")


@router.get("/forgotten/sent")
def sent(_actor: OptionalActorDep, page: PageDep) -> Response:
    """What to do now, whether or not a letter is on its way."""
    return page.show("accounts/forgotten_sent.html")


def link_view(account: Account, code: str) -> ChoiceView:
    """The form of a link."""
    return ChoiceView(new_passwords.ADDRESS.format(code=code), shortest_for(account.role))


@router.get("/new-password/{code}")
def open_link(code: str, session: SessionDep, _actor: OptionalActorDep, page: PageDep) -> Response:
    """The form for a new password; opening the page does not use the link up, as mail scanners open links."""
    return page.show("accounts/new_password.html", link_view(new_passwords.open_link(session, code), code))


@router.post("/new-password/{code}")
def choose(code: str, session: SessionDep, _actor: OptionalActorDep, page: PageDep, form: FormDep) -> Response:
    """Take the new password; the person then signs in with it, second step included."""
    view = link_view(new_passwords.open_link(session, code), code)
    answer = form.read(PasswordChoice)
    if answer.value is None:
        return page.again("accounts/new_password.html", view, answer)
    if answer.value.password != answer.value.again:
        return page.again("accounts/new_password.html", view, answer.refuse("again", DIFFER))
    try:
        account = new_passwords.choose_by_link(session, code=code, chosen=answer.value.password.get_secret_value())
    except Unprocessable as error:
        return page.again("accounts/new_password.html", view, answer.refuse("password", error.message))
    return chosen(session, page, account)


@router.get("/helped")
def ask_code(_actor: OptionalActorDep, page: PageDep) -> Response:
    """The form for a code that two people of the staff gave out."""
    return page.show("accounts/helped.html", ChoiceView("/sign-in/helped", SHORTEST_CHARACTERS))


@router.post("/helped")
def choose_with_help(session: SessionDep, _actor: OptionalActorDep, page: PageDep, form: FormDep) -> Response:
    """Check login and code and take the new password; a failure is counted, so its transaction is kept."""
    view, answer = ChoiceView("/sign-in/helped", SHORTEST_CHARACTERS), form.read(HelpedPassword)
    if answer.value is None:
        return page.again("accounts/helped.html", view, answer)
    asked = answer.value
    if asked.password != asked.again:
        return page.again("accounts/helped.html", view, answer.refuse("again", DIFFER))
    try:
        account = new_passwords.choose_with_help(
            session, login=asked.login, code=asked.code, chosen=asked.password.get_secret_value(), visit=page.visit
        )
    except Unprocessable as error:
        return page.again("accounts/helped.html", view, answer.refuse("password", error.message))
    except (NotPermitted, TooMany) as error:
        refused = answer.refuse("code", error.message)
        return page.show("accounts/helped.html", view, form=refused, status=error.http_status)
    return chosen(session, page, account)


def chosen(session: Session, page: Page, account: Account) -> Response:
    """What follows a new password."""
    write(session, account, Letter.PASSWORD_CHANGED, device=in_words(page.visit.browser))
    return see(DONE)
