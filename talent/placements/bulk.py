"""Many placements moved by one step at once: each for itself, and those that are refused come back with the reason.

With them come files, one for each placement, told apart by the reference in the file's name.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.foundation.clock import now
from talent.foundation.errors import NotFound, TalentError, Unprocessable
from talent.foundation.words import N_, Sentence
from talent.placements.after_models import BulkMove, BulkRefusal
from talent.placements.models import Placement
from talent.placements.policy import visible_bulk_moves, visible_placements
from talent.placements.proofs import Brought, prove_move
from talent.placements.schemas import PlacementMoved
from talent.placements.service import get, move
from talent.placements.states import PLACEMENT, PlacementAction

A = PlacementAction
TOGETHER = (A.BEGIN_TRAINING, A.BEGIN_PERMIT, A.BEGIN_VISA, A.BEGIN_EXIT, A.ARRIVE, A.START_WORK, A.CONFIRM_WORK)
"""The steps that may be taken for many at once; nobody's placement is ended together with others."""
MOST = 100
CHOOSE_SOME = N_("Tick at least one placement.")
TOO_MANY = N_("Tick at most {most} placements.")
NOT_TOGETHER = N_("Choose one of the steps.")
NO_SUCH_MOVE = N_("There is nothing here.")
NO_FILE = N_("No file came for it: the file’s name must hold the reference {reference}.")
MANY_FILES = N_("More than one file came for it.")
TWO_NAMES = N_("The name of its file holds the references of several placements.")


def ready_for(session: Session, actor: Actor, action: PlacementAction) -> Sequence[Placement]:
    """The placements that stand where this step begins, the longest waiting first, as many as may be moved at once.

    Raises:
        NotPermitted: the actor moves no placements.
    """
    actor.require(Permission.PLACEMENT_MOVE)
    sources = [step.source for step in PLACEMENT.steps if step.action is action]
    rows = visible_placements(actor).where(Placement.state.in_(sources))
    return session.scalars(rows.order_by(Placement.changed_at, Placement.id).limit(MOST)).all()


def move_together(
    session: Session,
    actor: Actor,
    keys: Sequence[UUID],
    action: PlacementAction,
    told: PlacementMoved,
    *,
    brought: Sequence[Brought] = (),
    var_dir: Path | None = None,
) -> BulkMove:
    """Take one step of each placement, each in a savepoint of its own; what is refused is kept with its reason.

    With files, each placement needs exactly one, whose name holds its reference; they are kept under ``var_dir``.
    A placement of which the actor may not know is passed over without a word.

    Raises:
        NotPermitted: the actor moves no placements, or its organisation is suspended.
        Unprocessable: none or too many were chosen, or the step is none for many at once.
    """
    actor.require(Permission.PLACEMENT_MOVE)
    actor.refuse_when_suspended()
    chosen = list(dict.fromkeys(keys))
    if action not in TOGETHER:
        raise Unprocessable(NOT_TOGETHER)
    if not chosen:
        raise Unprocessable(CHOOSE_SOME)
    if len(chosen) > MOST:
        raise Unprocessable(Sentence(TOO_MANY, {"most": MOST}))
    made = BulkMove(organisation_id=actor.organisation_id, moved_by=actor.id, action=action.value, at=now(), moved=0)
    session.add(made)
    session.flush()
    known: set[str] = set()
    for key in sorted(chosen):
        try:
            with session.begin_nested():
                placement = get(session, actor, key, to_change=True)
                known.add(placement.reference)
                _move_one(session, actor, placement, action, told, brought, var_dir)
        except NotFound:
            continue
        except TalentError as refused:
            _keep_refusal(session, actor, made, key, refused.message)
        else:
            made.moved += 1
    made.unused_files = sum(not known.intersection(one.references) for one in brought)
    session.flush()
    return made


def _move_one(
    session: Session,
    actor: Actor,
    placement: Placement,
    action: PlacementAction,
    told: PlacementMoved,
    brought: Sequence[Brought],
    var_dir: Path | None,
) -> None:
    file = file_for(placement, brought) if brought else None
    move(session, actor, placement, action, told)
    if file is not None and var_dir is not None:
        prove_move(session, actor, placement, action, file, var_dir=var_dir)


def file_for(placement: Placement, brought: Sequence[Brought]) -> Brought:
    """The one file that came for this placement.

    Raises:
        Unprocessable: none came, several did, or its name could mean another placement too.
    """
    own = [one for one in brought if placement.reference in one.references]
    if not own:
        raise Unprocessable(Sentence(NO_FILE, {"reference": placement.reference}))
    if len(own) > 1:
        raise Unprocessable(MANY_FILES)
    if len(own[0].references) > 1:
        raise Unprocessable(TWO_NAMES)
    return own[0]


def _keep_refusal(session: Session, actor: Actor, made: BulkMove, key: UUID, said: Sentence) -> None:
    placement = get(session, actor, key)
    facts = {name: value.msgid if isinstance(value, Sentence) else str(value) for name, value in said.values.items()}
    session.add(
        BulkRefusal(
            bulk_id=made.id,
            placement_id=placement.id,
            reference=placement.reference,
            sentence=said.msgid,
            facts=facts,
        )
    )


def get_move(session: Session, actor: Actor, bulk_id: UUID) -> tuple[BulkMove, Sequence[BulkRefusal]]:
    """What was moved together, and what was refused, by reference.

    Raises:
        NotFound: the actor knows of no such move.
    """
    found = session.scalar(visible_bulk_moves(actor).where(BulkMove.id == bulk_id))
    if found is None:
        raise NotFound(NO_SUCH_MOVE)
    refused = select(BulkRefusal).where(BulkRefusal.bulk_id == bulk_id).order_by(BulkRefusal.reference)
    return found, session.scalars(refused).all()


def reason_of(refusal: BulkRefusal) -> Sentence:
    """Why a placement was not moved, in the reader's language."""
    return Sentence(refusal.sentence, {name: Sentence(value) for name, value in refusal.facts.items()})
