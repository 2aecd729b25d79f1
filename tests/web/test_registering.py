"""Registering: who has an account already goes on by the password alone, and who guesses is counted and stopped."""

import pytest

from talent.accounts import passwords, service
from talent.accounts.models import Account, SignInFailure
from talent.accounts.throttle import ALLOWED_FAILURES
from talent.foundation.clock import now
from tests.web.page_client import Browser

LOGIN, PASSWORD, OTHER = "ayesha@example.com", "three quiet green boats", "some other long password"


@pytest.fixture
def ayesha(session):
    return service.register_candidate(session, login=LOGIN, password=PASSWORD, language="en")


def register(browser, login, password, *, expect=303):
    return browser.send(browser.get("/register/account"), login=login, password=password, again=password, expect=expect)


def test_whoever_knows_the_password_is_answered_like_somebody_new(session, app, ayesha):
    """Status, place and cookies are the same; what they then see is what they have proved."""
    answers = []
    for login in (LOGIN, "new.here@example.com"):
        browser = Browser(app)
        assert register(browser, login, PASSWORD) == "/profile"
        answers.append(sorted(browser.client.cookies))
        browser.get("/profile")
    assert answers[0] == answers[1]
    assert session.query(Account).filter_by(login=LOGIN).count() == 1


def test_a_guess_is_told_nothing_more_and_counts_as_a_failed_sign_in(session, browser, ayesha):
    page = register(browser, LOGIN, OTHER, expect=422)
    assert page.errors["#login"] == "We could not make this account. If you have one already, sign in."
    assert session.query(SignInFailure).count() == 3  # account, browser, network


def test_a_suspended_account_reads_so_only_with_its_password(session, browser, ayesha):
    ayesha.suspended_at = now()
    session.flush()
    assert "suspended" in register(browser, LOGIN, PASSWORD, expect=403).heading
    assert "suspended" not in register(browser, LOGIN, OTHER, expect=422).text


def test_somebody_who_tries_many_logins_is_stopped_whether_they_exist_or_not(session, browser, monkeypatch):
    monkeypatch.setattr(passwords._hasher, "hash", lambda _password: "x")
    monkeypatch.setattr(passwords._hasher, "verify", lambda *_given: False)
    for number in range(ALLOWED_FAILURES["device"]):
        session.add(Account(login=f"p{number}@example.com", password_hash="x", role="candidate", created_at=now()))
        session.flush()
        register(browser, f"p{number}@example.com", OTHER, expect=422)
    told = {login: register(browser, login, OTHER, expect=429).text for login in ("p1@example.com", "free@example.com")}
    assert told["p1@example.com"].replace("p1@", "") == told["free@example.com"].replace("free@", "")
    assert session.query(Account).filter_by(login="free@example.com").count() == 0
