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
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from uuid import uuid5

import numpy as np
import psycopg
from sqlalchemy.orm import Session

from benchmarks.crowd import crowd
from benchmarks.populate import SPACE, account, populate
from benchmarks.vectors import give_vectors
from talent.accounts.permissions import Role
from talent.foundation.database import Base, engine_at, session_factory
from talent.foundation.embedded import DATABASE, start_embedded
from talent.foundation.row_context import SystemContext
from talent.matching.assemble import Assembler
from talent.matching.embedding import current_vectors, load_concepts
from talent.matching.encoder import Encoder, load_encoder
from talent.matching.engine import Engine, load
from talent.matching.fixed_point import fixed_point
from talent.matching.inputs import canonical, input_hash
from talent.matching.models import SubjectKind
from talent.matching.pool import Pool
from talent.matching.reading import setup_of
from talent.matching.snapshot import SIGNATURE, TRAILER, framed
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter

AT_ONCE: Final = 50_000
CHANGES_EACH: Final = 2
"""Changes that each made-up person has made."""
QUICK: Final = ("fsync", "full_page_writes", "synchronous_commit")
"""What is off while people are written, which nobody measures."""
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
    """Replace everybody by so many made-up people, with their rows, entries and stored inputs."""
    with engine_at(url) as engine, session_factory(engine, SystemContext.OPERATOR).begin() as session:
        made = crowd(candidates, 1).pool
        pool = Pool(*load_concepts(session, encoder), encoder.dimensions)
        setup = setup_of(pool, encoder.model_hash, Assembler(session))
        view = next(iter(Assembler(session).candidates()))
    owner_id = account("candidate-0", Role.CANDIDATE)["id"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("create table made_up (id uuid, number bigint generated always as identity)")
        with connection.cursor() as cursor, cursor.copy("copy made_up (id) from stdin") as copy:
            for one in made.ids[:candidates]:
                copy.write_row((one.tobytes().hex(),))
        clone(connection, "account", owner_id, {"id": "made_up.id", "login": "'s' || made_up.number"})
        people = {"id": "made_up.id", "account_id": "made_up.id", "reference": "'S' || made_up.number"}
        clone(connection, "profile", uuid5(SPACE, "profile 0"), people)
        consents = {"id": "gen_random_uuid()", "account_id": "made_up.id"}
        clone(connection, "consent", owner_id, consents, key="account_id")
        for _ in range(CHANGES_EACH):
            connection.execute("insert into profile_change (profile_id, at) select id, now() from made_up")
        connection.execute("delete from pool_entry")
        connection.execute(
            "update profile set state = 'paused' where not exists (select from made_up where made_up.id = profile.id)"
        )
        enter(connection, made, canonical(view), setup)
        connection.execute(
            "insert into match_input (input_hash, subject_kind, subject_id, view, vector, at)"
            " select encode(substring(record from 17 for 32), 'hex'), 'profile', profile_id, '{}', '[0]', now()"
            " from pool_entry"
        )
        connection.execute("vacuum analyze")


def clone(
    connection: psycopg.Connection, table: str, template: Any, changed: Mapping[str, str], *, key: str = "id"
) -> None:
    """A row like the template's for each made-up person, but for what is changed."""
    names = [column.name for column in Base.metadata.tables[table].columns if column.computed is None]
    values = ", ".join(changed.get(name, f"like_this.{name}") for name in names)
    connection.execute(
        f"insert into {table} ({', '.join(names)}) select {values} from made_up"
        f" cross join (select * from {table} where {key} = %s limit 1) as like_this",
        (template,),
    )


def enter(connection: psycopg.Connection, pool: Pool, view: str, setup: str) -> None:
    """An entry for everybody of the pool, copied in as PostgreSQL's binary format."""
    told, made = np.frombuffer(b"\1" + view.encode(), np.uint8), np.frombuffer(setup.encode(), np.uint8)
    row = framed(
        {
            "id": ("u1", 16),
            "record": pool.layout,
            "view": ("u1", told.shape),
            "setup": ("u1", made.shape),
            "version": ">i4",
            "followed": ">i8",
        }
    )
    columns = "profile_id, record, view, setup, version, followed"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy pool_entry ({columns}) from stdin (format binary)") as copy,
    ):
        copy.write(SIGNATURE + bytes(8))
        for start in range(0, len(pool), AT_ONCE):
            rows = np.arange(start, min(start + AT_ONCE, len(pool)), dtype=np.int32)
            block = np.zeros(len(rows), row)
            for name in row.names or ():
                if name.endswith("_bytes"):
                    block[name] = row[name.removesuffix("_bytes")].itemsize
            block["fields"], block["id"], block["record"] = 6, pool.ids[rows], pool.records(rows)
            block["view"], block["setup"], block["version"], block["followed"] = told, made, 1, CHANGES_EACH * len(pool)
            copy.write(block.tobytes())
        copy.write(TRAILER)


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
        with psycopg.connect(owner, autocommit=True) as connection:
            for setting in QUICK:
                connection.execute(f"alter system set {setting} = off")
            connection.execute("select pg_reload_conf()")
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
