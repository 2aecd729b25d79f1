"""Whom a candidate lets into a case: an employer or agency under a power of attorney, an institute for a curriculum.

Germany's accelerated procedure is led by the employer, with the worker's power of attorney, or by whom the employer
authorises (AufenthG § 81a). Nobody sees more than the candidate agreed to, and no longer than it stands.
"""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation
from talent.accounts.permissions import Permission
from talent.foundation.clock import now, today
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.words import N_
from talent.recognition import rules
from talent.recognition.models import RecognitionCase
from talent.recognition.party_models import CurriculumRequest, Mandate
from talent.recognition.schemas import MandateGiven
from talent.recognition.terms import Share

WORDS: Final = "2026-11"
"""The version of the words that a candidate agrees to when giving a power of attorney."""
NOT_MET = N_("You can choose only an employer or an agency that you met through this service.")
NOT_TAUGHT = N_("You can choose only an institute that has you in its register.")
NOT_SIGNED_YET = N_("The date on the power of attorney has not come yet. Check it.")
ACTS_ALREADY = N_("Somebody acts for you already. End that power of attorney first.")
CASE_IS_OVER = N_("This case is over. Nothing more is done in it.")
NO_MANDATE = N_("Nobody acts for you in this case.")
ASKED_ALREADY = N_("You asked this institute already. It has not answered yet.")
NO_SUCH_REQUEST = N_("There is no such request.")


def give_mandate(
    session: Session, actor: Actor, case: RecognitionCase, told: MandateGiven, *, met: Collection[UUID]
) -> Mandate:
    """Let one of these organisations act; it sees the case from now on, and of it what the candidate agreed to.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: the case is over, or somebody acts already.
        Unprocessable: the organisation is none of those met, or the day has not come yet.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    refuse_when_over(case)
    if case.acting_id is not None:
        raise Conflict(ACTS_ALREADY)
    if told.organisation not in met:
        raise Unprocessable(NOT_MET)
    if told.signed_on > today():
        raise Unprocessable(NOT_SIGNED_YET)
    mandate = Mandate(
        case_id=case.id,
        organisation_id=told.organisation,
        signed_on=told.signed_on,
        shares=sorted(share.value for share in told.shares),
        text_version=WORDS,
        language=actor.language,
        given_at=now(),
    )
    session.add(mandate)
    case.acting_id = told.organisation
    session.flush()
    return mandate


def end_mandate(session: Session, actor: Actor, case: RecognitionCase) -> None:
    """Take the power of attorney back: from the next request on nobody acts in this case or sees it.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: nobody acts.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    mandate = standing_mandate(session, case)
    if mandate is None:
        raise Conflict(NO_MANDATE)
    mandate.ended_at, case.acting_id = now(), None
    session.flush()


def let_nobody_in(session: Session, case: RecognitionCase) -> None:
    """End what stands and take back what waits: the candidate left the case."""
    mandate = standing_mandate(session, case)
    if mandate is not None:
        mandate.ended_at, case.acting_id = now(), None
    for asked in curriculum_requests(session, case):
        if is_waiting(asked):
            asked.withdrawn_at = now()
    session.flush()


def standing_mandate(session: Session, case: RecognitionCase) -> Mandate | None:
    """The power of attorney that stands in this case."""
    return session.scalar(select(Mandate).where(Mandate.case_id == case.id, Mandate.ended_at.is_(None)))


def mandates(session: Session, case: RecognitionCase) -> Sequence[Mandate]:
    """Every power of attorney that was ever given in this case and this reader may know of, the newest first."""
    return session.scalars(select(Mandate).where(Mandate.case_id == case.id).order_by(Mandate.given_at.desc())).all()


def shared_with(session: Session, actor: Actor, case: RecognitionCase) -> frozenset[Share]:
    """What this reader may see beside the progress: everything, but for whoever acts under a power of attorney."""
    if not actor.has(Permission.RECOGNITION_ACT):
        return frozenset(Share)
    mandate = standing_mandate(session, case)
    return frozenset(Share(share) for share in mandate.shares) if mandate else frozenset()


def ask_for_curriculum(
    session: Session, actor: Actor, case: RecognitionCase, institute_id: UUID, *, taught_by: Collection[UUID]
) -> CurriculumRequest:
    """Ask one of these institutes for content and hours of the award; it learns the award and its year, no more.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: the case is over, or the institute was asked and has not answered.
        Unprocessable: it is none of those that taught the candidate.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    refuse_when_over(case)
    if institute_id not in taught_by:
        raise Unprocessable(NOT_TAUGHT)
    if any(one.organisation_id == institute_id and is_waiting(one) for one in curriculum_requests(session, case)):
        raise Conflict(ASKED_ALREADY)
    asked = CurriculumRequest(
        account_id=case.account_id,
        case_id=case.id,
        organisation_id=institute_id,
        award=case.award,
        award_title=case.award_title,
        award_year=case.award_year,
        asked_at=now(),
    )
    session.add(asked)
    session.flush()
    return asked


def withdraw_request(session: Session, actor: Actor, case: RecognitionCase, request_id: UUID) -> None:
    """Take a request back that the institute has not answered; it sees it no more.

    Raises:
        NotPermitted: the actor is no candidate.
        NotFound: the case has no such request that waits.
    """
    actor.require(Permission.RECOGNITION_APPLY)
    asked = next((one for one in curriculum_requests(session, case) if one.id == request_id), None)
    if asked is None or not is_waiting(asked):
        raise NotFound(NO_SUCH_REQUEST)
    asked.withdrawn_at = now()
    session.flush()


def curriculum_requests(session: Session, case: RecognitionCase) -> Sequence[CurriculumRequest]:
    """Which institutes were asked in this case, the newest first."""
    query = select(CurriculumRequest).where(CurriculumRequest.case_id == case.id)
    return session.scalars(query.order_by(CurriculumRequest.asked_at.desc(), CurriculumRequest.id)).all()


def is_waiting(asked: CurriculumRequest) -> bool:
    """Whether the institute has still to answer."""
    return asked.supplied_at is None and asked.withdrawn_at is None


def names_of(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these organisations, as far as this reader may know them."""
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return dict(session.execute(query).all()) if ids else {}


def refuse_when_over(case: RecognitionCase) -> None:
    """Refuse what makes no sense in a case to which nothing can happen any more.

    Raises:
        Conflict: the case is over.
    """
    if not rules.is_open(case.state):
        raise Conflict(CASE_IS_OVER)
