"""Two people of the project office, an administrator's colleague, and the office itself."""

import pytest

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now
from tests.factories.corridor import make_account


@pytest.fixture
def office(session):
    made = Organisation(kind=OrganisationKind.PROJECT, name="Project office", country="PK", created_at=now())
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def joins(session, office):
    """Somebody of a role of the project office: ``joins(Role.PROJECT_STAFF)``."""

    def join(role):
        account = make_account(session, role, organisation_id=office.id, name=f"Somebody, {role}")
        return Actor(account.id, role, account.name, office.id)

    return join


@pytest.fixture
def first(joins):
    return joins(Role.ADMINISTRATOR)


@pytest.fixture
def second(joins):
    return joins(Role.ADMINISTRATOR)


@pytest.fixture
def staff(joins):
    return joins(Role.PROJECT_STAFF)
