"""Browsers that look at the test's own transaction."""

import pytest

from talent.accounts import sessions
from talent.foundation.row_context import NOBODY, context_of, enter
from tests.web.page_client import Browser


@pytest.fixture
def app(whole_app, session):
    """The application, whose every request runs in a savepoint of the test's own transaction."""
    from web.dependencies import open_session

    def open_savepoint():
        before = context_of(session)
        try:
            with session.begin_nested():
                enter(session, NOBODY)
                yield session
        finally:
            enter(session, before)

    whole_app.dependency_overrides[open_session] = open_savepoint
    yield whole_app
    whole_app.dependency_overrides.clear()


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
