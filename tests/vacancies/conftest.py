"""Who writes vacancies in these tests."""

import pytest
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from tests.factories.vacancies import load_words, make_officer


@pytest.fixture
def officer(session: Session) -> Actor:
    load_words(session)
    return make_officer(session)


@pytest.fixture
def stranger(session: Session) -> Actor:
    """An officer of another agency."""
    return make_officer(session)


@pytest.fixture
def staff(session: Session) -> Actor:
    return make_officer(session, role=Role.PROJECT_STAFF)
