"""Who may know about which case of recognition, and of what was asked in one."""

from sqlalchemy import Select, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.recognition.models import RecognitionCase
from talent.recognition.party_models import CurriculumRequest
from talent.recognition.states import CaseState


def visible_cases(actor: Actor) -> Select[RecognitionCase]:
    """A candidate's own cases; for everybody else those that are theirs to deal with.

    An authority's office: those handed to it and sent. An employer or agency: those with its power of attorney.
    Project staff: all of them.
    """
    cases = select(RecognitionCase)
    if actor.has(Permission.RECOGNITION_READ_ALL):
        return cases
    if actor.has(Permission.RECOGNITION_APPLY):
        return cases.where(RecognitionCase.account_id == actor.id)
    if actor.has(Permission.RECOGNITION_ACT) and actor.organisation_id is not None:
        return cases.where(RecognitionCase.acting_id == actor.organisation_id)
    if actor.has(Permission.RECOGNITION_READ) and actor.organisation_id is not None:
        unsent = (CaseState.DRAFT, CaseState.DOCUMENTS)
        return cases.where(
            RecognitionCase.organisation_id == actor.organisation_id, RecognitionCase.state.not_in(unsent)
        )
    return cases.where(false())


def visible_curriculum_requests(actor: Actor) -> Select[CurriculumRequest]:
    """What an institute was asked for and nobody took back."""
    asked = select(CurriculumRequest)
    if not actor.has(Permission.CURRICULUM_SUPPLY) or actor.organisation_id is None:
        return asked.where(false())
    return asked.where(
        CurriculumRequest.organisation_id == actor.organisation_id, CurriculumRequest.withdrawn_at.is_(None)
    )
