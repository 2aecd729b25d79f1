"""Demand, supply, and what a course would open."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.errors import NotPermitted
from talent.foundation.row_context import SystemContext, within
from talent.readiness import outlook
from talent.readiness.gaps import skill_gaps
from talent.readiness.models import Outlook
from talent.readiness.reach import within_reach
from talent.training import seats, service
from talent.training.schemas import CohortDraft, CourseDraft, ProgrammeDraft
from talent.training.states import CohortAction
from tests.factories.corridor import concept, make_agency, make_published_profile, make_published_vacancy, make_release
from tests.factories.training import KEYS, a_cohort, a_person, make_institute

PEOPLE = 12


@pytest.fixture
def teacher(session) -> Actor:
    make_release(session)
    return make_institute(session)


def a_course(session, teacher, *skills, title="Course"):
    programme = service.create_programme(session, teacher, ProgrammeDraft(title=title))
    draft = CourseDraft(title=title, occupation_id=concept("Welder"), language="ur")
    made = service.create_course(session, teacher, programme, draft)
    service.teach(session, teacher, made, [concept(name) for name in skills])
    return made


def refreshed(session):
    with within(session, SystemContext.FIGURES):
        outlook.refresh(session)


def shown(session, teacher, kind):
    return outlook.newest(session, teacher, kind).content


def test_before_the_first_picture_there_is_none(session, teacher):
    assert outlook.newest(session, teacher, outlook.DEMAND) is None


def test_seats_are_counted_by_occupation_skill_and_country(session, teacher):
    agency = make_agency(session)
    make_published_vacancy(session, agency, must=("welding steel",), nice=("wiring",), seats=4, country="IT")
    refreshed(session)
    rows = {row[1]: row[2] for row in shown(session, teacher, outlook.DEMAND)["seats"]}
    assert rows == {str(concept("welding steel")): {"IT": [4, 0]}, str(concept("wiring")): {"IT": [0, 4]}}


def test_a_course_opens_what_somebody_lacks_and_it_teaches(session, teacher):
    agency = make_agency(session)
    make_published_vacancy(session, agency, must=("welding steel", "wiring"), seats=3)
    make_published_vacancy(session, agency, must=("welding steel", "wiring", "python"), seats=5)
    make_published_vacancy(session, agency, must=("welding steel",), seats=7)
    for _ in range(PEOPLE):
        make_published_profile(session, skills=("welding steel",))
    course = a_course(session, teacher, "wiring")
    refreshed(session)
    (row,) = shown(session, teacher, outlook.COURSES)["courses"]
    assert (UUID(row["course"]), row["vacancies"], row["seats"], row["people"]) == (course.id, 1, 3, PEOPLE)


def test_people_of_another_occupation_open_nothing(session, teacher):
    make_published_vacancy(session, make_agency(session), must=("welding steel", "wiring"))
    make_published_profile(session, occupation="Cook", skills=("welding steel",))
    a_course(session, teacher, "wiring")
    refreshed(session)
    assert shown(session, teacher, outlook.COURSES)["courses"] == []


@pytest.mark.parametrize(("people", "counted"), [(9, None), (10, 10)])
def test_fewer_than_ten_people_are_not_counted_out(session, teacher, people, counted):
    make_published_vacancy(session, make_agency(session), must=("welding steel", "wiring"))
    for _ in range(people):
        make_published_profile(session, skills=("welding steel",))
    a_course(session, teacher, "wiring")
    refreshed(session)
    (row,) = shown(session, teacher, outlook.COURSES)["courses"]
    assert row["people"] == counted


def test_the_course_that_opens_most_seats_comes_first(session, teacher):
    agency = make_agency(session)
    make_published_vacancy(session, agency, must=("welding steel", "wiring"), seats=2)
    make_published_vacancy(session, agency, must=("welding steel", "python"), seats=9)
    make_published_profile(session, skills=("welding steel",))
    few, many = a_course(session, teacher, "wiring", title="A"), a_course(session, teacher, "python", title="B")
    refreshed(session)
    assert [row["course"] for row in shown(session, teacher, outlook.COURSES)["courses"]] == [str(many.id), str(few.id)]


def test_people_in_training_stand_in_the_month_in_which_their_course_ends(session, teacher):
    course = a_course(session, teacher, "wiring")
    cohort = service.create_cohort(session, teacher, course, a_cohort())
    service.move(session, teacher, cohort, CohortAction.OPEN)
    seats.enrol(session, teacher, cohort.id, a_person(1), keys=KEYS)
    refreshed(session)
    welder, wiring, month = str(concept("Welder")), str(concept("wiring")), f"{cohort.ends_on:%Y-%m}"
    picture = shown(session, teacher, outlook.DEMAND)
    assert (picture["coming"], picture["ends"]) == ([[welder, wiring, 1]], [[welder, month, 1]])
    assert outlook.months_of_skill(session, teacher, concept("wiring"))["ends"] == [[welder, month, 1]]


def test_seats_stand_in_the_month_in_which_the_work_begins_by_occupation_country_and_skill(session, teacher):
    agency = make_agency(session)
    for count in (2, 3):
        make_published_vacancy(session, agency, must=("wiring", "python"), seats=count, start_on=date(2027, 3, count))
    refreshed(session)
    welder, wiring = str(concept("Welder")), concept("wiring")
    row = [welder, "DE", "2027-03", 5]
    assert shown(session, teacher, outlook.DEMAND)["starts"] == [row]
    assert outlook.months_of_skill(session, teacher, wiring)["starts"] == [row]


def test_a_skill_that_nobody_asks_for_has_no_months(session, teacher):
    refreshed(session)
    assert outlook.months_of_skill(session, teacher, concept("wiring")) == {"starts": [], "ends": []}


def test_the_skills_that_most_seats_ask_for_come_first_with_the_candidates_who_have_them(session, teacher):
    agency = make_agency(session)
    make_published_vacancy(session, agency, must=("welding steel",), nice=("wiring",), seats=4)
    make_published_vacancy(session, agency, must=("wiring",), seats=1)
    for _ in range(10):
        make_published_profile(session, skills=("wiring",))
    assert skill_gaps(session, teacher, language="en").computed_at is None
    refreshed(session)
    first, second = skill_gaps(session, teacher, language="en").skills
    assert (first.label, first.must_seats, first.nice_seats, first.candidates) == ("wiring", 1, 4, 10)
    assert (second.seats, second.candidates) == (4, 0)


def test_a_candidate_is_told_which_course_would_bring_which_vacancies(session, teacher):
    wanted = make_published_vacancy(session, make_agency(session), must=("welding steel", "wiring"), seats=6)
    profile = make_published_profile(session, skills=("welding steel",))
    course = a_course(session, teacher, "wiring")
    service.create_cohort(session, teacher, course, CohortDraft(seats=5))
    candidate = Actor(profile.account_id, Role.CANDIDATE)
    (reach,) = within_reach(session, candidate)
    assert (reach.course.id, reach.vacancies, reach.seats, reach.learnt) == (course.id, (wanted.id,), 6, ("wiring",))


def test_only_those_who_plan_read_it(session, teacher):
    profile = make_published_profile(session)
    with pytest.raises(NotPermitted):
        outlook.newest(session, Actor(profile.account_id, Role.CANDIDATE), outlook.DEMAND)


def test_pictures_of_more_than_a_month_ago_are_forgotten(session, teacher):
    for _ in range(2):
        refreshed(session)
    session.execute(Outlook.__table__.update().values(computed_at=Outlook.computed_at - outlook.KEPT * 2))
    refreshed(session)
    assert session.scalar(select(func.count()).select_from(Outlook)) == len(outlook.PICTURES)


def test_the_levels_that_courses_with_people_in_training_state_stand_beside_the_skill(session, teacher):
    low, high, empty = (a_course(session, teacher, "wiring", title=title) for title in ("A", "B", "C"))
    for course, level in ((low, 3), (high, 5), (empty, 8)):
        service.set_levels(session, teacher, course, {concept("wiring"): level})
    for number, course in enumerate((low, high)):
        cohort = service.create_cohort(session, teacher, course, a_cohort())
        service.move(session, teacher, cohort, CohortAction.OPEN)
        seats.enrol(session, teacher, cohort.id, a_person(number), keys=KEYS)
    refreshed(session)
    assert shown(session, teacher, outlook.DEMAND)["levels"] == [[str(concept("wiring")), 3, 5]]
