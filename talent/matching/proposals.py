"""What was judged in the service, learnt from: a proposal for weights with its figures, or why there is none yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from talent.foundation.clock import now
from talent.foundation.errors import Conflict
from talent.foundation.words import N_
from talent.matching.calibrating import calibrated, stands_for
from talent.matching.judging import JUDGES, grades
from talent.matching.learning import Judgements, chosen_strength, folds, gains, held_out_scores, learnt, scored, spread
from talent.matching.measures import interval
from talent.matching.models import Suggestion
from talent.matching.scorer import BANDS, CENTIPOINTS, PART_KEYS, Weights
from talent.matching.states import WeightsState
from talent.matching.trust_models import JudgedPair, Judgement, ScoreWeights, Verdict, WeightsSource
from talent.matching.weighting import LEAST_PAIRS, LEAST_VACANCIES, as_columns, by_version, in_force

LEARNT_WAIT: Final = N_("Learnt weights are proposed already. Decide about them first.")


@dataclass(frozen=True)
class Material:
    """What can be learnt from, and how much of what was judged cannot: its weights are not known any more."""

    given: Judgements
    left_out: int

    @property
    def lists(self) -> int:
        """How many vacancies tell an order."""
        return len(self.given.lists())

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to learn from."""
        return len(self.given) >= LEAST_PAIRS and self.lists >= LEAST_VACANCIES


@dataclass(frozen=True)
class Proposal:
    """Learnt weights beside those in force; ``figures`` are of held-out vacancies.

    figures: ``verdict``; ``strength``; ``compared`` lists; ``left_out`` pairs; ``ndcg`` of ``present`` and ``learnt``;
    their ``difference`` with its 95 % interval over vacancies; ``intervals`` of each part in points; ``present`` points
    of each part; ``calibration`` of both.
    """

    weights: Weights
    compared_with: str
    pairs: int
    vacancies: int
    figures: dict[str, Any]


def material(session: Session) -> Material:
    """Every pair with two grades whose shares can be read back from its points."""
    given = {pair: own for pair, own in grades(session).items() if len(own) == JUDGES}
    pairs = session.scalars(
        select(JudgedPair).where(JudgedPair.id.in_(given)).order_by(JudgedPair.drawn_at, JudgedPair.id)
    ).all()
    known = by_version(session, {pair.weights_version for pair in pairs})
    usable = [pair for pair in pairs if pair.weights_version in known and min(known[pair.weights_version].most) > 0]
    numbers: dict[UUID, int] = {}
    found = Judgements(
        shares_of(usable, known),
        np.array([np.mean(given[pair.id]) for pair in usable], np.float64),
        np.array([numbers.setdefault(pair.vacancy_id, len(numbers)) for pair in usable], np.int64),
        np.array([pair.missing == 0 for pair in usable], bool),
    )
    return Material(found, len(pairs) - len(usable))


def shares_of(pairs: Sequence[JudgedPair], known: Mapping[str, Weights]) -> NDArray[np.float64]:
    """The share of each part that each pair had, (n, n_parts) in [0, 1], read back from its points."""
    points = np.array([[pair.parts[key] * 100 for key in PART_KEYS] for pair in pairs], np.float64)
    most = np.array([known[pair.weights_version].most for pair in pairs], np.float64)
    shape = (len(pairs), len(PART_KEYS))
    return np.clip(points.reshape(shape) / most.reshape(shape), 0.0, 1.0)


def stored_in_bands(session: Session) -> dict[float, int]:
    """How many stored pairs there are in each band, by the least points of the band."""
    band = case(*((Suggestion.score >= least, least) for least, _ in BANDS), else_=BANDS[-1][0])
    return {float(least): count for least, count in session.execute(select(band, func.count()).group_by(band))}


