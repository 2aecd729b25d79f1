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
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Final

import httpx2
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.page_forms import ATTRIBUTE, HIDDEN
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

PASSWORD: Final = "a harbour of nineteen lanterns"
READS: Final = (
    "/profile",
    "/matches",
    "/my-data",
    "/pathways",
    "/courses",
    "/",
    "/profile/countries",
    "/about/matching",
)
SAVES_OF: Final = 7
"""One visit in so many saves."""
PATIENCE_S: Final = 10.0
"""How long somebody waits for an answer before giving up."""
OVER: Final = 3
NEW: Final = "load-registration-"


@dataclass(frozen=True)
class Plan:
    """How long and how much."""

    seconds: float
    registrations_per_s: float
    sessions: int
    think_s: float
    capacity_s: float
    overload_s: float


FULL: Final = Plan(300, 20, 300, 10, 20, 180)
QUICK: Final = Plan(8, 2, 12, 1, 3, 5)


@dataclass
class Ledger:
    """What was answered: times in milliseconds, statuses, and what the service acknowledged."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    shed: int = 0
    good: int = 0
    registered: set[str] = field(default_factory=set)
    said: dict[str, set[str]] = field(default_factory=dict)
    """For each login the text that was acknowledged last, and those sent since."""

    def note(self, took: list[float], due: float, answer: httpx2.Response, what: str) -> bool:
        """Keep the answer's time and status; whether it is what a browser goes on with."""
        if answer.status_code in {429, 503} and "retry-after" in answer.headers:
            self.shed += 1
        elif answer.status_code >= 500:
            self.errors.append(f"{answer.status_code} {what}")
        elif answer.status_code in {200, 303}:
            took.append((time.perf_counter() - due) * 1000)
            self.good += 1
            return True
        else:
            self.errors.append(f"{answer.status_code} {what}")
        return False


def hidden_of(page: httpx2.Response) -> dict[str, str]:
    """The hidden fields of a page's form."""
    fields = [dict(ATTRIBUTE.findall(one)) for one in HIDDEN.findall(page.text)]
    return {one["name"]: unescape(one.get("value", "")) for one in fields if "name" in one}


class Browser:
    """One person's browser."""

    def __init__(self, address: str, ledger: Ledger) -> None:
        self.client = httpx2.AsyncClient(base_url=address, timeout=PATIENCE_S, verify=False)
        self.ledger, self.address = ledger, address

    async def read(self, path: str, due: float | None = None) -> httpx2.Response | None:
        """The page, when it was served."""
        due = due or time.perf_counter()
        answer = await self.client.get(path)
        return answer if self.ledger.note(self.ledger.reads, due, answer, path) else None

    async def send(self, path: str, values: dict[str, str], due: float | None = None) -> bool:
        """Fill in the form of a page; whether it was taken."""
        page = await self.read(path, due)
        if page is None:
            return False
        begun = time.perf_counter()
        answer = await self.client.post(
            path, data=hidden_of(page) | values, headers={"Origin": self.address, "Referer": self.address + path}
        )
        taken = self.ledger.note(self.ledger.writes, begun, answer, f"POST {path}")
        if taken and answer.status_code != 303:
            self.ledger.errors.append(f"{path} gave the form back")
        return taken and answer.status_code == 303


async def register(address: str, ledger: Ledger, number: int, due: float) -> None:
    """One person makes an account."""
    browser, login = Browser(address, ledger), f"{NEW}{number}@benchmark.example"
    async with browser.client:
        if await browser.send("/register/account", {"login": login, "password": PASSWORD, "again": PASSWORD}, due):
            ledger.registered.add(login)


async def visit(address: str, ledger: Ledger, number: int, plan: Plan, end: float) -> None:
    """One candidate signs in, and reads and saves with pauses until the end."""
    draw, browser, login = random.Random(number), Browser(address, ledger), f"candidate-{number}@benchmark.example"
    async with browser.client:
        await asyncio.sleep(draw.uniform(0, plan.think_s))
        if not await browser.send("/sign-in", {"login": login, "password": PASSWORD}):
            return
        while time.perf_counter() < end:
            await asyncio.sleep(draw.expovariate(1 / plan.think_s))
            if draw.randrange(SAVES_OF):
                await browser.read(draw.choice(READS))
                continue
            words = f"I repaired machine {draw.randrange(10**9)} of my workshop."
            ledger.said.setdefault(login, set()).add(words)
            if await browser.send("/profile/about", {"about": words}):
                ledger.said[login] = {words}


async def survive(work: Awaitable[object], ledger: Ledger) -> None:
    """Do this; a connection that broke or an answer that never came is an error of the service."""
    try:
        await work
    except httpx2.TransportError as broken:
        ledger.errors.append(type(broken).__name__)


async def arrivals(per_s: float, end: float, one: Callable[[int, float], Awaitable[object]], ledger: Ledger) -> int:
    """Begin so many of these a second until the end, whatever became of the earlier ones; how many."""
    begun, number, draw = time.perf_counter(), 0, random.Random(8)
    due, tasks = begun, set()
    while (due := due + draw.expovariate(per_s)) < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.add(asyncio.create_task(survive(one(number, due), ledger)))
        number += 1
    await asyncio.gather(*tasks)
    return number


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
    async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=False, limits=limits) as client:  # noqa: S501 - no TLS here

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
