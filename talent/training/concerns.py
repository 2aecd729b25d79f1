"""What people report without a name; only project staff read it."""

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Permission
from talent.foundation.clock import today
from talent.foundation.errors import Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.foundation.words import N_
from talent.training.policy import visible_concerns
from talent.training.records import Concern
from talent.training.schemas import ConcernDraft

MOST_SHOWN = 100


def report(session: Session, draft: ConcernDraft) -> None:
    """Keep a concern: the day and the words, no account, no address, no hour.

    Raises:
        Unprocessable: there is no such institute.
    """
    with within(session, SystemContext.TRAINING):
        institute = session.get(Organisation, draft.institute_id)
        if institute is None or institute.kind is not OrganisationKind.INSTITUTE:
            raise Unprocessable(N_("Choose the institute"))
        session.add(Concern(organisation_id=institute.id, kind=draft.kind, words=draft.words, on_day=today()))
        session.flush()


def concerns(session: Session, actor: Actor) -> list[Concern]:
    """The concerns, the newest first.

    Raises:
        NotPermitted: the actor is no project staff.
    """
    actor.require(Permission.INTEGRITY_LOOK)
    query = visible_concerns(actor).order_by(Concern.on_day.desc(), Concern.id)
    return list(session.scalars(query.limit(MOST_SHOWN)))
