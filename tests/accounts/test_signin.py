"""Signing in: one answer for every failure, and throttles that leave the neighbours alone."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from talent.accounts import passwords, sessions, signin
from talent.accounts.actor import Actor
from talent.accounts.entering import enter
from talent.accounts.models import SignInFailure, SignInSession, SignInStage
from talent.accounts.permissions import NEEDS_SECOND_STEP, Role
from talent.accounts.service import register_candidate
from talent.accounts.signin import sign_in
from talent.accounts.standing import KeptOut
from talent.accounts.throttle import ALLOWED_FAILURES, WINDOW, Visit, throttle_keys
from talent.foundation.audit import AuditEntry
from talent.foundation.clock import now
from talent.foundation.errors import NotFound, NotPermitted, TooMany
from tests.factories.corridor import make_account

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


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM}))
def test_staff_sessions_are_shorter_than_candidates(role):
    limits = sessions.LIMITS[role]
    staff, candidate = (timedelta(minutes=30), timedelta(hours=12)), (timedelta(minutes=60), timedelta(hours=24))
    assert (limits.idle, limits.longest) == (staff if role in NEEDS_SECOND_STEP else candidate)


@pytest.mark.parametrize("stage", list(SignInStage))
@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.AGENCY_OFFICER, Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    ("idle_beyond", "age_beyond", "alive"),
    [(-MINUTE, -MINUTE, True), (MINUTE, -MINUTE, False), (-MINUTE, MINUTE, False), (MINUTE, MINUTE, False)],
)
def test_a_session_ends_when_idle_or_old(session, role, stage, idle_beyond, age_beyond, alive):
    limits = sessions.limits_of(role, stage)
    token = sessions.open_session_for(session, make_account(session, role), device="phone", stage=stage)
    begun = now()
    with time_machine.travel(begun + limits.longest + age_beyond, tick=False):
        (row,) = session.scalars(select(SignInSession))
        row.last_seen_at = now() - limits.idle - idle_beyond
        session.flush()
        assert (sessions.holder_of(session, token) is not None) is alive


def test_reading_a_page_keeps_a_session_from_becoming_idle_but_not_from_becoming_old(session, account):
    token = sessions.open_session_for(session, account, device="phone")
    begun, limits = now(), sessions.CANDIDATE_LIMITS
    read = begun
    while read < begun + limits.longest - timedelta(minutes=50):
        read += timedelta(minutes=50)
        with time_machine.travel(read, tick=False):
            assert sessions.actor_of(session, token) is not None
    with time_machine.travel(begun + limits.longest + MINUTE, tick=False):
        assert sessions.actor_of(session, token) is None


@pytest.mark.parametrize("stage", list(SignInStage))
def test_only_a_complete_sign_in_is_somebody(session, account, stage):
    token = sessions.open_session_for(session, account, device="phone", stage=stage)
    assert (sessions.actor_of(session, token) is not None) is (stage is SignInStage.FULL)
    assert sessions.holder_of(session, token).account is account


def test_another_role_ends_every_session_at_once(session, account):
    token = sessions.open_session_for(session, account, device="phone")
    account.role = Role.AGENCY_OFFICER
    session.flush()
    assert sessions.holder_of(session, token) is None
    assert sessions.sessions_of(session, account.id) == []


def test_a_suspended_account_holds_nothing_and_cannot_sign_in(session, account):
    token = sessions.open_session_for(session, account, device="phone")
    account.suspended_at = now()
    session.flush()
    assert sessions.holder_of(session, token) is None
    with pytest.raises(KeptOut):
        attempt(session)
    with pytest.raises(NotPermitted) as refused:
        attempt(session, password="another password entirely")
    assert refused.value.message.msgid == signin.WRONG


def test_the_list_of_sessions_holds_what_lives_and_is_complete(session, account):
    first, second = (sessions.open_session_for(session, account, device=name) for name in ("phone", "desk"))
    sessions.open_session_for(session, account, device="half", stage=SignInStage.SECOND_STEP)
    sessions.open_session_for(session, make_account(session), device="another person's")
    assert {one.device for one in sessions.sessions_of(session, account.id)} == {"phone", "desk"}
    later = now() + sessions.CANDIDATE_LIMITS.idle + MINUTE
    with time_machine.travel(later, tick=False):
        assert sessions.sessions_of(session, account.id) == []
    assert {sessions.actor_of(session, token).id for token in (first, second)} == {account.id}


def test_one_ends_ones_own_session_and_nobody_elses(session, account):
    token = sessions.open_session_for(session, account, device="phone")
    (row,) = sessions.sessions_of(session, account.id)
    stranger = make_account(session)
    with pytest.raises(NotFound):
        sessions.end_session(session, Actor(stranger.id, Role.CANDIDATE), row.id)
    sessions.end_session(session, Actor(account.id, Role.CANDIDATE), row.id)
    assert sessions.actor_of(session, token) is None


def test_all_other_sessions_end_together(session, account):
    tokens = [sessions.open_session_for(session, account, device=name) for name in ("phone", "desk", "library")]
    assert sessions.end_sessions_of(session, account.id, but=tokens[0]) == 2
    assert [sessions.actor_of(session, token) is not None for token in tokens] == [True, False, False]
    assert sessions.end_sessions_of(session, account.id) == 1


@pytest.mark.parametrize(("later", "fresh"), [(-MINUTE, True), (timedelta(0), False), (MINUTE, False)])
def test_a_proof_is_fresh_for_fifteen_minutes(session, account, later, fresh):
    with time_machine.travel(now(), tick=False):
        token = sessions.open_session_for(session, account, device="phone")
        begun = now()
    with time_machine.travel(begun + timedelta(minutes=15) + later, tick=False):
        assert sessions.holder_of(session, token).is_fresh is fresh


def test_proving_again_gives_a_new_token_that_lives_no_longer(session, account):
    with time_machine.travel(now() - timedelta(hours=1), tick=False):
        old = sessions.open_session_for(session, account, device="phone")
        expires = sessions.holder_of(session, old).session.expires_at
    (row,) = session.scalars(select(SignInSession))
    row.last_seen_at = now()
    new = sessions.prove_again(session, sessions.holder_of(session, old), old)
    assert sessions.holder_of(session, old) is None
    held = sessions.holder_of(session, new)
    assert held.is_fresh
    assert held.session.expires_at == expires


def test_signing_out_ends_this_session_and_no_other(session, account):
    first, second = (sessions.open_session_for(session, account, device=name) for name in ("phone", "desk"))
    sessions.close_session(session, first)
    assert sessions.actor_of(session, first) is None
    assert sessions.actor_of(session, second) is not None


def test_an_unknown_token_is_nobody(session):
    assert sessions.actor_of(session, "made up") is None


def test_complete_and_refused_sign_ins_are_in_the_journal(session, account):
    enter(session, attempt(session), Visit("phone", "39.32.1.5"))
    fail(session, 1)
    fail(session, 1, login="nobody@example.com")
    seen = session.execute(select(AuditEntry.action, AuditEntry.subject_id).where(AuditEntry.action.like("sign_in.%")))
    assert sorted(map(tuple, seen), key=str) == sorted(
        [("sign_in.complete", account.id), ("sign_in.refused", account.id), ("sign_in.refused", None)], key=str
    )
