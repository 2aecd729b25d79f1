"""More people than can be served: who saves comes first, files last, and who is turned away knows when to come back."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from talent.accounts.models import Account
from talent.foundation import errors as expected
from tests.web.page_client import Browser
from web import shedding
from web.policy import routes_of
from web.routes import ROUTERS
from web.shedding import AT_ONCE, LAST, LAST_ENDINGS, MOST, OPENING, Busy, Shedding, Turnstile, Urgency, urgency

S, R, F = Urgency
TURNS = {
    ("POST", "/sign-in"): S,
    ("GET", "/sign-in"): S,
    ("GET", "/sign-in/second-step"): S,
    ("GET", "/register/account"): S,
    ("POST", "/register/account"): S,
    ("GET", "/invitation/abc"): S,
    ("POST", "/profile/about"): S,
    ("POST", "/figures/table"): S,
    ("DELETE", "/anything"): S,
    ("GET", "/"): R,
    ("HEAD", "/profile"): R,
    ("GET", "/matches"): R,
    ("GET", "/vacancies/1/candidates/2"): R,
    ("GET", "/figures"): F,
    ("GET", "/figures/table/file.xlsx"): F,
    ("GET", "/programme/report/file.pdf"): F,
    ("GET", "/my-data/copy"): F,
    ("GET", "/placements/1/papers"): F,
    ("GET", "/judging/grades.csv"): F,
}


def test_signing_in_and_saving_come_first_and_files_last():
    assert {asked: urgency(*asked) for asked in TURNS} == TURNS


def test_every_address_that_is_named_first_or_last_exists():
    paths = {route.path for route in routes_of(ROUTERS)}
    assert [start for start in (*OPENING, *LAST) if not any(path.startswith(start) for path in paths)] == []
    kinds = tuple(end for end in LAST_ENDINGS if end.startswith("/"))
    assert [end for end in kinds if not any(path.endswith(end) for path in paths)] == []


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits longer than a moment."""
    monkeypatch.setattr(shedding, "LONGEST_WAIT_S", dict.fromkeys(Urgency, 0.01))


def test_one_place_is_left_for_who_saves_and_two_are_all_that_files_get():
    gate = Turnstile()
    asyncio.run(fill(gate, F, MOST[F]))
    assert not gate.has_place(F)
    asyncio.run(fill(gate, R, MOST[R] - MOST[F]))
    assert (gate.has_place(R), gate.has_place(S)) == (True, True)
    asyncio.run(fill(gate, S, 1))
    assert sum(gate.inside.values()) == AT_ONCE
    assert not any(gate.has_place(kind) for kind in Urgency)


async def fill(gate, kind, times):
    for _ in range(times):
        await gate.enter(kind)


def test_readers_alone_never_take_the_last_place():
    gate = Turnstile()
    asyncio.run(fill(gate, R, AT_ONCE - 1))
    assert (gate.has_place(R), gate.has_place(S)) == (False, True)


def test_of_those_who_wait_who_saves_is_next_then_who_reads_then_files_each_in_the_order_they_came():
    async def story():
        gate, entered = Turnstile(), []

        async def one(kind, name):
            await gate.enter(kind)
            entered.append(name)

        await fill(gate, S, AT_ONCE)
        order = ((F, "file"), (R, "reader"), (S, "first"), (S, "second"), (R, "late reader"))
        tasks = [asyncio.create_task(one(*who)) for who in order]
        for _ in order:
            await asyncio.sleep(0)
            gate.leave(S)
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        return entered

    assert asyncio.run(story()) == ["first", "second", "reader", "late reader", "file"]


@pytest.mark.parametrize("kind", list(Urgency))
def test_whoever_would_wait_too_long_is_told_and_keeps_nothing(kind, impatient):
    async def story():
        gate = Turnstile()
        await fill(gate, S, AT_ONCE)
        with pytest.raises(Busy):
            await gate.enter(kind)
        return gate

    gate = asyncio.run(story())
    assert not any(gate.waiting.values())
    assert gate.inside == {S: AT_ONCE, R: 0, F: 0}


