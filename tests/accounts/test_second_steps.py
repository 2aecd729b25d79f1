"""The second step: codes of an app, recovery codes, who needs one, and that each code counts once."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pyotp
import pytest
import time_machine
from sqlalchemy import select

from talent.accounts import authenticator_apps, own_sign_in, recovery_codes, second_steps
from talent.accounts.entering import after_password
from talent.accounts.factor_models import AuthenticatorApp, Passkey, RecoveryCode
from talent.accounts.models import SignInStage
from talent.accounts.permissions import NEEDS_SECOND_STEP, Role
from talent.accounts.throttle import ALLOWED_FAILURES, Visit
from talent.foundation.clock import now
from talent.foundation.crypto import DoesNotOpen, Key, new_secret
from talent.foundation.errors import NotPermitted, TooMany, Unprocessable
from tests.factories.corridor import make_account

KEY = Key("test1", b"k" * 32)
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", RFC 6238 appendix B
HERE = Visit("phone", "39.32.1.5")
ROLES = sorted(set(Role) - {Role.SYSTEM})


@pytest.fixture
def officer(session):
    return make_account(session, Role.AGENCY_OFFICER)


@pytest.fixture
def secret(session, officer):
    made = authenticator_apps.new_secret()
    authenticator_apps.keep(session, KEY, officer.id, made)
    return made


@pytest.fixture
def codes(session, officer):
    return recovery_codes.issue(session, officer.id)


def code_now(secret, steps=0):
    return authenticator_apps.code_at(secret, authenticator_apps.present_step() + steps)


def passkey_for(session, account):
    made = Passkey(account_id=account.id, credential_id=new_secret(), public_key=b"x", sign_count=0, name="phone")
    made.created_at = now()
    session.add(made)
    session.flush()
    return made


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    with time_machine.travel(datetime.fromtimestamp(seconds, UTC), tick=False):
        assert code_now(RFC_SECRET) == code


def test_an_ordinary_app_shows_the_same_code():
    secret = authenticator_apps.new_secret()
    with time_machine.travel(now(), tick=False):
        assert pyotp.TOTP(secret).at(now()) == code_now(secret)


def test_a_secret_has_160_random_bits():
    made = {authenticator_apps.new_secret() for _ in range(50)}
    assert len(made) == 50
    assert {len(secret) for secret in made} == {32}


@pytest.mark.parametrize(("drift", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_phones_clock_may_be_thirty_seconds_off(session, officer, secret, drift, taken):
    with time_machine.travel(now(), tick=False):
        assert authenticator_apps.accept(session, KEY, officer.id, code_now(secret, drift)) is taken


@pytest.mark.parametrize(
    ("first", "second", "taken"), [(0, 0, False), (0, -1, False), (-1, 0, True), (0, 1, True), (1, 0, False)]
)
def test_a_code_counts_once_and_an_older_one_not_any_more(session, officer, secret, first, second, taken):
    with time_machine.travel(now(), tick=False):
        assert authenticator_apps.accept(session, KEY, officer.id, code_now(secret, first))
        assert authenticator_apps.accept(session, KEY, officer.id, code_now(secret, second)) is taken


def test_the_code_that_set_the_app_up_does_not_sign_in(session, officer):
    secret = authenticator_apps.new_secret()
    with time_machine.travel(now(), tick=False):
        authenticator_apps.add(session, KEY, officer, secret=secret, code=code_now(secret))
        assert not authenticator_apps.accept(session, KEY, officer.id, code_now(secret))


@pytest.mark.parametrize("spelled", ["{front} {back}", " {code} ", "{urdu}"])
def test_spaces_and_urdu_digits_make_no_difference(session, officer, secret, spelled):
    code = code_now(secret)
    urdu = code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert authenticator_apps.accept(
        session, KEY, officer.id, spelled.format(code=code, urdu=urdu, front=code[:3], back=code[3:])
    )


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "000000000", "۱۲"])
def test_anything_else_is_no_code(session, officer, secret, code):
    assert not authenticator_apps.accept(session, KEY, officer.id, code)


def test_a_wrong_first_code_keeps_no_app(session, officer):
    secret = authenticator_apps.new_secret()
    wrong = code_now(secret, 5)
    with pytest.raises(Unprocessable, match="does not fit"):
        authenticator_apps.add(session, KEY, officer, secret=secret, code=wrong)
    assert not authenticator_apps.has_app(session, officer.id)


def test_the_secret_is_nowhere_in_clear_and_bound_to_its_account(session, officer, secret):
    row = session.scalars(select(AuthenticatorApp)).one()
    assert secret not in row.sealed_secret
    row.account_id = make_account(session).id
    session.flush()
    with pytest.raises(DoesNotOpen):
        authenticator_apps.accept(session, KEY, row.account_id, code_now(secret))


def test_a_secret_on_its_way_through_the_form_belongs_to_one_account(session, officer):
    sealed = authenticator_apps.setting_up(KEY, officer.id, RFC_SECRET)
    assert authenticator_apps.set_up_secret(KEY, officer.id, sealed) == RFC_SECRET
    with pytest.raises(DoesNotOpen):
        authenticator_apps.set_up_secret(KEY, make_account(session).id, sealed)


def test_there_are_ten_recovery_codes_of_120_bits_and_only_hashes_are_kept(session, officer, codes):
    assert len(set(codes)) == recovery_codes.CODES
    assert {len(code.replace("-", "")) for code in codes} == {24}
    kept = {row.code_hash for row in session.scalars(select(RecoveryCode))}
    assert len(kept) == recovery_codes.CODES
    assert not kept & set(codes)


def test_a_recovery_code_opens_once_and_for_its_holder_alone(session, officer, codes):
    assert not recovery_codes.accept(session, make_account(session).id, codes[0])
    assert recovery_codes.accept(session, officer.id, codes[0].upper().replace("-", " "))
    assert not recovery_codes.accept(session, officer.id, codes[0])
    assert recovery_codes.left(session, officer.id) == recovery_codes.CODES - 1


def test_new_recovery_codes_end_the_old_ones(session, officer, codes):
    fresh = recovery_codes.issue(session, officer.id)
    assert not recovery_codes.accept(session, officer.id, codes[0])
    assert recovery_codes.accept(session, officer.id, fresh[0])


@pytest.mark.parametrize(("role", "has_app"), list(product(ROLES, (False, True))))
def test_what_follows_the_right_password(session, role, has_app):
    account = make_account(session, role)
    if has_app:
        authenticator_apps.keep(session, KEY, account.id, RFC_SECRET)
    expected = (
        SignInStage.SECOND_STEP if has_app else SignInStage.FULL if role is Role.CANDIDATE else SignInStage.SET_UP
    )
    assert after_password(session, account, HERE).stage is expected


def test_everybody_but_candidates_needs_a_second_step():
    assert set(ROLES) - NEEDS_SECOND_STEP == {Role.CANDIDATE}


def check(session, account, code):
    second_steps.check_code(session, KEY, account, code, HERE)


def test_the_second_step_takes_a_code_of_the_app_or_a_recovery_code(session, officer, secret, codes):
    check(session, officer, code_now(secret))
    check(session, officer, codes[3])
    for used in (code_now(secret), codes[3]):
        with pytest.raises(NotPermitted):
            check(session, officer, used)


def test_after_five_wrong_codes_even_the_right_one_waits(session, officer, secret):
    for _ in range(ALLOWED_FAILURES["code"]):
        with pytest.raises(NotPermitted):
            check(session, officer, code_now(secret, 9))
    with pytest.raises(TooMany, match="15 minutes"):
        check(session, officer, code_now(secret))
    with time_machine.travel(now() + timedelta(minutes=16)):
        check(session, officer, code_now(secret))


@pytest.mark.parametrize("role", ROLES)
def test_the_last_second_step_goes_only_where_none_is_needed(session, role):
    account = make_account(session, role)
    authenticator_apps.keep(session, KEY, account.id, RFC_SECRET)
    recovery_codes.issue(session, account.id)
    if role in NEEDS_SECOND_STEP:
        with pytest.raises(Unprocessable, match="Add another one first"):
            own_sign_in.remove_app(session, account, token="")
    else:
        own_sign_in.remove_app(session, account, token="")
        assert recovery_codes.left(session, account.id) == 0


def test_one_of_two_second_steps_goes_and_the_recovery_codes_stay(session, officer, secret, codes):
    kept = passkey_for(session, officer)
    own_sign_in.remove_app(session, officer, token="")
    assert second_steps.factors_of(session, officer).passkeys == [kept]
    assert recovery_codes.left(session, officer.id) == recovery_codes.CODES
