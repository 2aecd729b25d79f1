"""The name behind a blind card: opened for the agency that the candidate said yes to, each time for a reason."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import audit
from talent.foundation.audit import Deed
from talent.foundation.errors import NotFound
from talent.foundation.words import N_
from talent.matching.models import Introduction
from talent.matching.policy import revealed_identities
from talent.matching.service import own_vacancy
from talent.profiles.identity import FIELDS, Contact, opened
from talent.profiles.models import PersonIdentity

NO_YES = N_("This candidate has not said yes to your agency.")
IDENTITY_READ = "identity.read"


class RevealReason(StrEnum):
    """Why an agency opens a name; the candidate reads it."""

    INTERVIEW = "interview"
    PAPERS = "papers"
    QUESTION = "question"


REASONS = {
    RevealReason.INTERVIEW: N_("To invite the person to an interview"),
    RevealReason.PAPERS: N_("To prepare the papers for the job"),
    RevealReason.QUESTION: N_("To answer a question of the person"),
}


def reveal(session: Session, actor: Actor, vacancy_id: UUID, profile_id: UUID, reason: RevealReason) -> Contact:
    """The candidate's name and contact; the look and its reason are written down with it.

    Raises:
        NotPermitted: the actor decides about no introductions.
        NotFound: the vacancy is another agency's, or the candidate's yes to it is not in force.
    """
    actor.require(Permission.INTRODUCTION_DECIDE)
    own_vacancy(session, actor, vacancy_id)
    row = session.scalar(
        revealed_identities(actor).where(Introduction.vacancy_id == vacancy_id, PersonIdentity.profile_id == profile_id)
    )
    if row is None:
        raise NotFound(NO_YES)
    deed = Deed(IDENTITY_READ, "identity", str(vacancy_id), row.account_id, FIELDS, reason.value)
    audit.record(session, actor, deed)
    return opened(session, [row])[profile_id]
