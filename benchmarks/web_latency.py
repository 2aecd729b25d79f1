"""How fast every page answers on the demonstration, measured from outside through the real web process.

    python -m benchmarks.web_latency [--limit 50] [--requests 40] [--folder var/latency]

Starts a database of its own with the demonstration and its matches (kept in the folder for the next run), then the web
process alone, signs in once for each group, follows every link to find one address of every page, and asks each of
them again and again over one connection. Prints one JSON line a page; with ``--limit``, ends with 1 when the median of
any page is above so many milliseconds. The worker does not run meanwhile: it would measure the worker.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import httpx2
from fastapi.routing import APIRoute

from benchmarks.page_forms import FIRST, send
from talent import registry, serving
from talent.accounts.permissions import Role
from talent.accounts.service import invite
from talent.cli_console import database
from talent.cli_serving import catch_up_in_a_process_of_its_own, introduced, prepare_words_and_people
from talent.demo.organisations import SIGN_INS, password_of
from talent.foundation.embedded import database_url, owner_url
from talent.foundation.settings import Settings, load_settings
from web.routes import ROUTERS

LINK = re.compile(r"""<a\s[^>]*?href=["'](/[^"'#]*)""", re.IGNORECASE)
SEARCH = re.compile(r"""<form\s(?=[^>]*method=["']get["'])[^>]*action=["'](/[^"'#]*)""", re.IGNORECASE)
SHOWN_CODE = re.compile(r"<strong><bdi dir=\"ltr\">(\d{6})</bdi></strong>")
SECOND_STEP = "/sign-in/second-step"
NOBODY = "nobody"
WARM_UP = 5
START_SECONDS = 180  # a machine that does other work at the same time
LEFT_OUT = frozenset({"/healthz", "/readyz"})  # no pages
PAGES = [
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "GET" in route.methods and route.path not in LEFT_OUT
]


BROKEN: list[str] = []
"""Links of our own pages that led to an error."""


@dataclass(frozen=True)
class Timing:
    """What one page took, in milliseconds, and how many of it one connection got in a second."""

    page: str
    median_ms: float
    p95_ms: float
    requests_per_s: float


def prepared(folder: Path) -> Settings:
    """Settings of a service of its own in this folder, with the demonstration and its matches."""
    os.environ |= {
        "TALENT_DATABASE_URL": "",
        "TALENT_VAR_DIR": str(folder.resolve()),
        "TALENT_BASE_URL": "http://127.0.0.1",
        "TALENT_CONTACT": "help@talent.example",
    }
    settings = load_settings()
    registry.migrate(owner_url(settings))
    url = settings.database_url = database_url(settings)
    with database(settings) as sessions:
        prepare_words_and_people(sessions, settings, demo=True)
    serving.for_children(settings, url)
    if not introduced(settings):
        catch_up_in_a_process_of_its_own(settings)
    return settings


@contextmanager
def web_process(port: int) -> Iterator[str]:
    """The real web process; its address once it answers."""
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "uvicorn", "--factory", serving.APP, "--port", str(port), "--log-level", "warning"]
    process = subprocess.Popen([*command, "--no-access-log"])
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Nothing, once the process answers.

    Raises:
        SystemExit: it ended, or did not answer in time.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx2.get(f"{address}/healthz")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web process did not start.")


def signed_in(address: str, login: str, password: str) -> httpx2.Client:
    """A client that holds the session of this person.

    Raises:
        SystemExit: the service did not let the person in.
    """
    client = httpx2.Client(base_url=address, timeout=30)
    if send(client, "/sign-in", {"login": login, "password": password}).headers["location"] == SECOND_STEP:
        take_second_step(client)
    return client


def take_second_step(client: httpx2.Client) -> None:
    """Send the code that the page of a demonstration shows."""
    shown = SHOWN_CODE.search(client.get(SECOND_STEP).text)
    send(client, SECOND_STEP, {"code": shown[1] if shown else ""})


def page_of(path: str) -> str | None:
    """The pattern of the page at this path, such as ``/matches/{vacancy_id}``; None where there is none."""
    return next((route.path for route in PAGES if route.path_regex.match(path)), None)


