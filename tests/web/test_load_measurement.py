"""The load measurement counts what people got: what was served and when, who was told to come back, and what failed."""

import asyncio
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx2
import pytest

from benchmarks import load_visitors
from benchmarks.load import OVER, QUICK, Ledger, kept, overload
from benchmarks.load_visitors import READS, Browser, Reader, arrivals, glance, reader, survive
from tests.conftest import ROOT
from tests.factories.profiles import begin, make_candidate

ANSWERS = {
    "/served": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "/told": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n",
    "/untold": b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
    "/broken": b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
    "/cut": b"",
    "/register/account": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "POST /register/account": b"HTTP/1.1 303 See Other\r\nLocation: /profile\r\nContent-Length: 0\r\n\r\n",
    "/sign-in": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "POST /sign-in": b"HTTP/1.1 303 See Other\r\nLocation: /profile\r\nSet-Cookie: session=open\r\n"
    b"Content-Length: 0\r\n\r\n",
    "/profile/about": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "POST /profile/about": b"HTTP/1.1 303 See Other\r\nLocation: /sign-in?next=x\r\nContent-Length: 0\r\n\r\n",
}
ANSWERS |= dict.fromkeys(READS, ANSWERS["/served"])


@pytest.fixture
def sessions_of_a_test(session):
    """Where the measurement has its sessions: the test's own, which is not closed."""

    @contextmanager
    def one():
        yield session

    return one


async def with_service(ask, asked=None):
    """What asking a small service gives; it never answers ``/never``, and notes the heads of what was ``asked``."""

    async def answer(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, path = head.split()[:2]
        if asked is not None:
            asked.append(head)
        if path == "/never":
            await reader.read()
        writer.write(ANSWERS.get(f"{method} {path}", ANSWERS.get(path, b"")))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        found = await ask(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await asyncio.sleep(0.02)  # Lines that were given up are closed on this side too.
        return found


@pytest.mark.parametrize(
    ("path", "good", "shed", "errors"),
    [
        ("/served", 1, 0, []),
        ("/told", 0, 1, []),
        ("/untold", 0, 0, ["503 /untold"]),
        ("/broken", 0, 0, ["500 /broken"]),
        ("/cut", 0, 0, ["0 /cut"]),
        ("/never", 0, 0, ["TimeoutError"]),
    ],
)
def test_each_answer_is_counted_as_what_it_is(path, good, shed, errors, monkeypatch):
    monkeypatch.setattr(load_visitors, "PATIENCE_S", 0.2)
    ledger = Ledger()
    asyncio.run(
        with_service(lambda address: survive(glance(Reader(address, ""), path, ledger, time.perf_counter()), ledger))
    )
    assert (ledger.good, ledger.shed, ledger.errors) == (good, shed, errors)


def test_somebody_signed_in_reads_with_the_cookies_of_the_session():
    asked = []

    async def both(address):
        who = await reader(address, 3)
        await glance(who, "/profile", Ledger(), time.perf_counter())
        return who

    assert asyncio.run(with_service(both, asked)).cookies == "session=open"
    assert "Cookie: session=open" in asked[-1]


def test_whoever_cannot_be_signed_in_ends_the_measurement(monkeypatch):
    monkeypatch.setitem(ANSWERS, "POST /sign-in", ANSWERS["/broken"])
    with pytest.raises(SystemExit, match="could not sign in"):
        asyncio.run(with_service(lambda address: reader(address, 3)))


def test_a_service_that_is_away_is_an_error_of_the_service():
    ledger = Ledger()
    asyncio.run(survive(glance(Reader("http://127.0.0.1:1", ""), "/", ledger, time.perf_counter()), ledger))
    assert ledger.errors == ["ConnectionRefusedError"]


def test_the_time_of_an_answer_counts_from_when_it_was_due():
    ledger = Ledger()
    late = time.perf_counter() - 2
    ledger.note(ledger.writes, late, httpx2.Response(303), "POST /profile/about")
    assert ledger.writes[0] >= 2_000


@pytest.mark.parametrize(
    ("path", "taken", "errors"),
    [
        ("/register/account", True, []),
        ("/profile/about", False, ["/profile/about led to /sign-in?next=x"]),
        ("/told", False, []),
    ],
)
def test_a_form_was_taken_when_it_leads_on_and_not_when_it_leads_to_signing_in(path, taken, errors):
    async def sent(address):
        browser = Browser(address, ledger)
        async with browser.client:
            return await browser.send(path, {"about": "I weld."})

    ledger = Ledger()
    assert (asyncio.run(with_service(sent)), ledger.errors) == (taken, errors)


def test_what_was_acknowledged_and_is_not_stored_is_named(sessions_of_a_test, session):
    for login, words in (("a@example.com", "I weld."), ("b@example.com", "I cook.")):
        begin(session, make_candidate(session, login=login)).profile.about = words
    ledger = Ledger(registered={"a@example.com", "never@example.com"}, saved={"a@example.com", "b@example.com"})
    ledger.said = {login: {"I weld."} for login in ledger.saved}
    stored, _, lost = kept(sessions_of_a_test, ledger)
    assert (stored, lost) == (2, ["b@example.com", "never@example.com"])


def test_arrivals_do_not_wait_for_answers():
    async def story():
        begun, most = 0, 0

        async def slow(_number, _due):
            nonlocal begun, most
            begun += 1
            most = max(most, begun)
            await asyncio.sleep(0.2)
            begun -= 1

        count = await arrivals(200, time.perf_counter() + 0.2, slow, Ledger())
        return count, most

    count, most = asyncio.run(story())
    assert 15 < count < 75
    assert most > count // 2


def test_a_service_that_serves_all_of_an_overload_recovers_at_once():
    plan = QUICK.__class__(**(QUICK.__dict__ | {"overload_s": 0.3}))
    ledger = Ledger()
    goodput, recovery = asyncio.run(with_service(lambda address: overload([Reader(address, "")], plan, 30, ledger)))
    assert (ledger.errors, ledger.shed) == ([], 0)
    assert 0.5 < goodput <= 2 * OVER
    assert recovery < 1


def test_under_a_short_load_nothing_that_was_acknowledged_is_lost(free_tcp_port):
    """Real web processes on a database of their own: the whole measurement, a few seconds long."""
    command = [sys.executable, "-m", "benchmarks.load", "--quick", "--port", str(free_tcp_port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TALENT_")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in {0, 1}, done.stderr  # how fast it is, is not for a test that shares its processors
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["acknowledged"] == figures["stored"] == figures["audited"] > 0
    assert figures["lost"] == []
