"""Curricula that institutes supply for awards of their trainees, each because the candidate asked for it."""

from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import documents as files
from talent.foundation.audit import Deed, record
from talent.foundation.clock import now
from talent.foundation.documents import Purpose
from talent.foundation.errors import Conflict, NotFound
from talent.foundation.paging import Page, page_of
from talent.foundation.words import N_
from talent.recognition.documents import check_file
from talent.recognition.models import RecognitionPaper
from talent.recognition.parties import NO_SUCH_REQUEST, is_waiting
from talent.recognition.party_models import CurriculumRequest
from talent.recognition.policy import visible_curriculum_requests
from talent.recognition.terms import PaperKind

ANSWERED_ALREADY = N_("This curriculum was supplied already.")


def requests(session: Session, actor: Actor, *, number: int = 1) -> Page[CurriculumRequest]:
    """One page of what this institute was asked for: what waits first, the longest waiting first.

    Raises:
        NotPermitted: the actor is no institute.
    """
    actor.require(Permission.CURRICULUM_SUPPLY)
    query = visible_curriculum_requests(actor).order_by(
        CurriculumRequest.supplied_at.desc().nulls_first(), CurriculumRequest.asked_at, CurriculumRequest.id
    )
    return page_of(session, query, number=number)


def get_request(session: Session, actor: Actor, request_id: UUID, *, to_change: bool = False) -> CurriculumRequest:
    """One request to this institute.

    Raises:
        NotFound: it was not asked this, or no longer.
    """
    query = visible_curriculum_requests(actor).where(CurriculumRequest.id == request_id)
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(NO_SUCH_REQUEST)
    return found


def supply(
    session: Session, actor: Actor, asked: CurriculumRequest, *, var_dir: Path, name: str, content: bytes
) -> RecognitionPaper:
    """Put the curriculum into the case: it belongs to the candidate, and the case shows who supplied it.

    Raises:
        NotPermitted: the actor is no institute.
        Conflict: it was supplied already.
        Unprocessable: the file is none that is taken.
    """
    actor.require(Permission.CURRICULUM_SUPPLY)
    if not is_waiting(asked):
        raise Conflict(ANSWERED_ALREADY)
    check_file(content)
    stored = files.store(
        session, var_dir, content, owner_id=asked.account_id, purpose=Purpose.EVIDENCE, original_name=name
    )
    paper = RecognitionPaper(
        case_id=asked.case_id,
        kind=PaperKind.CURRICULUM,
        document_id=stored.id,
        added_at=now(),
        added_by=actor.id,
        supplied_by=asked.organisation_id,
    )
    session.add(paper)
    session.flush()
    asked.supplied_at = now()
    session.flush()
    record(session, actor, Deed("curriculum.supply", "recognition_paper", str(paper.id), asked.account_id))
    return paper
