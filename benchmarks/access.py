"""Who sees what, as one line of JSON: the whole matrix, every guard taken away once, tamperings, what erasing leaves.

``python -m benchmarks.access`` lets two processes (``--processes``) set the scene of ``tests/access``, each on a
PostgreSQL of its own in a temporary folder. ``cells`` are requests answered, ``denials`` those refused, ``canaries``
foreign marks that were shown. ``mutants_total`` guards are removed or turned round, one at a time; one is killed when
a check of the access tests fails for it. Whatever is wrong is named when it is found, and once more in the end, before
the figures. The last of them are ``access_audit``'s.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from rich.console import Console
from rich.progress import Progress

from benchmarks.access_crew import crew, matrix, names, survivors, traced
from benchmarks.guards import Touched
from tests.access.verdicts import read_verdicts

CONSOLE = Console(stderr=True, soft_wrap=True)
FAMILIES = ("addresses", "permissions", "steps", "services", "rules", "queries", "uses", "doors")
BESIDE = {"addresses", "permissions", "steps", "services", "rules"}
"""Families whose guards are noticed without asking any address."""
TOLD = ("families", "equivalent", "survived", "wrong")
"""What is printed above the last line."""
SHARE = 8
"""Addresses, or mutants, of one errand; few, so that all processes end together."""


def errands(
    pool: ProcessPoolExecutor, what: str, errand: Callable[..., Any], among: Sequence[int], *told: Any
) -> Iterator[Any]:
    """What came of each share of these numbers, as soon as it came."""
    shares = [list(among[first : first + SHARE]) for first in range(0, len(among), SHARE)]
    with Progress(console=CONSOLE) as progress:
        bar = progress.add_task(what, total=len(shares))
        for done in as_completed([pool.submit(errand, share, *told) for share in shares]):
            progress.advance(bar)
            yield done.result()
    CONSOLE.log(f"{what}: {len(among)}")


def named(found: Iterable[str]) -> list[str]:
    """These, told at once."""
    told = list(found)
    for one in told:
        CONSOLE.log(one, markup=False)
    return told


def whole_matrix(pool: ProcessPoolExecutor) -> dict[str, Any]:
    """Every address × principal × relation, asked once: ``cells``, ``denials``, ``canaries`` and what is wrong."""
    found = list(errands(pool, "matrix", matrix, range(len(read_verdicts()))))
    shown = [one for share in found for one in share["shown"]]
    wrong = [one for share in found for one in share["wrong"]] + shown
    named(wrong)
    sums = {key: sum(share[key] for share in found) for key in ("cells", "denials")}
    return sums | {"canaries": len(shown), "wrong": wrong}


def killed_guards(pool: ProcessPoolExecutor, only: Sequence[str] = FAMILIES) -> dict[str, Any]:
    """``mutants_killed`` of ``mutants_total``, by family, and the names of those that survived.

    Beside them, ``equivalent``: mutants that are proved to be the same program, each with the proof. One that a check
    notices all the same shows that its proof is wrong.
    """
    touched: Touched = {}
    wrong: list[str] = []
    for share, spoiled in errands(pool, "guards", traced, range(len(read_verdicts())) if set(only) - BESIDE else ()):
        wrong += named(spoiled)
        for place, pairs in share.items():
            touched.setdefault(place, set()).update(pairs)
    mutants = pool.submit(names).result()
    asked = [number for number, (family, *_) in enumerate(mutants) if family in only]
    alive = set()
    for found in errands(pool, "mutants", survivors, asked, touched):
        alive |= set(found)
        named(f"survived: {mutants[number][1]}" for number in found if not mutants[number][2])
    same = {mutants[number][1]: mutants[number][2] for number in asked if mutants[number][2]}
    wrong += named(
        f"noticed although {mutants[number][2]}" for number in asked if mutants[number][2] and number not in alive
    )
    asked = [number for number in asked if not mutants[number][2]]
    alive &= set(asked)
    families: dict[str, list[int]] = {}
    for number in asked:
        count = families.setdefault(mutants[number][0], [0, 0])
        count[0] += number not in alive
        count[1] += 1
    return {
        "mutants_killed": len(asked) - len(alive),
        "mutants_total": len(asked),
        "families": {family: f"{dead}/{total}" for family, (dead, total) in families.items()},
        "survived": [mutants[number][1] for number in sorted(alive)],
        "equivalent": same,
        "spoiled": wrong,
    }


def some_families(processes: int, only: Sequence[str]) -> dict[str, Any]:
    """The guards of these families alone, for whoever mends one."""
    with crew(processes) as pool:
        found = killed_guards(pool, only)
    return found | {"wrong": found.pop("spoiled")}


def figures(processes: int) -> dict[str, Any]:
    """All figures; the journal and erasing are measured in a process of their own."""
    beside = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.access_audit"], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    )
    with crew(processes) as pool:
        found = whole_matrix(pool) | killed_guards(pool)
        found["wrong"] += found.pop("spoiled")
    said, _ = beside.communicate()
    audit = json.loads(said.splitlines()[-1])
    return found | {key: audit[key] for key in ("tamperings_found", "tamperings_total", "erasure_hits")}


def main() -> int:
    """Print the figures; 1 when anything was wrong, shown, missed, left or survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=FAMILIES, help="take away guards of these families alone")
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(found := some_families(asked.processes, asked.only), indent=1))
        return int(found["mutants_killed"] < found["mutants_total"])
    found = figures(asked.processes)
    print(json.dumps({key: found[key] for key in TOLD}, indent=1))
    print(json.dumps({key: value for key, value in found.items() if key not in TOLD}))
    whole = found["mutants_killed"] == found["mutants_total"] and found["tamperings_found"] == found["tamperings_total"]
    return int(not whole or bool(found["wrong"]) or found["erasure_hits"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
