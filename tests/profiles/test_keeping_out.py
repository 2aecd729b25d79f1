"""Whoever is suspended is in no list any more, and comes back by a step of their own."""

import pytest
from sqlalchemy import func, select

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from talent.foundation.errors import NotFound, NotPermitted
from talent.foundation.row_context import context_of, enter
from talent.profiles import consent, keeping_out, service
from talent.profiles.models import Profile, ProfileChange
from talent.profiles.states import ProfileState
from talent.staffing import suspending
from talent.staffing.states import AccountAction
from tests.factories.corridor import make_account, make_release
from tests.factories.profiles import begin, make_candidate, publish_one

WHY = "Two agencies received letters in her name."


@pytest.fixture
def staff(session):
    office = Organisation(kind=OrganisationKind.PROJECT, name="Project office", country="PK", created_at=now())
    session.add(office)
    session.flush()
    account = make_account(session, Role.PROJECT_STAFF, organisation_id=office.id)
    return Actor(account.id, Role.PROJECT_STAFF, account.name, office.id)


@pytest.fixture
def nurse(session):
    make_release(session)
    return make_candidate(session)


def decide(session, actor, account_id, action):
    before = context_of(session)
    enter(session, actor.rows)
    try:
        account = suspending.get_account(session, actor, account_id)
        return keeping_out.decide(session, actor, account, action, reason=WHY)
    finally:
        enter(session, before)


def ranked(session):
    return set(session.scalars(select(Profile.account_id).where(consent.may_be_ranked())))


def changes(session, own):
    return session.scalar(select(func.count()).where(ProfileChange.profile_id == own.profile.id))


def test_a_suspended_candidate_is_ranked_no_more_and_the_worker_is_told(session, staff, nurse):
    own = publish_one(session, nurse)
    told = changes(session, own)
    assert nurse.id in ranked(session)
    decide(session, staff, nurse.id, AccountAction.SUSPEND)
    assert nurse.id not in ranked(session)
    assert own.profile.state is ProfileState.PAUSED
    assert changes(session, own) == told + 1
    last = service.profile_journal(session, nurse, own)[-1]
    assert (last.action, last.actor_id) == ("keep_out", staff.id)


def test_lifting_publishes_nobody_and_the_candidate_resumes(session, staff, nurse):
    own = publish_one(session, nurse)
    decide(session, staff, nurse.id, AccountAction.SUSPEND)
    decide(session, staff, nurse.id, AccountAction.LIFT)
    assert own.profile.state is ProfileState.PAUSED
    service.resume(session, nurse, own)
    assert nurse.id in ranked(session)


@pytest.mark.parametrize("state", [one for one in ProfileState if one is not ProfileState.PUBLISHED])
def test_a_profile_that_is_in_no_list_stays_as_it_is(session, staff, nurse, state):
    own = begin(session, nurse)
    own.profile.state = state
    session.flush()
    decide(session, staff, nurse.id, AccountAction.SUSPEND)
    assert (own.profile.state, changes(session, own)) == (state, 0)


def test_whoever_has_no_profile_is_suspended_all_the_same(session, staff):
    account = make_account(session)
    decide(session, staff, account.id, AccountAction.SUSPEND)
    session.expire_all()
    assert session.get_one(Account, account.id).suspended_at is not None


@pytest.mark.parametrize("role", [Role.AGENCY_OFFICER, Role.CANDIDATE, Role.AUDITOR])
def test_nobody_else_keeps_anybody_out(session, nurse, role):
    own = publish_one(session, nurse)
    other = make_account(session, role)
    with pytest.raises((NotPermitted, NotFound)):
        keeping_out.decide(
            session, Actor(other.id, role), session.get_one(Account, nurse.id), AccountAction.SUSPEND, reason=WHY
        )
    assert own.profile.state is ProfileState.PUBLISHED
