"""Documents that prove the steps of a placement: one file each, the candidate's own whoever brought it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation import documents as files
from talent.foundation.audit import Deed, record
from talent.foundation.clock import now
from talent.foundation.documents import Purpose, StoredFile
from talent.foundation.errors import Conflict, NotFound, NotPermitted, Unprocessable
from talent.foundation.sniff import Kind, kind_of
from talent.foundation.words import N_
from talent.pathways.terms import Document
from talent.placements.models import Placement
from talent.placements.policy import visible_proofs
from talent.placements.rules import may_note
from talent.placements.service import NOT_YOURS, line_of
from talent.placements.states import PlacementAction
from talent.placements.step_models import PlacementProof
from talent.placements.timeline import Line

TAKEN = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})
MOST_OF_ONE = 60
SEEN_ONLY = frozenset(
    {Document.POLICE_CERTIFICATE, Document.MEDICAL_CERTIFICATE, Document.PASSPORT, Document.CNIC, Document.PHOTO}
)
"""Papers of which only the step is noted: no copy of them is taken in."""
REFERENCE = re.compile(r"PL-[0-9A-Z]{6}")
NOT_TAKEN = N_("Bring a PDF, a JPEG or a PNG. Photograph a paper from above, in good light.")
ONLY_SEEN = N_("Of this paper no copy is kept here. Note only that the step is done.")
NOT_DONE = N_("Note first that the step is done.")
TOO_MANY = N_("There are 60 documents already. Remove one first.")
NO_SUCH_DOCUMENT = N_("There is no such document.")
ONLY_WHO_BROUGHT_IT = N_("Only whoever brought this document, or project staff, may remove it.")


@dataclass(frozen=True)
class Brought:
    """One file as it came: the name that it had at home, and its bytes."""

    name: str
    content: bytes

    @property
    def references(self) -> list[str]:
        """The references of placements that stand in its name, each once."""
        return list(dict.fromkeys(REFERENCE.findall(self.name.upper())))


def prove_step(
    session: Session, actor: Actor, placement: Placement, step: tuple[str, str], brought: Brought, *, var_dir: Path
) -> PlacementProof:
    """Attach a document to a step that is done; ``step`` are the ids of its way and its own.

    Raises:
        NotPermitted: the step is somebody else's to note.
        Conflict: it is not done.
        Unprocessable: there is no such step, no copy of its paper is kept, or the file is none that is taken.
    """
    line = line_of(placement, *step)
    if not may_note(actor.role, line.step.doer):
        raise NotPermitted(NOT_YOURS)
    if line.done_on is None:
        raise Conflict(NOT_DONE)
    if not takes_proof(line):
        raise Unprocessable(ONLY_SEEN)
    return _attached(session, actor, placement, brought, var_dir, PlacementProof(way_id=step[0], step_id=step[1]))


def prove_move(
    session: Session, actor: Actor, placement: Placement, action: PlacementAction, brought: Brought, *, var_dir: Path
) -> PlacementProof:
    """Attach a document to a move of the whole placement.

    Raises:
        NotPermitted: the actor moves no placements.
        Unprocessable: the file is none that is taken, or there are too many.
    """
    actor.require(Permission.PLACEMENT_MOVE)
    return _attached(session, actor, placement, brought, var_dir, PlacementProof(action=action.value))


def takes_proof(line: Line) -> bool:
    """Whether a copy of the paper that this step brings is taken in."""
    return line.step.brings not in SEEN_ONLY


def _attached(
    session: Session, actor: Actor, placement: Placement, brought: Brought, var_dir: Path, proof: PlacementProof
) -> PlacementProof:
    actor.refuse_when_suspended()
    if kind_of(brought.content) not in TAKEN:
        raise Unprocessable(NOT_TAKEN)
    if len(proofs_of(session, actor, placement)) >= MOST_OF_ONE:
        raise Unprocessable(TOO_MANY)
    stored = files.store(
        session,
        var_dir,
        brought.content,
        owner_id=placement.account_id,
        purpose=Purpose.EVIDENCE,
        original_name=brought.name,
    )
    proof.placement_id, proof.document_id = placement.id, stored.id
    proof.added_at, proof.added_by, proof.added_role = now(), actor.id, actor.role.value
    proof.organisation_id = actor.organisation_id
    session.add(proof)
    session.flush()
    return proof


def proofs_of(session: Session, actor: Actor, placement: Placement) -> Sequence[PlacementProof]:
    """The documents of this placement that the actor may read, oldest first."""
    own = visible_proofs(actor).where(PlacementProof.placement_id == placement.id)
    return session.scalars(own.order_by(PlacementProof.added_at, PlacementProof.id)).all()


def proof_of(session: Session, actor: Actor, placement: Placement, proof_id: UUID) -> PlacementProof:
    """One document of this placement.

    Raises:
        NotFound: the actor may read no such document.
    """
    own = visible_proofs(actor).where(PlacementProof.placement_id == placement.id, PlacementProof.id == proof_id)
    found = session.scalar(own)
    if found is None:
        raise NotFound(NO_SUCH_DOCUMENT)
    return found


def read_proof(
    session: Session, actor: Actor, placement: Placement, proof_id: UUID, *, var_dir: Path
) -> tuple[str, bytes]:
    """Kind of file and bytes of a document; the look of anybody but the candidate is written down.

    Raises:
        NotFound: the actor may read no such document.
        Gone: its bytes are no longer there.
    """
    proof = proof_of(session, actor, placement, proof_id)
    stored = session.get_one(StoredFile, proof.document_id)
    if actor.id != placement.account_id:
        record(session, actor, Deed("placement_proof.read", "placement_proof", str(proof.id), placement.account_id))
    with files.open_file(var_dir, stored) as stream:
        return stored.kind, stream.read()


def remove_proof(session: Session, actor: Actor, placement: Placement, proof_id: UUID, *, var_dir: Path) -> None:
    """Take a document back, with its bytes; a file in the wrong case must not stay there.

    Raises:
        NotFound: the actor may read no such document.
        NotPermitted: somebody else brought it.
    """
    proof = proof_of(session, actor, placement, proof_id)
    if not may_remove(actor, proof):
        raise NotPermitted(ONLY_WHO_BROUGHT_IT)
    files.forget(session, var_dir, session.get_one(StoredFile, proof.document_id))
    session.flush()
    session.expire(placement)


def may_remove(actor: Actor, proof: PlacementProof) -> bool:
    """Whether somebody may take this document back: whose office brought it, or project staff."""
    is_ours = (proof.added_role, proof.organisation_id) == (actor.role.value, actor.organisation_id)
    return is_ours or actor.has(Permission.PLACEMENT_READ_ALL)
