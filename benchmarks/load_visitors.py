"""People of a load measurement: each has a browser, arrives when due, and notes what was answered and how late."""

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Final

import httpx2

from benchmarks.page_forms import ATTRIBUTE, HIDDEN

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
LEADS_TO: Final = "/profile"
"""Where registering, signing in and saving lead a candidate: anywhere else is no acknowledgement."""
SAVES_OF: Final = 7
"""One visit in so many saves."""
PATIENCE_S: Final = 10.0
"""How long somebody waits for an answer before giving up."""
NEW: Final = "load-registration-"
NO_TLS: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Made once: each browser would spend milliseconds on one of its own, and none is used."""


@dataclass(frozen=True)
class Plan:
    """How long and how much."""

    seconds: float
    registrations_per_s: float
    sessions: int
    think_s: float
    enter_s: float
    """Within how long all sessions begin."""
    capacity_s: float
    overload_s: float


@dataclass
class Ledger:
    """What was answered: times in milliseconds, statuses, and what the service acknowledged."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    shed: int = 0
    good: int = 0
    registered: set[str] = field(default_factory=set)
    saved: set[str] = field(default_factory=set)
    """Logins of which a save was acknowledged."""
    said: dict[str, set[str]] = field(default_factory=dict)
    """For each login the text that was acknowledged last, and those sent since."""

    def note(self, took: list[float], due: float, answer: httpx2.Response, what: str) -> bool:
        """Keep the answer's time and status; whether it is what a browser goes on with."""
        return self.count(took, due, answer.status_code, what, says_when="retry-after" in answer.headers)

    def count(self, took: list[float], due: float, status: int, what: str, *, says_when: bool) -> bool:
        """As ``note``; ``says_when``: whether the answer tells when to come back."""
        if status in {429, 503} and says_when:
            self.shed += 1
        elif status in {200, 303}:
            took.append((time.perf_counter() - due) * 1000)
            self.good += 1
            return True
        else:
            self.errors.append(f"{status} {what}")
        return False


def hidden_of(page: httpx2.Response) -> dict[str, str]:
    """The hidden fields of a page's form."""
    fields = [dict(ATTRIBUTE.findall(one)) for one in HIDDEN.findall(page.text)]
    return {one["name"]: unescape(one.get("value", "")) for one in fields if "name" in one}


class Browser:
    """One person's browser."""

    def __init__(self, address: str, ledger: Ledger) -> None:
        self.client = httpx2.AsyncClient(base_url=address, timeout=PATIENCE_S, verify=NO_TLS)
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
        elif taken and not answer.headers["location"].startswith(LEADS_TO):
            self.ledger.errors.append(f"{path} led to {answer.headers['location']}")
            return False
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
        await asyncio.sleep(draw.uniform(0, plan.enter_s))
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
                ledger.saved.add(login)


@dataclass(frozen=True)
class Reader:
    """Somebody signed in, and at which process."""

    address: str
    cookies: str


async def reader(address: str, number: int) -> Reader:
    """This candidate, signed in.

    Raises:
        SystemExit: the service did not let the candidate in.
    """
    ledger = Ledger()
    browser = Browser(address, ledger)
    async with browser.client:
        if not await browser.send("/sign-in", {"login": f"candidate-{number}@benchmark.example", "password": PASSWORD}):
            raise SystemExit(f"A candidate could not sign in: {ledger.errors}")
        return Reader(address, "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items()))


async def glance(who: Reader, path: str, ledger: Ledger, due: float) -> None:
    """Ask for one page on a line of its own; this costs the measuring process next to nothing."""
    host, _, port = who.address.removeprefix("http://").partition(":")
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {who.cookies}\r\nConnection: close\r\n\r\n"
    async with asyncio.timeout(PATIENCE_S):
        heard, said = await asyncio.open_connection(host, int(port))
        try:
            said.write(head.encode())
            answer = await heard.read()
        finally:
            said.close()
    told = answer[: answer.find(b"\r\n\r\n")].lower()
    ledger.count(ledger.reads, due, int(told[9:12] or 0), path, says_when=b"\r\nretry-after:" in told)


async def survive(work: Awaitable[object], ledger: Ledger) -> None:
    """Do this; a connection that broke or an answer that never came is an error of the service."""
    try:
        await work
    except (httpx2.TransportError, OSError, TimeoutError) as broken:
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
