"""The papers of a case: brought, translated, checked with whoever issued them, and running out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import documents as files
from talent.foundation.audit import Deed, record
from talent.foundation.clock import now, today
from talent.foundation.documents import Purpose, StoredFile
from talent.foundation.errors import Conflict, NotFound, Unprocessable
from talent.foundation.sniff import Kind, kind_of
from talent.foundation.words import N_
from talent.recognition import rules
from talent.recognition.models import RecognitionCase, RecognitionPaper
from talent.recognition.parties import shared_with
from talent.recognition.schemas import PaperAdded, PaperVerified
from talent.recognition.service import procedure_of, refresh
from talent.recognition.states import CaseState
from talent.recognition.terms import Share

TAKEN: Final = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})
CHANGEABLE: Final = frozenset({CaseState.DOCUMENTS, CaseState.DEFICIENT})
MOST_PAPERS: Final = 40
NOT_TAKEN = N_("Bring a PDF, a JPEG or a PNG. Photograph a paper from above, in good light.")
NOT_NOW = N_("Documents can be added while you prepare the case, or after the authority’s notice.")
TOO_MANY = N_("There are 40 documents already. Remove one first.")
NO_ORIGINAL = N_("Add the original first, then its translation.")
NOT_YET_ISSUED = N_("The date of issue has not come yet. Check it.")
NO_SUCH_PAPER = N_("There is no such document.")
NOT_YET_ANSWERED = N_("The date of the answer has not come yet. Check it.")


def add_paper(
    session: Session,
    actor: Actor,
    case: RecognitionCase,
    told: PaperAdded,
    *,
    var_dir: Path,
    name: str,
    content: bytes,
) -> RecognitionPaper:
    """Keep a document under the hash of its content; a translation belongs to the newest original of its kind.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: the case is not at a point where documents are added.
        Unprocessable: the file, the date or the missing original.
    """
    _changeable(actor, case)
    if len(case.papers) >= MOST_PAPERS:
        raise Unprocessable(TOO_MANY)
    check_file(content)
    if told.issued_on is not None and told.issued_on > today():
        raise Unprocessable(NOT_YET_ISSUED)
    originals = [row for row in case.papers if row.kind is told.kind and row.original_id is None]
    if told.is_translation and not originals:
        raise Unprocessable(NO_ORIGINAL)
    stored = files.store(session, var_dir, content, owner_id=actor.id, purpose=Purpose.EVIDENCE, original_name=name)
    paper = RecognitionPaper(
        case_id=case.id,
        kind=told.kind,
        document_id=stored.id,
        original_id=originals[-1].id if told.is_translation else None,
        issued_on=told.issued_on,
        expires_on=None if told.is_translation else rules.expires(told.kind, told.issued_on, procedure_of(case)),
        added_at=now(),
        added_by=actor.id,
    )
    case.papers.append(paper)
    refresh(session, case)
    return paper


def check_file(content: bytes) -> None:
    """Refuse a file that is no document.

    Raises:
        Unprocessable: it is neither a PDF nor a picture.
    """
    if kind_of(content) not in TAKEN:
        raise Unprocessable(NOT_TAKEN)


def remove_paper(session: Session, actor: Actor, case: RecognitionCase, paper_id: UUID, *, var_dir: Path) -> None:
    """Take a document back, with its translations and their bytes.

    Raises:
        NotPermitted: the actor is no candidate.
        Conflict: the authority has the case.
        NotFound: the case has no such document.
    """
    _changeable(actor, case)
    paper = paper_of(case, paper_id)
    gone = [row for row in case.papers if paper.id in (row.id, row.original_id)]
    stored = [session.get_one(StoredFile, row.document_id) for row in gone]
    for row in sorted(gone, key=lambda one: one.original_id is None):
        case.papers.remove(row)
    session.flush()
    for file in stored:
        files.forget(session, var_dir, file)
    refresh(session, case)


def verify_paper(session: Session, actor: Actor, case: RecognitionCase, paper_id: UUID, answer: PaperVerified) -> None:
    """Write down what the issuer answered: who, when, and whether the document is genuine.

    Raises:
        NotPermitted: the actor records no decisions.
        NotFound: the case has no such document.
        Unprocessable: the answer lies in the future.
    """
    actor.require(Permission.RECOGNITION_DECIDE)
    paper = paper_of(case, paper_id)
    if answer.verified_on > today():
        raise Unprocessable(NOT_YET_ANSWERED)
    paper.verified_by, paper.verified_on, paper.is_genuine = answer.verified_by, answer.verified_on, answer.is_genuine
    session.flush()


def read_paper(
    session: Session, actor: Actor, case: RecognitionCase, paper_id: UUID, *, var_dir: Path
) -> tuple[str, bytes]:
    """Kind of file and bytes of a document; the look of anybody but its owner is written down.

    Raises:
        NotFound: the case has no such document, or the candidate does not let this reader see it.
        Gone: its bytes are no longer there.
    """
    if Share.DOCUMENTS not in shared_with(session, actor, case):
        raise NotFound(NO_SUCH_PAPER)
    paper = paper_of(case, paper_id)
    stored = session.get(StoredFile, paper.document_id)
    if stored is None:
        raise NotFound(NO_SUCH_PAPER)
    if actor.id != case.account_id:
        record(session, actor, Deed("recognition_paper.read", "recognition_paper", str(paper.id), case.account_id))
    with files.open_file(var_dir, stored) as stream:
        return stored.kind, stream.read()


def paper_of(case: RecognitionCase, paper_id: UUID) -> RecognitionPaper:
    """The document of this case.

    Raises:
        NotFound: the case has no such document.
    """
    found = next((row for row in case.papers if row.id == paper_id), None)
    if found is None:
        raise NotFound(NO_SUCH_PAPER)
    return found


def expiring(papers: Sequence[RecognitionPaper], *, on: date) -> list[RecognitionPaper]:
    """The documents that run out within the time of the warning, or have."""
    return [row for row in papers if row.expires_on is not None and row.expires_on - rules.EXPIRY_WARNING <= on]


def _changeable(actor: Actor, case: RecognitionCase) -> None:
    actor.require(Permission.RECOGNITION_APPLY)
    if case.state not in CHANGEABLE:
        raise Conflict(NOT_NOW)
