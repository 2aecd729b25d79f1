"""Weights of the score: learnt ones that differ from those set by hand, and two people who put them into force."""

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.matching import weighting
from talent.matching.scorer import Weights
from talent.matching.states import WeightsAction
from talent.matching.trust_models import ScoreWeights, Verdict, WeightsSource
from tests.factories.corridor import make_account

LEARNT = Weights("2026.11-learnt-1a2b3c4d", (1000, 2000, 4000, 500, 2500))
FIGURES = {
    "verdict": Verdict.BETTER.value,
    "strength": 0.1,
    "compared": 30,
    "left_out": 0,
    "ndcg": {"present": 0.81, "learnt": 0.88},
    "difference": {"value": 0.07, "low": 0.02, "high": 0.12},
    "intervals": {key: [most / 100 - 4, most / 100 + 4] for key, most in LEARNT.most_of.items()},
    "present": [36.0, 30.0, 12.0, 10.0, 12.0],
    "calibration": {
        which: {
            "method": "platt",
            "curve": [[5 * step, step / 20] for step in range(21)],
            "error": 0.04,
            "peer": ["isotonic", 0.05],
        }
        for which in ("present", "learnt")
    },
}


def make_staff(session, role=Role.PROJECT_STAFF):
    return Actor(make_account(session, role).id, role)


def make_weights(session, weights=LEARNT, **overrides):
    """Learnt weights about which nothing is decided yet."""
    values = {"source": WeightsSource.LEARNT, "pairs": 240, "vacancies": 30, "figures": FIGURES, "computed_at": now()}
    values["compared_with"] = weighting.in_force(session).version
    made = ScoreWeights(**weighting.as_columns(weights), **values | overrides)
    session.add(made)
    session.flush()
    return made


def adopt(session, weights, *, propose=True):
    """Two people put this row into force."""
    if propose:
        weighting.decide(session, make_staff(session), weights, WeightsAction.PROPOSE)
    weighting.decide(session, make_staff(session), weights, WeightsAction.ADOPT)


def adopt_hand(session):
    """Two people go back to the weights set by hand."""
    adopt(session, weighting.propose_hand(session, make_staff(session)), propose=False)
