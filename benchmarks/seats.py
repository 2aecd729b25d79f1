"""Two hundred people ask for twenty seats at the same moment, over real connections, again and again.

    python -m benchmarks.seats [--rounds 100] [--people 200] [--seats 20] [--connections 40]

Starts a database of its own under the folder. Ends with 1 when a round gives more or fewer seats than there are, gives
one twice, loses somebody, leaves the waiting list out of order, or tells somebody to come back. The last line is JSON.
"""

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import UUID

from psycopg.errors import LockNotAvailable
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from talent.accounts.actor import Actor
from talent.foundation.clock import now
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import start_embedded
from talent.foundation.row_context import KEPT, SystemContext, of_system
from talent.registry import migrate
from talent.training import seats
from talent.training.models import Cohort, Course, Enrolment, Programme
from talent.training.people import Person, PersonKeys
from talent.training.states import CohortState
from tests.factories.training import make_institute

KEYS = PersonKeys("a secret that only this measurement has")


def as_operator(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """These sessions, working as whoever runs the service; what is measured enters contexts of its own."""
    sessions.configure(info={KEPT: of_system(SystemContext.OPERATOR)})
    return sessions


def institute_with_course(session: Session) -> tuple[Actor, UUID]:
    """An institute's officer and the course of the cohorts."""
    officer = make_institute(session)
    assert officer.organisation_id is not None
    programme = Programme(organisation_id=officer.organisation_id, title="Seats", created_at=now())
    session.add(programme)
    session.flush()
    course = Course(
        programme_id=programme.id,
        organisation_id=officer.organisation_id,
        title="Welding",
        language="ur",
        created_at=now(),
    )
    session.add(course)
    session.flush()
    return officer, course.id


def open_cohort(session: Session, officer: Actor, course_id: UUID, *, reference: str, count: int) -> UUID:
    """A cohort of so many seats that enrols people."""
    assert officer.organisation_id is not None
    cohort = Cohort(
        course_id=course_id,
        organisation_id=officer.organisation_id,
        reference=reference,
        state=CohortState.ENROLLING,
        seats=count,
        created_at=now(),
    )
    session.add(cohort)
    session.flush()
    return cohort.id


def rush(sessions: sessionmaker[Session], officer: Actor, cohort_id: UUID, *, people: int, connections: int) -> int:
    """Everybody asks, as many at the same moment as there are connections; how often somebody was told to come back.

    Whoever is told so asks once more.
    """
    together = Barrier(connections)

    def one(number: int) -> None:
        if number < connections:
            together.wait()
        person = Person(f"Candidate {number}", cnic=f"35202{number:08}", phone=f"0301{number:07}")
        while True:
            try:
                with sessions.begin() as session:
                    seats.enrol(session, officer, cohort_id, person, keys=KEYS)
            except OperationalError as busy:
                if not isinstance(busy.orig, LockNotAvailable):
                    raise
                told_to_wait.append(number)
            else:
                return

    told_to_wait: list[int] = []
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(one, range(people)))
    return len(told_to_wait)


def faults(session: Session, cohort_id: UUID, *, people: int, count: int) -> list[str]:
    """What is wrong with the cohort after the rush; empty when nothing is."""
    rows = session.execute(
        select(Enrolment.seat, Enrolment.state).where(Enrolment.cohort_id == cohort_id).order_by(Enrolment.number)
    ).all()
    given = [row.seat for row in rows if row.seat is not None]
    found = []
    if len(rows) != people:
        found.append(f"{len(rows)} of {people} people are there")
    if sorted(given) != list(range(1, min(count, people) + 1)):
        found.append(f"{len(given)} seats given: {sorted(given)}")
    if any(row.seat is None for row in rows[: len(given)]):
        found.append("somebody who came later has a seat before somebody who waits")
    return found


def main() -> int:
    """Run every round and print; 1 when one of them is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seats", type=int, default=20)
    parser.add_argument("--connections", type=int, default=40)
    parser.add_argument("--folder", type=Path, default=Path("var/seats"))
    options = parser.parse_args()
    server = start_embedded(options.folder / "postgresql")
    server.drop("seats")
    url = server.ensure("seats")
    migrate(url)
    engine = make_engine(url, pool_size=options.connections)
    sessions = as_operator(session_factory(engine))
    with sessions.begin() as session:
        officer, course_id = institute_with_course(session)
    wrong, asked_again, started = 0, 0, time.perf_counter()
    for number in range(options.rounds):
        with sessions.begin() as session:
            cohort_id = open_cohort(session, officer, course_id, reference=f"R-{number}", count=options.seats)
        asked_again += rush(sessions, officer, cohort_id, people=options.people, connections=options.connections)
        with sessions.begin() as session:
            found = faults(session, cohort_id, people=options.people, count=options.seats)
        wrong += bool(found)
        print(f"round {number + 1}: {'; '.join(found) or f'exactly {options.seats} seats'}", flush=True)
    engine.dispose()
    seconds = round(time.perf_counter() - started, 2)
    figures = {"rounds": options.rounds, "people": options.people, "seats": options.seats, "wrong": wrong}
    print(json.dumps({**figures, "asked_again": asked_again, "seconds": seconds}))
    return 1 if wrong or asked_again else 0


if __name__ == "__main__":
    raise SystemExit(main())
