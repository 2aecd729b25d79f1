"""The employer's own office in a placement: the agency lets it in, and takes it out again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission
from talent.accounts.standing import OrganisationState
from talent.foundation.audit import Deed, record
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, Unprocessable
from talent.foundation.words import N_
from talent.placements.models import Placement
from talent.placements.states import FINAL

NOT_OF_THIS_AGENCY = N_("Choose one of the employers that this agency brought and that are verified.")
IS_OVER = N_("This placement is over. No employer takes part in it any more.")


def employers_of(session: Session, placement: Placement) -> Sequence[Organisation]:
    """The verified employers that the agency of this placement brought, by name."""
    brought = select(Organisation).where(
        Organisation.kind == OrganisationKind.EMPLOYER,
        Organisation.parent_id == placement.organisation_id,
        Organisation.state == OrganisationState.VERIFIED,
    )
    return session.scalars(brought.order_by(Organisation.name, Organisation.id)).all()


def let_in(session: Session, actor: Actor, placement: Placement, employer_id: UUID | None) -> None:
    """Let this employer take part from now on, instead of the one before; None lets nobody in.

    Raises:
        NotPermitted: the actor moves no placements.
        Conflict: the placement is over.
        Unprocessable: the employer is none of this agency's, or it is not verified.
    """
    actor.require(Permission.PLACEMENT_MOVE)
    actor.refuse_when_suspended()
    if employer_id is not None and placement.state in FINAL:
        raise Conflict(IS_OVER)
    if employer_id is not None and all(one.id != employer_id for one in employers_of(session, placement)):
        raise Unprocessable(NOT_OF_THIS_AGENCY)
    if placement.employer_id == employer_id:
        return
    placement.employer_id, placement.changed_at = employer_id, now()
    deed = "placement.employer_let_in" if employer_id else "placement.employer_taken_out"
    record(session, actor, Deed(deed, "placement", str(placement.id), placement.account_id))
    session.flush()
