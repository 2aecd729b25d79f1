"""Two worker processes beside one, and a worker that is killed in the middle: how fast, what is lost, what differs.

    python -m benchmarks.two_workers [--candidates 5000] [--vacancies 120] [--folder DIR]

Starts a database of its own. Every vacancy's text is changed and its job queued; one worker of one thread works the
queue off, then two do, then two of which one is killed (SIGKILL) half-way. Every worker is held to a processor of its
own. After each round every stored list of a vacancy and of a candidate is compared with that of a fresh comparison of
everybody with everything, and runs of the same vacancy from the same inputs with each other.
Last line: {"speedup", "lost", "different", ...}: ends with 1 when anything is lost or different.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.populate import populate
from benchmarks.vectors import give_vectors
from talent.foundation.clock import now
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import DATABASE, start_embedded
from talent.foundation.jobs import defer
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import load_settings
from talent.matching.encoder import load_encoder
from talent.matching.engine import Engine, load
from talent.matching.lengths import CANDIDATE_LIST, shortlist_length
from talent.matching.matcher import Matcher
from talent.matching.models import MatchRun, PoolEntry, SubjectKind, Suggestion
from talent.matching.policy import IN_ORDER, OWN_ORDER
from talent.matching.tasks import MATCH_VACANCY
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter
from talent.vacancies.models import Vacancy, VacancyChange

LOOK_EVERY_S = 0.02
LONGEST_S = 600.0
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
FILLED = ""
"""Hash of the other side's input in a run that only filled a list up."""
Sessions = sessionmaker[Session]
Lists = dict[UUID, list[tuple[UUID, float]]]


