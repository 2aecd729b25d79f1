"""Throttles: a guesser is stopped, the holder is not locked out, and neighbours are left alone."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy import select

from talent.accounts import devices
from talent.accounts.entering import enter
from talent.accounts.factor_models import FailureStreak
from talent.accounts.models import SignInFailure
from talent.accounts.service import register_candidate
from talent.accounts.signin import sign_in
from talent.accounts.throttle import (
    ALLOWED_FAILURES,
    LONGEST_STREAK,
    WINDOW,
    Visit,
    network_prefix,
    refuse_when_throttled,
    throttle_keys,
)
from talent.foundation.clock import now
from talent.foundation.errors import NotPermitted, TooMany

PASSWORD = "blue kettle on the roof"
LOGIN, NOBODY = "ayesha@example.com", "nobody@example.com"
HOME = Visit("her own phone", "39.32.1.5")


@pytest.fixture
def account(session):
    return register_candidate(session, login=LOGIN, password=PASSWORD, language="ur")


def attempt(session, *, login=LOGIN, password=PASSWORD, device="guesser", network="203.0.113.9"):
    return sign_in(session, login=login, password=password, device=device, network=network)


def fail(session, times, **where):
    for _ in range(times):
        with pytest.raises(NotPermitted):
            attempt(session, password="wrong kettle on a roof", **where)


@pytest.mark.parametrize(("kind", "beside"), list(product(ALLOWED_FAILURES, (-1, 0, 1))))
def test_each_counter_allows_what_the_table_says(session, kind, beside):
    keys = {kind: f"{kind}:somebody"}
    for _ in range(ALLOWED_FAILURES[kind] + beside):
        session.add(SignInFailure(key=keys[kind], at=now()))
    session.flush()
    if beside < 0:
        refuse_when_throttled(session, keys)
    else:
        with pytest.raises(TooMany, match="Wait 15 minutes"):
            refuse_when_throttled(session, keys)


@pytest.mark.parametrize(("age", "counts"), [(WINDOW - timedelta(seconds=5), True), (WINDOW, False)])
def test_a_failure_counts_within_its_window(session, age, counts):
    with time_machine.travel(now(), tick=False):
        session.add_all(SignInFailure(key="code:x", at=now() - age) for _ in range(ALLOWED_FAILURES["code"]))
        session.flush()
        if counts:
            with pytest.raises(TooMany):
                refuse_when_throttled(session, {"code": "code:x"})
        else:
            refuse_when_throttled(session, {"code": "code:x"})


def test_a_guesser_elsewhere_does_not_lock_the_holder_out_of_a_known_phone(session, account):
    enter(session, account, HOME)
    fail(session, ALLOWED_FAILURES["account"])
    with pytest.raises(TooMany):
        attempt(session)
    assert attempt(session, device=HOME.device, network=HOME.network) is account


def test_a_known_phone_is_throttled_by_its_own_failures(session, account):
    enter(session, account, HOME)
    fail(session, ALLOWED_FAILURES["known"], device=HOME.device, network=HOME.network)
    with pytest.raises(TooMany):
        attempt(session, device=HOME.device, network=HOME.network)


@pytest.mark.parametrize("login", [LOGIN, NOBODY])
def test_after_a_hundred_failures_in_a_row_however_slow_only_a_new_password_helps(session, account, login):
    begun = now()
    for number in range(LONGEST_STREAK):
        with time_machine.travel(begun + number * timedelta(hours=1), tick=False):
            fail(session, 1, login=login, device=f"browser {number}")
    with (
        time_machine.travel(begun + LONGEST_STREAK * timedelta(hours=1), tick=False),
        pytest.raises(TooMany, match="Choose a new password"),
    ):
        attempt(session, login=login, device="another")


def test_signing_in_begins_the_row_anew(session, account):
    fail(session, ALLOWED_FAILURES["account"] - 1)
    enter(session, attempt(session), Visit("guesser", "203.0.113.9"))
    assert list(session.scalars(select(FailureStreak))) == []
    fail(session, ALLOWED_FAILURES["known"] - 1)
    assert attempt(session) is account


def test_failures_while_throttled_do_not_make_it_longer(session, account):
    fail(session, ALLOWED_FAILURES["account"])
    rows = len(list(session.scalars(select(SignInFailure))))
    for _ in range(3):
        with pytest.raises(TooMany):
            attempt(session)
    assert len(list(session.scalars(select(SignInFailure)))) == rows


def test_capitals_and_spaces_share_one_counter(session, account):
    fail(session, ALLOWED_FAILURES["account"], login=" AYESHA@example.com ")
    with pytest.raises(TooMany):
        attempt(session)


def test_thousands_behind_one_address_sign_in_while_hundreds_mistype(session, account):
    shared = throttle_keys("", "", HOME.network)["network"]
    for number in range(ALLOWED_FAILURES["network"] - 1):
        session.add_all(SignInFailure(key=key, at=now()) for key in (shared, f"account:{number}"))
    session.flush()
    assert attempt(session, network=HOME.network) is account


def test_a_flood_of_failures_from_one_address_waits_but_another_address_does_not(session, account):
    shared = throttle_keys("", "", HOME.network)["network"]
    session.add_all(SignInFailure(key=shared, at=now()) for _ in range(ALLOWED_FAILURES["network"]))
    session.flush()
    with pytest.raises(TooMany):
        attempt(session, network=HOME.network)
    assert attempt(session) is account


@pytest.mark.parametrize(
    ("address", "prefix"),
    [("39.32.1.77", "39.32.1.0/24"), ("2400:adc1:1:2::9", "2400:adc1:1::/48"), ("", "unknown"), ("x", "unknown")],
)
def test_of_an_address_only_the_prefix_is_kept(address, prefix):
    assert network_prefix(address) == prefix


CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0"


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Chrome, Android"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
        (f"Mozilla/5.0 (Linux; Android 13) SamsungBrowser/26.0 {CHROME} Safari/537.36", "Samsung Internet, Android"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_said_in_words(browser, words):
    assert devices.in_words(browser) == words


def test_a_second_browser_is_a_new_device_and_the_first_is_not(session, account):
    assert not enter(session, account, HOME).is_new_device
    assert not enter(session, account, HOME).is_new_device
    assert enter(session, account, Visit("library", "39.32.9.9")).is_new_device
    assert not enter(session, account, Visit("library", "39.32.9.9")).is_new_device


def test_the_twenty_browsers_seen_last_are_known(session, account):
    begun = now()
    for number in range(devices.MOST_DEVICES + 3):
        with time_machine.travel(begun + timedelta(minutes=number), tick=False):
            enter(session, account, Visit(f"browser {number}", "39.32.1.5"))
    assert devices.known_count(session, account) == devices.MOST_DEVICES
    with time_machine.travel(begun + timedelta(days=1), tick=False):
        assert enter(session, account, Visit("browser 0", "39.32.1.5")).is_new_device
