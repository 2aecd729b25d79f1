"""The second step of signing in: a code of the app, a recovery code or a passkey."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import entering, passkeys, recovery_codes, second_steps
from talent.accounts.devices import in_words
from talent.accounts.models import SignInStage
from talent.accounts.sessions import Holder
from talent.accounts.step_schemas import CodeAnswer, PasskeyAnswer
from talent.demo.organisations import shown_code
from talent.foundation.errors import NotPermitted, TooMany
from web.dependencies import SECOND_STEP, WAYS_ON, HolderDep, PageDep, SessionDep, see
from web.entrance import let_in
from web.forms import Answer, FormDep
from web.letters import Letter, write
from web.navigation import home_of, safe_next
from web.pages import Page
from web.passkey_views import PasskeyView, asked
from web.policy import ENTRANCE

router = APIRouter(prefix=SECOND_STEP, dependencies=[ENTRANCE])
TEMPLATE = "accounts/second_step.html"


@dataclass(frozen=True)
class SecondStepView:
    """What somebody can use; in a demonstration also the code that the app would show."""

    has_app: bool
    passkey: PasskeyView | None
    shown_code: str


def view_of(session: Session, page: Page, holder: Holder) -> SecondStepView:
    """The ways that are open to this person."""
    factors = second_steps.factors_of(session, holder.account)
    return SecondStepView(
        factors.has_app,
        asked(page, factors.passkeys) if factors.passkeys else None,
        shown_code(page.shell.settings, holder.account.login),
    )


def goes_on_to(holder: Holder) -> str:
    """Where the person wanted to go, or their own first page."""
    return safe_next(holder.session.then) or home_of(holder.account.role)


def elsewhere(holder: Holder) -> Response | None:
    """Where somebody goes who has no second step to do here."""
    if holder.stage is SignInStage.SECOND_STEP:
        return None
    return see(WAYS_ON.get(holder.stage, home_of(holder.account.role)))


@router.get("")
def ask_code(session: SessionDep, holder: HolderDep, page: PageDep) -> Response:
    """The form for the code."""
    return elsewhere(holder) or page.show(TEMPLATE, view_of(session, page, holder))


@router.post("")
def check_code(session: SessionDep, holder: HolderDep, page: PageDep, form: FormDep) -> Response:
    """Check the code; a wrong one is counted, so its transaction is kept."""
    if away := elsewhere(holder):
        return away
    answer = form.read(CodeAnswer)
    if answer.value is None:
        return page.again(TEMPLATE, view_of(session, page, holder), answer)
    codes = recovery_codes.left(session, holder.account.id)
    try:
        second_steps.check_code(session, page.shell.factor_key, holder.account, answer.value.code, page.visit)
    except (NotPermitted, TooMany) as error:
        return refused(session, page, holder, answer, error)
    if recovery_codes.left(session, holder.account.id) < codes:
        write(session, holder.account, Letter.RECOVERY_CODE_USED, device=in_words(page.visit.browser))
    return is_in(session, page, holder)


@router.post("/passkey")
def check_passkey(session: SessionDep, holder: HolderDep, page: PageDep, form: FormDep) -> Response:
    """Check the answer of a passkey."""
    if away := elsewhere(holder):
        return away
    answer = form.read(PasskeyAnswer)
    if answer.value is None:
        return page.again(TEMPLATE, view_of(session, page, holder), answer)
    shell, sent = page.shell, answer.value
    try:
        challenge = shell.challenges.use(session, sent.challenge, page.bound_to)
        passkeys.accept(session, shell.site, challenge=challenge, response=sent.response, account_id=holder.account.id)
    except NotPermitted as error:
        return refused(session, page, holder, answer, error)
    return is_in(session, page, holder)


def refused(
    session: Session, page: Page, holder: Holder, answer: Answer[Any], error: NotPermitted | TooMany
) -> Response:
    """The page once more, with what is wrong."""
    again = answer.refuse("code", error.message)
    return page.show(TEMPLATE, view_of(session, page, holder), form=again, status=error.http_status)


def is_in(session: Session, page: Page, holder: Holder) -> Response:
    """The way on after both steps."""
    entered = entering.enter(session, holder.account, page.visit)
    return let_in(session, page, holder.account, entered, goes_on_to(holder))
