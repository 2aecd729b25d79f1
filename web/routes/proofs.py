"""Documents of a placement: attached to a step that is done, read, and taken back by whoever brought them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.errors import Conflict, NotPermitted, Unprocessable
from talent.foundation.words import N_
from talent.placements import proofs, service
from talent.placements.models import Placement
from talent.placements.proofs import Brought
from talent.placements.schemas import StepNamed
from talent.placements.step_models import PlacementProof
from web.dependencies import ActorDep, PageDep, SessionDep
from web.downloads import attachment
from web.forms import MEGABYTE, Form, FormDep, blank
from web.navigation import ROLE_NAMES
from web.policy import TAKES_PART
from web.sent import Upload

router = APIRouter(prefix="/placements/{placement_id}/proofs", dependencies=[TAKES_PART])
MOST_BYTES = 5 * MEGABYTE
CHOOSE_A_FILE = N_("Choose a file.")
KINDS: Mapping[str, str] = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True)
class ShownProof:
    """One document as a page names it."""

    proof: PlacementProof
    by: str
    may_remove: bool

    def is_of(self, way: str, step: str) -> bool:
        """Whether it belongs to this step."""
        return (self.proof.way_id, self.proof.step_id) == (way, step)


@dataclass(frozen=True)
class ProofView:
    """The step to which a document is attached, and those that it has already."""

    placement: Placement
    step: str
    shown: Sequence[ShownProof]


def shown_proofs(session: Session, actor: Actor, placement: Placement) -> list[ShownProof]:
    """The documents that the reader may open."""
    rows = proofs.proofs_of(session, actor, placement)
    return [ShownProof(row, ROLE_NAMES[Role(row.added_role)], proofs.may_remove(actor, row)) for row in rows]


def brought_in(form: Form) -> Brought | None:
    """The file of this form, if one was chosen; Unprocessable when it is empty or too large."""
    return as_brought(form.file("proof", at_most=MOST_BYTES))


def as_brought(file: Upload | None) -> Brought | None:
    """A sent file as the domain takes it."""
    return Brought(file.name, file.content) if file else None


def proof_view(session: Session, actor: Actor, placement: Placement, way: str, step: str) -> ProofView:
    """The step with its documents.

    Raises:
        NotFound: the placement has no such step.
    """
    line = service.line_of(placement, way, step)
    rows = shown_proofs(session, actor, placement)
    return ProofView(placement, line.step.text, [row for row in rows if row.is_of(way, step)])


@router.get("")
def documents(
    placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, way: str = "", step: str = ""
) -> Response:
    """The documents of one step, and a place for another one."""
    view = proof_view(session, actor, service.get(session, actor, placement_id), way, step)
    return page.show("placements/proofs.html", view, form=blank(way=way, step=step))


@router.post("")
def add(placement_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep) -> Response:
    """Attach a document to a step."""
    found = service.get(session, actor, placement_id, to_change=True)
    answer = form.read(StepNamed)
    way, step = answer.text("way"), answer.text("step")
    view = proof_view(session, actor, found, way, step)
    try:
        brought = brought_in(form)
    except Unprocessable as refused:
        return page.again("placements/proofs.html", view, answer.refuse("proof", refused.message))
    if brought is None:
        return page.again("placements/proofs.html", view, answer.refuse("proof", CHOOSE_A_FILE))
    here = f"/placements/{placement_id}#line"
    form.once(session, actor, then=here)
    try:
        with session.begin_nested():
            proofs.prove_step(session, actor, found, (way, step), brought, var_dir=page.shell.settings.var_dir)
    except (Conflict, NotPermitted, Unprocessable) as refused:
        return page.again("placements/proofs.html", view, answer.refuse("proof", refused.message))
    return form.done(session, here)


@router.get("/{proof_id}")
def read(placement_id: UUID, proof_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep) -> Response:
    """The document itself, as a file."""
    found = service.get(session, actor, placement_id)
    kind, content = proofs.read_proof(session, actor, found, proof_id, var_dir=page.shell.settings.var_dir)
    return attachment(content, name=f"{found.reference}.{kind}", kind=KINDS.get(kind, "application/octet-stream"))


@router.post("/{proof_id}/remove")
def remove(
    placement_id: UUID, proof_id: UUID, session: SessionDep, actor: ActorDep, page: PageDep, form: FormDep
) -> Response:
    """Take a document back."""
    form.once(session, actor, then=f"/placements/{placement_id}")
    found = service.get(session, actor, placement_id, to_change=True)
    proofs.remove_proof(session, actor, found, proof_id, var_dir=page.shell.settings.var_dir)
    return form.done(session, f"/placements/{placement_id}#line")
