"""Signing in: one answer for every failure, and throttles that leave the neighbours alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talent.accounts import passwords, sessions, signin
from talent.accounts.models import SignInFailure, SignInSession
from talent.accounts.service import register_candidate
from talent.accounts.signin import ALLOWED_FAILURES, WINDOW, sign_in, throttle_keys
from talent.foundation.clock import now
from talent.foundation.errors import NotPermitted, TooMany

PASSWORD = "blue kettle on the roof"
LOGIN = "ayesha@example.com"


@pytest.fixture
def account(session):
    return register_candidate(session, login=LOGIN, password=PASSWORD, language="ur")


def attempt(session, *, login=LOGIN, password=PASSWORD, device="phone", network="39.32.1.5"):
    return sign_in(session, login=login, password=password, device=device, network=network)


def test_login_and_password_together_find_the_account(session, account):
    assert attempt(session, login=" Ayesha@example.com") is account


@pytest.mark.parametrize(
    ("login", "password"), [(LOGIN, "wrong kettle on a roof"), ("nobody@example.com", PASSWORD), ("??", "x")]
)
def test_every_failure_has_the_same_sentence(session, account, login, password):
    with pytest.raises(NotPermitted) as refused:
        attempt(session, login=login, password=password)
    assert refused.value.message.msgid == signin.WRONG


@pytest.mark.parametrize("login", [LOGIN, "nobody@example.com"])
def test_a_password_is_hashed_once_whether_or_not_the_account_exists(session, account, login, monkeypatch):
    verified = []
    monkeypatch.setattr(signin, "is_password", lambda *given: verified.append(given) or passwords.is_password(*given))
    with pytest.raises(NotPermitted):
        attempt(session, login=login, password="wrong kettle on a roof")
    assert len(verified) == 1


def fail(session, times, **where):
    for _ in range(times):
        with pytest.raises(NotPermitted):
            attempt(session, password="wrong kettle on a roof", **where)


def test_an_account_is_throttled_after_its_failures_even_with_the_right_password(session, account):
    fail(session, ALLOWED_FAILURES["account"] - 1)
    assert attempt(session) is account
    fail(session, 1)
    with pytest.raises(TooMany, match="15 minutes"):
        attempt(session)


def test_the_throttle_ends_with_its_window(session, account):
    fail(session, ALLOWED_FAILURES["account"])
    for failure in session.scalars(select(SignInFailure)):
        failure.at = now() - WINDOW
    session.flush()
    assert attempt(session) is account


def test_neighbours_on_the_same_mobile_address_are_left_alone(session, account):
    fail(session, ALLOWED_FAILURES["account"], login="other@example.com", device="other phone")
    assert attempt(session) is account


@pytest.mark.parametrize(
    ("network", "same"), [("39.32.1.77", True), ("39.32.2.5", False), ("2400:adc1:1::5", False), ("", False)]
)
def test_a_network_is_its_prefix(network, same):
    keys = [throttle_keys(LOGIN, "", address)["network"] for address in ("39.32.1.5", network or "not an address")]
    assert (keys[0] == keys[1]) is same


def test_two_addresses_of_one_ipv6_prefix_are_one_network():
    keys = {throttle_keys(LOGIN, "", address)["network"] for address in ("2400:adc1:1::5", "2400:adc1:1:ffff::9")}
    assert len(keys) == 1


def test_a_session_names_its_actor_and_the_token_is_nowhere(session, account):
    token = sessions.open_session_for(session, account, device="phone")
    actor = sessions.actor_of(session, token)
    assert (actor.id, actor.role, actor.language) == (account.id, account.role, "ur")
    (row,) = session.scalars(select(SignInSession))
    assert token not in (row.token_hash, row.device)


@pytest.mark.parametrize(
    ("idle", "age", "alive"),
    [
        (timedelta(0), timedelta(0), True),
        (sessions.IDLE - timedelta(minutes=1), timedelta(days=1), True),
        (sessions.IDLE + timedelta(minutes=1), timedelta(days=1), False),
        (timedelta(0), sessions.LONGEST - timedelta(minutes=1), True),
        (timedelta(0), sessions.LONGEST + timedelta(minutes=1), False),
    ],
)
def test_a_session_ends_when_idle_or_old(session, account, idle, age, alive):
    token = sessions.open_session_for(session, account, device="phone")
    (row,) = session.scalars(select(SignInSession))
    row.created_at, row.expires_at = now() - age, now() - age + sessions.LONGEST
    row.last_seen_at = now() - idle
    session.flush()
    assert (sessions.actor_of(session, token) is not None) is alive


def test_signing_out_ends_this_session_and_no_other(session, account):
    first, second = (sessions.open_session_for(session, account, device=name) for name in ("phone", "desk"))
    sessions.close_session(session, first)
    assert sessions.actor_of(session, first) is None
    assert sessions.actor_of(session, second) is not None


def test_an_unknown_token_is_nobody(session):
    assert sessions.actor_of(session, "made up") is None
