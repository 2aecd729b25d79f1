"""Placements take and give back places at random from several processes, some killed between two statements.

    python -m benchmarks.ledger [--operations 10000] [--processes 4] [--placements 40] [--crash 0.01]

Starts a database of its own under the folder. Each worker is a process that works through its share, one transaction an
operation; before any statement it may be killed (SIGKILL), and another one goes on. In between the number of seats is
changed and erased people's places are freed. Ends with 1 when a book does not balance: when its balances are not the
sum of its transfers, when a place is held by nobody or twice, or when a placement holds only some of its places. The
last line is JSON.
"""

import argparse
import json
import os
import random
import signal
import time
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from benchmarks.seats import as_operator
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import start_embedded
from talent.placements.ledger import Counter, faults, free_what_nobody_holds, hold
from talent.placements.ledger_models import BookKind, Pocket, SeatBook, SeatHold, SeatTransfer
from talent.registry import migrate
from tests.factories.corridor import make_agency, make_published_vacancy, make_release
from tests.factories.placements import make_placement

SEATS, QUOTA = 12, 30
POCKETS = (None, Pocket.RESERVED, Pocket.USED)


def stocked(session: Session, placements: int) -> tuple[list[Counter], list[UUID]]:
    """Two vacancies and two counters of one quota that disagree, and so many placements."""
    make_release(session)
    agency = make_agency(session)
    vacancies = [make_published_vacancy(session, agency) for _ in range(2)]
    counters = [Counter(f"vacancy:{row.id}", BookKind.VACANCY, SEATS, row.id, row.organisation_id) for row in vacancies]
    counters += [Counter(f"quota:{name}", BookKind.QUOTA, QUOTA) for name in ("law", "claim")]
    ids = [make_placement(session, vacancies[0]).id for _ in range(placements)]
    return counters, ids


def one_operation(session: Session, counters: list[Counter], placements: list[UUID], chance: random.Random) -> None:
    """A placement takes, uses or gives back all its places; now and then seats change or a night passes."""
    kind = chance.random()
    if kind < 0.02:
        free_what_nobody_holds(session)
        return
    pocket = chance.choice(POCKETS)
    more = chance.randrange(-3, 4) if kind < 0.1 else 0
    wanted = {Counter(**{**vars(one), "capacity": one.capacity + more}): pocket for one in counters}
    hold(session, chance.choice(placements), wanted)


def work(
    url: str, counters: list[Counter], placements: list[UUID], left: Any, asked: Any, crash: float, seed: int
) -> None:
    """Operations until none is left; before a statement the process may be killed as a power cut would kill it."""
    chance = random.Random(seed)
    engine = make_engine(url, pool_size=1)

    @event.listens_for(engine, "before_cursor_execute")
    def _power_cut(*_args: object) -> None:
        if chance.random() < crash:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(engine, "commit")
    def _power_cut_before_commit(_connection: object) -> None:
        if chance.random() < crash:
            os.kill(os.getpid(), signal.SIGKILL)

    sessions = as_operator(session_factory(engine))
    while True:
        with left.get_lock():
            if left.value <= 0:
                break
            left.value -= 1
        try:
            with sessions.begin() as session:
                one_operation(session, counters, placements, chance)
        except OperationalError:
            with asked.get_lock():
                asked.value += 1
    engine.dispose()


def run(url: str, counters: list[Counter], placements: list[UUID], options: argparse.Namespace) -> tuple[int, int]:
    """How many processes were killed, and how many operations were told to wait."""
    context = get_context("fork")  # a new worker begins at once; the parent holds no connection
    left: Synchronized[int] = context.Value("i", options.operations)
    asked: Synchronized[int] = context.Value("i", 0)
    killed, seed, workers = 0, options.seed, {}

    def start() -> None:
        nonlocal seed
        seed += 1
        one = context.Process(target=work, args=(url, counters, placements, left, asked, options.crash, seed))
        one.start()
        workers[one.pid] = one

    for _ in range(options.processes):
        start()
    while workers:
        pid, one = next(iter(workers.items()))
        one.join(0.05)
        for pid, one in list(workers.items()):
            if one.exitcode is None:
                continue
            del workers[pid]
            if one.exitcode == -signal.SIGKILL:
                killed += 1
                start()
            elif one.exitcode != 0:
                raise SystemExit(f"a worker ended with {one.exitcode}")
    return killed, asked.value


def half_held(session: Session) -> list[str]:
    """Placements that hold some of their places and not all of them, or in different pockets."""
    books = session.scalar(select(func.count()).select_from(SeatBook))
    rows = session.execute(
        select(SeatHold.held_for, func.count(), func.count(SeatHold.pocket.distinct())).group_by(SeatHold.held_for)
    )
    return [f"{placement}: {count} places" for placement, count, pockets in rows if count != books or pockets != 1]


def main() -> int:
    """Run every operation and print; 1 when a book does not balance."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--placements", type=int, default=40)
    parser.add_argument("--crash", type=float, default=0.001, help="chance of a crash before each statement")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--folder", type=Path, default=Path("var/ledger"))
    options = parser.parse_args()
    server = start_embedded(options.folder / "postgresql")
    server.drop("ledger")
    url = server.ensure("ledger")
    migrate(url)
    engine = make_engine(url)
    sessions = as_operator(session_factory(engine))
    with sessions.begin() as session:
        counters, placements = stocked(session, options.placements)
    engine.dispose()
    started = time.perf_counter()
    killed, asked_again = run(url, counters, placements, options)
    seconds = round(time.perf_counter() - started, 2)
    with sessions.begin() as session:
        wrong = [*faults(session), *half_held(session)]
        transfers = session.scalar(select(func.count()).select_from(SeatTransfer))
    engine.dispose()
    for sentence in wrong:
        print(sentence)
    figures = {"operations": options.operations, "balanced": not wrong, "crashes": killed, "transfers": transfers}
    print(json.dumps({**figures, "processes": options.processes, "asked_again": asked_again, "seconds": seconds}))
    return 1 if wrong or not killed else 0


if __name__ == "__main__":
    raise SystemExit(main())
