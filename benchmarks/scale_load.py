"""How long a worker takes to read its pool from the database, and what the pool takes in memory.

Run: python -m benchmarks.scale_load [--candidates 100000] [--former 10000] [--folder DIR]
A database of its own gets so many real people, who are read by the former way (rows assembled to views) and then from
their entries, in the same run; then made-up people (benchmarks/crowd.py) with rows, entries and stored inputs, whom a
process of its own loads. Files are in the machine's cache.
Last line: {"load_s", "pool_gb", "grown_gb", "peak_gb", "former_s", "entries_s", "times", "same", ...}
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from sqlalchemy.orm import Session

from benchmarks.masses import add_masses, durable
from benchmarks.populate import populate
from benchmarks.vectors import give_vectors
from talent.foundation.database import engine_at, session_factory
from talent.foundation.embedded import DATABASE, start_embedded
from talent.foundation.row_context import SystemContext
from talent.matching.assemble import Assembler
from talent.matching.embedding import current_vectors, load_concepts
from talent.matching.encoder import Encoder, load_encoder
from talent.matching.engine import Engine, load
from talent.matching.fixed_point import fixed_point
from talent.matching.inputs import input_hash
from talent.matching.models import SubjectKind
from talent.matching.pool import Pool
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter

Figures = dict[str, Any]


def pool_gb(pool: Pool) -> float:
    """Everything that the pool keeps of each candidate and of answers, in units of 10**9 bytes."""
    columns: int = sum(getattr(pool, name).nbytes for name in pool.columns(1))
    kept = [*pool.by_occupation, *(answer.bits for answer in pool.answers.values())]
    return (columns + pool.index.nbytes + sum(one.nbytes for one in kept)) / 1e9


def former(session: Session, encoder: Encoder) -> Pool:
    """The pool as it was read before there were entries: every profile's rows, assembled, and its vector."""
    pool = Pool(*load_concepts(session, encoder), encoder.dimensions)
    views = list(Assembler(session).candidates())
    texts = [(view.profile_id, view.text) for view in views]
    vectors = fixed_point(current_vectors(session, encoder, SubjectKind.PROFILE, texts))
    for view, vector in zip(views, vectors, strict=True):
        pool.put(view, vector, input_hash(view, vector))
    return pool


def same(one: Pool, other: Pool) -> bool:
    """Whether both pools hold the same of the same people, in whatever order."""
    rows = [np.lexsort(pool.ids[: len(pool)].T) for pool in (one, other)]
    return all(
        np.array_equal(getattr(one, name)[rows[0]], getattr(other, name)[rows[1]])
        for name in one.columns(1)
        if name != "kept"
    )


def compared(url: str, encoder: Encoder, people: int) -> Figures:
    """Seconds of the former way and from entries for so many real people, and whether both pools are the same."""
    with engine_at(url) as engine:
        sessions = session_factory(engine, SystemContext.OPERATOR)
        with sessions.begin() as session:
            load_release(session, read_starter())
            populate(session, candidates=people, vacancies=0)
            give_vectors(session, encoder)
        with sessions.begin() as session:
            load(session, encoder)
        with sessions() as session:
            started = time.perf_counter()
            before = former(session, encoder)
            former_s = time.perf_counter() - started
        with sessions() as session:
            started = time.perf_counter()
            now = load(session, encoder).pool
            entries_s = time.perf_counter() - started
    return {
        "former": people,
        "former_s": former_s,
        "entries_s": entries_s,
        "times": former_s / entries_s,
        "same": same(before, now),
    }


def fill(url: str, owner: str, encoder: Encoder, candidates: int) -> None:
    """Replace everybody by so many made-up people."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("delete from pool_entry")
    add_masses(url, owner, encoder, candidates)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(
            "update profile set state = 'paused' where not exists (select from made_up where made_up.id = profile.id)"
        )
        connection.execute("vacuum analyze")


def memory_gb(which: str) -> float:
    """What this process holds (VmRSS) or held at most (VmHWM), in units of 10**9 bytes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(which))
    return int(line.split()[1]) * 1024 / 1e9


def loaded(url: str) -> Figures:
    """Seconds, memory and pool of one start in this process."""
    encoder = load_encoder()
    encoder.encode(["warm"])
    with engine_at(url) as engine, session_factory(engine, SystemContext.WORKER)() as session:
        before, started = memory_gb("VmRSS"), time.perf_counter()
        worker: Engine = load(session, encoder, lambda what, done, total: print(what, done, total, file=sys.stderr))
        took = time.perf_counter() - started
    return {
        "people": len(worker.pool),
        "kept": int(worker.pool.kept.sum()),
        "load_s": took,
        "pool_gb": pool_gb(worker.pool),
        "grown_gb": memory_gb("VmRSS") - before,
        "peak_gb": memory_gb("VmHWM") - before,
    }


def loading(candidates: int, people: int, folder: Path) -> Figures:
    """All figures, in a database under this folder."""
    server = start_embedded(folder / "postgresql")
    try:
        owner = server.ensure(DATABASE)
        durable(owner, "off")
        migrate(owner)
        url, encoder = server.application_url(DATABASE), load_encoder()
        figures = compared(url, encoder, people)
        print(json.dumps(figures), flush=True)
        fill(url, owner, encoder, candidates)
        command = [sys.executable, "-m", "benchmarks.scale_load", "--at", url]
        lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
        return figures | dict(json.loads(lines[-1]))
    finally:
        server.server.cleanup()


def main() -> None:
    """Fill, load, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--candidates", type=int, default=100_000)
    options.add_argument("--former", type=int, default=10_000)
    options.add_argument("--folder", type=Path, default=None)
    options.add_argument("--at", default="", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.at:
        print(json.dumps(loaded(asked.at)))
        return
    with tempfile.TemporaryDirectory(prefix="talent-scale-load-", dir=asked.folder) as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        print(json.dumps({"candidates": asked.candidates, **loading(asked.candidates, asked.former, folder)}))


if __name__ == "__main__":
    main()
