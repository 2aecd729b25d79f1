"""A new password by a link or with the help of two people: single use, expiring, telling nobody who has an account."""

from datetime import timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from talent.accounts import authenticator_apps, new_passwords, passwords, recovery_codes, second_steps, sessions
from talent.accounts.actor import Actor
from talent.accounts.factor_models import CodeKind, FailureStreak, IdentityCheck, PasswordCode
from talent.accounts.permissions import INVITED_BY, ROLE_PERMISSIONS, Permission, Role
from talent.accounts.service import register_candidate
from talent.accounts.sign_in_help import answer, ask, may_help, waiting
from talent.accounts.throttle import ALLOWED_FAILURES, Visit, count_failure, throttle_keys
from talent.foundation.clock import now
from talent.foundation.crypto import Key
from talent.foundation.errors import Conflict, Gone, NotFound, NotPermitted, TooMany, Unprocessable
from talent.foundation.mail import SEND_LETTER
from tests.factories.corridor import make_account

OLD, NEW = "blue kettle on the roof", "green kettle under the bed"
KEY = Key("test1", b"k" * 32)
HERE = Visit("phone", "39.32.1.5")
LETTERS = {
    "en": {"subject": "New password", "body": f"Open {new_passwords.LINK_MARK}"},
    "ur": {"subject": "نیا پاس ورڈ", "body": f"کھولیں {new_passwords.LINK_MARK}"},
}
LOGIN, PHONE = "ayesha@example.com", "+923012345678"


@pytest.fixture
def account(session):
    return register_candidate(session, login=LOGIN, password=OLD, language="ur")


@pytest.fixture
def phoner(session):
    return register_candidate(session, login=PHONE, password=OLD, language="ur")


def queued(session, name):
    rows = session.execute(
        text("select args from procrastinate_jobs where task_name = :name order by id"), {"name": name}
    )
    return [row.args for row in rows]


def link_for(session, login=LOGIN):
    new_passwords.send_link(session, login=login, letters=LETTERS, base_url="https://talent.example/")
    return queued(session, SEND_LETTER)[-1]["body"].rpartition("/")[2]


def actor(session, role):
    account = make_account(session, role)
    return Actor(account.id, role)


@pytest.mark.parametrize("login", [LOGIN, "nobody@example.com", PHONE, "??"])
def test_asking_does_the_same_for_every_login(session, account, phoner, login):
    new_passwords.ask_for_letter(session, login=login, letters=LETTERS, visit=HERE)
    (job,) = queued(session, new_passwords.PASSWORD_LETTER)
    assert job["letters"] == LETTERS
    assert list(session.scalars(select(PasswordCode))) == []


@pytest.mark.parametrize("login", [LOGIN, "nobody@example.com"])
def test_a_few_letters_for_one_login_and_no_more_within_the_window(session, account, login):
    for _ in range(ALLOWED_FAILURES["letter"]):
        new_passwords.ask_for_letter(session, login=login, letters=LETTERS, visit=HERE)
    with pytest.raises(TooMany):
        new_passwords.ask_for_letter(session, login=login, letters=LETTERS, visit=HERE)
    assert len(queued(session, new_passwords.PASSWORD_LETTER)) == ALLOWED_FAILURES["letter"]


def test_the_letter_comes_in_the_accounts_language_with_a_link_that_opens(session, account):
    code = link_for(session)
    (letter,) = queued(session, SEND_LETTER)
    assert (letter["recipient"], letter["subject"]) == (LOGIN, "نیا پاس ورڈ")
    assert f"https://talent.example/sign-in/new-password/{code}" in letter["body"]
    assert new_passwords.open_link(session, code) is account
    assert code not in {row.code_hash for row in session.scalars(select(PasswordCode))}


@pytest.mark.parametrize("login", ["nobody@example.com", PHONE])
def test_nobody_is_written_to_without_an_account_or_an_address(session, phoner, login):
    new_passwords.send_link(session, login=login, letters=LETTERS, base_url="https://talent.example")
    assert queued(session, SEND_LETTER) == []


def test_a_suspended_account_gets_no_link(session, account):
    account.suspended_at = now()
    session.flush()
    new_passwords.send_link(session, login=LOGIN, letters=LETTERS, base_url="https://talent.example")
    assert queued(session, SEND_LETTER) == []


def test_a_link_changes_the_password_once_and_ends_every_session_but_no_second_step(session, account):
    authenticator_apps.keep(session, KEY, account.id, authenticator_apps.new_secret())
    token = sessions.open_session_for(session, account, device="phone")
    count_failure(session, throttle_keys(LOGIN, "", ""))
    code = link_for(session)
    assert new_passwords.choose_by_link(session, code=code, chosen=NEW) is account
    assert passwords.is_password(NEW, account.password_hash)
    assert sessions.holder_of(session, token) is None
    assert second_steps.factors_of(session, account).has_app
    assert list(session.scalars(select(FailureStreak))) == []
    with pytest.raises(Gone):
        new_passwords.choose_by_link(session, code=code, chosen=OLD)


@pytest.mark.parametrize(("kind", "later", "opens"), [
    (CodeKind.LETTER, timedelta(hours=1), True),
    (CodeKind.LETTER, timedelta(hours=1, seconds=1), False),
    (CodeKind.HELP, timedelta(hours=24), True),
    (CodeKind.HELP, timedelta(hours=24, seconds=1), False),
])  # fmt: skip
def test_a_code_opens_as_long_as_the_table_says(session, account, kind, later, opens):
    with time_machine.travel(now(), tick=False):
        begun = now()
        new_passwords.keep_code(session, account.id, "code", kind)
    with time_machine.travel(begun + later, tick=False):
        if opens:
            assert use(session, kind) is account
        else:
            with pytest.raises((Gone, NotPermitted)):
                use(session, kind)


