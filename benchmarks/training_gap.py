"""What to teach next, at the size of the whole partnership: pictures made by the worker, pages read from outside.

    python -m benchmarks.training_gap [--courses 200] [--vacancies 5000] [--candidates 100000] [--requests 20]

Writes the rows by COPY into a database of its own (kept in the folder for the next run of the same size), computes and
stores the pictures as the worker does, starts the real web process and reads the pages of skills in demand and of what
to teach next as project staff, who see every institute's courses. Times are wall clock. The last line is JSON; ends
with 1 when the median of a page is above 300 ms.
"""

import argparse
import json
import os
import random
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx2
import psycopg
from psycopg import sql
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Column, String, func, select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.populate import SPACE, Row, account, vacancy, yes_to_matching
from benchmarks.web_latency import measured, web_process
from talent.accounts import sessions as sign_ins
from talent.accounts.models import Account, SignInStage
from talent.accounts.permissions import Role
from talent.demo.words import DemoWords, load_words
from talent.foundation.clock import now, today
from talent.foundation.database import Base, make_engine, session_factory
from talent.foundation.embedded import start_embedded
from talent.foundation.row_context import SystemContext, enter, of_system
from talent.foundation.settings import load_settings
from talent.profiles.states import ProfileState
from talent.readiness import outlook
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter

LIMIT_MS = 300
PAGES = ("/institute/outlook", "/institute/outlook?country=DE", "/institute")
TRAINEES_A_COURSE = 25
PORT = 8917
SEED = 20261122
READER = "gap-reader"
CONSOLE = Console(stderr=True)
TAUGHT = ("organisation", "training_programme", "course", "course_skill", "cohort", "trainee", "enrolment")
Lines = dict[str, list[Row]]


def institute_rows(courses: int, words: DemoWords, draw: random.Random) -> Lines:
    """Ten institutes with these courses between them, a running cohort of each, and its trainees."""
    rows: Lines = {name: [] for name in TAUGHT}
    for number in range(min(10, courses)):
        key = uuid5(SPACE, f"institute {number}")
        rows["organisation"].append(organisation(key, "institute", f"Benchmark institute {number}", "PK"))
        programme = {"id": uuid5(key, "programme"), "organisation_id": key, "title": "Programme", "created_at": now()}
        rows["training_programme"].append(programme)
    for number in range(courses):
        institute = rows["organisation"][number % len(rows["organisation"])]["id"]
        course = uuid5(SPACE, f"course {number}")
        trade = words.by_group[draw.choice(sorted(words.by_group))]
        pool = trade.essential + trade.optional
        rows["course"].append(
            {
                "id": course,
                "programme_id": uuid5(institute, "programme"),
                "organisation_id": institute,
                "title": f"Course {number}",
                "occupation_id": trade.occupation_id,
                "language": "ur",
                "created_at": now(),
            }
        )
        rows["course_skill"] += [
            {"course_id": course, "skill_id": skill, "words": words.name(skill)}
            for skill in draw.sample(pool, min(len(pool), draw.randint(2, 8)))
        ]
        add_cohort(rows, number, course, institute)
    return rows


def organisation(key: UUID, kind: str, name: str, country: str) -> Row:
    """An organisation that is verified."""
    return {"id": key, "kind": kind, "name": name, "country": country, "created_at": now()}


def add_cohort(rows: Lines, number: int, course: UUID, institute: UUID) -> None:
    """A running cohort of the course with its trainees."""
    cohort = uuid5(course, "cohort")
    rows["cohort"].append(
        {
            "id": cohort,
            "course_id": course,
            "organisation_id": institute,
            "reference": f"C-{number}",
            "state": "running",
            "starts_on": today(),
            "ends_on": today() + timedelta(days=30 * (1 + number % 9)),
            "seats": TRAINEES_A_COURSE,
            "created_at": now(),
        }
    )
    for seat in range(1, TRAINEES_A_COURSE + 1):
        trainee = uuid5(cohort, f"trainee {seat}")
        rows["trainee"].append(
            {
                "id": trainee,
                "organisation_id": institute,
                "card_sealed": "",  # nobody opens it here
                "contact_key": trainee.hex,
                "claim_code": trainee.hex[:12],
                "created_at": now(),
            }
        )
        enrolment = {"cohort_id": cohort, "trainee_id": trainee, "state": "active", "seat": seat}
        rows["enrolment"].append({"id": uuid5(trainee, "e"), **enrolment, "applied_at": now()})


def candidate_rows(numbers: range, words: DemoWords, draw: random.Random) -> Lines:
    """Published candidates who said yes to matching, with four to fourteen skills of their trade."""
    rows: Lines = {name: [] for name in ("account", "profile", "consent", "profile_skill")}
    groups = sorted(words.by_group)
    for number in numbers:
        owner, profile = account(f"gap-candidate-{number}", Role.CANDIDATE), uuid5(SPACE, f"gap profile {number}")
        trade = words.by_group[draw.choice(groups)]
        pool = trade.essential + trade.optional
        rows["account"].append(owner)
        rows["consent"].append(yes_to_matching(owner["id"]))
        rows["profile"].append(
            {
                "id": profile,
                "account_id": owner["id"],
                "reference": f"G{number:08d}",
                "state": ProfileState.PUBLISHED,
                "occupation_id": trade.occupation_id,
                "created_at": now(),
                "changed_at": now(),
                "published_at": now(),
            }
        )
        rows["profile_skill"] += [
            {
                "profile_id": profile,
                "skill_id": skill,
                "words": words.name(skill),
                "source": "chosen",
                "evidence": "self_declared",
            }
            for skill in draw.sample(pool, min(len(pool), draw.randint(4, 14)))
        ]
    return rows


