"""Who may know that a profile exists."""

import pytest

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.permissions import Role
from talent.foundation.errors import NotPermitted
from talent.profiles import service
from talent.profiles.policy import visible_profiles
from tests.factories.corridor import make_account, make_release
from tests.factories.profiles import begin, make_candidate, publish_one

STAFF = [Role.AGENCY_OFFICER, Role.INSTITUTE_OFFICER, Role.PROJECT_STAFF, Role.ADMINISTRATOR]


def test_a_candidate_sees_their_own_profile_and_no_other(session):
    mine, theirs = make_candidate(session), make_candidate(session)
    own, _other = begin(session, mine), begin(session, theirs)
    assert [profile.id for profile in session.scalars(visible_profiles(mine))] == [own.profile.id]


def test_a_candidate_who_has_not_begun_sees_none(session):
    begin(session, make_candidate(session))
    assert session.scalars(visible_profiles(make_candidate(session))).all() == []


@pytest.mark.parametrize("role", STAFF)
def test_nobody_else_reads_a_profile_not_even_a_published_one(session, role):
    make_release(session)
    publish_one(session, make_candidate(session))
    assert session.scalars(visible_profiles(Actor(make_account(session, role).id, role))).all() == []


def test_the_service_itself_sees_every_profile(session):
    own = begin(session, make_candidate(session))
    assert own.profile.id in {profile.id for profile in session.scalars(visible_profiles(SYSTEM))}


@pytest.mark.parametrize("role", STAFF)
def test_staff_cannot_begin_or_open_a_profile(session, role):
    actor = Actor(make_account(session, role).id, role)
    with pytest.raises(NotPermitted, match="Only a candidate may keep a profile"):
        service.get_or_begin(session, actor)
    with pytest.raises(NotPermitted):
        service.own_profile(session, actor)
