"""What an institute and project staff see first, and how many people a cohort's row says are at risk."""

from datetime import timedelta

import pytest

from talent.foundation.clock import today
from talent.training import attendance, overview, risk, seats, service
from talent.training.attendance import DayPlan
from talent.training.overview import Figures
from talent.training.states import CohortAction, EnrolmentAction
from tests.factories.training import KEYS, a_cohort, a_person, make_cohort

TEN_DAYS = DayPlan(frozenset(range(7)), 360)


@pytest.fixture
def running(session, institute):
    """Two seats, three people; it began five days ago and ends in four: ten days of which two may be missed."""
    first = today() - timedelta(days=5)
    made = make_cohort(session, institute, seats=2, starts_on=first, ends_on=first + timedelta(days=9))
    for number in (1, 2, 3):
        seats.enrol(session, institute, made.id, a_person(number), keys=KEYS)
    attendance.plan_days(session, institute, made, [TEN_DAYS])
    service.move(session, institute, made, CohortAction.START)
    return made


def absent_on_one_day(session, institute, cohort):
    first, second, _ = seats.people_in(session, cohort)
    attendance.keep_day(session, institute, cohort, cohort.starts_on, {first.id: 360, second.id: 0})
    return second


def test_a_register_that_is_kept_counts_who_is_at_risk(session, institute, running):
    assert running.at_risk == 0
    absent_on_one_day(session, institute, running)
    assert running.at_risk == 1


def test_a_correction_and_a_departure_count_anew(session, institute, running):
    late = absent_on_one_day(session, institute, running)
    seats.leave(session, institute, late, EnrolmentAction.DROP_OUT, reason="Family")
    assert running.at_risk == 0
    late = absent_on_one_day_of_others(session, institute, running)
    attendance.keep_day(session, institute, running, running.starts_on, {late.id: 360})
    assert running.at_risk == 0


def absent_on_one_day_of_others(session, institute, cohort):
    first = seats.people_in(session, cohort)[0]
    attendance.keep_day(session, institute, cohort, cohort.starts_on, {first.id: 0})
    assert cohort.at_risk == 1
    return first


def test_the_worker_mends_a_figure_that_is_wrong(session, institute, running):
    absent_on_one_day(session, institute, running)
    running.at_risk = 7
    session.flush()
    version = running.version
    risk.count_everywhere(session)
    session.refresh(running, ["at_risk", "version"])
    assert (running.at_risk, running.version) == (1, version)


def test_figures_add_up_for_each_institute_that_the_reader_may_know(
    session, institute, other_institute, staff, running
):
    absent_on_one_day(session, institute, running)
    make_cohort(session, other_institute)
    over = make_cohort(session, other_institute)
    service.move(session, other_institute, over, CohortAction.CANCEL, note="No teacher")
    own = Figures(institute.organisation_id, cohorts=1, seated=2, waiting=1, at_risk=1)
    other = Figures(other_institute.organisation_id, cohorts=1, seated=0, waiting=0, at_risk=0)
    assert overview.figures(session, institute) == [own]
    assert overview.figures(session, other_institute) == [other]
    assert sorted(overview.figures(session, staff), key=lambda one: one.seated) == [other, own]


def test_a_long_list_of_cohorts_comes_page_by_page_those_under_way_first(session, institute, running):
    for number in range(25):
        draft = a_cohort(reference=f"L-{number:02}", starts_on=None, ends_on=None)
        cohort = service.create_cohort(session, institute, running.course, draft)
        service.move(session, institute, cohort, CohortAction.CANCEL, note="Written by mistake")
    first = overview.page_of_cohorts(session, institute, number=1)
    second = overview.page_of_cohorts(session, institute, number=2)
    assert (first.rows[0], len(first.rows), len(second.rows), first.total) == (running, 25, 1, 26)


def test_staff_narrow_programmes_and_cohorts_to_one_institute(session, institute, other_institute, staff):
    mine, theirs = make_cohort(session, institute), make_cohort(session, other_institute)
    for cohort in (mine, theirs):
        own = cohort.organisation_id
        assert overview.page_of_cohorts(session, staff, number=1, organisation_id=own).rows == [cohort]
        ((programme, courses),) = overview.courses_by_programme(session, staff, organisation_id=own)
        assert (programme.id, courses) == (cohort.course.programme_id, [(cohort.course_id, "MIG/MAG welding")])
