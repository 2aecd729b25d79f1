"""Giving and taking roles: one member of staff proposes, another one approves or declines; nobody their own."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.logins import folded_login
from talent.accounts.models import ORGANISATION_OF, Account, Organisation, OrganisationKind
from talent.accounts.permissions import Permission, Role
from talent.accounts.sessions import end_sessions_of
from talent.accounts.standing import OrganisationState
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.staffing.models import RoleGrant
from talent.staffing.policy import may_give, visible_grants
from talent.staffing.schemas import NewGrant
from talent.staffing.states import OWN_ROLE, ROLE_GRANT, GrantAction, GrantFacts, GrantState

NOBODY = N_("There is no member of staff with this e-mail address or mobile number whose role you may change.")
NOT_YOURS = N_("Only an administrator decides about the roles of the project office.")
NOTHING_NEW = N_("The person has this role there already.")
NO_OFFICE = N_("Choose an organisation of the kind that people of this role work for.")
SUSPENDED = N_("This account is suspended. Lift the suspension first.")
WAITING = N_("Something is proposed about this person already. Decide about that first.")


def propose(session: Session, actor: Actor, asked: NewGrant) -> RoleGrant:
    """A proposal that waits for a second member of staff.

    Raises:
        NotPermitted: the actor may propose no roles, or not this one, or it is the actor's own.
        NotFound: there is no member of staff of this login about whom the actor may decide.
        Unprocessable: it would change nothing, or the organisation is of another kind.
        Conflict: something waits about this person already, or the account is suspended.
    """
    actor.require(Permission.ROLE_GRANT)
    actor.refuse_when_suspended()
    account = _member(session, actor, asked.login)
    if not may_give(actor, asked.role_after):
        raise NotPermitted(NOT_YOURS)
    grant = RoleGrant(
        account_id=account.id,
        role_before=account.role,
        role_after=asked.role_after,
        organisation_id=_office(session, account, asked),
        reason=clean(asked.reason),
        proposed_by=actor.id,
        proposed_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(grant)
    except IntegrityError:
        raise Conflict(WAITING) from None
    return grant


def _member(session: Session, actor: Actor, login: str) -> Account:
    with within(session, SystemContext.SIGN_IN):
        account = session.scalar(select(Account).where(Account.login == folded_login(login)))
    if account is None or account.role is Role.CANDIDATE or not may_give(actor, account.role):
        raise NotFound(NOBODY)
    if account.id == actor.id:
        raise NotPermitted(OWN_ROLE)
    if account.suspended_at is not None and not role_was_taken(session, account.id):
        raise Conflict(SUSPENDED)
    return account


def _office(session: Session, account: Account, asked: NewGrant) -> UUID | None:
    """Where the person works from then on."""
    role, wanted = asked.role_after, asked.organisation or account.organisation_id
    if role is None:
        return account.organisation_id
    if role is account.role and wanted == account.organisation_id and account.suspended_at is None:
        raise Unprocessable(NOTHING_NEW)
    kind = ORGANISATION_OF[role]
    office = session.get(Organisation, wanted) if wanted else None
    if office is None:
        if kind is OrganisationKind.PROJECT:
            return None
        raise Unprocessable(NO_OFFICE)
    if office.kind is not kind or office.state is not OrganisationState.VERIFIED:
        raise Unprocessable(NO_OFFICE)
    return office.id


def offices(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The verified organisations in which the actor may give somebody a role, by name."""
    verified = select(Organisation).where(Organisation.state == OrganisationState.VERIFIED).order_by(Organisation.name)
    kinds = {ORGANISATION_OF[role] for role in Role if role in ORGANISATION_OF and may_give(actor, role)}
    return [one for one in session.scalars(verified) if one.kind in kinds]


def get_grant(session: Session, actor: Actor, grant_id: UUID) -> RoleGrant:
    """One proposal that the actor may know.

    Raises:
        NotFound: there is none, or it is not theirs to know.
    """
    found = session.scalar(visible_grants(actor).where(RoleGrant.id == grant_id))
    if found is None:
        raise NotFound
    return found