def use(session, kind, code="code"):
    if kind is CodeKind.LETTER:
        return new_passwords.choose_by_link(session, code=code, chosen=NEW)
    return new_passwords.choose_with_help(session, login=LOGIN, code=code, chosen=NEW, visit=HERE)


@pytest.mark.parametrize(("made", "used"), list(product(CodeKind, CodeKind)))
def test_a_code_opens_its_own_door_alone(session, account, made, used):
    new_passwords.keep_code(session, account.id, "code", made)
    if made is used:
        assert use(session, used) is account
    else:
        with pytest.raises((Gone, NotPermitted)):
            use(session, used)


def test_a_newer_code_ends_the_older_one(session, account):
    first, second = link_for(session), link_for(session)
    with pytest.raises(Gone):
        new_passwords.open_link(session, first)
    assert new_passwords.open_link(session, second) is account


def test_a_password_that_cannot_be_taken_leaves_the_link_open(session, account):
    code = link_for(session)
    with pytest.raises(Unprocessable):
        new_passwords.choose_by_link(session, code=code, chosen="short")
    assert new_passwords.choose_by_link(session, code=code, chosen=NEW) is account


def test_of_two_uses_at_once_one_is_told_yes(session, account):
    new_passwords.keep_code(session, account.id, "code", CodeKind.LETTER)
    fitting = new_passwords.code_hash("code", CodeKind.LETTER)
    assert [new_passwords.use_up(session, fitting, account.id) for _ in range(3)] == [True, False, False]


ROLES = sorted(set(Role) - {Role.SYSTEM})


@pytest.mark.parametrize(("helper", "helped"), list(product(ROLES, ROLES)))
def test_who_may_help_whom_is_the_table_and_nothing_else(session, helper, helped):
    staff = actor(session, helper)
    person = make_account(session, helped)
    may = Permission.SIGN_IN_HELP in ROLE_PERMISSIONS[helper] and (
        helped is Role.CANDIDATE or helped in INVITED_BY.get(helper, ())
    )
    assert may_help(staff, helped) is may
    if may:
        assert ask(session, staff, login=person.login, checked=IdentityCheck.CARD).account_id == person.id
    else:
        with pytest.raises((NotPermitted, NotFound)):
            ask(session, staff, login=person.login, checked=IdentityCheck.CARD)


def test_nobody_helps_themselves(session):
    me = make_account(session, Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        ask(session, Actor(me.id, Role.ADMINISTRATOR), login=me.login, checked=IdentityCheck.CARD)


def test_help_takes_two_people_and_its_code_clears_the_second_step(session, phoner):
    one, other = actor(session, Role.PROJECT_STAFF), actor(session, Role.ADMINISTRATOR)
    authenticator_apps.keep(session, KEY, phoner.id, authenticator_apps.new_secret())
    recovery_codes.issue(session, phoner.id)
    token = sessions.open_session_for(session, phoner, device="lost phone")
    request = ask(session, one, login="0301 2345678", checked=IdentityCheck.CARD)
    with pytest.raises(NotPermitted, match="second person"):
        answer(session, one, request.id, agreed=True)
    assert [row.id for row, _ in waiting(session, other)] == [request.id]
    code = answer(session, other, request.id, agreed=True)
    helped = new_passwords.choose_with_help(
        session, login="0301 2345678", code=code.upper().replace("-", " "), chosen=NEW, visit=HERE
    )
    assert helped is phoner
    assert second_steps.factors_of(session, phoner).count == 0
    assert recovery_codes.left(session, phoner.id) == 0
    assert sessions.holder_of(session, token) is None
    with pytest.raises(NotPermitted):
        new_passwords.choose_with_help(session, login=PHONE, code=code, chosen=OLD, visit=HERE)


def test_the_database_itself_refuses_one_person_for_both_parts(session, phoner):
    one = actor(session, Role.PROJECT_STAFF)
    request = ask(session, one, login=PHONE, checked=IdentityCheck.CARD)
    request.answered_by = one.id
    with pytest.raises(IntegrityError, match="two_people"), session.begin_nested():
        session.flush()


@pytest.mark.parametrize("first", [True, False])
def test_a_request_is_answered_once(session, phoner, first):
    one, other = actor(session, Role.PROJECT_STAFF), actor(session, Role.PROJECT_STAFF)
    request = ask(session, one, login=PHONE, checked=IdentityCheck.KNOWN_PERSON)
    assert bool(answer(session, other, request.id, agreed=first)) is first
    assert waiting(session, other) == []
    with pytest.raises(Conflict):
        answer(session, other, request.id, agreed=True)


def test_a_request_waits_one_day(session, phoner):
    one, other = actor(session, Role.PROJECT_STAFF), actor(session, Role.PROJECT_STAFF)
    request = ask(session, one, login=PHONE, checked=IdentityCheck.CARD)
    with time_machine.travel(request.expires_at, tick=False):
        assert waiting(session, other) == []
        with pytest.raises(Conflict):
            answer(session, other, request.id, agreed=True)


@pytest.mark.parametrize("login", [PHONE, "+923019999999"])
def test_a_wrong_code_says_the_same_with_and_without_an_account_and_is_counted(session, phoner, login):
    for _ in range(ALLOWED_FAILURES["code"]):
        with pytest.raises(NotPermitted, match="do not fit together"):
            new_passwords.choose_with_help(session, login=login, code="aaaa", chosen=NEW, visit=HERE)
    with pytest.raises(TooMany):
        new_passwords.choose_with_help(session, login=login, code="aaaa", chosen=NEW, visit=HERE)
