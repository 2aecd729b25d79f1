"""The deadlines of 50,000 cases of recognition reckoned anew, and one page of an inbox over them.

``python -m benchmarks.deadlines [--cases 50000]`` makes its own database, fills it, measures, drops it, and prints one
line of JSON last: ``cases``, ``recompute_s`` (every deadline after a calendar was corrected so that all may move),
``inbox_ms`` (the slowest of the pages looked at, first to last, for staff and for one office).
"""

import argparse
import json
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import start_embedded
from talent.foundation.row_context import RowContext, SystemContext, enter
from talent.recognition.inbox import inbox, pass_by_what_is_gone, recompute
from talent.recognition.models import CalendarCorrection, RecognitionCase
from talent.recognition.states import CaseState
from talent.registry import migrate
from talent.taxonomy.levels import QualificationKind

WAITING = (CaseState.SUBMITTED, CaseState.SUPPLIED, CaseState.COMPLETE)
PROCEDURES = (
    ("de_bqfg_nonregulated", "de_ihk_fosa"),
    ("de_bqfg_fast_track", "de_crafts"),
    ("de_nurse", "de_land_hesse"),
)
PAGES = 40  # looked at one after the other, as somebody leafs through
SEED = 20261122


def fill(session: Session, cases: int, office: UUID) -> None:
    """Invented cases, all of which wait for an authority."""
    chance = random.Random(SEED)
    account = Account(login="candidate@example.com", password_hash="x", role=Role.CANDIDATE, created_at=now())
    session.add(account)
    session.add(
        Organisation(
            id=office, kind=OrganisationKind.RECOGNITION_AUTHORITY, name="Office", country="DE", created_at=now()
        )
    )
    session.flush()
    rows = []
    for number in range(cases):
        submitted = today() - timedelta(days=chance.randrange(300))
        state = chance.choice(WAITING)
        procedure, authority = chance.choice(PROCEDURES)
        rows.append(
            {
                "id": uuid4(),
                "account_id": account.id,
                "reference": f"RC-{number:06}",
                "state": state,
                "award": QualificationKind.DAE,
                "award_title": "DAE",
                "isco_group": "7411",
                "country": "DE",
                "procedure_id": procedure,
                "authority_id": authority,
                "organisation_id": office if number % 10 == 0 else None,
                "submitted_on": submitted,
                "complete_on": submitted + timedelta(days=20) if state is CaseState.COMPLETE else None,
                "created_at": now(),
                "changed_at": now(),
                "version": 1,
            }
        )
    session.execute(insert(RecognitionCase), rows)


def correct_a_year(session: Session) -> None:
    """Make every day of a year but Wednesdays free in all of Germany, so that nearly every deadline moves."""
    start = date(today().year - 1, 6, 1)
    days = (start + timedelta(days=n) for n in range(900))
    session.add_all(
        CalendarCorrection(region="DE", day=day, is_free=True, reason="measured", written_by=uuid4(), written_at=now())
        for day in days
        if day.weekday() != 2
    )
    session.flush()


def leaf(session: Session, actor: Actor) -> float:
    """The slowest of the first pages of an inbox, in milliseconds."""
    slowest, after = 0.0, None
    for _ in range(PAGES):
        began = time.perf_counter()
        page = inbox(session, actor, after=after)
        slowest = max(slowest, (time.perf_counter() - began) * 1000)
        after = page.more
        if after is None:
            break
    return slowest


def measure(url: str, owner_url: str, cases: int) -> dict[str, float | int]:
    """Fill the database and measure; the figures of the last line."""
    office = uuid4()
    sessions = session_factory(make_engine(url), SystemContext.OPERATOR)
    with sessions.begin() as session:
        fill(session, cases, office)
        recompute(session)
    with make_engine(owner_url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze recognition_case"))
    with sessions.begin() as session:
        correct_a_year(session)
        began = time.perf_counter()
        changed = recompute(session)
    with sessions.begin() as session:
        pass_by_what_is_gone(session)
    took = time.perf_counter() - began
    print(f"{changed} of {cases} deadlines changed")
    slowest = 0.0
    for role, organisation in ((Role.PROJECT_STAFF, None), (Role.RECOGNITION_OFFICER, office)):
        actor = Actor(uuid4(), role, organisation_id=organisation)
        with sessions.begin() as session:
            enter(session, RowContext(role.value, actor.id, organisation))
            slowest = max(slowest, leaf(session, actor))
    return {"cases": cases, "recompute_s": round(took, 2), "inbox_ms": round(slowest, 1)}


def main() -> None:
    """Measure on a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000)
    cases = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        server = start_embedded(Path(folder) / "postgresql")
        owner_url = server.ensure("deadlines")
        migrate(owner_url)
        print(json.dumps(measure(server.application_url("deadlines"), owner_url, cases)))


if __name__ == "__main__":
    main()
