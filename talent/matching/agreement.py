"""How far two recruiters agree who judged the same pairs: weighted kappa with its interval, never a single pair."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import numpy as np

GRADES: Final = (0, 1, 2, 3)
RESAMPLES: Final = 300
SEED: Final = 7


def agreement(given: Mapping[UUID, Sequence[int]]) -> dict[str, Any]:
    """Pairs with two grades: how many, the share of equal ones, quadratic weighted kappa with its 95 % interval.

    Kappa is None below two pairs, and where everybody gave the same grade, for then nothing can agree by more than
    chance.
    """
    pairs = np.array([list(grades) for grades in given.values() if len(grades) == 2], np.int64).reshape(-1, 2)
    found: dict[str, Any] = {"n": len(pairs), "judged_once": len(given) - len(pairs), "kappa": None, "equal": None}
    if len(pairs):
        found["equal"] = float((pairs[:, 0] == pairs[:, 1]).mean())
    kappa = _kappa(pairs)
    if kappa is not None:
        draw = np.random.default_rng(SEED)
        again = (_kappa(pairs[draw.integers(0, len(pairs), len(pairs))]) for _ in range(RESAMPLES))
        low, high = np.percentile([one for one in again if one is not None], (2.5, 97.5))
        found |= {"kappa": kappa, "low": float(low), "high": float(high)}
    return found


def _kappa(pairs: Any) -> float | None:
    from sklearn.metrics import cohen_kappa_score  # with the worker, when somebody judged

    if len(pairs) < 2 or len(set(pairs.ravel().tolist())) < 2:
        return None
    return float(cohen_kappa_score(pairs[:, 0], pairs[:, 1], labels=GRADES, weights="quadratic"))