def compared(found: Material, present: Weights, stored: dict[float, int]) -> Proposal:
    """What was learnt, beside the weights in force."""
    given, at = found.given, now()
    strength = chosen_strength(given)
    weights = learnt(given, strength, at)
    scores, held_out = {"present": scored(given, present), "learnt": scored(given, weights)}, held_out_scores(given, at)
    lists = {"present": gains(given, scores["present"]), "learnt": gains(given, held_out)}
    differences = lists["learnt"] - lists["present"]
    low, high = interval(differences)
    counts = stands_for(scores["present"] / 100, stored)
    fits = given.fits.astype(np.float64)
    unseen = {"present": scores["present"], "learnt": held_out}
    figures = {
        "verdict": verdict(low, high).value,
        "strength": strength,
        "compared": len(differences),
        "left_out": found.left_out,
        "ndcg": {name: float(each.mean()) for name, each in lists.items()},
        "difference": {"value": float(differences.mean()), "low": low, "high": high},
        "intervals": {key: list(one) for key, one in zip(PART_KEYS, spread(given, strength), strict=True)},
        "present": [100 * most / CENTIPOINTS for most in present.most],
        "calibration": {
            name: calibrated(scores[name] / 100, unseen[name] / 100, fits, counts, lambda: folds(given)).as_row()
            for name in scores
        },
    }
    return Proposal(weights, present.version, len(given), len(np.unique(given.vacancies)), figures)


def learning(session: Session) -> tuple[Proposal | None, dict[str, Any]]:
    """The proposal, None while there is too little to learn from, and what is said of it as plain JSON values."""
    found = material(session)
    row: dict[str, Any] = {"pairs": len(found.given), "lists": found.lists, "verdict": None}
    if not found.is_enough:
        return None, row
    made = compared(found, in_force(session), stored_in_bands(session))
    return made, row | made.figures | {"version": made.weights.version, "points": list(made.weights.most)}


def said(row: Mapping[str, Any]) -> Iterator[str]:
    """What was learnt, for a terminal."""
    of = f"{row['pairs']} pairs judged by two people, {row['lists']} vacancies tell an order"
    if row["verdict"] is None:
        yield f"{'learning':16s} too few judgements: {of}; {LEAST_PAIRS} and {LEAST_VACANCIES} are needed"
        return
    gain, shown = row["difference"], {name: f"{value:.3f}" for name, value in row["ndcg"].items()}
    yield f"{'learning':16s} {row['verdict'].replace('_', ' ')} on held-out vacancies: {of}"
    yield f"  gain by grade and place: {shown['learnt']} learnt, {shown['present']} now"
    yield f"  difference {gain['value']:+.3f} [{gain['low']:+.3f}, {gain['high']:+.3f}] n={row['compared']}"
    for key, points, now_in_force in zip(PART_KEYS, row["points"], row["present"], strict=True):
        low, high = row["intervals"][key]
        yield f"  {key:14s} {points / 100:5.0f} points [{low:.0f}, {high:.0f}], now {now_in_force:.0f}"
    for name, one in row["calibration"].items():
        yield f"  calibration of {name:8s} {one['method']}, error {one['error']:.3f} on held-out vacancies"


def verdict(low: float, high: float) -> Verdict:
    """What a 95 % interval of the difference says."""
    if low > 0:
        return Verdict.BETTER
    return Verdict.WORSE if high < 0 else Verdict.NO_DIFFERENCE


def is_news(session: Session) -> bool:
    """Whether something was judged, or other weights adopted, since weights were learnt last, and none are proposed."""
    learnt_last = select(ScoreWeights).where(ScoreWeights.source == WeightsSource.LEARNT)
    last = session.scalar(learnt_last.order_by(ScoreWeights.computed_at.desc(), ScoreWeights.id).limit(1))
    if last is None:
        return True
    if last.state is WeightsState.PROPOSED:
        return False
    judged = session.scalar(select(func.max(Judgement.at)))
    return last.compared_with != in_force(session).version or (judged is not None and judged > last.computed_at)


def keep(session: Session, made: Proposal) -> ScoreWeights:
    """The proposal as a row that waits for somebody to put it forward, in the place of one that nobody did.

    Raises:
        Conflict: learnt weights are put forward already.
    """
    proposed = select(ScoreWeights.id).where(ScoreWeights.state == WeightsState.PROPOSED)
    if session.scalar(proposed.where(ScoreWeights.source == WeightsSource.LEARNT).limit(1)) is not None:
        raise Conflict(LEARNT_WAIT)
    waiting = delete(ScoreWeights).where(ScoreWeights.source == WeightsSource.LEARNT)
    session.execute(waiting.where(ScoreWeights.state == WeightsState.COMPUTED))
    row = ScoreWeights(
        **as_columns(made.weights),
        source=WeightsSource.LEARNT,
        pairs=made.pairs,
        vacancies=made.vacancies,
        compared_with=made.compared_with,
        figures=made.figures,
        computed_at=now(),
        state=WeightsState.COMPUTED,
    )
    session.add(row)
    session.flush()
    return row
