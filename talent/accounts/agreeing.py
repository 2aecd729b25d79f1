"""Invitations to the project office open only when a second person has agreed to them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Invitation
from talent.accounts.permissions import INVITED_BY, TAKE_TWO, Permission
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_

SAME_PERSON = N_("You made this invitation yourself. A second person has to agree.")
ANSWERED = N_("This invitation was answered or is too old.")


def waiting(session: Session, actor: Actor) -> Sequence[Invitation]:
    """The invitations that wait for a second person and about which the actor decides, oldest first.

    Raises:
        NotPermitted: the actor may invite nobody.
    """
    actor.require(Permission.INVITATION_SEND)
    decided = TAKE_TWO & INVITED_BY.get(actor.role, frozenset())
    query = select(Invitation).where(
        Invitation.role.in_(decided),
        Invitation.sent_by.is_not(None),
        Invitation.agreed_by.is_(None),
        Invitation.used_at.is_(None),
        Invitation.expires_at > now(),
    )
    with within(session, SystemContext.SIGN_IN):
        return session.scalars(query.order_by(Invitation.created_at, Invitation.id)).all()


def answer(session: Session, actor: Actor, invitation_id: UUID, *, agreed: bool) -> None:
    """Let the invitation open, or end it.

    Raises:
        NotPermitted: the actor may not invite for this role, or made the invitation.
        NotFound: there is no such invitation that the actor may know.
        Conflict: it was answered, or is too old.
    """
    actor.require(Permission.INVITATION_SEND)
    actor.refuse_when_suspended()
    with within(session, SystemContext.SIGN_IN):
        found = session.scalar(select(Invitation).where(Invitation.id == invitation_id).with_for_update())
        if found is None or found.role not in TAKE_TWO & INVITED_BY.get(actor.role, frozenset()):
            raise NotFound
        if found.agreed_by is not None or found.used_at is not None or now() > found.expires_at:
            raise Conflict(ANSWERED)
        if agreed and found.sent_by == actor.id:
            raise NotPermitted(SAME_PERSON)
        if agreed:
            found.agreed_by = actor.id
        else:
            found.expires_at = now()
        session.flush()
