"""Weights of the score beside each other, in the words of the staff page of matching quality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Permission, Role
from talent.foundation.words import N_, Sentence
from talent.matching import weighting
from talent.matching.scorer import HAND, PARTS, Weights
from talent.matching.states import SCORE_WEIGHTS, WeightsAction, WeightsState
from talent.matching.trust_models import ScoreWeights, Verdict, WeightsSource
from talent.matching.weighting import LEAST_PAIRS, LEAST_VACANCIES
from web.navigation import ROLE_NAMES
from web.parts import Choice, JournalLine, Tag, Text

STATE_TAGS: Mapping[WeightsState, Tag] = {
    WeightsState.COMPUTED: Tag(N_("Learnt, not proposed"), "neutral"),
    WeightsState.PROPOSED: Tag(N_("Waits for a second person"), "waiting"),
    WeightsState.ADOPTED: Tag(N_("Adopted"), "good"),
    WeightsState.REJECTED: Tag(N_("Rejected"), "bad"),
}
VERDICTS: Mapping[str, Text] = {
    Verdict.BETTER: N_("Better: these weights order judged pairs better than those in force."),
    Verdict.NO_DIFFERENCE: N_(
        "No difference shown: judged pairs come out in no better order than with those in force."
    ),
    Verdict.WORSE: N_("Worse: these weights order judged pairs worse than those in force."),
}
TOO_FEW = Sentence(
    N_(
        "Too few judgements to learn from: {pairs} pairs are needed that two people judged, and {vacancies} vacancies "
        "with two such pairs of which one fits. What is judged is learnt from every night."
    ),
    {"pairs": LEAST_PAIRS, "vacancies": LEAST_VACANCIES},
)
BY_HAND = N_("Set by hand")
LEARNT = N_("Learnt")
ACTION_NAMES: Mapping[WeightsAction, str] = {
    WeightsAction.PROPOSE: N_("Propose them: a second person decides"),
    WeightsAction.ADOPT: N_("Adopt them: every list is computed anew"),
    WeightsAction.REJECT: N_("Reject them"),
}
DONE: Mapping[WeightsAction, str] = {
    WeightsAction.PROPOSE: N_("Proposed"),
    WeightsAction.ADOPT: N_("Adopted"),
    WeightsAction.REJECT: N_("Rejected"),
}
TOLD_OF_CURVE = 10
"""Points between two lines of the table beside the curve."""


@dataclass(frozen=True)
class PartRow:
    """Most points of one part: now, with the other weights, and their interval where they were learnt."""

    name: Text
    now: float
    then: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class CurveRow:
    """The share of pairs of so many points that fit, with the weights in force and with the learnt ones."""

    points: int
    now: float
    then: float


@dataclass(frozen=True)
class WeighedView:
    """One set of weights about which something is to be decided."""

    weights: ScoreWeights
    source: Text
    state: Tag
    verdict: Text
    rows: Sequence[PartRow]
    journal: Sequence[JournalLine]
    actions: Sequence[Choice]
    stands_in_the_way: Sequence[Sentence]

    @property
    def figures(self) -> Mapping[str, Any]:
        """What was measured on held-out vacancies; nothing for weights set by hand."""
        return self.weights.figures

    def line(self, which: str) -> str:
        """The curve as points of a picture of 100 by 100, from the top left."""
        curve = self.figures["calibration"][which]["curve"]
        return " ".join(f"{points:g},{100 - 100 * share:.1f}" for points, share in curve)

    @property
    def curves(self) -> list[CurveRow]:
        """The curves as a table."""
        if not self.figures:
            return []
        now, then = (dict(map(tuple, self.figures["calibration"][name]["curve"])) for name in ("present", "learnt"))
        return [CurveRow(int(one), now[one], then[one]) for one in now if one % TOLD_OF_CURVE == 0]


@dataclass(frozen=True)
class WeightsView:
    """The weights in force, and those to decide about first."""

    version: str
    rows: Sequence[PartRow]
    waiting: WeighedView | None
    past: Sequence[tuple[ScoreWeights, Text, Tag]]
    may_go_back: bool
    too_few: Text = TOO_FEW


def weights_view(session: Session, actor: Actor) -> WeightsView:
    """Everything about weights that the page shows to this reader."""
    present, waiting = weighting.in_force(session), weighting.to_decide(session, actor)
    may = actor.has(Permission.WEIGHTS_DECIDE)
    by_hand = any(one.source is WeightsSource.HAND for one in waiting)
    return WeightsView(
        version=present.version,
        rows=[PartRow(part.name, present.most_of[part.key] / 100) for part in PARTS],
        waiting=weighed_view(session, actor, waiting[0], present) if waiting else None,
        past=[(one, source_of(one), STATE_TAGS[one.state]) for one in weighting.decided(session, actor)],
        may_go_back=may and not by_hand and present != HAND,
    )


def source_of(weights: ScoreWeights) -> Text:
    """Where weights come from."""
    return BY_HAND if weights.source is WeightsSource.HAND else LEARNT


def weighed_view(session: Session, actor: Actor, weights: ScoreWeights, present: Weights) -> WeighedView:
    """One set of weights beside those in force, and what the reader may decide."""
    now, then = present.most_of, weights.weights.most_of
    intervals = weights.figures.get("intervals", {})
    facts = weighting.facts_of(actor, weights, present, reason="-")  # it is asked for when the form is sent
    steps = SCORE_WEIGHTS.steps_from(weights.state) if actor.has(Permission.WEIGHTS_DECIDE) else ()
    missing = {step.action: step.unmet(facts) if step.unmet else [] for step in steps}
    return WeighedView(
        weights=weights,
        source=source_of(weights),
        state=STATE_TAGS[weights.state],
        verdict=VERDICTS.get(weights.figures.get("verdict", ""), ""),
        rows=[
            PartRow(part.name, now[part.key] / 100, then[part.key] / 100, *intervals.get(part.key, ()))
            for part in PARTS
        ],
        journal=[
            JournalLine(line.at, ROLE_NAMES[Role(line.actor_role)], DONE[WeightsAction(line.action)], line.note)
            for line in weighting.weights_journal(session, weights)
        ],
        actions=[Choice(step.action.value, ACTION_NAMES[step.action]) for step in steps if not missing[step.action]],
        stands_in_the_way=[sentence for sentences in missing.values() for sentence in sentences],
    )
