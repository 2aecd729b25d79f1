"""An agency asks for twenty welders; an institute trains them; those certified stand on the shortlist with evidence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from talent.accounts import service as accounts
from talent.accounts.actor import Actor
from talent.accounts.models import OrganisationKind
from talent.accounts.permissions import Role
from talent.accounts.throttle import Visit
from talent.foundation.clock import today
from talent.matching.service import shortlist
from talent.profiles.models import Profile, ProfileSkill
from talent.readiness import applying, asking
from talent.readiness.awards import certify
from talent.taxonomy.levels import CEFR, Evidence
from talent.training import attendance, register, results, seats, service
from talent.training.attendance import DayPlan
from talent.training.destinations import Criterion, findings
from talent.training.facts import Result, facts_by_enrolment
from talent.training.people import PersonKeys
from talent.training.register import RegisterKind
from talent.training.schemas import (
    AssessmentDraft,
    CohortDraft,
    CourseDraft,
    CourseSkills,
    ProgrammeDraft,
    RequestDraft,
)
from talent.training.standing import Outlook
from talent.training.states import CohortAction, EnrolmentAction, EnrolmentState
from talent.training.terms import AssessmentKind
from talent.vacancies.schemas import WantedSkill
from tests.factories.corridor import concept
from tests.factories.files import xlsx
from tests.factories.profiles import publish_one

HERE = Visit("a phone", "39.32.1.5")

KEYS = PersonKeys("a secret of tests that is long enough")
E = EnrolmentState
LEAST = 80
DAYS = 10
LATE = (3, 7)  # these two miss three of the ten days
LEAVES = 5
OWN_PHONE = "0301 2345678"


def applicant(number):
    return ["C-001", f"Applicant {number}", f"35202{number:08}", f"0302{number:07}", "yes"]


ROWS = [
    ["cohort", "name", "cnic", "phone", "for_vacancy"],
    ["C-001", "Muhammad Aslam Khan", "3520200000999", OWN_PHONE, "yes"],
    *(applicant(number) for number in range(1, 22)),
    ["C-001", "Wrong Number", "123", "", "yes"],
    ["C-001", "", "3520211111111", "", "yes"],
    ["C-777", "Wrong Cohort", "3520222222222", "", "yes"],
    applicant(1),
]


@pytest.fixture
def institute(place) -> Actor:
    made = accounts.add_organisation(
        place.session, kind=OrganisationKind.INSTITUTE, name="Govt. Technical College", country="PK"
    )
    token = accounts.invite(place.session, None, role=Role.INSTITUTE_OFFICER, organisation=made)
    account = accounts.accept_invitation(
        place.session,
        token=token,
        login=f"institute-{uuid4().hex[:8]}@example.org",
        password="four quiet words here",
        name="Rabia Anwar",
    )
    return place.actor(account)


@pytest.fixture
def wanted(place, officer):
    """Twenty seats; pipe welding is a must that the course teaches."""
    musts = tuple(WantedSkill(skill_id=concept(name), words=name) for name in ("welding steel", "wiring"))
    return place.posts(officer, seats=20, skills=musts)


@pytest.fixture
def cohort(place, institute, officer, wanted):
    """The agency's request, answered by a cohort of twenty reserved seats."""
    session = place.session
    request = asking.ask(
        session, officer, wanted.id, RequestDraft(institute_id=institute.organisation_id, people=20, words="MAG")
    )
    programme = service.create_programme(session, institute, ProgrammeDraft(title="Welders for Europe"))
    course = service.create_course(
        session,
        institute,
        programme,
        CourseDraft(
            title="Welding with wiring",
            occupation_id=concept("Welder"),
            language="ur",
            vocational_hours=50,
            civic_hours=10,
            least_attendance=LEAST,
        ),
    )
    service.teach(session, institute, course, CourseSkills(skills=[concept("welding steel"), concept("wiring")]).skills)
    draft = CohortDraft(
        reference="C-001",
        starts_on=today() - timedelta(days=DAYS - 1),
        ends_on=today(),
        joins_until=today(),
        seats=20,
        reserved_seats=20,
        venue="Workshop 2, Lahore",
        instructors="Imran Siddiqui",
    )
    made = asking.accept(session, institute, request, course, draft)
    service.move(session, institute, made, CohortAction.OPEN)
    return service.get_cohort(session, institute, made.id)


@pytest.fixture
def people(place, institute, cohort, tmp_path):
    """Twenty-six applicants from a workbook: three bad rows, one duplicate, twenty-two good ones."""
    brought = register.upload(
        place.session, institute, RegisterKind.PEOPLE, xlsx(ROWS), original_name="welders.xlsx", var_dir=tmp_path,
        keys=KEYS,
    )  # fmt: skip
    register.take(place.session, institute, brought, var_dir=tmp_path, keys=KEYS)
    assert brought.counts == {"new": 22, "refused": 4}
    return seats.people_in(place.session, cohort)


def code_of(session, people, name):
    """The code that the institute gave to its trainee of this name."""
    names = seats.names_of(session, people)
    return next(one.trainee.claim_code for one in people if names[one.id] == name)


@pytest.fixture
def joined(place, candidate, people):
    """The candidate says "this is me" to the institute's record, by the code that the institute gave."""
    code = code_of(place.session, people, "Muhammad Aslam Khan")
    return applying.join_by_code(place.session, candidate, f" {code.lower()} ", HERE)


