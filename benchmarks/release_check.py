"""Refuses a release whose quality has fallen: figures of a run beside those accepted for the last release.

    python -m benchmarks.quality | tail -1 > figures.json
    python -m benchmarks.release_check figures.json

Accepted figures stand in `benchmarks/accepted_figures.json`. Exits with 1 when one of them is worse by more than .01,
or was not measured; a figure that has risen is said, so that it can be accepted.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ACCEPTED: Final = Path(__file__).resolve().parent / "accepted_figures.json"
MOST_FALL: Final = 0.01
# Less is better.
ERRORS: Final = frozenset({"ece", "adversarial_median_gain", "honest_flagged"})
# A count that has to be as large as another one: exactness knows no tolerance.
WHOLE: Final = {"twins_equal": "twins", "replays_equal": "replays"}

Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class Change:
    """One figure before and now; `now` is None where it was not measured."""

    key: str
    before: float
    now: float | None

    @property
    def gain(self) -> float:
        """By how much it is better than before; negative for worse."""
        if self.now is None:
            return float("-inf")
        return self.before - self.now if self.key in ERRORS else self.now - self.before

    @property
    def fallen(self) -> bool:
        """Whether it is worse by more than a release may be."""
        return round(self.gain, 6) < -MOST_FALL


def changes(accepted: Figures, found: Figures) -> list[Change]:
    """Every accepted figure beside what was found now."""
    return [Change(key, before, found.get(key)) for key, before in accepted.items() if before is not None]


def inexact(found: Figures) -> list[str]:
    """The counts that are not whole: a twin pair or a replay that differs is a fault, however rare."""
    return [part for part, whole in WHOLE.items() if found.get(part) != found.get(whole)]


def main() -> int:
    """Command line: see the module's first lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", type=Path)
    found: Figures = json.loads(parser.parse_args().figures.read_text(encoding="utf-8").strip().splitlines()[-1])
    accepted: Figures = json.loads(ACCEPTED.read_text(encoding="utf-8"))
    compared = changes(accepted, found)
    for one in compared:
        verdict = "FALLEN" if one.fallen else "risen" if one.gain > MOST_FALL else "kept"
        now = "not measured" if one.now is None else f"{one.now:8.4f}"
        print(f"  {one.key:26s} {one.before:8.4f} -> {now}  {verdict}")
    faults = inexact(found)
    for key in faults:
        print(f"  {key} is {found.get(key)} of {found.get(WHOLE[key])}: every one has to be equal")
    return 1 if faults or any(one.fallen for one in compared) else 0


if __name__ == "__main__":
    sys.exit(main())
