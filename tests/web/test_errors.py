"""What people see when something does not go as they meant."""

import contextlib

import pytest
from sqlalchemy.orm.exc import StaleDataError
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse

from talent.foundation import errors as expected
from talent.foundation.words import Sentence
from tests.web.page_client import Browser
from web.app import create_app
from web.dependencies import SessionDep, open_session
from web.forms import SentTwice
from web.limits import MOST_WITH_FILES, MOST_WITHOUT_FILES, TooLarge

SENTENCE = Sentence("This vacancy closed on {day}.", {"day": "1 March"})
KINDS = [
    (expected.NotPermitted, 403),
    (expected.NotFound, 404),
    (expected.Conflict, 409),
    (expected.Gone, 410),
    (TooLarge, 413),
    (expected.Unprocessable, 422),
    (expected.TooMany, 429),
]
RAISED = {kind.__name__: kind(SENTENCE) for kind, _ in KINDS} | {
    "StaleDataError": StaleDataError("two at once"),
    "SentTwice": SentTwice("/profile"),
    "Bug": RuntimeError("a bug"),
    "ClientDisconnect": ClientDisconnect(),
}


class StaleSession:
    """A session whose commit loses the race against somebody else's."""

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        raise StaleDataError("two at once")


@pytest.fixture(scope="module")
def failing_app(web_settings):
    app = create_app(web_settings)

    @app.get("/raise/{name}")
    def fall(name: str):
        raise RAISED[name]

    @app.get("/saved")
    def saved(session: SessionDep):
        return PlainTextResponse("saved")

    @app.post("/drink")
    async def drink(form: dict):
        return PlainTextResponse("drunk")

    yield app
    app.state.shell.engine.dispose()


@pytest.fixture
def failing(failing_app):
    browser = Browser(failing_app)
    browser.client._transport.raise_server_exceptions = False
    return browser


@pytest.mark.parametrize(("kind", "status"), KINDS, ids=lambda value: getattr(value, "__name__", value))
def test_an_expected_error_is_a_page_with_its_status_and_its_sentence(failing, kind, status):
    page = failing.get(f"/raise/{kind.__name__}", expect=status)
    assert "This vacancy closed on 1 March." in page.text
    assert "/" in page.links()


@pytest.mark.parametrize(("kind", "status"), KINDS, ids=lambda value: getattr(value, "__name__", value))
def test_a_program_gets_the_same_sentence_as_json(failing, kind, status):
    answer = failing.client.get(f"/raise/{kind.__name__}", headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json()["error"] == "This vacancy closed on 1 March."


def test_of_two_who_change_the_same_thing_the_second_is_told(failing):
    assert "changed while you were reading" in failing.get("/raise/StaleDataError", expect=409).text


def test_a_commit_that_fails_is_never_answered_as_success(failing_app, failing):
    def open_stale():
        with StaleSession() as session:
            yield session

    failing_app.dependency_overrides[open_session] = open_stale
    try:
        assert "changed while you were reading" in failing.get("/saved", expect=409).text
    finally:
        failing_app.dependency_overrides.clear()


def test_the_second_of_two_clicks_follows_the_first(failing):
    assert failing.goes_to("/raise/SentTwice") == "/profile"


def test_a_bug_is_a_page_with_a_reference_and_without_its_innards(failing, caplog):
    page = failing.get("/raise/Bug", expect=500)
    reference = page.tree.find(".//main//bdi").text
    assert reference in caplog.text
    assert "RuntimeError" not in page.text


def test_who_goes_away_in_the_middle_of_a_form_leaves_no_line_in_the_log(failing, caplog):
    with contextlib.suppress(AssertionError):  # No answer is an error to the browser of the tests alone.
        failing.client.get("/raise/ClientDisconnect")
    assert "reference" not in caplog.text


def test_a_bug_still_carries_the_headers(failing):
    assert failing.client.get("/raise/Bug").headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/no/such/page", "/healthz/", "/static/../settings.py", "/%00", "/invitation"])
def test_an_unknown_address_is_a_page_that_leads_back(browser, path):
    assert browser.get(path, expect=404).heading == "Page not found"


def test_an_unknown_address_speaks_urdu_to_who_reads_urdu(urdu_browser):
    assert urdu_browser.get("/no/such/page", expect=404).heading == "صفحہ نہیں ملا"


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("application/x-www-form-urlencoded", MOST_WITHOUT_FILES),
        ("multipart/form-data; boundary=b", MOST_WITH_FILES),
    ],
)
def test_a_body_over_the_limit_is_refused_with_a_page_even_without_a_length(browser, kind, most):
    def pieces():
        for _ in range(most // 65536 + 2):
            yield b"a" * 65536

    answer = browser.client.post("/sign-in", content=pieces(), headers={"Content-Type": kind})
    assert answer.status_code == 413
    assert "MB" in answer.text


def test_a_broken_multipart_body_is_a_page_not_a_crash(browser):
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = browser.client.post("/sign-in", content=b"--b\r\nnonsense", headers=headers)
    assert answer.status_code in {403, 422}


def test_a_form_of_a_thousand_fields_is_refused(browser):
    answer = browser.client.post("/sign-in", data={f"f{number}": "x" for number in range(1000)})
    assert answer.status_code == 422
