"""Staff help somebody back in: one asks, another one agrees and reads out a code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from talent.accounts import sign_in_help
from talent.accounts.actor import Actor
from talent.accounts.factor_models import IdentityCheck, SignInHelp
from talent.accounts.models import Account
from talent.accounts.permissions import Permission
from talent.accounts.schemas import NewLogin
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import FormDep
from web.navigation import ROLE_NAMES
from web.parts import Choice
from web.policy import holds

router = APIRouter(prefix="/staff/sign-in-help", dependencies=[holds(Permission.SIGN_IN_HELP)])
HOME = "/staff/sign-in-help"
TEMPLATE = "staff/sign_in_help.html"
CHECKS: dict[IdentityCheck, str] = {
    IdentityCheck.CARD: N_("The person is in front of me, and I have compared face and identity card"),
    IdentityCheck.KNOWN_PERSON: N_("I know the person from our work, and have spoken with them face to face"),
}


class NewHelp(BaseModel):
    """Whom to help, and how it is sure who it is."""

    login: NewLogin
    checked: Annotated[IdentityCheck, Field(json_schema_extra={"*": N_("Choose how you made sure who it is")})]


@dataclass(frozen=True)
class Waiting:
    """One request that waits: for whom, how they were checked, and whether the reader asked."""

    request: SignInHelp
    account: Account
    role: str
    check: str
    is_mine: bool


@dataclass(frozen=True)
class HelpView:
    """The requests that wait, how to make sure of somebody, and a code that is shown once."""

    waiting: Sequence[Waiting]
    checks: Sequence[Choice]
    code: str = ""


def view_of(session: SessionDep, actor: Actor, code: str = "") -> HelpView:
    """What this member of staff sees."""
    rows = [
        Waiting(request, account, ROLE_NAMES[account.role], CHECKS[request.checked], request.asked_by == actor.id)
        for request, account in sign_in_help.waiting(session, actor)
    ]
    return HelpView(rows, [Choice(check.value, words) for check, words in CHECKS.items()], code)


@router.get("")
def waiting(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The requests that wait, and the form for a new one."""
    return page.show(TEMPLATE, view_of(session, actor))


@router.post("")
def ask(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Ask for help for somebody."""
    actor.require(Permission.SIGN_IN_HELP)
    form.once(session, actor, then=HOME)
    answer = form.read(NewHelp)
    if answer.value is None:
        return page.again(TEMPLATE, view_of(session, actor), answer)
    try:
        sign_in_help.ask(session, actor, login=answer.value.login, checked=answer.value.checked)
    except NotFound as error:
        return page.again(TEMPLATE, view_of(session, actor), answer.refuse("login", error.message))
    return see(HOME)


@router.post("/{request_id}/agree")
def agree(request_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """Agree; the code stands on the answer, this once."""
    return page.show(TEMPLATE, view_of(session, actor, sign_in_help.answer(session, actor, request_id, agreed=True)))


@router.post("/{request_id}/refuse")
def refuse(request_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """Refuse."""
    sign_in_help.answer(session, actor, request_id, agreed=False)
    return see(HOME)
