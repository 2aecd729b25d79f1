"""My sign-in: who else is signed in, the second step, the password."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import own_sign_in, second_steps, sessions
from talent.accounts.devices import in_words
from talent.accounts.models import Account, SignInSession
from talent.accounts.passwords import shortest_for
from talent.accounts.permissions import NEEDS_SECOND_STEP
from talent.accounts.second_steps import Factors
from talent.accounts.sessions import Limits
from talent.accounts.step_schemas import PasswordChange, Proof
from talent.foundation.errors import NotPermitted, TooMany, Unprocessable
from talent.foundation.words import N_
from web.dependencies import ActorDep, FreshHolderDep, HolderDep, PageDep, SessionDep, see
from web.entrance import keep
from web.forms import FormDep
from web.letters import Letter, write
from web.navigation import safe_next
from web.pages import Page
from web.policy import OWN_SIGN_IN

router = APIRouter(prefix="/account", dependencies=[OWN_SIGN_IN])
HOME = "/account"
DIFFER = N_("The two passwords differ. Type both again.")
WRONG_NOW = N_("This is not your present password. Check it and try again.")


@dataclass(frozen=True)
class OwnSignInView:
    """Everything about how somebody signs in."""

    login: str
    sessions: Sequence[SignInSession]
    present: UUID
    factors: Factors
    needs_second_step: bool
    limits: Limits
    done: str

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without a click a session ends."""
        return int(self.limits.idle.total_seconds()) // 60

    @property
    def longest_hours(self) -> int:
        """After how many hours it ends in any case."""
        return int(self.limits.longest.total_seconds()) // 3600


@dataclass(frozen=True)
class ProofView:
    """Where to go on after the proof, and whether a code is asked for."""

    next: str
    needs_code: bool


@dataclass(frozen=True)
class PasswordView:
    """How long a password must be."""

    shortest: int


def token_of(page: Page) -> str:
    """The token of this browser's own session."""
    return page.shell.cookies.session(page.request)


@router.get("")
def own(session: SessionDep, _actor: ActorDep, holder: HolderDep, page: PageDep, done: str = "") -> Response:
    """The devices that are signed in, the second step and the password."""
    account = holder.account
    view = OwnSignInView(
        account.login,
        sessions.sessions_of(session, account.id),
        holder.session.id,
        second_steps.factors_of(session, account),
        account.role in NEEDS_SECOND_STEP,
        sessions.LIMITS[account.role],
        done,
    )
    return page.show("accounts/own.html", view)


@router.post("/sessions/{session_id}/end")
def end(session_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """End one session of one's own."""
    sessions.end_session(session, actor, session_id)
    return see(f"{HOME}?done=ended")


@router.post("/sessions/end-others")
def end_others(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """End every session of one's own but this one."""
    sessions.end_sessions_of(session, actor.id, but=token_of(page))
    return see(f"{HOME}?done=ended")


def proof_view(session: Session, account: Account, then: str) -> ProofView:
    """What is asked for."""
    return ProofView(safe_next(then) or HOME, bool(second_steps.factors_of(session, account).count))


@router.get("/prove")
def ask_proof(
    session: SessionDep,
    _actor: ActorDep,
    holder: HolderDep,
    page: PageDep,
    next: str = "",  # noqa: A002 - the name of the query value
) -> Response:
    """Ask once more who is there, before the way of signing in is changed."""
    return page.show("accounts/prove.html", proof_view(session, holder.account, next))


@router.post("/prove")
def prove(session: SessionDep, _actor: ActorDep, holder: HolderDep, page: PageDep, form: FormDep) -> Response:
    """Check the proof and go on; a wrong one is counted, so its transaction is kept."""
    answer = form.read(Proof)
    view = proof_view(session, holder.account, answer.text("next"))
    if answer.value is None:
        return page.again("accounts/prove.html", view, answer)
    sent = answer.value
    try:
        own_sign_in.prove(
            session,
            page.shell.factor_key,
            holder.account,
            password=sent.password.get_secret_value(),
            code=sent.code,
            visit=page.visit,
        )
    except (NotPermitted, TooMany) as error:
        refused = answer.refuse("password", error.message)
        return page.show("accounts/prove.html", view, form=refused, status=error.http_status)
    response = see(view.next)
    keep(page, response, sessions.prove_again(session, holder, token_of(page)))
    return response


@router.get("/password")
def ask_password(actor: ActorDep, page: PageDep) -> Response:
    """The form for a new password."""
    return page.show("accounts/password.html", PasswordView(shortest_for(actor.role)))


@router.post("/password")
def change_password(session: SessionDep, actor: ActorDep, holder: HolderDep, page: PageDep, form: FormDep) -> Response:
    """Take a new password; every other session ends, and this one gets a new token."""
    view, answer = PasswordView(shortest_for(actor.role)), form.read(PasswordChange)
    if answer.value is None:
        return page.again("accounts/password.html", view, answer)
    current, chosen, again = (
        getattr(answer.value, name).get_secret_value() for name in ("current", "password", "again")
    )
    if chosen != again:
        return page.again("accounts/password.html", view, answer.refuse("again", DIFFER))
    account = holder.account
    try:
        own_sign_in.change_password(
            session, account, current=current, chosen=chosen, visit=page.visit, token=token_of(page)
        )
    except Unprocessable as error:
        return page.again("accounts/password.html", view, answer.refuse("password", error.message))
    except (NotPermitted, TooMany) as error:
        refused = answer.refuse("current", WRONG_NOW if isinstance(error, NotPermitted) else error.message)
        return page.show("accounts/password.html", view, form=refused, status=error.http_status)
    write(session, account, Letter.PASSWORD_CHANGED, device=in_words(page.visit.browser))
    response = see(f"{HOME}?done=password")
    keep(page, response, sessions.prove_again(session, holder, token_of(page)))
    return response


@router.post("/app/remove")
def remove_app(session: SessionDep, _actor: ActorDep, holder: FreshHolderDep, page: PageDep) -> Response:
    """End the authenticator app."""
    own_sign_in.remove_app(session, holder.account, token=token_of(page))
    return removed(session, page, holder.account)


@router.post("/passkeys/{passkey_id}/remove")
def remove_passkey(
    passkey_id: UUID, session: SessionDep, _actor: ActorDep, holder: FreshHolderDep, page: PageDep
) -> Response:
    """Forget one passkey."""
    own_sign_in.remove_passkey(session, holder.account, passkey_id, token=token_of(page))
    return removed(session, page, holder.account)


def removed(session: Session, page: Page, account: Account) -> Response:
    """What follows a removal."""
    write(session, account, Letter.SECOND_STEP_REMOVED, device=in_words(page.visit.browser))
    return see(f"{HOME}?done=removed")
