"""Who may know about which case of recognition."""

from sqlalchemy import Select, false, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.recognition.models import RecognitionCase
from talent.recognition.states import CaseState


def visible_cases(actor: Actor) -> Select[RecognitionCase]:
    """A candidate's own cases; those handed to an authority's office and sent; all of them for project staff."""
    cases = select(RecognitionCase)
    if actor.has(Permission.RECOGNITION_READ_ALL):
        return cases
    if actor.has(Permission.RECOGNITION_APPLY):
        return cases.where(RecognitionCase.account_id == actor.id)
    if actor.has(Permission.RECOGNITION_READ) and actor.organisation_id is not None:
        unsent = (CaseState.DRAFT, CaseState.DOCUMENTS)
        return cases.where(
            RecognitionCase.organisation_id == actor.organisation_id, RecognitionCase.state.not_in(unsent)
        )
    return cases.where(false())
