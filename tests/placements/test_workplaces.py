"""What an institute learns of the work of those whom it trained: employer and first day, and of nobody else."""

from datetime import timedelta

import pytest

from talent.foundation.clock import now, today
from talent.foundation.errors import NotFound, NotPermitted
from talent.matching.models import Introduction
from talent.placements.models import Placement
from talent.placements.workplaces import workplaces
from talent.training import seats
from talent.training.models import Trainee
from talent.training.report_sheets import Work
from talent.training.states import EnrolmentState
from tests.factories.profiles import begin, make_candidate
from tests.factories.training import KEYS, a_person, make_cohort, make_institute
from tests.factories.vacancies import load_words, make_officer, make_vacancy

CERTIFIED = today() - timedelta(days=60)


@pytest.fixture
def institute(session):
    load_words(session)
    return make_institute(session)


@pytest.fixture
def agency(session, institute):
    return make_officer(session)


@pytest.fixture
def cohort(session, institute):
    made = make_cohort(session, institute)
    made.certified_on = CERTIFIED
    return made


def trained(session, institute, cohort, number, state=EnrolmentState.COMPLETED):
    """Somebody of the cohort who joined the record to the own profile."""
    one = seats.enrol(session, institute, cohort.id, a_person(number), keys=KEYS)
    one.state, one.seat = state, None
    trainee = session.get_one(Trainee, one.trainee_id)
    trainee.profile_id = begin(session, make_candidate(session)).profile.id
    session.flush()
    return trainee.profile_id


def placed(session, agency, profile_id, *, employer="Stahlbau GmbH", began_on=None):
    vacancy = make_vacancy(session, agency)
    found = Introduction(
        vacancy_id=vacancy.id, profile_id=profile_id, organisation_id=agency.organisation_id, changed_at=now()
    )
    session.add(found)
    session.flush()
    made = Placement(
        introduction_id=found.id,
        account_id=found.account_id,
        vacancy_id=vacancy.id,
        organisation_id=agency.organisation_id,
        reference=f"PL-{str(found.id)[-6:]}",
        profile_reference="TP-AAAAAA",
        job_title="Welder",
        employer=employer,
        country="DE",
        isco_group="7212",
        pathway_id="de_fast_track_81a",
        rules_version="1",
        created_at=now(),
        changed_at=now(),
        work_began_on=began_on,
    )
    session.add(made)
    session.flush()


def test_employer_and_first_day_are_told_of_those_who_completed_and_began_to_work(session, institute, agency, cohort):
    working, waiting, failed = (
        trained(session, institute, cohort, number, state)
        for number, state in enumerate((EnrolmentState.COMPLETED, EnrolmentState.COMPLETED, EnrolmentState.FAILED))
    )
    for profile, began in ((working, today()), (waiting, None), (failed, today())):
        placed(session, agency, profile, began_on=began)
    assert workplaces(session, institute, cohort) == {working: Work("Stahlbau GmbH", today())}


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (1, True)])
def test_work_that_began_before_the_certificate_is_not_the_courses(session, institute, agency, cohort, days, told):
    profile = trained(session, institute, cohort, 1)
    placed(session, agency, profile, began_on=CERTIFIED + timedelta(days=days))
    assert (profile in workplaces(session, institute, cohort)) == told


def test_of_two_workplaces_the_first_after_the_course_is_told(session, institute, agency, cohort):
    profile = trained(session, institute, cohort, 1)
    for employer, days in (("Second", 20), ("First", 10)):
        placed(session, agency, profile, employer=employer, began_on=CERTIFIED + timedelta(days=days))
    assert workplaces(session, institute, cohort)[profile].employer == "First"


def test_another_institute_and_an_agency_learn_nothing(session, agency, cohort):
    with pytest.raises(NotFound):
        workplaces(session, make_institute(session), cohort)
    with pytest.raises(NotPermitted):
        workplaces(session, agency, cohort)