def vacancy_rows(count: int, words: DemoWords, draw: random.Random) -> Lines:
    """Published vacancies of one agency, spread over the months of a year."""
    agency = uuid5(SPACE, "agency")
    rows: Lines = {"organisation": [organisation(agency, "agency", "Benchmark agency", "DE")]}
    for number in range(count):
        for table, made in zip(("vacancy", "vacancy_skill"), vacancy(number, agency, words, draw), strict=False):
            rows.setdefault(table, []).extend(made)
        rows["vacancy"][-1]["start_on"] = date(2027, draw.randint(1, 12), 1)
    return rows


def copied(connection: "psycopg.Connection[Any]", lines: Lines) -> None:
    """Write the rows into their tables by COPY, each whole: what a row leaves out is the model's own default."""
    for name, rows in lines.items():
        table = Base.metadata.tables[name]
        columns = [column for column in table.columns if column.identity is None]
        names = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
        with connection.cursor().copy(sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(name), names)) as copy:
            for row in rows:
                copy.write_row([row[one.name] if one.name in row else default(one) for one in columns])


def default(column: "Column[Any]") -> Any:
    """What the model puts in where nothing is given."""
    if column.name == "version":
        return 1
    if column.default is None:
        return "" if not column.nullable and isinstance(column.type, String) else None
    return column.default.arg(None) if column.default.is_callable else column.default.arg


def write_rows(url: str, sessions: sessionmaker[Session], options: argparse.Namespace) -> None:
    """Everything that the pictures are made of, with a bar."""
    with sessions.begin() as session:
        load_release(session, read_starter())
        words = load_words(session)
    draw, at_once = random.Random(SEED), 5_000
    with psycopg.connect(url) as connection, Progress(console=CONSOLE) as progress:
        bar = progress.add_task("rows", total=options.candidates + options.vacancies + options.courses)
        copied(connection, vacancy_rows(options.vacancies, words, draw))
        progress.advance(bar, options.vacancies)
        copied(connection, institute_rows(options.courses, words, draw))
        progress.advance(bar, options.courses)
        for start in range(0, options.candidates, at_once):
            numbers = range(start, min(start + at_once, options.candidates))
            copied(connection, candidate_rows(numbers, words, draw))
            progress.advance(bar, len(numbers))
        copied(connection, {"account": [account(READER, Role.PROJECT_STAFF)]})
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("analyze")


def refreshed(sessions: sessionmaker[Session]) -> float:
    """Seconds that the worker's job takes to compute and store every picture."""
    started = time.perf_counter()
    with Progress(console=CONSOLE) as progress, sessions.begin() as session:
        enter(session, of_system(SystemContext.FIGURES))
        bar = progress.add_task("pictures")
        outlook.refresh(session, lambda done, of: progress.update(bar, completed=done, total=of))
    return time.perf_counter() - started


def prepared(options: argparse.Namespace) -> tuple[sessionmaker[Session], str]:
    """Sessions of the service's own role over a database of this size, and the session token of project staff."""
    name = f"gap_{options.courses}_{options.vacancies}_{options.candidates}"
    server = start_embedded(options.folder / "postgresql")
    url, own = server.ensure(name), server.application_url(name)
    migrate(url)
    os.environ |= {
        "TALENT_DATABASE_URL": own,
        "TALENT_VAR_DIR": str(options.folder.resolve()),
        "TALENT_BASE_URL": f"http://127.0.0.1:{PORT}",
    }
    load_settings()  # puts the secrets in place before the first process needs them
    sessions = session_factory(make_engine(own), SystemContext.OPERATOR)
    with sessions() as session:
        there = session.scalar(select(func.count()).select_from(Account))
    if not there:
        write_rows(url, sessions, options)
    with sessions.begin() as session:
        reader = session.scalars(select(Account).where(Account.login.startswith(READER))).one()
        token = sign_ins.open_session_for(session, reader, device="", network="", stage=SignInStage.FULL)
    return sessions, token


def main() -> int:
    """Write, compute, read, print; 1 when a page is slower than the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--courses", type=int, default=200)
    parser.add_argument("--vacancies", type=int, default=5_000)
    parser.add_argument("--candidates", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--folder", type=Path, default=Path("var/gap"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    sessions, token = prepared(options)
    refresh_s = refreshed(sessions)
    slowest = 0.0
    with (
        web_process(PORT) as address,
        httpx2.Client(base_url=address, timeout=60, cookies={"session": token}) as client,
    ):
        for path in PAGES:
            assert client.get(path).raise_for_status().url.path == path.partition("?")[0], "not signed in"
            timing = measured(client, path, path, options.requests)
            print(f"{path}: median {timing.median_ms} ms, p95 {timing.p95_ms} ms")
            slowest = max(slowest, timing.median_ms)
    figures = {"courses": options.courses, "vacancies": options.vacancies, "candidates": options.candidates}
    print(json.dumps({**figures, "refresh_s": round(refresh_s, 2), "page_ms": slowest}))
    return 1 if slowest > LIMIT_MS else 0


if __name__ == "__main__":
    raise SystemExit(main())
