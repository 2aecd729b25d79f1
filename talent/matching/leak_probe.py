"""Whether a classifier can tell groups of people by their vectors: what it gets right, beside chance, never of whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from talent.foundation.words import N_

LEAST_PEOPLE: Final = 50
"""People of a group below which it is not told apart (S-OWN-9)."""
MOST_PEOPLE: Final = 20_000
"""More are drawn by lot, so that a night is long enough."""
FOLDS: Final = 5
RESAMPLES: Final = 2_000
SEED: Final = 7
TOO_FEW: Final = N_("Too few people told it: two groups of fifty are needed.")


@dataclass(frozen=True)
class Probe:
    """Balanced accuracy of people whom the classifier had not seen, with its 95 % interval, and that of guessing.

    ``accuracy`` is None where ``why`` says why; ``tells`` when even the low end is better than guessing.
    """

    people: int
    groups: int
    accuracy: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    why: str = ""

    @property
    def tells(self) -> bool:
        """Whether the vectors tell the groups apart better than guessing does."""
        return self.low is not None and self.chance is not None and self.low > self.chance


def probe(vectors: NDArray[np.float32], groups: Sequence[str]) -> Probe:
    """How well a logistic regression on these vectors, (n, d), tells the groups; cross-validated in five folds."""
    from sklearn.linear_model import LogisticRegression  # with the worker, at night
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    counts = Counter(groups)
    large = {group for group, count in counts.items() if count >= LEAST_PEOPLE}
    kept = np.flatnonzero([group in large for group in groups])
    if len(large) < 2:
        return Probe(len(groups), len(large), why=TOO_FEW)
    draw = np.random.default_rng(SEED)
    if len(kept) > MOST_PEOPLE:
        kept = np.sort(draw.choice(kept, MOST_PEOPLE, replace=False))
    true = np.array(groups)[kept]
    classifier = LogisticRegression(max_iter=1_000, class_weight="balanced")
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    said = cross_val_predict(classifier, vectors[kept], true, cv=folds)
    recalls = [(int((true == group).sum()), float((said[true == group] == group).mean())) for group in sorted(large)]
    # People of each group drawn again: the number of them that are told right follows a binomial distribution.
    again = np.mean([draw.binomial(n, recall, RESAMPLES) / n for n, recall in recalls], axis=0)
    low, high = np.percentile(again, (2.5, 97.5))
    accuracy = float(np.mean([recall for _, recall in recalls]))
    return Probe(len(kept), len(large), accuracy, float(low), float(high), 1 / len(large))