@contextmanager
def workers(sessions: Sessions, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many workers that have loaded everything and wait for jobs, each on a processor of its own where it can."""
    processors = sorted(os.sched_getaffinity(0))
    known = in_queue(sessions, "procrastinate_workers", "true")
    command = [sys.executable, "-m", "talent.cli", "worker"]
    started = []
    for number in range(count):
        own = {processors[number % len(processors)]}
        started.append(
            subprocess.Popen(
                command, env=os.environ | ONE_THREAD, preexec_fn=lambda own=own: os.sched_setaffinity(0, own)
            )
        )
    try:
        until(lambda: in_queue(sessions, "procrastinate_workers", "true") >= known + count, started)
        yield started
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(60)


def until(done: object, started: list[subprocess.Popen[bytes]]) -> None:
    """Wait for this; all but the killed workers must live meanwhile."""
    end = time.monotonic() + LONGEST_S
    while not done():  # type: ignore[operator]  # a plain question
        if time.monotonic() > end or any(one.poll() not in {None, -signal.SIGKILL} for one in started):
            raise SystemExit("A worker ended by itself, or the queue was not worked off in time.")
        time.sleep(LOOK_EVERY_S)


def in_queue(sessions: Sessions, table: str, condition: str) -> int:
    """How many rows of one of the queue's tables meet the condition."""
    with sessions() as session:
        query = text(f"select count(*) from {table} where {condition}")
        return int(session.scalar(query) or 0)


def waiting(sessions: Sessions) -> int:
    """How many vacancies are still to be matched, or lists that they left to be filled up."""
    return in_queue(
        sessions, "procrastinate_jobs", "task_name in ('match_vacancy', 'fill_lists') and status in ('todo', 'doing')"
    )


def change_all(sessions: Sessions, number: int) -> int:
    """Change every vacancy's text and queue its job, in one transaction; how many."""
    with sessions.begin() as session:
        vacancies = session.scalars(select(Vacancy).order_by(Vacancy.id)).all()
        for vacancy in vacancies:
            first = vacancy.description.partition(" In shift")[0]
            vacancy.description = f"{first} In shift {number} you repair machine {vacancy.reference}."
            session.add(VacancyChange(vacancy_id=vacancy.id, at=now()))
            defer(session, MATCH_VACANCY, once=f"vacancy {vacancy.id}", vacancy_id=str(vacancy.id))
        return len(vacancies)


def worked_off(sessions: Sessions, started: list[subprocess.Popen[bytes]], number: int, *, kill: bool = False) -> float:
    """The seconds from queueing every vacancy to the last stored list; the first worker is killed half-way."""
    begun, total = time.perf_counter(), change_all(sessions, number)
    if kill:
        until(lambda: waiting(sessions) <= total // 2, started)
        started[0].send_signal(signal.SIGKILL)
    until(lambda: waiting(sessions) == 0, started)
    return time.perf_counter() - begun


def fresh_lists(engine: Engine) -> tuple[Lists, Lists]:
    """The list of each vacancy and of each candidate by a comparison of everybody with everything."""
    shortlists: Lists = {}
    own: dict[UUID, list[tuple[int, UUID, float]]] = {}
    for vacancy, open_ in engine.vacancies.items():
        ranked = engine.rank(vacancy)
        ids = [engine.pool.profile_id(row) for row in ranked.rows.tolist()]
        scores = (ranked.scores / 100).tolist()
        length = shortlist_length(open_.view.seats)
        shortlists[vacancy] = [(ids[place], scores[place]) for place in ranked.order()[:length]]
        for profile, key, score in zip(ids, ranked.own_keys.tolist(), scores, strict=True):
            own.setdefault(profile, []).append((key, vacancy, score))
    candidates = {
        profile: [(vacancy, score) for _, vacancy, score in sorted(rows, reverse=True)[:CANDIDATE_LIST]]
        for profile, rows in own.items()
    }
    return shortlists, candidates


def stored_lists(session: Session, engine: Engine) -> tuple[Lists, Lists]:
    """The same lists as pages read them."""
    shortlists: Lists = {vacancy: [] for vacancy in engine.vacancies}
    candidates: Lists = {profile: [] for profile in engine.pool.index}
    pairs = select(Suggestion.vacancy_id, Suggestion.profile_id, Suggestion.score)
    for row in session.execute(pairs.order_by(*IN_ORDER)):
        shortlists[row.vacancy_id].append((row.profile_id, row.score))
    for row in session.execute(pairs.order_by(*OWN_ORDER)):
        candidates[row.profile_id].append((row.vacancy_id, row.score))
    lengths = {vacancy: shortlist_length(open_.view.seats) for vacancy, open_ in engine.vacancies.items()}
    return (
        {vacancy: rows[: lengths[vacancy]] for vacancy, rows in shortlists.items()},
        {profile: rows[:CANDIDATE_LIST] for profile, rows in candidates.items()},
    )


def faults(sessions: Sessions) -> tuple[int, int]:
    """How many vacancies have no list of what they are now, and how many lists are not those of a fresh comparison.

    Everybody is read anew for it; whoever looks different to a worker that starts from the kept pool counts as well.
    """
    with sessions.begin() as session:
        started = load(session, load_encoder())
        session.execute(delete(PoolEntry))
        engine = load(session, load_encoder())
        known = {*started.pool.index, *engine.pool.index}
        other = sum(started.profile_hash(one) != engine.profile_hash(one) for one in known)
        current = {vacancy: open_.input_hash for vacancy, open_ in engine.vacancies.items()}
        runs = session.execute(
            select(MatchRun.subject_id, MatchRun.input_hash, func.count(MatchRun.order_shown.distinct()))
            .where(MatchRun.subject_kind == SubjectKind.VACANCY, MatchRun.order_shown[0][1].astext != FILLED)
            .group_by(MatchRun.subject_id, MatchRun.input_hash)
        ).all()
        done = {(vacancy, digest) for vacancy, digest, _ in runs}
        twice = sum(count > 1 for vacancy, digest, count in runs if current.get(vacancy) == digest)
        pairs = [
            (mine, twin)
            for made, found in zip(stored_lists(session, engine), fresh_lists(engine), strict=True)
            for mine, twin in ((made[key], twin) for key, twin in found.items())
        ]
    lost = sum((vacancy, digest) not in done for vacancy, digest in current.items())
    return lost, other + twice + sum(mine != twin for mine, twin in pairs)


def prepared(folder: Path, candidates: int, vacancies: int) -> Sessions:
    """Sessions on a database of its own with so many people and vacancies, all lists computed."""
    folder.chmod(0o755)
    embedded = start_embedded(folder / "postgresql")
    embedded.drop(DATABASE)
    migrate(embedded.ensure(DATABASE))
    url = embedded.application_url(DATABASE)
    os.environ |= {"TALENT_DATABASE_URL": url, "TALENT_VAR_DIR": str(folder)}
    load_settings()
    sessions = session_factory(make_engine(url), SystemContext.OPERATOR)
    with sessions.begin() as session:
        load_release(session, read_starter())
        populate(session, candidates=candidates, vacancies=vacancies)
        give_vectors(session, load_encoder())
    Matcher(session_factory(make_engine(url), SystemContext.WORKER), load_encoder()).catch_up()
    return sessions


def main() -> int:
    """Work the queue off three times, compare and print; 1 when anything is lost or different."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--candidates", type=int, default=5_000)
    options.add_argument("--vacancies", type=int, default=120)
    options.add_argument("--folder", type=Path, default=None)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="talent-two-workers-") as temporary:
        sessions = prepared(asked.folder or Path(temporary), asked.candidates, asked.vacancies)
        figures: dict[str, float] = {"candidates": asked.candidates, "vacancies": asked.vacancies}
        lost = different = 0
        for number, (name, count, kill) in enumerate(
            (("one_s", 1, False), ("two_s", 2, False), ("killed_s", 2, True)), start=1
        ):
            with workers(sessions, count) as started:
                figures[name] = round(worked_off(sessions, started, number, kill=kill), 2)
            missing, other = faults(sessions)
            lost, different = lost + missing, different + other
            print(f"{name}: {figures[name]}, lost {missing}, different {other}", flush=True)
    figures |= {"load": round(os.getloadavg()[0], 1), "speedup": round(figures["one_s"] / figures["two_s"], 2)}
    print(json.dumps({**figures, "lost": lost, "different": different}))
    return 1 if lost or different else 0


if __name__ == "__main__":
    raise SystemExit(main())
