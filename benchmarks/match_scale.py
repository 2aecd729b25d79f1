"""One vacancy, and a round of them, against any number of candidates by the full model, beside peers' bare cosine.

Run: python -m benchmarks.match_scale [--candidates 1000000] [--vacancies 256]
People and vacancies are made up (benchmarks/crowd.py). Each list is compared with a twin that scores everybody in
float64, without tables, bounds or compiled loops. How long a worker takes to load so many people from a database, and
what its pool then takes, is measured by benchmarks/scale_load.py, unless --no-load is given.
Last line: {"candidates", "single_ms", "faiss_flat_ms", "round_ms_per_vacancy", "semantic_search_ms_per_query",
"identical", "of", "pool_gb", "load_s", "growth_exponent", ...}
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.crowd import Crowd, crowd
from benchmarks.scale_load import loading, pool_gb
from benchmarks.scale_peers import PEERS, Measured, milliseconds
from benchmarks.scale_pgvector import pgvector
from benchmarks.scale_twin import twin_lists
from talent.matching.fixed_point import from_steps
from talent.matching.kernels import offer
from talent.matching.lengths import CANDIDATE_LIST, shortlist_length
from talent.matching.pool import NOTHING, Pool
from talent.matching.question import question
from talent.matching.search import best, reaching

SINGLES = 31
FORMER = 10_000
"""People who are read by the former way as well, for the ratio."""


def first(pool: Pool, count: int) -> Pool:
    """A pool of the first so many people; its columns are looked at, not copied."""
    part = Pool(pool.occupation_concepts, pool.skill_concepts, pool.dimensions)
    part.used = count
    for name in part.columns(1):
        setattr(part, name, getattr(pool, name)[:count])
    return part


def single_ms(world: Crowd, pool: Pool) -> float:
    """The median of the time from a vacancy to its list, with everything that the list's page shows."""
    numbers = iter(range(10**9))

    def one() -> None:
        number = next(numbers) % len(world.vacancies)
        view = world.vacancies[number]
        best(pool, view, world.vectors[number], shortlist_length(view.seats))

    return milliseconds(one, times=SINGLES)


def everybody_ms(world: Crowd) -> float:
    """The same when nobody is left out by a bound: every part of everybody's score, and every requirement."""
    asked = question(world.pool, world.vacancies[1], world.vectors[1])
    everyone = np.full(len(world.pool), NOTHING)
    return milliseconds(lambda: reaching(world.pool, asked, 50, everyone), times=3)


def round_of(world: Crowd) -> tuple[float, list[list[int]]]:
    """Milliseconds for each vacancy of a round of all, and the list of each as keys, best first."""
    started, lists = time.perf_counter(), []
    for view, vector in zip(world.vacancies, world.vectors, strict=True):
        ranked, _ = best(world.pool, view, vector, shortlist_length(view.seats))
        lists.append(ranked.keys[ranked.order()].tolist())
    return (time.perf_counter() - started) * 1000 / len(lists), lists


def both_sides_ms(world: Crowd) -> float:
    """Milliseconds for each vacancy when everybody's own list of the best vacancies is kept as well."""
    own = np.full((len(world.pool), CANDIDATE_LIST), NOTHING)
    started = time.perf_counter()
    for view, vector in zip(world.vacancies, world.vectors, strict=True):
        asked = question(world.pool, view, vector)
        found = reaching(world.pool, asked, shortlist_length(view.seats), np.ascontiguousarray(own[:, 0]))
        offer(0, len(found.rows), found.rows, found.own_keys, own)
    return (time.perf_counter() - started) * 1000 / len(world.vacancies)


def main() -> None:
    """Make the crowd, measure, compare, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--candidates", type=int, default=1_000_000)
    options.add_argument("--vacancies", type=int, default=256)
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--no-pgvector", action="store_true", help="building its index takes longest")
    options.add_argument("--no-load", action="store_true")
    asked = options.parse_args()
    world = crowd(asked.candidates, asked.vacancies)
    sizes = [size for size in (asked.candidates // 100, asked.candidates // 10, asked.candidates) if size >= 1_000]
    singles = {size: single_ms(world, first(world.pool, size)) for size in sizes}
    print("one vacancy, milliseconds by size:", {size: round(took, 2) for size, took in singles.items()}, flush=True)
    per_vacancy, lists = round_of(world)
    figures: Measured = {
        "candidates": asked.candidates,
        "single_ms": singles[asked.candidates],
        "everybody_ms": everybody_ms(world),
        "round_ms_per_vacancy": per_vacancy,
        "both_sides_ms_per_vacancy": both_sides_ms(world),
        "pool_gb": pool_gb(world.pool),
        "growth_exponent": float(np.polyfit(np.log(sizes), np.log(list(singles.values())), 1)[0])
        if len(sizes) > 1
        else None,
    }
    if not asked.no_load:
        with tempfile.TemporaryDirectory(prefix="talent-match-scale-") as folder:
            figures |= loading(asked.candidates, FORMER, Path(folder))
    if not asked.no_peers:
        people = from_steps(world.pool.vectors)
        for peer in PEERS if asked.no_pgvector else (*PEERS, pgvector):
            figures |= peer(people, world.vectors)
        del people
    print(json.dumps(figures), flush=True)
    twins = twin_lists(world)
    figures |= {"identical": sum(mine == twin for mine, twin in zip(lists, twins, strict=True)), "of": len(twins)}
    print(json.dumps({key: round(v, 4) if isinstance(v, float) else v for key, v in figures.items()}))


if __name__ == "__main__":
    main()
