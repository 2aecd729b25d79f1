"""Many placements moved by one step at once: each for itself, and those that are refused come back with the reason."""

from collections.abc import Sequence
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
    session: Session, actor: Actor, keys: Sequence[UUID], action: PlacementAction, told: PlacementMoved
) -> BulkMove:
    """Take one step of each placement, each in a savepoint of its own; what is refused is kept with its reason.

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
    for key in sorted(chosen):
        try:
            with session.begin_nested():
                move(session, actor, get(session, actor, key, to_change=True), action, told)
        except NotFound:
            continue
        except TalentError as refused:
            _keep_refusal(session, actor, made, key, refused.message)
        else:
            made.moved += 1
    session.flush()
    return made


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
