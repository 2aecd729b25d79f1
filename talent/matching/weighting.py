"""Which weights lists are made with: those adopted last, or those set by hand. One person proposes, another adopts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission
from talent.casework.models import CaseEvent
from talent.casework.take import journal, take_step
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, NotFound
from talent.foundation.jobs import defer
from talent.foundation.text import clean
from talent.foundation.words import N_
from talent.matching.scorer import HAND, Weights
from talent.matching.states import SCORE_WEIGHTS, WeightsAction, WeightsFacts, WeightsState
from talent.matching.tasks import MATCH_ANEW
from talent.matching.trust_models import ScoreWeights, Verdict, WeightsSource

LEAST_PAIRS: Final = 200
LEAST_VACANCIES: Final = 20
"""Pairs that two people judged, and vacancies whose judged pairs tell an order, below which nothing is learnt
(S-OWN-11)."""
OPEN = (WeightsState.COMPUTED, WeightsState.PROPOSED)
"""States in which something is to be decided."""
NO_WEIGHTS = N_("There are no such weights.")
HAND_WAITS = N_("The weights set by hand are proposed already. Decide about that first.")


def in_force(session: Session) -> Weights:
    """The weights adopted last; those set by hand while none were."""
    adopted = select(ScoreWeights).where(ScoreWeights.state == WeightsState.ADOPTED)
    last = session.scalar(adopted.order_by(ScoreWeights.decided_at.desc(), ScoreWeights.id).limit(1))
    return last.weights if last else HAND


def by_version(session: Session, versions: Collection[str]) -> dict[str, Weights]:
    """The weights of those of these versions that are known: set by hand, or adopted at some time."""
    found = {HAND.version: HAND} if HAND.version in versions else {}
    wanted = set(versions) - found.keys()
    if wanted:
        adopted = select(ScoreWeights).where(ScoreWeights.state == WeightsState.ADOPTED)
        rows = session.scalars(adopted.where(ScoreWeights.weights_version.in_(wanted)))
        found |= {row.weights_version: row.weights for row in rows}
    return found


def as_columns(weights: Weights) -> Mapping[str, object]:
    """These weights as columns of a row."""
    return {"weights_version": weights.version, **weights.most_of}


def to_decide(session: Session, actor: Actor) -> Sequence[ScoreWeights]:
    """The weights about which something is to be decided: first what is proposed, then the newest.

    Raises:
        NotPermitted: the actor may not read the overview.
    """
    actor.require(Permission.OVERVIEW_READ)
    waiting = select(ScoreWeights).where(ScoreWeights.state.in_(OPEN))
    proposed_first = ScoreWeights.state != WeightsState.PROPOSED
    return session.scalars(waiting.order_by(proposed_first, ScoreWeights.computed_at.desc(), ScoreWeights.id)).all()


def decided(session: Session, actor: Actor, *, at_most: int = 10) -> Sequence[ScoreWeights]:
    """The weights about which was decided last, the newest first.

    Raises:
        NotPermitted: the actor may not read the overview.
    """
    actor.require(Permission.OVERVIEW_READ)
    past = select(ScoreWeights).where(ScoreWeights.state.not_in(OPEN))
    return session.scalars(past.order_by(ScoreWeights.decided_at.desc(), ScoreWeights.id).limit(at_most)).all()


def get_weights(session: Session, actor: Actor, weights_id: UUID) -> ScoreWeights:
    """One set of weights.

    Raises:
        NotPermitted: the actor decides about no weights.
        NotFound: there is none of this id.
    """
    actor.require(Permission.WEIGHTS_DECIDE)
    found = session.get(ScoreWeights, weights_id)
    if found is None:
        raise NotFound(NO_WEIGHTS)
    return found


def propose_hand(session: Session, actor: Actor) -> ScoreWeights:
    """Propose to go back to the weights set by hand.

    Raises:
        NotPermitted: the actor decides about no weights.
        Conflict: they are proposed already.
        Unprocessable: lists are made with them already.
    """
    actor.require(Permission.WEIGHTS_DECIDE)
    if any(one.source is WeightsSource.HAND for one in to_decide(session, actor)):
        raise Conflict(HAND_WAITS)
    made = ScoreWeights(
        **as_columns(HAND),
        source=WeightsSource.HAND,
        pairs=0,
        vacancies=0,
        compared_with=in_force(session).version,
        figures={},
        computed_at=now(),
        state=WeightsState.COMPUTED,
    )
    session.add(made)
    session.flush()
    decide(session, actor, made, WeightsAction.PROPOSE)
    return made


def decide(
    session: Session, actor: Actor, weights: ScoreWeights, action: WeightsAction, *, reason: str = ""
) -> CaseEvent:
    """Propose, adopt or reject; with an adoption every list is computed anew in the background.

    Raises:
        NotPermitted: the actor decides about no weights.
        Conflict, Unprocessable: as ``take_step``.
    """
    facts, note = facts_of(actor, weights, in_force(session), reason), clean(reason)
    deed = "proposed" if action is WeightsAction.PROPOSE else "decided"
    leaves = {f"{deed}_by": actor.id, f"{deed}_at": now()}
    event = take_step(session, actor, weights, SCORE_WEIGHTS, action, facts, note, leaves)
    if weights.state is WeightsState.ADOPTED:
        defer(session, MATCH_ANEW, once=MATCH_ANEW)
    return event


def facts_of(actor: Actor, weights: ScoreWeights, present: Weights, reason: str = "") -> WeightsFacts:
    """What the steps ask for, while the ``present`` ones are in force."""
    return WeightsFacts(
        is_own_proposal=weights.proposed_by == actor.id,
        is_better=weights.source is WeightsSource.HAND or weights.figures.get("verdict") == Verdict.BETTER,
        is_as_compared=weights.compared_with == present.version,
        is_in_force=weights.weights_version == present.version,
        has_reason=bool(clean(reason)),
    )


def weights_journal(session: Session, weights: ScoreWeights) -> list[CaseEvent]:
    """What was decided about these weights, oldest first."""
    return journal(session, SCORE_WEIGHTS, weights.id)
