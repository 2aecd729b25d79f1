"""Open-model load against real web processes: registrations at a fixed rate, signed-in people who read and save, and
then three times of what can be served.

    python -m benchmarks.load [--quick] [--seconds 300] [--webs 1] [--folder DIR]

Starts a database and web processes of its own. Arrivals do not wait for answers, and what an answer took is counted
from when the request was due. Everybody signs in and sends forms as a browser does. In the end every acknowledged
registration and save must stand in the database and in the journal. Last line: {"registrations_per_s", "read_p95_ms",
"write_p95_ms", "server_errors", "acknowledged", "stored", "audited", "overload_goodput", "recovery_s", ...}, with
``processors``: how many the client, the web processes and the database kept busy. Ends with 1 when anything that was
acknowledged is missing, or a request failed on the service's side.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import httpx2
import psutil
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.load_visitors import (
    PASSWORD,
    READS,
    Ledger,
    Plan,
    Reader,
    arrivals,
    glance,
    reader,
    register,
    survive,
    visit,
)
from benchmarks.populate import populate
from benchmarks.web_latency import web_process
from talent.accounts.models import Account
from talent.accounts.passwords import hash_password
from talent.foundation.audit import AuditEntry
from talent.foundation.database import count_rows, make_engine, session_factory
from talent.foundation.embedded import DATABASE, start_embedded
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import load_settings
from talent.profiles.models import Profile
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter

OVER: Final = 3
"""Times capacity that arrive when the service is overloaded."""
READERS: Final = 8
"""People at each process who show what can be served, as many as it works on at once."""
QUICK_S: Final = 0.3
"""A page that takes no longer is served as before."""
OVERLOAD_SHARE: Final = 0.6
FULL: Final = Plan(300, 20, 300, 10, 60, 20, 180)
QUICK: Final = Plan(8, 2, 12, 1, 1, 3, 5)


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


async def capacity(readers: list[Reader], seconds: float) -> float:
    """Pages a second that are served when eight people at each process ask without a pause."""
    ledger = Ledger()
    end = time.perf_counter() + seconds

    async def one(number: int) -> None:
        draw = random.Random(number)
        while time.perf_counter() < end:
            await glance(readers[number], draw.choice(READS), ledger, time.perf_counter())

    await asyncio.gather(*(survive(one(number), ledger) for number in range(len(readers))))
    return ledger.good / seconds


async def overload(readers: list[Reader], plan: Plan, per_s: float, ledger: Ledger) -> tuple[float, float]:
    """The share of capacity that is still served at three times of it, and seconds until a page is quick again."""
    begun, draw = time.perf_counter(), random.Random(3)

    async def one(number: int, due: float) -> None:
        await glance(readers[number % len(readers)], draw.choice(READS), ledger, due)

    await arrivals(OVER * per_s, begun + plan.overload_s, one, ledger)
    served = ledger.good / (time.perf_counter() - begun) / per_s
    ended, quick = time.perf_counter(), 0
    while quick < 3:
        asked, look = time.perf_counter(), Ledger()
        await survive(glance(readers[0], READS[0], look, asked), look)
        quick = quick + 1 if look.good and time.perf_counter() - asked < QUICK_S else 0
    return served, time.perf_counter() - ended


def kept(sessions: sessionmaker[Session], ledger: Ledger) -> tuple[int, int, list[str]]:
    """How much of what was acknowledged is stored, how much of it the journal knows, and the logins of what is not."""
    with sessions() as session:
        accounts = dict(
            session.execute(select(Account.login, Account.id).where(Account.login.in_(ledger.registered))).all()
        )
        profiles = session.execute(
            select(Account.login, Profile.id, Profile.about)
            .join(Profile, Profile.account_id == Account.id)
            .where(Account.login.in_(ledger.saved))
        ).all()
        saved = {row.login: row.id for row in profiles if row.about in ledger.said[row.login]}
        things = [str(one) for one in (*accounts.values(), *saved.values())]
        known = session.scalar(
            select(func.count(AuditEntry.thing_id.distinct())).where(AuditEntry.thing_id.in_(things))
        )
    lost = sorted((ledger.registered - accounts.keys()) | (ledger.saved - saved.keys()))
    return len(accounts) + len(saved), known or 0, lost


@contextlib.contextmanager
def prepared(folder: Path, people: int) -> Iterator[sessionmaker[Session]]:
    """Sessions on a database of its own with so many candidates who can sign in; it is stopped in the end."""
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
    count_rows(embedded.url(DATABASE))
    try:
        yield sessions
    finally:
        sessions.kw["bind"].dispose()
        embedded.server.stop()


def processor_s(folder: Path) -> dict[str, float]:
    """Seconds of processor time that the measuring process, the web processes and the database have taken so far."""
    database = psutil.Process(int((folder / "postgresql" / "postmaster.pid").read_text().split()[0]))
    times = [one.cpu_times() for one in (database, *database.children(recursive=True))]
    webs = [one.cpu_times() for one in psutil.Process().children(recursive=True)]
    ended = times[0].children_user + times[0].children_system
    return {
        "client": time.process_time(),
        "web": sum(one.user + one.system for one in webs),
        "database": ended + sum(one.user + one.system for one in times),
    }


async def warm(addresses: list[str]) -> None:
    """Ask each process for each page once, as long as it takes: templates and plans are made then."""
    for address in addresses:
        async with httpx2.AsyncClient(base_url=address, timeout=120) as client:
            for page in (*READS, "/register/account", "/sign-in"):
                await client.get(page)


async def measured(addresses: list[str], plan: Plan, ledger: Ledger, folder: Path) -> dict[str, object]:
    """Both phases, their figures, and who had the processors meanwhile."""
    await warm(addresses)
    readers = [await reader(address, number % plan.sessions) for number, address in enumerate(addresses * READERS)]
    per_s = await capacity(readers, plan.capacity_s)
    before, begun = processor_s(folder), time.perf_counter()
    registrations = await steady(addresses, plan, ledger)
    took, after = time.perf_counter() - begun, processor_s(folder)
    over = Ledger()
    goodput, recovery = await overload(readers, plan, per_s, over)
    acknowledged = len(ledger.registered) + len(ledger.saved)
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
        "processors": {who: round((after[who] - before[who]) / took, 2) for who in after},
    }


def main(arguments: list[str] | None = None) -> int:
    """Load, count and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="a few seconds of a few people")
    options.add_argument("--seconds", type=float, default=FULL.seconds, help="of steady load; 6 tenths of it overload")
    options.add_argument("--webs", type=int, default=1, help="web processes")
    options.add_argument("--port", type=int, default=8021)
    options.add_argument("--folder", type=Path, default=None)
    asked = options.parse_args(arguments)
    ledger, plan = Ledger(), replace(FULL, seconds=asked.seconds, overload_s=OVERLOAD_SHARE * asked.seconds)
    plan = QUICK if asked.quick else plan
    with tempfile.TemporaryDirectory(prefix="talent-load-") as temporary, contextlib.ExitStack() as running:
        folder = asked.folder or Path(temporary)
        sessions = running.enter_context(prepared(folder, plan.sessions))
        addresses = [running.enter_context(web_process(asked.port + number)) for number in range(asked.webs)]
        figures = asyncio.run(measured(addresses, plan, ledger, folder))
        stored, audited, lost = kept(sessions, ledger)
    figures |= {
        "seconds": plan.seconds,
        "stored": stored,
        "audited": audited,
        "lost": lost[:8],
        "webs": asked.webs,
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(figures))
    return int(bool(figures["server_errors"]) or not figures["acknowledged"] == stored == audited)


if __name__ == "__main__":
    raise SystemExit(main())
