"""The demand letter of a vacancy: one record, which the agency writes and which agency and Protectorate agree to."""

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound, NotPermitted
from talent.foundation.references import new_reference
from talent.foundation.words import N_
from talent.placements.contract_models import DemandLetter
from talent.placements.contract_rules import Letter
from talent.placements.contract_schemas import LetterTold
from talent.placements.contract_terms import Length, Promises
from talent.placements.models import Placement
from talent.placements.policy import visible_letters

NO_LETTER = N_("There is no demand letter yet.")
CHANGED_SINCE = N_("The demand letter was changed while you were reading. Read it again.")
AGENCY_FIRST = N_("The agency has not agreed to this demand letter yet.")
ONLY_THE_TWO = N_("Only the agency and the Protectorate agree to a demand letter.")


def letter_of(session: Session, actor: Actor, placement: Placement) -> DemandLetter | None:
    """The demand letter of the placement's vacancy, if there is one that the actor may know."""
    return session.scalar(visible_letters(actor).where(DemandLetter.vacancy_id == placement.vacancy_id))


def write(session: Session, actor: Actor, placement: Placement, told: LetterTold) -> DemandLetter:
    """Write the letter, or write it anew: whatever was agreed before counts no more.

    Raises:
        NotPermitted: the actor is no agency, or its organisation is suspended.
    """
    actor.require(Permission.PLACEMENT_MOVE)
    actor.refuse_when_suspended()
    found = letter_of(session, actor, placement)
    if found is None:
        found = DemandLetter(
            vacancy_id=placement.vacancy_id,
            organisation_id=placement.organisation_id,
            reference=new_reference("DL"),
            job_title=placement.job_title,
            employer=placement.employer,
            country=placement.country,
        )
        session.add(found)
    for name, value in told.model_dump().items():
        setattr(found, name, value)
    found.changed_at, found.agency_agreed_at, found.protectorate_agreed_at = now(), None, None
    session.flush()
    return found


def agree(session: Session, actor: Actor, placement: Placement, *, version: int) -> DemandLetter:
    """Agree to the letter as it was read; the agency first, then the Protectorate.

    Raises:
        NotFound: there is no letter.
        NotPermitted: the actor is neither of the two.
        Conflict: the letter changed since it was read, or the agency has not agreed yet.
    """
    found = letter_of(session, actor, placement)
    if found is None:
        raise NotFound(NO_LETTER)
    if actor.role not in (Role.AGENCY_OFFICER, Role.PROTECTORATE_OFFICER):
        raise NotPermitted(ONLY_THE_TWO)
    actor.refuse_when_suspended()
    if found.version != version:
        raise Conflict(CHANGED_SINCE)
    if actor.role is Role.AGENCY_OFFICER:
        found.agency_agreed_at = found.agency_agreed_at or now()
    elif found.agency_agreed_at is None:
        raise Conflict(AGENCY_FIRST)
    else:
        found.protectorate_agreed_at = found.protectorate_agreed_at or now()
    session.flush()
    return found


def as_letter(found: DemandLetter) -> Letter:
    """The terms as plain values."""
    length = Length.OPEN if found.months is None else Length.FIXED
    promises = Promises(
        pay_cents=found.pay_cents, currency=found.currency, period=found.period, length=length, months=found.months
    )
    return Letter(found.reference, promises)