def links_in(html: str) -> list[str]:
    """Where a page's links and search forms lead inside this service."""
    return [unescape(link) for link in (*LINK.findall(html), *SEARCH.findall(html))]


def found_pages(client: httpx2.Client, *starts: str) -> dict[str, str]:
    """One address of every page that this person can reach by links from the starts, by the page's pattern."""
    found: dict[str, str] = {}
    waiting = list(starts)
    come_from = dict.fromkeys(starts, "the start")
    while waiting:
        path = waiting.pop(0)
        pattern = page_of(path.partition("?")[0])
        if pattern is None or pattern in found:
            continue
        answer = client.get(path)
        if answer.status_code >= 400:
            BROKEN.append(f"{path} ({answer.status_code}, from {come_from[path]})")
        target = answer.headers.get("location", "")
        links = [target] if target.startswith("/") else links_in(answer.text)
        if answer.status_code == 200:
            found[pattern] = path
        new = [link for link in dict.fromkeys(links) if link not in come_from]
        come_from |= dict.fromkeys(new, path)
        waiting += new
    return found


def open_invitation(settings: Settings) -> str:
    """Where a new invitation is read: no page links there."""
    with database(settings) as sessions, sessions.begin() as session:
        return serving.invitation_link("", invite(session, None, role=Role.PROJECT_STAFF))


def measured(client: httpx2.Client, path: str, page: str, requests: int) -> Timing:
    """The timing of so many requests, one after the other, after a few that do not count."""
    for _ in range(WARM_UP):
        client.get(path)
    took = []
    for _ in range(requests):
        started = time.perf_counter()
        client.get(path).raise_for_status()
        took.append(1000 * (time.perf_counter() - started))
    p95 = statistics.quantiles(took, n=20)[-1]
    return Timing(page, round(statistics.median(took), 2), round(p95, 2), round(1000 * len(took) / sum(took), 1))


def walks(client: httpx2.Client, role: str, starts: list[str]) -> Iterator[dict[str, str]]:
    """The pages found at first, and those found once this person did something; asked for one after the other."""
    yield found_pages(client, *starts)
    if role in FIRST:
        yield found_pages(client, *FIRST[role](client))


def timings(address: str, settings: Settings, requests: int) -> Iterator[Timing]:
    """The timing of every page for everybody who can reach it, and a word about pages that nobody reached."""
    reached: set[str] = set()
    people = {NOBODY: httpx2.Client(base_url=address, timeout=30)}
    people |= {who.role.value: signed_in(address, who.login, password_of(settings, who.login)) for who in SIGN_INS}
    for role, client in people.items():
        starts = ["/", open_invitation(settings), "/about/contact"] if role == NOBODY else ["/"]
        seen: set[str] = set()
        for found in walks(client, role, starts):
            for pattern in found.keys() - seen:
                seen.add(pattern)
                yield measured(client, found[pattern], f"{pattern} as {role}", requests)
        reached |= seen
        client.close()
    missed = sorted({route.path for route in PAGES} - reached)
    if missed:
        sys.stderr.write(f"No link leads the demonstration's people to: {', '.join(missed)}\n")


def main() -> int:
    """Measure and print; 1 when a page is slower than the limit or a link leads to an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=float, default=None, help="milliseconds that no page's median may exceed")
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--port", type=int, default=8017)
    parser.add_argument("--folder", type=Path, default=Path("var/latency"))
    options = parser.parse_args()
    settings = prepared(options.folder)
    slow = []
    with web_process(options.port) as address:
        for timing in timings(address, settings, options.requests):
            print(json.dumps(timing.__dict__), flush=True)
            if options.limit is not None and timing.median_ms > options.limit:
                slow.append(timing.page)
    if slow:
        sys.stderr.write(f"Slower than {options.limit} ms: {', '.join(slow)}\n")
    if BROKEN:
        sys.stderr.write(f"Links that lead to an error: {', '.join(BROKEN)}\n")
    return 1 if slow or BROKEN else 0


if __name__ == "__main__":
    raise SystemExit(main())
