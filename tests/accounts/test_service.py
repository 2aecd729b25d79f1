"""Accounts are made by registering or by an invitation that works once."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from talent.accounts.actor import Actor
from talent.accounts.models import OrganisationKind
from talent.accounts.once import first_time, remember_where, where_it_went
from talent.accounts.permissions import DENIALS, INVITED_BY, ROLE_PERMISSIONS, Permission, Role
from talent.accounts.service import accept_invitation, add_organisation, invitation, invite, register_candidate
from talent.foundation.clock import now
from talent.foundation.errors import Conflict, Gone, NotPermitted
from tests.factories.corridor import make_account

PASSWORD = "blue kettle on the roof"


def accepted(session, token, login="officer@example.com"):
    return accept_invitation(session, token=token, login=login, password=PASSWORD, name="Officer One")


def test_a_login_makes_one_account(session):
    register_candidate(session, login="0301 2345678", password=PASSWORD, language="en")
    with pytest.raises(Conflict):
        register_candidate(session, login="+92 301 2345678", password=PASSWORD, language="en")


def test_an_invitation_makes_an_account_of_its_role_and_organisation_once(session):
    agency = add_organisation(session, kind=OrganisationKind.AGENCY, name="Agency One", country="DE")
    admin = Actor(make_account(session, Role.ADMINISTRATOR).id, Role.ADMINISTRATOR)
    token = invite(session, admin, role=Role.AGENCY_OFFICER, organisation=agency)
    account = accepted(session, token)
    assert (account.role, account.organisation_id) == (Role.AGENCY_OFFICER, agency.id)
    with pytest.raises(Gone):
        accepted(session, token, login="second@example.com")


def test_an_invitation_ends_after_seven_days(session):
    token = invite(session, None, role=Role.ADMINISTRATOR)
    found = invitation(session, token)
    found.expires_at = now() - timedelta(seconds=1)
    session.flush()
    with pytest.raises(Gone):
        accepted(session, token)


def test_a_made_up_invitation_is_gone(session):
    with pytest.raises(Gone):
        invitation(session, "made up")


@pytest.mark.parametrize(("inviter", "invited"), list(product(sorted(set(Role) - {Role.SYSTEM}), Role)))
def test_who_may_invite_whom_is_the_table_and_nothing_else(session, inviter, invited):
    actor = Actor(make_account(session, inviter).id, inviter)
    if invited in INVITED_BY.get(inviter, ()):
        assert invite(session, actor, role=invited)
    else:
        with pytest.raises(NotPermitted):
            invite(session, actor, role=invited)


def test_an_organisation_keeps_its_kind_and_country(session):
    first = add_organisation(session, kind=OrganisationKind.AGENCY, name="Agency One", country="DE")
    assert add_organisation(session, kind=OrganisationKind.AGENCY, name=" Agency One ", country="DE") is first
    with pytest.raises(Conflict):
        add_organisation(session, kind=OrganisationKind.INSTITUTE, name="Agency One", country="DE")


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_an_actor_may_what_the_table_says_and_is_refused_in_a_sentence(role, permission):
    actor = Actor(uuid4(), role)
    if permission in ROLE_PERMISSIONS[role]:
        actor.require(permission)
    else:
        with pytest.raises(NotPermitted) as refused:
            actor.require(permission)
        assert refused.value.message.msgid == DENIALS[permission]


def test_every_permission_is_held_by_somebody_and_has_its_sentence():
    assert set(DENIALS) == set(Permission) == frozenset().union(*ROLE_PERMISSIONS.values())


def test_a_form_key_counts_once_and_remembers_where_it_led(session):
    person, key = uuid4(), "form-key"
    assert first_time(session, key, person)
    remember_where(session, key, "/profile")
    assert not first_time(session, key, person)
    assert where_it_went(session, key, person) == "/profile"
    assert where_it_went(session, key, uuid4()) == ""
