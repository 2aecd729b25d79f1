"""Suspending an account and letting it in again; accounts are found by what the person told, never leafed through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Permission, Role
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.profiles import keeping_out
from talent.staffing import suspending
from talent.staffing.schemas import AccountDecision, AccountSought
from talent.staffing.states import ACCOUNT, AccountAction, AccountState
from web.deciding import DeciderDep
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import FormDep
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Tag
from web.policy import holds

router = APIRouter(prefix="/staff/accounts", dependencies=[holds(Permission.ACCOUNT_SUSPEND)])
HOME = "/staff/accounts"
STATE_TAGS: Mapping[AccountState, Tag] = {
    AccountState.ACTIVE: Tag(N_("May sign in"), "good"),
    AccountState.SUSPENDED: Tag(N_("Suspended"), "bad"),
}
ACTION_NAMES: Mapping[AccountAction, str] = {
    AccountAction.SUSPEND: N_("Suspend it: every session ends at once, and nobody signs in with it"),
    AccountAction.LIFT: N_("Lift the suspension"),
}
DONE: Mapping[AccountAction, str] = {
    AccountAction.SUSPEND: N_("Suspended"),
    AccountAction.LIFT: N_("The suspension was lifted"),
}


@dataclass(frozen=True)
class AccountRow:
    """One suspended account in the list."""

    account: Account
    role: str


@dataclass(frozen=True)
class AccountsView:
    """The suspended accounts."""

    rows: Sequence[AccountRow]


@dataclass(frozen=True)
class AccountView:
    """One account: what it is, whether it may sign in, what was decided, and what may be decided now."""

    account: Account
    role: str
    state: Tag
    journal: Sequence[JournalLine]
    actions: Sequence[Choice]


def accounts_view(session: Session, actor: Actor) -> AccountsView:
    """The suspended accounts about which the actor decides."""
    return AccountsView([AccountRow(one, ROLE_NAMES[one.role]) for one in suspending.suspended(session, actor)])


def account_view(session: Session, account: Account) -> AccountView:
    """Everything about one account that its standing needs."""
    state = suspending.standing_of(account).state
    return AccountView(
        account=account,
        role=ROLE_NAMES[account.role],
        state=STATE_TAGS[state],
        journal=[
            JournalLine(line.at, ROLE_NAMES[Role(line.actor_role)], DONE[AccountAction(line.action)], line.note)
            for line in reversed(suspending.account_journal(session, account))
        ],
        actions=[Choice(step.action.value, ACTION_NAMES[step.action]) for step in ACCOUNT.steps_from(state)],
    )


@router.get("")
def accounts(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form that finds one account, and the accounts that are suspended."""
    return page.show("staff/accounts.html", accounts_view(session, actor))


@router.post("")
def find(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Find an account by what the person signs in with; it stands in no address."""
    answer = form.read(AccountSought)
    if answer.value is None:
        return page.again("staff/accounts.html", accounts_view(session, actor), answer)
    try:
        found = suspending.find(session, actor, answer.value.login)
    except NotFound as error:
        again = answer.refuse("login", error.message)
        return page.again("staff/accounts.html", accounts_view(session, actor), again)
    return see(f"{HOME}/{found.id}")


@router.get("/{account_id}")
def account(account_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One account, and the form that suspends it or lets it in again."""
    found = suspending.get_account(session, actor, account_id)
    return page.show("staff/account.html", account_view(session, found))


@router.post("/{account_id}/decide")
def decide(account_id: UUID, by: DeciderDep) -> Response:
    """Suspend the account, or let it in again."""
    found = suspending.get_account(by.session, by.actor, account_id)
    return by.decided(
        AccountDecision,
        lambda sent: keeping_out.decide(by.session, by.actor, found, sent.action, reason=sent.reason),
        template="staff/account.html",
        view=lambda: account_view(by.session, found),
        then=f"{HOME}/{account_id}",
    )
