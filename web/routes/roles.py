"""Roles: one member of staff proposes, another one decides; invitations to the project office wait for a second too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts import agreeing
from talent.accounts.actor import Actor
from talent.accounts.models import Account, Invitation, Organisation
from talent.accounts.permissions import Permission, Role
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.words import N_
from talent.staffing import service
from talent.staffing.models import RoleGrant
from talent.staffing.policy import may_give
from talent.staffing.schemas import NO_ROLE, GrantDecision, NewGrant
from talent.staffing.states import ROLE_GRANT, GrantAction, GrantState
from web.deciding import DeciderDep
from web.dependencies import ActorDep, PageDep, SessionDep, see
from web.forms import FormDep
from web.navigation import ROLE_NAMES
from web.pages import Page
from web.parts import Choice, JournalLine, Tag
from web.policy import holds

router = APIRouter(prefix="/staff/roles", dependencies=[holds(Permission.ROLE_GRANT)])
HOME = "/staff/roles"
TAKEN = N_("No role: the account stays closed")
STATE_TAGS: Mapping[GrantState, Tag] = {
    GrantState.PROPOSED: Tag(N_("Waits for a second person"), "waiting"),
    GrantState.APPROVED: Tag(N_("Approved"), "good"),
    GrantState.DECLINED: Tag(N_("Declined"), "bad"),
    GrantState.WITHDRAWN: Tag(N_("Withdrawn"), "neutral"),
}
ACTION_NAMES: Mapping[GrantAction, str] = {
    GrantAction.APPROVE: N_("Approve it: every session of the person ends, and the new role holds"),
    GrantAction.DECLINE: N_("Decline it"),
    GrantAction.WITHDRAW: N_("Withdraw your proposal"),
}
DONE: Mapping[GrantAction, str] = {
    GrantAction.APPROVE: N_("Approved"),
    GrantAction.DECLINE: N_("Declined"),
    GrantAction.WITHDRAW: N_("Withdrawn"),
}


@dataclass(frozen=True)
class GrantRow:
    """One proposal: about whom, from which role to which, and how far it has come."""

    grant: RoleGrant
    account: Account
    before: str
    after: str
    state: Tag


@dataclass(frozen=True)
class WaitingInvitation:
    """An invitation to the project office that waits for a second person."""

    invitation: Invitation
    role: str
    is_mine: bool


@dataclass(frozen=True)
class RolesView:
    """Proposals and invitations, first what waits."""

    rows: Sequence[GrantRow]
    invitations: Sequence[WaitingInvitation]


@dataclass(frozen=True)
class NewView:
    """The roles and organisations that the reader may propose."""

    roles: Sequence[Choice]
    offices: Sequence[Choice]


@dataclass(frozen=True)
class GrantView:
    """One proposal, by whom it was made, what was decided, and what the reader may decide now."""

    row: GrantRow
    proposed_by: str
    office: str
    journal: Sequence[JournalLine]
    actions: Sequence[Choice]


def row_of(grant: RoleGrant, account: Account) -> GrantRow:
    """The proposal as a list shows it."""
    after = ROLE_NAMES[grant.role_after] if grant.role_after else TAKEN
    return GrantRow(grant, account, ROLE_NAMES[grant.role_before], after, STATE_TAGS[grant.state])


def new_view(session: Session, actor: Actor) -> NewView:
    """The choices of the form that proposes."""
    roles = [Choice(role.value, ROLE_NAMES[role]) for role in Role if role in ROLE_NAMES and may_give(actor, role)]
    offices = [Choice(str(one.id), one.name) for one in service.offices(session, actor)]
    return NewView([*roles, Choice(NO_ROLE, TAKEN)], [Choice("", N_("Where the person works now")), *offices])


def grant_view(session: Session, actor: Actor, grant: RoleGrant) -> GrantView:
    """Everything about one proposal."""
    may = may_give(actor, grant.role_before, grant.role_after) and grant.account_id != actor.id
    own = grant.proposed_by == actor.id
    hidden = {GrantAction.APPROVE} if own else {GrantAction.WITHDRAW}
    steps = [step for step in ROLE_GRANT.steps_from(grant.state) if may and step.action not in hidden]
    about, proposer = service.people_of(session, grant)
    office = session.get(Organisation, grant.organisation_id) if grant.organisation_id else None
    return GrantView(
        row=row_of(grant, about),
        proposed_by=proposer.name or proposer.login,
        office=office.name if office and grant.role_after else "",
        journal=[
            JournalLine(line.at, ROLE_NAMES[Role(line.actor_role)], DONE[GrantAction(line.action)], line.note)
            for line in service.grant_journal(session, grant)
        ],
        actions=[Choice(step.action.value, ACTION_NAMES[step.action]) for step in steps],
    )


@router.get("")
def roles(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """What is proposed and what was decided, and the invitations that wait."""
    rows = [row_of(grant, account) for grant, account in service.grants(session, actor)]
    waiting = [
        WaitingInvitation(one, ROLE_NAMES[one.role], one.sent_by == actor.id)
        for one in agreeing.waiting(session, actor)
    ]
    return page.show("staff/roles.html", RolesView(rows, waiting))


@router.get("/new")
def ask(session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The form that proposes a role."""
    return page.show("staff/role_new.html", new_view(session, actor))


@router.post("/new")
def propose(session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Propose a role, or that one is taken."""
    answer = form.read(NewGrant)
    if answer.value is None:
        return page.again("staff/role_new.html", new_view(session, actor), answer)
    try:
        with session.begin_nested():
            form.once(session, actor, then=HOME)
            made = service.propose(session, actor, answer.value)
    except (NotFound, Conflict) as error:
        return page.again("staff/role_new.html", new_view(session, actor), answer.refuse("login", error.message))
    except Unprocessable as error:
        again = answer.refuse("organisation", error.message)
        return page.again("staff/role_new.html", new_view(session, actor), again)
    except NotPermitted as error:
        return page.again("staff/role_new.html", new_view(session, actor), answer.refuse("login", error.message))
    return form.done(session, f"{HOME}/{made.id}")


@router.get("/{grant_id}")
def grant(grant_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """One proposal, and the form that decides about it."""
    return shown(session, actor, page, service.get_grant(session, actor, grant_id))


def shown(session: Session, actor: Actor, page: Page, found: RoleGrant) -> Response:
    """The page of one proposal."""
    return page.show("staff/role.html", grant_view(session, actor, found))


@router.post("/{grant_id}/decide")
def decide(grant_id: UUID, by: DeciderDep) -> Response:
    """Approve, decline or withdraw."""
    found = service.get_grant(by.session, by.actor, grant_id)
    return by.decided(
        GrantDecision,
        lambda sent: service.decide(by.session, by.actor, found, sent.action, reason=sent.reason),
        template="staff/role.html",
        view=lambda: grant_view(by.session, by.actor, found),
        then=f"{HOME}/{grant_id}",
    )


@router.post("/invitations/{invitation_id}/agree")
def agree(invitation_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """Let an invitation to the project office open."""
    agreeing.answer(session, actor, invitation_id, agreed=True)
    return see(HOME)


@router.post("/invitations/{invitation_id}/refuse")
def refuse(invitation_id: UUID, session: SessionDep, actor: ActorDep) -> Response:
    """End an invitation to the project office."""
    agreeing.answer(session, actor, invitation_id, agreed=False)
    return see(HOME)
