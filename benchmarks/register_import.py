"""Fifty thousand people from one file, validated and stored, beside a plain COPY of the same rows in the same run.

    python -m benchmarks.register_import [--rows 50000] [--cohorts 500] [--folder var/register]

Starts a database of its own under the folder and works as the service's own role, under row-level security. The import
reads the CSV, checks every row, recognises people, gives seats, and writes trainees, enrolments and journal lines. The
plain COPY writes the same lines of the same three tables, with their keys and constraints, as the database's owner
(PostgreSQL copies into no table under row security). Times are wall clock; memory is the most that this process held.
The last line is JSON; ends with 1 above six times the plain COPY or above 300 MB.
"""

import argparse
import csv
import io
import json
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.seats import as_operator, institute_with_course
from talent.accounts.actor import Actor
from talent.foundation.clock import now
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import start_embedded
from talent.registry import migrate
from talent.training import register
from talent.training.models import Cohort
from talent.training.people import PersonKeys
from talent.training.register import RegisterKind
from talent.training.states import CohortState

KEYS = PersonKeys("a secret that only this measurement has")
MOST_TIMES = 6.0
MOST_MB = 300.0
COPIED = ("trainee", "enrolment", "case_event")
NAMES = ("Muhammad Aslam", "Ayesha Bibi", "Imran Siddiqui", "Fatima Noor", "Ali Raza", "Zainab Malik")


def a_file(rows: int, cohorts: int) -> bytes:
    """A register of so many different people, spread over the cohorts."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.name for column in register.COLUMNS[RegisterKind.PEOPLE]])
    for number in range(rows):
        name = f"{NAMES[number % len(NAMES)]} {number}"
        writer.writerow(
            [f"C-{number % cohorts}", name, f"35202-{number:07}-{number % 10}", f"0301 {number:07}", "", ""]
        )
    return out.getvalue().encode()


def add_cohorts(session: Session, officer: Actor, course_id: Any, *, cohorts: int, seats: int) -> None:
    """Open cohorts with these seats."""
    assert officer.organisation_id is not None
    session.add_all(
        Cohort(
            course_id=course_id,
            organisation_id=officer.organisation_id,
            reference=f"C-{number}",
            state=CohortState.ENROLLING,
            seats=seats,
            created_at=now(),
        )
        for number in range(cohorts)
    )
    session.flush()


def copied_again(url: str) -> float:
    """Seconds of a plain COPY of the stored lines into their own tables, emptied before."""
    with psycopg.connect(url) as connection:
        held: dict[str, tuple[Sequence[str], bytes]] = {}
        for table in COPIED:
            columns = connection.execute(
                "select column_name from information_schema.columns where table_name = %s"
                " and table_schema = 'public' and is_identity = 'NO' order by ordinal_position",
                (table,),
            ).fetchall()
            names = [row[0] for row in columns]
            with connection.cursor().copy(f"copy {table} ({', '.join(names)}) to stdout") as out:
                held[table] = (names, b"".join(map(bytes, out)))
        for table in reversed(COPIED):
            connection.execute(f"truncate {table} cascade")  # type: ignore[arg-type] # a name of our own
        connection.commit()
        started = time.perf_counter()
        for table in COPIED:
            names, lines = held[table]
            with connection.cursor().copy(f"copy {table} ({', '.join(names)}) from stdin") as into:  # type: ignore[arg-type] # names of our own
                into.write(lines)
        connection.commit()
        return time.perf_counter() - started


def main() -> int:
    """Import, copy, print; 1 above a limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--cohorts", type=int, default=500)
    parser.add_argument("--folder", type=Path, default=Path("var/register"))
    options = parser.parse_args()
    server = start_embedded(options.folder / "postgresql")
    server.drop("register")
    owner_url = server.ensure("register")
    migrate(owner_url)
    engine = make_engine(server.application_url("register"))
    sessions = as_operator(session_factory(engine))
    with sessions.begin() as session:
        officer, course_id = institute_with_course(session)
        seats = max(1, options.rows // options.cohorts - 1)
        add_cohorts(session, officer, course_id, cohorts=options.cohorts, seats=seats)
    content = a_file(options.rows, options.cohorts)
    with sessions.begin() as session:
        session.execute(text("select 1"))
        started = time.perf_counter()
        brought = register.upload(
            session, officer, RegisterKind.PEOPLE, content, original_name="a.csv", var_dir=options.folder, keys=KEYS
        )
        dry_run = time.perf_counter() - started
    started = time.perf_counter()
    with sessions.begin() as session:
        brought = session.merge(brought)
        register.take(session, officer, brought, var_dir=options.folder, keys=KEYS)
        counts = dict(brought.counts)
    seconds = time.perf_counter() - started
    engine.dispose()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plain = copied_again(owner_url)
    print(f"dry run {dry_run:.2f} s, taking (validated once more and stored) {seconds:.2f} s, rows {counts}")
    print(f"plain COPY of the same lines into the same tables {plain:.2f} s")
    figures = {
        "rows": counts.get("new", 0),
        "seconds": round(seconds, 3),
        "ratio_to_copy": round(seconds / plain, 2),
        "peak_mb": round(peak_mb, 1),
    }
    print(json.dumps(figures))
    return 1 if figures["ratio_to_copy"] > MOST_TIMES or peak_mb > MOST_MB or counts != {"new": options.rows} else 0


if __name__ == "__main__":
    raise SystemExit(main())
