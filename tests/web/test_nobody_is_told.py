"""Nobody learns who has an account: not by text, not by code, not by how long an answer takes."""

import re
import statistics
import time

import pytest
from sqlalchemy import event

from talent.accounts import passwords, service
from tests.web.page_client import Browser

GOOD = "three quiet green boats"
KNOWN, UNKNOWN = "ayesha@example.com", "nobody.here@example.com"
TRIES = 40
MASKED = re.compile(r'name="(_token|_once|challenge)" value="[^"]*"')


@pytest.fixture
def ayesha(session):
    return service.register_candidate(session, login=KNOWN, password=GOOD, language="en")


def answer_to(app, page, action, filled):
    """Status, page and where it leads, with everything masked that differs between any two answers."""
    browser = Browser(app)
    browser.client.cookies.set("device", "one browser for all", domain="127.0.0.1", path="/")
    form = browser.get(page).form(action)
    data = dict(form.form_values()) | filled
    answer = browser.client.post(action, data=data, headers={"Origin": "http://127.0.0.1:8000"})
    text = MASKED.sub("", answer.text).replace(filled["login"], "")
    return answer.status_code, answer.headers.get("location"), text, len(answer.headers.get("set-cookie", ""))


QUESTIONS = [
    ("/sign-in", "/sign-in", {"password": "not the password"}),
    ("/sign-in/forgotten", "/sign-in/forgotten", {}),
    ("/sign-in/helped", "/sign-in/helped", {"code": "aaaa-bbbb", "password": GOOD, "again": GOOD}),
]


@pytest.mark.parametrize(("page", "action", "filled"), QUESTIONS, ids=lambda value: str(value)[:20])
def test_known_and_unknown_logins_get_the_same_answer_to_the_byte(app, ayesha, page, action, filled):
    known, unknown = (answer_to(app, page, action, filled | {"login": login}) for login in (KNOWN, UNKNOWN))
    assert known == unknown


@pytest.mark.parametrize(("page", "action", "filled"), QUESTIONS, ids=lambda value: str(value)[:20])
def test_known_and_unknown_logins_cost_the_same_statements_and_hashes(
    app, engine, ayesha, monkeypatch, page, action, filled
):
    hashed, told = [], {}
    verify = passwords._hasher.verify
    monkeypatch.setattr(passwords._hasher, "verify", lambda *given: hashed.append(1) or verify(*given))
    for login in (KNOWN, UNKNOWN):
        statements = []
        hashed.clear()
        note = lambda *given, kept=statements: kept.append(re.sub(r"_\d+", "", given[2]).split("(")[0])  # noqa: E731 - one line
        event.listen(engine, "before_cursor_execute", note)
        answer_to(app, page, action, filled | {"login": login})
        event.remove(engine, "before_cursor_execute", note)
        told[login] = (statements, len(hashed))
    assert told[KNOWN] == told[UNKNOWN]


def area_under_the_curve(first, second):
    """The chance that a random one of the first took longer than a random one of the second; 0.5 tells nothing."""
    wins = sum((one > other) + (one == other) / 2 for one in first for other in second)
    return wins / (len(first) * len(second))


def test_how_long_a_refusal_takes_tells_nothing(ayesha):
    took = {KNOWN: [], UNKNOWN: []}
    stored = {KNOWN: ayesha.password_hash, UNKNOWN: None}
    for number in range(2 * TRIES):
        login = (KNOWN, UNKNOWN)[number % 2]  # in turns, so that a busy moment of the machine meets both alike
        begun = time.perf_counter()
        assert not passwords.is_password("not the password", stored[login])
        took[login].append(time.perf_counter() - begun)
    area = area_under_the_curve(took[KNOWN], took[UNKNOWN])
    medians = [statistics.median(times) for times in took.values()]
    assert 0.25 < area < 0.75 or max(medians) / min(medians) < 1.2


def test_the_measure_notices_a_hash_that_is_left_out(ayesha):
    slow, fast = [], []
    for _ in range(5):
        begun = time.perf_counter()
        passwords.is_password("not the password", ayesha.password_hash)
        slow.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        fast.append(time.perf_counter() - begun)
    assert area_under_the_curve(slow, fast) > 0.95
