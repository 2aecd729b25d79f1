"""An authority's own office in this service, and the cases that project staff hand to it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.recognition.models import RecognitionCase
from talent.recognition.service import refresh


def hand_over(session: Session, actor: Actor, case: RecognitionCase, organisation_id: UUID) -> None:
    """Let an authority's own office see the case.

    Raises:
        NotPermitted: the actor is not project staff.
        NotFound: there is no such authority.
    """
    actor.require(Permission.RECOGNITION_READ_ALL)
    if organisation_id not in {office.id for office in offices(session, actor)}:
        raise NotFound(N_("There is no such authority."))
    case.organisation_id = organisation_id
    refresh(session, case)


def offices(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The recognition authorities that have an office in this service.

    Raises:
        NotPermitted: the actor is not project staff.
    """
    actor.require(Permission.RECOGNITION_READ_ALL)
    query = select(Organisation).where(Organisation.kind == OrganisationKind.RECOGNITION_AUTHORITY)
    return session.scalars(query.order_by(Organisation.name)).all()
