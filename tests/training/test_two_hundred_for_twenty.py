"""Two hundred people ask for twenty seats at once, over real connections; ``make prove`` does it a hundred times."""

import pytest
from sqlalchemy import delete

from benchmarks.seats import as_operator, faults, institute_with_course, open_cohort, rush
from talent.accounts.models import Account, Organisation
from talent.foundation.database import make_engine, session_factory
from talent.training.models import Cohort, Course, Programme, Trainee

CONNECTIONS = 20


@pytest.fixture
def sessions(database):
    made = make_engine(database, pool_size=CONNECTIONS)
    yield as_operator(session_factory(made))
    made.dispose()


@pytest.fixture
def place(sessions):
    """An institute and its course that every connection sees; gone after the test."""
    with sessions.begin() as session:
        officer, course_id = institute_with_course(session)
    yield officer, course_id
    own = officer.organisation_id
    with sessions.begin() as session:
        session.execute(delete(Trainee).where(Trainee.organisation_id == own))
        for kind in (Cohort, Course, Programme):
            session.execute(delete(kind).where(kind.organisation_id == own))
        session.execute(delete(Account).where(Account.organisation_id == own))
        session.execute(delete(Organisation).where(Organisation.id == own))


@pytest.mark.parametrize("attempt", [1, 2])
def test_exactly_twenty_get_a_seat_the_first_of_all_and_nobody_is_told_to_come_back(sessions, place, attempt):
    officer, course_id = place
    with sessions.begin() as session:
        cohort_id = open_cohort(session, officer, course_id, reference=f"T-{attempt}", count=20)
    told_to_come_back = rush(sessions, officer, cohort_id, people=200, connections=CONNECTIONS)
    assert told_to_come_back == 0
    with sessions.begin() as session:
        assert faults(session, cohort_id, people=200, count=20) == []
