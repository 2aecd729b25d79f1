"""Open-model load against real web processes: registrations at a fixed rate, signed-in people who read and save, and
then three times of what can be served.

    python -m benchmarks.load [--quick] [--webs 1] [--folder DIR]

Starts a database and web processes of its own. Arrivals do not wait for answers, and what an answer took is counted
from when the request was due. Everybody signs in and sends forms as a browser does. In the end every acknowledged
registration and save must stand in the database and in the journal. Last line: {"registrations_per_s", "read_p95_ms",
"write_p95_ms", "server_errors", "acknowledged", "stored", "audited", "overload_goodput", "recovery_s", ...}; ends with
1 when anything acknowledged is missing or a request failed on the service's side.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

import httpx2
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.load_visitors import (
    PASSWORD,
    PATIENCE_S,
    READS,
    Browser,
    Ledger,
    Plan,
    arrivals,
    register,
    survive,
    visit,
)
from benchmarks.populate import populate
from benchmarks.web_latency import web_process
from talent.accounts.models import Account
from talent.accounts.passwords import hash_password
from talent.foundation.audit import AuditEntry
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import DATABASE, start_embedded
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import load_settings
from talent.profiles.models import Profile
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter

OVER: Final = 3
"""Times capacity that arrive when the service is overloaded."""
FULL: Final = Plan(300, 20, 300, 10, 20, 180)
QUICK: Final = Plan(8, 2, 12, 1, 3, 5)


async def steady(addresses: list[str], plan: Plan, ledger: Ledger) -> float:
    """Registrations and sessions for the planned time; the registrations that were acknowledged in a second."""
    begun = time.perf_counter()
    end = begun + plan.seconds
    people = [
        asyncio.create_task(survive(visit(addresses[n % len(addresses)], ledger, n, plan, end), ledger))
        for n in range(plan.sessions)
    ]
    await arrivals(
        plan.registrations_per_s,
        end,
        lambda number, due: register(addresses[number % len(addresses)], ledger, number, due),
        ledger,
    )
    acknowledged = len(ledger.registered) / plan.seconds
    await asyncio.gather(*people)
    return acknowledged


async def capacity(addresses: list[str], seconds: float) -> float:
    """Pages a second that are served when eight people ask without a pause."""
    ledger = Ledger()
    end = time.perf_counter() + seconds

    async def one(number: int) -> None:
        async with Browser(addresses[number % len(addresses)], ledger).client as client:
            while time.perf_counter() < end:
                ledger.note(ledger.reads, time.perf_counter(), await client.get("/pathways"), "capacity")

    await asyncio.gather(*(survive(one(number), ledger) for number in range(8)))
    return ledger.good / seconds


async def overload(addresses: list[str], plan: Plan, per_s: float, ledger: Ledger) -> tuple[float, float]:
    """The share of capacity that is still served at three times of it, and seconds until a page is quick again."""
    begun = time.perf_counter()

    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=64)
    async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=False, limits=limits) as client:

        async def one(number: int, due: float) -> None:
            answer = await client.get(addresses[number % len(addresses)] + "/pathways")
            ledger.note(ledger.reads, due, answer, "overload")

        await arrivals(OVER * per_s, begun + plan.overload_s, one, ledger)
    served = ledger.good / (time.perf_counter() - begun) / per_s
    ended = time.perf_counter()
    async with httpx2.AsyncClient(base_url=addresses[0], timeout=PATIENCE_S) as client:
        quick = 0
        while quick < 3:
            asked = time.perf_counter()
            with contextlib.suppress(httpx2.TransportError):
                answer = await client.get("/pathways")
                quick = quick + 1 if answer.status_code == 200 and time.perf_counter() - asked < 0.3 else 0
    return served, time.perf_counter() - ended


def kept(sessions: sessionmaker[Session], ledger: Ledger) -> tuple[int, int]:
    """How much of what was acknowledged is stored, and how much of it the journal knows."""
    with sessions() as session:
        accounts = dict(
            session.execute(select(Account.login, Account.id).where(Account.login.in_(ledger.registered))).all()
        )
        profiles = session.execute(
            select(Account.login, Profile.id, Profile.about)
            .join(Profile, Profile.account_id == Account.id)
            .where(Account.login.in_(ledger.said))
        ).all()
        saved = [row for row in profiles if row.about in ledger.said[row.login]]
        things = [str(one) for one in (*accounts.values(), *(row.id for row in saved))]
        known = session.scalar(
            select(func.count(AuditEntry.thing_id.distinct())).where(AuditEntry.thing_id.in_(things))
        )
    return len(accounts) + len(saved), known or 0


def prepared(folder: Path, people: int) -> sessionmaker[Session]:
    """Sessions on a database of its own with so many candidates who can sign in."""
    folder.chmod(0o755)
    embedded = start_embedded(folder / "postgresql")
    embedded.drop(DATABASE)
    migrate(embedded.ensure(DATABASE))
    url = embedded.application_url(DATABASE)
    os.environ |= {"TALENT_DATABASE_URL": url, "TALENT_VAR_DIR": str(folder), "TALENT_BASE_URL": "http://127.0.0.1"}
    load_settings()
    sessions = session_factory(make_engine(url), SystemContext.OPERATOR)
    with sessions.begin() as session:
        load_release(session, read_starter())
        populate(session, candidates=people, vacancies=10)
        session.execute(
            update(Account).where(Account.login.like("candidate-%")).values(password_hash=hash_password(PASSWORD))
        )
    return sessions


async def warm(addresses: list[str]) -> None:
    """Ask each process for each page once, as long as it takes: templates and plans are made then."""
    for address in addresses:
        async with httpx2.AsyncClient(base_url=address, timeout=120) as client:
            for page in (*READS, "/register/account", "/sign-in"):
                await client.get(page)


async def measured(addresses: list[str], plan: Plan, ledger: Ledger) -> dict[str, object]:
    """Both phases, and their figures."""
    await warm(addresses)
    per_s = await capacity(addresses, plan.capacity_s)
    registrations = await steady(addresses, plan, ledger)
    over = Ledger()
    goodput, recovery = await overload(addresses, plan, per_s, over)
    acknowledged = len(ledger.registered) + sum(len(texts) == 1 for texts in ledger.said.values())
    return {
        "registrations_per_s": round(registrations, 2),
        "read_p95_ms": round(statistics.quantiles(ledger.reads, n=20)[-1], 1),
        "write_p95_ms": round(statistics.quantiles(ledger.writes, n=20)[-1], 1),
        "server_errors": len(ledger.errors) + len(over.errors) + ledger.shed,
        "errors": sorted(set(ledger.errors + over.errors))[:8],
        "requests": ledger.good,
        "acknowledged": acknowledged,
        "capacity_pages_per_s": round(per_s, 1),
        "overload_goodput": round(goodput, 2),
        "overload_shed": over.shed,
        "recovery_s": round(recovery, 2),
    }


def main(arguments: list[str] | None = None) -> int:
    """Load, count and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="a few seconds of a few people")
    options.add_argument("--webs", type=int, default=1, help="web processes")
    options.add_argument("--port", type=int, default=8021)
    options.add_argument("--folder", type=Path, default=None)
    asked = options.parse_args(arguments)
    plan, ledger = (QUICK if asked.quick else FULL), Ledger()
    with tempfile.TemporaryDirectory(prefix="talent-load-") as temporary, contextlib.ExitStack() as running:
        sessions = prepared(asked.folder or Path(temporary), plan.sessions)
        addresses = [running.enter_context(web_process(asked.port + number)) for number in range(asked.webs)]
        figures = asyncio.run(measured(addresses, plan, ledger))
        stored, audited = kept(sessions, ledger)
        sessions.kw["bind"].dispose()
    figures |= {"stored": stored, "audited": audited, "webs": asked.webs, "load": round(os.getloadavg()[0], 1)}
    print(json.dumps(figures))
    return int(bool(figures["server_errors"]) or not figures["acknowledged"] == stored == audited)


if __name__ == "__main__":
    raise SystemExit(main())
