"""What was measured about matching, as whoever watches over the service reads it."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.matching.trust_models import Measurement, MeasurementKind


def newest(session: Session, kind: MeasurementKind) -> Measurement | None:
    """The newest measuring of this kind."""
    query = select(Measurement).where(Measurement.kind == kind).order_by(Measurement.at.desc(), Measurement.id)
    return session.scalar(query.limit(1))


def measurements(session: Session, actor: Actor) -> dict[MeasurementKind, Measurement]:
    """The newest measuring of each kind that there is.

    Raises:
        NotPermitted: the actor may not read the overview.
    """
    actor.require(Permission.OVERVIEW_READ)
    query = select(Measurement).ext(distinct_on(Measurement.kind))
    found = session.scalars(query.order_by(Measurement.kind, Measurement.at.desc(), Measurement.id))
    return {one.kind: one for one in found}
