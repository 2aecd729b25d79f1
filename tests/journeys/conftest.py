"""Everybody on one floor: a candidate, an agency, another agency, project staff, and a worker that is told when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from operator import itemgetter
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from talent.accounts import service as accounts
from talent.accounts.actor import Actor
from talent.accounts.models import Account, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.foundation.mail import SEND_LETTER
from talent.matching import runs
from talent.matching.engine import Engine, load
from talent.matching.tasks import MATCH_ACCOUNT, MATCH_PROFILE, MATCH_VACANCY
from talent.profiles.models import Profile
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.vacancies import service as vacancies
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import VacancyDraft, WantedLanguage, WantedSkill
from talent.vacancies.states import VacancyAction
from talent.vacancies.terms import CostPayer, PayPeriod
from tests.factories.corridor import concept, make_release
from tests.factories.encoder import KeywordEncoder
from tests.factories.profiles import publish_one

PASSWORD = "four quiet words here"
MATCHED: dict[str, tuple[str, Callable[[Session, Engine, UUID], object]]] = {
    MATCH_PROFILE: ("profile_id", runs.match_profile),
    MATCH_VACANCY: ("vacancy_id", runs.match_vacancy),
    MATCH_ACCOUNT: ("account_id", runs.match_account),
}


@dataclass
class Place:
    """One service without pages: people act through its functions, and ``work`` does what they queued."""

    session: Session
    engine: Engine
    letters: list[dict[str, str]] = field(default_factory=list)

    def work(self) -> None:
        """Do every queued job, in order; letters are kept instead of sent."""
        waiting = text("delete from procrastinate_jobs where status = 'todo' returning id, task_name, args")
        for _, name, arguments in sorted(map(tuple, self.session.execute(waiting)), key=itemgetter(0)):
            if name == SEND_LETTER:
                self.letters.append(arguments)
            else:
                key, do = MATCHED[name]
                do(self.session, self.engine, UUID(arguments[key]))
        self.session.flush()

    def actor(self, account: Account) -> Actor:
        """The account, as it acts."""
        return Actor(account.id, account.role, account.name, account.organisation_id, account.language)

    def registers(self) -> Actor:
        """A new candidate."""
        login = f"candidate-{uuid4().hex[:8]}@example.com"
        return self.actor(accounts.register_candidate(self.session, login=login, password=PASSWORD, language="ur"))

    def joins(self, role: Role, organisation: str = "", country: str = "DE") -> Actor:
        """Somebody who accepts an invitation."""
        agency = (
            accounts.add_organisation(self.session, kind=OrganisationKind.AGENCY, name=organisation, country=country)
            if organisation
            else None
        )
        token = accounts.invite(self.session, None, role=role, organisation=agency)
        login = f"{role}-{uuid4().hex[:8]}@example.org"
        account = accounts.accept_invitation(
            self.session, token=token, login=login, password=PASSWORD, name="Sabine Roth"
        )
        return self.actor(account)

    def posts(self, officer: Actor, **changed: object) -> Vacancy:
        """A vacancy of this agency, written, checked and published."""
        vacancy = vacancies.create(self.session, officer, welder_wanted(**changed))
        for step in (VacancyAction.CHECK, VacancyAction.PUBLISH):
            vacancies.move(self.session, officer, vacancy, step)
        return vacancy

    def profile_of(self, candidate: Actor) -> Profile:
        """The candidate's profile."""
        return self.session.scalars(select(Profile).where(Profile.account_id == candidate.id)).one()


def welder_wanted(**changed: object) -> VacancyDraft:
    """A welder for Leipzig: English is asked for, German too; one skill that nobody here has."""
    values: dict[str, object] = {
        "reference": f"WELD-{uuid4().hex[:6]}",
        "title": "Welder MAG/TIG",
        "employer": "Muster Stahlbau GmbH",
        "description": "You weld steel frames for bridges in our workshop and check your own seams.",
        "occupation_id": concept("Welder"),
        "country": "DE",
        "place": "Leipzig",
        "skills": (
            WantedSkill(skill_id=concept("welding steel"), words="welding steel"),
            WantedSkill(skill_id=concept("python"), words="python", is_must=False),
        ),
        "languages": (WantedLanguage(language="en", level=CEFR.A2), WantedLanguage(language="de", level=CEFR.A2)),
        "qualification_kind": QualificationKind.NVQF_CERTIFICATE,
        "pay_from_cents": 2_950_00,
        "pay_period": PayPeriod.MONTH,
        "hours_per_week": 38.5,
        "closes_on": today() + timedelta(days=60),
        "cost_payer": CostPayer.EMPLOYER,
    }
    return VacancyDraft.model_validate(values | changed)


@pytest.fixture
def place(session: Session) -> Place:
    make_release(session)
    return Place(session, load(session, KeywordEncoder()))


@pytest.fixture
def candidate(place: Place) -> Actor:
    """Somebody who has answered every step and published."""
    actor = place.registers()
    publish_one(place.session, actor)
    return actor


@pytest.fixture
def officer(place: Place) -> Actor:
    return place.joins(Role.AGENCY_OFFICER, "Arbeitsagentur Leipzig")


@pytest.fixture
def stranger(place: Place) -> Actor:
    """An officer of another agency."""
    return place.joins(Role.AGENCY_OFFICER, "Työvoimatoimisto Turku", "FI")


@pytest.fixture
def staff(place: Place) -> Actor:
    return place.joins(Role.PROJECT_STAFF)


@pytest.fixture
def vacancy(place: Place, candidate: Actor, officer: Actor) -> Vacancy:
    """An open vacancy with which the candidate is matched."""
    posted = place.posts(officer)
    place.work()
    return posted
