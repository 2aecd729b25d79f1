"""Who teaches in these tests."""

import pytest
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.training.models import Cohort
from tests.factories.training import make_cohort, make_institute
from tests.factories.vacancies import load_words, make_officer


@pytest.fixture
def institute(session: Session) -> Actor:
    load_words(session)
    return make_institute(session)


@pytest.fixture
def other_institute(session: Session) -> Actor:
    return make_institute(session)


@pytest.fixture
def staff(session: Session) -> Actor:
    return make_officer(session, role=Role.PROJECT_STAFF)


@pytest.fixture
def agency(session: Session) -> Actor:
    return make_officer(session)


@pytest.fixture
def cohort(session: Session, institute: Actor) -> Cohort:
    """Twenty open seats."""
    return make_cohort(session, institute)