def grants(session: Session, actor: Actor, *, at_most: int = 100) -> Sequence[tuple[RoleGrant, Account]]:
    """The newest proposals with the person whom each is about: first what waits.

    Raises:
        NotPermitted: the actor may propose no roles.
    """
    actor.require(Permission.ROLE_GRANT)
    newest = visible_grants(actor).order_by(
        RoleGrant.state != GrantState.PROPOSED, RoleGrant.proposed_at.desc(), RoleGrant.id
    )
    found = session.scalars(newest.limit(at_most)).all()
    with within(session, SystemContext.SIGN_IN):
        people = session.scalars(select(Account).where(Account.id.in_({one.account_id for one in found})))
        known = {account.id: account for account in people}
    return [(one, known[one.account_id]) for one in found]


def people_of(session: Session, grant: RoleGrant) -> tuple[Account, Account]:
    """The person whom a proposal is about, and the one who made it."""
    with within(session, SystemContext.SIGN_IN):
        return session.get_one(Account, grant.account_id), session.get_one(Account, grant.proposed_by)


def grant_journal(session: Session, grant: RoleGrant) -> list[CaseEvent]:
    """What was decided about the proposal, oldest first."""
    return journal(session, ROLE_GRANT, grant.id)


def decide(session: Session, actor: Actor, grant: RoleGrant, action: GrantAction, *, reason: str = "") -> CaseEvent:
    """Approve, decline or withdraw; with an approval the person's sessions end and the new role holds.

    Raises:
        NotPermitted: the actor does not decide about these roles.
        Conflict, Unprocessable: as ``take_step``.
    """
    actor.require(Permission.ROLE_GRANT)
    if not may_give(actor, grant.role_before, grant.role_after):
        raise NotPermitted(NOT_YOURS)
    facts = _facts(session, actor, grant, reason)
    event = take_step(session, actor, grant, ROLE_GRANT, action, facts, note=clean(reason))
    grant.decided_at = event.at
    session.flush()
    if grant.state is GrantState.APPROVED:
        with within(session, SystemContext.SIGN_IN):
            _carry_out(session, grant)
    return event


def _facts(session: Session, actor: Actor, grant: RoleGrant, reason: str) -> GrantFacts:
    with within(session, SystemContext.SIGN_IN):
        account, others = held_with_administrators(session, grant.account_id)
    kept_out = account.suspended_at is not None and not role_was_taken(session, account.id)
    loses = grant.role_before is Role.ADMINISTRATOR and grant.role_after is not Role.ADMINISTRATOR
    return GrantFacts(
        is_own_proposal=grant.proposed_by == actor.id,
        is_about_self=grant.account_id == actor.id,
        is_as_it_was=account.role is grant.role_before and not kept_out,
        leaves_an_administrator=bool(others) or not loses,
        has_reason=bool(clean(reason)),
    )


def held_with_administrators(session: Session, account_id: UUID) -> tuple[Account, Sequence[Account]]:
    """This account, and the other administrators who may sign in; held until the transaction ends, in one order.

    So two people can never take the last two administrators away at the same moment.
    """
    administrators = and_(Account.role == Role.ADMINISTRATOR, Account.suspended_at.is_(None))
    rows = select(Account).where(or_(Account.id == account_id, administrators)).order_by(Account.id)
    held = session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()
    account = next(one for one in held if one.id == account_id)
    return account, [one for one in held if one.id != account_id]


def _carry_out(session: Session, grant: RoleGrant) -> None:
    account = session.get_one(Account, grant.account_id)
    if grant.role_after is None:
        account.suspended_at = now()
    else:
        account.role, account.organisation_id, account.suspended_at = grant.role_after, grant.organisation_id, None
    session.flush()
    end_sessions_of(session, account.id)


def role_was_taken(session: Session, account_id: UUID) -> bool:
    """Whether the last thing that was approved about this account took its role."""
    approved = select(RoleGrant).where(RoleGrant.account_id == account_id, RoleGrant.state == GrantState.APPROVED)
    last = session.scalar(approved.order_by(RoleGrant.decided_at.desc(), RoleGrant.id).limit(1))
    return last is not None and last.role_after is None
