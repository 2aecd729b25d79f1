"""Who may know about roles: members of the staff who may propose them. Which ones they decide about, the role says."""

from sqlalchemy import Select, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import INVITED_BY, Permission, Role
from talent.staffing.models import RoleGrant


def visible_grants(actor: Actor) -> Select[RoleGrant]:
    """Every proposal, for whoever may propose one."""
    grants = select(RoleGrant)
    return grants if actor.has(Permission.ROLE_GRANT) else grants.where(false())


def may_give(actor: Actor, *roles: Role | None) -> bool:
    """Whether the actor decides about all of these roles: those that the actor may invite people for."""
    return actor.has(Permission.ROLE_GRANT) and all(
        role is None or role in INVITED_BY.get(actor.role, ()) for role in roles
    )