@pytest.fixture
def run(place, institute, cohort, people, joined):
    """Ten days, of which two people miss three; one leaves on the first day and the waiting list moves."""
    session = place.session
    attendance.plan_days(session, institute, cohort, [DayPlan(frozenset(range(7)), 360)])
    service.move(session, institute, cohort, CohortAction.START)
    (moved,) = seats.leave(session, institute, people[LEAVES], EnrolmentAction.DROP_OUT, reason="Found work in Karachi")
    active = [one for one in seats.people_in(session, cohort) if one.state is E.ACTIVE]
    for number, day in enumerate(attendance.days(session, cohort)):
        late = {people[one].id for one in LATE} if number < 3 else set()
        marks = {one.id: 0 if one.id in late else 360 for one in active}
        attendance.keep_day(session, institute, cohort, day.day, marks)
    return moved


@pytest.fixture
def certified(place, institute, cohort, run):
    session = place.session
    active = [one for one in seats.people_in(session, cohort) if one.state is E.ACTIVE]
    for kind in (AssessmentKind.WRITTEN, AssessmentKind.PRACTICAL, AssessmentKind.ORAL):
        test = results.add_assessment(
            session,
            institute,
            cohort,
            AssessmentDraft(kind=kind, title=kind.value, held_on=today(), assessor="Nadia Qureshi"),
        )
        results.record(session, institute, cohort, test, {one.id: Result(passed=True) for one in active})
    service.move(session, institute, cohort, CohortAction.ASSESS)
    counts = results.conclude(session, institute, cohort, cohort.course)
    certify(session, institute, cohort)
    place.work()
    return counts


def test_twenty_get_a_seat_and_two_wait(people):
    assert [one.state for one in people] == [E.ENROLLED] * 20 + [E.APPLIED] * 2


def test_whoever_leaves_frees_the_seat_for_the_first_who_waits(people, run):
    assert people[LEAVES].state is E.DROPPED_OUT
    assert (run.id, people[20].state, people[21].state) == (people[20].id, E.ACTIVE, E.APPLIED)


def test_two_who_missed_too_much_are_told_while_it_runs(place, institute, cohort, people, run):
    facts = facts_by_enrolment(place.session, cohort, cohort.course)
    attended = {
        key: next(
            rule.outlook
            for found in findings(one, on=today())
            for rule in found.findings
            if rule.rule.criterion is Criterion.ATTENDANCE
        )
        for key, one in facts.items()
    }
    assert {key for key, outlook in attended.items() if outlook is Outlook.MISSED} == {people[one].id for one in LATE}


def test_those_below_the_rule_fail_and_the_others_complete(people, certified):
    assert certified == (18, 2)
    assert {people[one].state for one in LATE} == {E.FAILED}


def test_before_the_course_the_candidate_lacks_the_skill(place, candidate, officer, wanted, people):
    place.work()
    (card,) = shortlist(place.session, officer, wanted.id, language="en")[1].rows
    assert {line.needed: line.verdict for line in card.explanation.skills}["wiring"] == "missing"


def test_the_certified_stand_on_the_shortlist_with_assessed_evidence(place, candidate, officer, wanted, certified):
    (card,) = shortlist(place.session, officer, wanted.id, language="en")[1].rows
    assert card.profile_id == place.profile_of(candidate).id
    evidence = {held.skill_id: held.evidence for held in card.candidate.skills}
    assert evidence[concept("wiring")] == evidence[concept("welding steel")] == Evidence.ASSESSED
    assert {line.needed: line.verdict for line in card.explanation.skills}["wiring"] == "met"


def test_what_the_candidate_claims_alone_stays_a_claim(place, candidate, certified):
    held = place.session.scalars(select(ProfileSkill).join(Profile).where(Profile.account_id == candidate.id))
    levels = {skill.skill_id: skill.evidence for skill in held}
    assert levels[concept("pipe welding")] is Evidence.SELF_DECLARED


def test_the_certificate_with_issuer_and_day_is_on_the_profile(place, candidate, certified):
    from talent.profiles.service import own_profile

    papers = own_profile(place.session, candidate).profile.qualifications
    assert ("Welding with wiring", "Govt. Technical College", today()) in {
        (one.title, one.issuing_body, one.awarded_on) for one in papers
    }


def test_somebody_who_joins_after_the_certificate_gets_it_too(place, people, certified):
    late = place.registers()
    publish_one(place.session, late)
    code = code_of(place.session, people, "Applicant 1")
    applying.join_by_code(place.session, late, code, HERE)
    own = {held.skill_id: held.evidence for held in _skills(place, late)}
    assert own[concept("wiring")] is Evidence.ASSESSED


def _skills(place, actor):
    return place.session.scalars(select(ProfileSkill).join(Profile).where(Profile.account_id == actor.id)).all()


def test_somebody_who_failed_gets_no_evidence(place, people, certified):
    failed = place.registers()
    publish_one(place.session, failed)
    applying.join_by_code(place.session, failed, people[LATE[0]].trainee.claim_code, HERE)
    assert concept("wiring") not in {held.skill_id for held in _skills(place, failed)}


def test_the_agency_sees_numbers_and_never_a_trainee(place, officer, wanted, certified):
    ((request, _),) = asking.requests(place.session, officer, vacancy_id=wanted.id)
    assert asking.progress(place.session, request) == {
        E.COMPLETED: 18,
        E.FAILED: 2,
        E.DROPPED_OUT: 1,
        E.APPLIED: 1,
    }


def test_a_higher_level_that_the_candidate_states_is_not_lowered_by_a_test(place, candidate):
    from talent.profiles.service import own_profile
    from talent.readiness.awards import _languages
    from talent.training.records import Award

    profile = own_profile(place.session, candidate).profile
    _languages(profile, [Award(language="en", level=CEFR.A1, evidence=Evidence.ASSESSED)])
    assert [(one.level, one.evidence) for one in profile.languages] == [(CEFR.B1, Evidence.SELF_DECLARED)]
