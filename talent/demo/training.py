"""The demonstration's institute at work: a request answered, a cohort that fills, one that runs, one certified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account
from talent.accounts.permissions import Role
from talent.demo.content import chance, read
from talent.demo.organisations import SIGN_INS, People, actor
from talent.demo.words import DemoWords
from talent.foundation.clock import today
from talent.foundation.settings import Settings
from talent.profiles.models import Profile
from talent.readiness import asking
from talent.readiness.awards import certify
from talent.taxonomy.levels import CEFR
from talent.training import attendance, results, seats, service
from talent.training.attendance import DayPlan
from talent.training.facts import Result
from talent.training.models import Cohort, Course, Programme, TrainingRequest
from talent.training.people import Person, PersonKeys
from talent.training.schemas import AssessmentDraft, CohortDraft, CourseDraft, ProgrammeDraft, RequestDraft
from talent.training.states import CohortAction, EnrolmentState
from talent.training.terms import AssessmentKind
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState

WELDING = "7212"
WEEKDAYS = frozenset(range(5))
SIX_HOURS = 360
USUALLY_ABSENT = 4  # every fourth trainee of the running cohort misses many days
TESTS = (AssessmentKind.WRITTEN, AssessmentKind.PRACTICAL, AssessmentKind.ORAL)


@dataclass(frozen=True)
class Institute:
    """The institute whose officer a visitor may be, with what it needs at hand."""

    session: Session
    officer: Actor
    keys: PersonKeys
    names: Sequence[str]

    def plan(self, course: Course, reference: str, *, first: date, weeks: int, count: int) -> Cohort:
        """A cohort of this course, open for people."""
        draft = CohortDraft(
            reference=reference,
            starts_on=first,
            ends_on=first + timedelta(weeks=weeks),
            seats=count,
            venue="Workshop 2, Nilamgarh",
            instructors="Bashir Ahmad\nNasreen Gul",
        )
        cohort = service.create_cohort(self.session, self.officer, course, draft)
        service.move(self.session, self.officer, cohort, CohortAction.OPEN)
        return service.get_cohort(self.session, self.officer, cohort.id)

    def fill(self, cohort: Cohort, people: int, *, first: int, for_vacancy: bool = False) -> None:
        """Put so many invented people into the cohort."""
        for number in range(first, first + people):
            person = Person(
                f"{self.names[number % len(self.names)]} {number}",
                cnic=f"00000{number:08}",
                phone=f"0300{number:07}",
            )
            seats.enrol(self.session, self.officer, cohort.id, person, keys=self.keys, for_vacancy=for_vacancy)

    def teach(self, cohort: Cohort, *, kind: str) -> None:
        """Start the cohort and keep the register of every day until today."""
        attendance.plan_days(self.session, self.officer, cohort, [DayPlan(WEEKDAYS, SIX_HOURS)])
        service.move(self.session, self.officer, cohort, CohortAction.START)
        rng = chance("attendance", kind)
        active = [one for one in seats.people_in(self.session, cohort) if one.state is EnrolmentState.ACTIVE]
        for planned in attendance.days(self.session, cohort):
            if planned.day >= today():
                break
            marks = {}
            for number, one in enumerate(active):
                stays = rng.random() < (0.7 if kind == "running" and number % USUALLY_ABSENT == 1 else 0.95)
                marks[one.id] = SIX_HOURS if stays else 0
            attendance.keep_day(self.session, self.officer, cohort, planned.day, marks)

    def finish(self, cohort: Cohort) -> None:
        """Assess and certify everybody who is still on the course."""
        active = [one for one in seats.people_in(self.session, cohort) if one.state is EnrolmentState.ACTIVE]
        for kind in TESTS:
            draft = AssessmentDraft(kind=kind, title=f"{kind.value} test", held_on=today(), assessor="Iqbal Hussain")
            test = results.add_assessment(self.session, self.officer, cohort, draft)
            passed = {one.id: Result(number % 9 != 0) for number, one in enumerate(active)}
            results.record(self.session, self.officer, cohort, test, passed)
        service.move(self.session, self.officer, cohort, CohortAction.ASSESS)
        results.conclude(self.session, self.officer, cohort, cohort.course)
        certify(self.session, self.officer, cohort)


def add_training(session: Session, settings: Settings, people: People, words: DemoWords) -> int:
    """Add the institute's programme, course, cohorts and an agency's request; how many cohorts there are."""
    login = next(who.login for who in SIGN_INS if who.role is Role.INSTITUTE_OFFICER)
    account = session.scalars(select(Account).where(Account.login == login)).one()
    assert settings.secret_key is not None  # load_settings() puts one in place
    names = [f"{first} {last}" for first, last in zip(*_names(), strict=False)]
    own = Institute(session, actor(account), PersonKeys(settings.secret_key.get_secret_value()), names)
    course = _course(own, words)
    request, vacancy = _request(own, people, words)
    done = own.plan(course, "W-2026-1", first=today() - timedelta(weeks=3), weeks=2, count=10)
    own.fill(done, 10, first=100)
    _join_the_visitor(own, done)
    own.teach(done, kind="done")
    own.finish(done)
    running = own.plan(course, "W-2026-2", first=today() - timedelta(weeks=3), weeks=12, count=12)
    own.fill(running, 14, first=200)
    own.teach(running, kind="running")
    if request is not None and vacancy is not None:
        draft = CohortDraft(
            reference="W-2027-1",
            starts_on=today() + timedelta(weeks=4),
            ends_on=today() + timedelta(weeks=16),
            seats=request.people,
            reserved_seats=request.people // 2,
            venue="Workshop 1, Nilamgarh",
            instructors="Bashir Ahmad",
        )
        planned = asking.accept(session, own.officer, request, course, draft)
        service.move(session, own.officer, planned, CohortAction.OPEN)
        own.fill(planned, 8, first=300, for_vacancy=True)
    return len(service.cohorts(session, own.officer))


def _names() -> tuple[Sequence[str], Sequence[str]]:
    content = read("names")
    lists = [value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], str)]
    return lists[0], lists[-1]


def _course(own: Institute, words: DemoWords) -> Course:
    trade = words.by_group[WELDING]
    programme: Programme = service.create_programme(
        own.session,
        own.officer,
        ProgrammeDraft(title="Welders for Europe (demonstration)", paid_by="European Union (invented)"),
    )
    draft = CourseDraft(
        title="Welding with Italian",
        about="MAG and TIG welding, reading drawings, safety at work, and Italian for the first months.",
        occupation_id=trade.occupation_id,
        language="ur",
        vocational_hours=300,
        civic_hours=60,
        full_time_months=3,
        is_state_recognised=True,
        least_attendance=80,
        language_taught="it",
        language_level=CEFR.A1,
    )
    course = service.create_course(own.session, own.officer, programme, draft)
    service.teach(own.session, own.officer, course, [*trade.essential[:4], *trade.optional[:2]])
    return course


def _request(own: Institute, people: People, words: DemoWords) -> tuple[TrainingRequest, Vacancy] | tuple[None, None]:
    vacancy = own.session.scalars(
        select(Vacancy)
        .where(Vacancy.state == VacancyState.PUBLISHED, Vacancy.occupation_id == words.by_group[WELDING].occupation_id)
        .order_by(Vacancy.reference)
    ).first()
    if vacancy is None or own.officer.organisation_id is None:
        return None, None
    draft = RequestDraft(institute_id=own.officer.organisation_id, people=20, words="MAG welding and Italian A1.")
    return asking.ask(own.session, people.officers[vacancy.country], vacancy.id, draft), vacancy


def _join_the_visitor(own: Institute, cohort: Cohort) -> None:
    """The candidate whom a visitor may be has trained here: the record is joined before the certificate."""
    login = next(who.login for who in SIGN_INS if who.role is Role.CANDIDATE)
    profile_id = own.session.scalar(select(Profile.id).join(Account).where(Account.login == login))
    first = seats.people_in(own.session, cohort)[1]
    if profile_id is not None:
        first.trainee.profile_id = profile_id
        own.session.flush()
