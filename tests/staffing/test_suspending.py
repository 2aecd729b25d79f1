"""Suspending an account: with a reason, at once, by who may; nothing is removed, and the person reads why."""

import pytest

from talent.accounts import sessions, signin
from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import INVITED_BY, ROLE_PERMISSIONS, Permission, Role
from talent.accounts.service import register_candidate
from talent.accounts.standing import KeptOut
from talent.foundation.errors import Conflict, NotFound, NotPermitted, TalentError, Unprocessable
from talent.foundation.row_context import SystemContext, within
from talent.staffing import suspending
from talent.staffing.states import AccountAction
from tests.factories.corridor import make_account
from tests.staffing.test_roles import working_as

SUSPEND, LIFT = AccountAction.SUSPEND, AccountAction.LIFT
WHY = "Two agencies received letters in her name."
PASSWORD = "three old brick walls"


def decide(session, actor, account, action, reason=WHY):
    with working_as(session, actor):
        found = suspending.get_account(session, actor, account.id)
        return suspending.decide(session, actor, found, action, reason=reason)


def test_a_suspension_ends_every_session_at_once_and_the_person_reads_why(session, staff):
    candidate = register_candidate(session, login="ayesha@example.com", password=PASSWORD, language="ur")
    token = sessions.open_session_for(session, candidate, device="phone")
    decide(session, staff, candidate, SUSPEND)
    assert sessions.holder_of(session, token) is None
    with pytest.raises(KeptOut) as out:
        signin.sign_in(session, login=candidate.login, password=PASSWORD, device="d", network="39.32.1.5")
    with within(session, SystemContext.SIGN_IN):
        assert suspending.reason_of(session, out.value.account_id) == WHY
    decide(session, staff, candidate, LIFT, reason="It was somebody else.")
    assert signin.sign_in(session, login=candidate.login, password=PASSWORD, device="d", network="39.32.1.5")
    assert [event.action for event in suspending.account_journal(session, candidate)] == ["suspend", "lift"]
    assert suspending.reason_of(session, candidate.id) == ""


@pytest.mark.parametrize(("action", "suspended"), [(SUSPEND, False), (LIFT, True)])
def test_both_need_a_reason_and_neither_is_done_twice(session, staff, action, suspended):
    candidate = make_account(session)
    if suspended:
        decide(session, staff, candidate, SUSPEND)
    with pytest.raises(Unprocessable, match="reason"):
        decide(session, staff, candidate, action, reason=" ")
    decide(session, staff, candidate, action)
    with pytest.raises(Conflict):
        decide(session, staff, candidate, action)


def refusal(session, actor, account):
    """The kind of refusal, or None when the account was suspended."""
    try:
        decide(session, actor, account, SUSPEND)
    except TalentError as error:
        return type(error)
    return None


def test_who_may_suspend_whom(session):
    """Every role about every role: candidates, and whomever the actor may invite; nobody else exists for them."""
    wrong = []
    people = [role for role in Role if role is not Role.SYSTEM]
    make_account(session, Role.ADMINISTRATOR)  # so that one is always left
    for by in people:
        actor = Actor(make_account(session, by).id, by)
        for role in people:
            holds = Permission.ACCOUNT_SUSPEND in ROLE_PERMISSIONS[by]
            may = holds and (role is Role.CANDIDATE or role in INVITED_BY.get(by, ()))
            expected = None if may else NotFound if holds else NotPermitted
            found = refusal(session, actor, make_account(session, role))
            wrong += [(by, role, found)] if found is not expected else []
    assert wrong == []


def test_an_account_is_found_by_its_login_and_a_foreign_one_is_told_like_an_unknown_one(session, staff):
    candidate, administrator = make_account(session), make_account(session, Role.ADMINISTRATOR)
    with working_as(session, staff):
        assert suspending.find(session, staff, candidate.login).id == candidate.id
        said = set()
        for login in ("nobody@example.org", administrator.login):
            with pytest.raises(NotFound) as refused:
                suspending.find(session, staff, login)
            said.add(str(refused.value))
    assert len(said) == 1


def test_the_list_holds_whom_the_reader_decides_about(session, first, second, staff):
    candidate = make_account(session)
    decide(session, staff, candidate, SUSPEND)
    decide(session, first, second, SUSPEND)
    with working_as(session, staff):
        assert [one.id for one in suspending.suspended(session, staff)] == [candidate.id]
    with working_as(session, first):
        assert {one.id for one in suspending.suspended(session, first)} == {candidate.id, second.id}
    assert session.get(Account, second.id).suspended_at is not None
