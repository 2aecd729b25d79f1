"""Browsers that look at the test's own transaction."""

from functools import partial

import pytest

from talent.accounts import sessions
from tests.factories.savepoints import on_savepoints
from tests.web.failing import FAIL_AT_EACH, EachStatement
from tests.web.page_client import Browser
from web import refusals


@pytest.fixture
def app(whole_app, session):
    """The application, whose every request runs in a savepoint of the test's own transaction."""
    with on_savepoints(whole_app, session) as app:
        yield app


@pytest.fixture
def browser(app):
    """A browser in which nobody is signed in."""
    return Browser(app)


@pytest.fixture
def urdu_browser(app):
    return Browser(app, language="ur-PK,ur;q=0.9,en;q=0.5")


@pytest.fixture
def signed_in(app, session):
    """Makes a browser in which this account is signed in: ``signed_in(account)``."""

    def sign_in(account, **options):
        browser = Browser(app, **options)
        token = sessions.open_session_for(session, account, device="test")
        browser.client.cookies.set("session", token, domain="127.0.0.1", path="/")
        return browser

    return sign_in


@pytest.fixture
def each_statement(engine, session, monkeypatch):
    """From now on every form fails at each of its statements before it is sent as it is."""
    each, post = EachStatement(engine, session), Browser.post
    monkeypatch.setattr(
        Browser, "post", lambda browser, address, **sent: each.send(partial(post, browser), address, **sent)
    )
    monkeypatch.setattr(refusals, "write_down", each.afterwards.of(refusals.write_down))
    return each


@pytest.fixture(autouse=FAIL_AT_EACH)
def failing_first(each_statement):
    """Nothing of what the test sends is left half done."""
    yield
    assert each_statement.half_done == []