@pytest.mark.parametrize("kind", list(Urgency))
def test_the_queue_of_each_kind_is_as_long_as_said_and_no_longer(kind, monkeypatch):
    monkeypatch.setattr(shedding, "MOST_WAITING", dict.fromkeys(Urgency, 2))

    async def story():
        gate = Turnstile()
        await fill(gate, S, AT_ONCE)
        waiting = [asyncio.create_task(gate.enter(kind)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await gate.enter(kind)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return gate

    assert not asyncio.run(story()).waiting[kind], "who goes away stands in no queue"


def assert_places_are_right(gate):
    assert sum(gate.inside.values()) <= AT_ONCE
    assert all(gate.inside[one] <= MOST[one] for one in Urgency)
    assert not any(gate.waiting[one] and gate.has_place(one) for one in Urgency), "a place and somebody waiting"


async def walk(steps):
    """Do these steps; the turnstile when everybody has gone."""
    gate, tasks = Turnstile(), []
    for what, kind in steps:
        if what == "enter":
            tasks.append(asyncio.create_task(gate.enter(kind)))
        elif what == "leave" and gate.inside[kind]:
            gate.leave(kind)
        elif what == "go away" and tasks:
            tasks.pop(0).cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert_places_are_right(gate)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return gate


STEPS = st.tuples(st.sampled_from(["enter", "enter", "leave", "go away"]), st.sampled_from(list(Urgency)))


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=80))
def test_whatever_people_do_no_place_is_lost_or_given_twice(steps):
    gate = asyncio.run(walk(steps))
    assert not any(gate.waiting.values())
    assert_places_are_right(gate)


def test_a_form_on_its_way_takes_no_place_until_all_of_it_has_arrived():
    async def story():
        layer, seen = None, []

        async def inner(scope, receive, send):
            while True:
                message = await receive()
                seen.append(sum(layer.turnstile.inside.values()))
                if not message["more_body"]:
                    break
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        layer = Shedding(inner)
        parts = iter([True, True, False])

        async def receive():
            return {"type": "http.request", "body": b"x", "more_body": next(parts)}

        async def send(message):
            if message["type"] == "http.response.body":
                seen.append(sum(layer.turnstile.inside.values()))

        await layer({"type": "http", "method": "POST", "path": "/profile/about"}, receive, send)
        return seen

    assert asyncio.run(story()) == [0, 0, 1, 0]


@pytest.fixture
def full_house(app, monkeypatch, impatient):
    """The whole application while no place is free."""
    monkeypatch.setattr(shedding, "MOST", dict.fromkeys(Urgency, 0))
    return app


def test_a_full_service_says_so_in_words_and_when_to_come_back(full_house):
    for language, heading in (("en", "Not available right now"), ("ur", "فی الحال دستیاب نہیں")):
        page = Browser(full_house, language=language).get("/courses", expect=503)
        assert (page.heading, page.headers["retry-after"]) == (heading, "30")
        again = Browser(full_house, language=language).get("/about/matching?lang=" + language, expect=503)
        assert (again.heading, again.text) == (heading, page.text), "made once, the same for everybody"
        assert "set-cookie" not in again.headers


def test_a_program_is_told_the_same_as_json(full_house):
    answer = Browser(full_house).client.get("/courses", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "Wait half a minute" in answer.json()["error"]


def test_a_form_that_is_turned_away_saved_nothing(full_house, session):
    before = session.scalar(select(func.count()).select_from(Account))
    answer = Browser(full_house).client.post("/register/account", data={"login": "late@example.org"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert session.scalar(select(func.count()).select_from(Account)) == before


def test_whether_the_service_lives_and_its_styles_are_answered_also_when_it_is_full(full_house):
    assert Browser(full_house).client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "seconds"),
    [
        (OperationalError("select", {}, Exception("canceling statement due to statement timeout")), 503, "30"),
        (NoConnection("QueuePool limit"), 503, "30"),
        (expected.TooMany(), 429, str(15 * 60)),
        (expected.Conflict(), 409, None),
    ],
    ids=["a slow statement", "no connection", "too many tries", "a conflict"],
)
def test_what_passes_by_itself_says_after_how_long(full_app_that_raises, error, status, seconds):
    answer = full_app_that_raises(error)
    assert (answer.status_code, answer.headers.get("retry-after")) == (status, seconds)


@pytest.fixture
def full_app_that_raises(app):
    from web.dependencies import open_session

    def ask(error):
        def fail():
            raise error

        app.dependency_overrides[open_session] = fail
        try:
            return Browser(app).client.get("/courses")
        finally:
            app.dependency_overrides.clear()

    return ask
