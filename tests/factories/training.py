"""Institutes, their officers, courses and cohorts, over the words of ``factories.vacancies``."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.taxonomy.levels import CEFR
from talent.training import service
from talent.training.models import Cohort, Course
from talent.training.people import Person, PersonKeys
from talent.training.schemas import CohortDraft, CourseDraft, ProgrammeDraft
from talent.training.states import CohortAction
from tests.factories.vacancies import make_officer, occupation, skill

KEYS = PersonKeys("a secret of tests that is long enough")
numbers = count(1)


def make_institute(session: Session) -> Actor:
    """An officer of a new institute."""
    number = next(numbers)
    institute = Organisation(
        kind=OrganisationKind.INSTITUTE, name=f"Institute {number} {uuid4()}", country="PK", created_at=now()
    )
    session.add(institute)
    session.flush()
    return make_officer(session, agency=institute, role=Role.INSTITUTE_OFFICER)


def make_course(session: Session, officer: Actor, **changed: object) -> Course:
    """Welding in 400 hours with Italian A1; the words of ``factories.vacancies`` must be loaded."""
    programme = service.create_programme(session, officer, ProgrammeDraft(title=f"Programme {next(numbers)}"))
    values: dict[str, object] = {
        "title": "MIG/MAG welding",
        "occupation_id": occupation("7212"),
        "language": "ur",
        "vocational_hours": 300,
        "civic_hours": 100,
        "full_time_months": 3,
        "is_state_recognised": True,
        "language_taught": "it",
        "language_level": CEFR.A1,
    }
    course = service.create_course(session, officer, programme, CourseDraft.model_validate(values | changed))
    service.teach(session, officer, course, [skill("mig-mag"), skill("flame")])
    return course


def a_cohort(**changed: object) -> CohortDraft:
    values: dict[str, object] = {
        "starts_on": today() + timedelta(days=10),
        "ends_on": today() + timedelta(days=100),
        "seats": 20,
        "venue": "Workshop 2, Lahore",
        "instructors": "Imran Siddiqui\nRabia Anwar",
    }
    return CohortDraft.model_validate(values | changed)


def make_cohort(session: Session, officer: Actor, *, is_open: bool = True, **changed: object) -> Cohort:
    """A cohort of a new course, open for people."""
    vacancy_id = changed.pop("vacancy_id", None)
    made = service.create_cohort(
        session, officer, make_course(session, officer), a_cohort(**changed), vacancy_id=vacancy_id
    )
    if is_open:
        service.move(session, officer, made, CohortAction.OPEN)
    return made


def a_person(number: int, **changed: str) -> Person:
    """The person of this number: always the same one."""
    values = {"full_name": f"Muhammad Aslam {number}", "cnic": f"35202{number:08}", "phone": f"0301{number:07}"}
    return Person(**(values | changed))
