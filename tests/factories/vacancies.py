"""Agencies, their officers and their vacancies, over a release of four occupations and a handful of skills."""

from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from talent.accounts.actor import SYSTEM, Actor
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.clock import now, today
from talent.taxonomy.levels import CEFR, QualificationKind
from talent.taxonomy.loading import concept_id, load_release
from talent.taxonomy.release import Concept, Relation, ReleaseData
from talent.vacancies import service
from talent.vacancies.models import Vacancy
from talent.vacancies.schemas import VacancyDraft, WantedLanguage, WantedSkill
from talent.vacancies.states import VacancyAction, VacancyState
from talent.vacancies.terms import CostPayer, PayPeriod

OCCUPATIONS = {
    "7212": ("welder", "fabrication welder"),
    "5120": ("cook",),
    "2221": ("nurse", "nurse responsible for general care"),
    "7411": ("building electrician",),
}
SKILLS = {
    "mig-mag": ("MIG/MAG welding", "MAG welding", "CO2 welding"),
    "tig": ("TIG welding", "argon welding"),
    "drawings": ("read technical drawings",),
    "flame": ("flame cutting",),
    "cook": ("cook rice dishes",),
}
OF_WELDERS = {"mig-mag": True, "tig": True, "drawings": False}
NAME, VERSION = "vacancy tests", "1"
numbers = count(1)

RELEASE = ReleaseData(
    name=NAME,
    version=VERSION,
    languages=("en", "ur"),
    occupations=tuple(
        Concept(f"urn:test:occupation:{code}", "occupation", code, {"en": names, "ur": (f"پیشہ {code}",)}, "metal_mech")
        for code, names in OCCUPATIONS.items()
    ),
    skills=tuple(
        Concept(f"urn:test:skill:{key}", "skill", None, {"en": names}, skill_type="skill")
        for key, names in SKILLS.items()
    ),
    relations=tuple(
        Relation("urn:test:occupation:7212", f"urn:test:skill:{key}", essential)
        for key, essential in OF_WELDERS.items()
    ),
    attribution="",
)

EVERY_WAY: dict[VacancyState, tuple[VacancyAction, ...]] = {
    VacancyState.DRAFT: (),
    VacancyState.CHECKED: (VacancyAction.CHECK,),
    VacancyState.PUBLISHED: (VacancyAction.CHECK, VacancyAction.PUBLISH),
    VacancyState.FROZEN: (VacancyAction.CHECK, VacancyAction.PUBLISH, VacancyAction.FREEZE),
    VacancyState.CLOSED: (VacancyAction.CHECK, VacancyAction.PUBLISH, VacancyAction.CLOSE),
}


def occupation(code: str = "7212") -> UUID:
    return concept_id(NAME, VERSION, f"urn:test:occupation:{code}")


def skill(key: str) -> UUID:
    return concept_id(NAME, VERSION, f"urn:test:skill:{key}")


def load_words(session: Session) -> None:
    """The occupations and skills above, as the active release."""
    load_release(session, RELEASE)


def make_officer(session: Session, *, agency: Organisation | None = None, role: Role = Role.AGENCY_OFFICER) -> Actor:
    """Somebody of this agency, or of a new one; project staff and candidates belong to none."""
    number = next(numbers)
    if agency is None and role is Role.AGENCY_OFFICER:
        agency = Organisation(
            kind=OrganisationKind.AGENCY, name=f"Agency {number} {uuid4()}", country="DE", created_at=now()
        )
        session.add(agency)
        session.flush()
    account = Account(
        login=f"officer{number}-{uuid4().hex[:8]}@example.com",
        password_hash="x",
        role=role,
        name=f"Officer {number}",
        organisation_id=agency.id if agency else None,
        created_at=now(),
    )
    session.add(account)
    session.flush()
    return Actor(account.id, role, account.name, account.organisation_id)


def colleague_of(session: Session, officer: Actor) -> Actor:
    return make_officer(session, agency=session.get_one(Organisation, officer.organisation_id))


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def full_draft(**overrides: object) -> VacancyDraft:
    """A welder's vacancy in Leipzig that may be published today."""
    values: dict[str, object] = {
        "reference": f"WELD-{next(numbers)}",
        "title": "Welder MAG/TIG",
        "employer": "Muster Stahlbau GmbH",
        "description": "You weld steel frames for bridges in our workshop and check your own seams.",
        "occupation_id": occupation("7212"),
        "country": "DE",
        "place": "Leipzig",
        "seats": 4,
        "skills": (
            WantedSkill(skill_id=skill("mig-mag"), words="MIG/MAG welding", is_must=True),
            WantedSkill(skill_id=skill("flame"), words="flame cutting", is_must=False),
        ),
        "languages": (WantedLanguage(language="de", level=CEFR.A2),),
        "qualification_kind": QualificationKind.NVQF_CERTIFICATE,
        "qualification_field": "0715",
        "qualification_months": 24,
        "licences": ("welder_iso_9606",),
        "experience_months": 24,
        "pay_from_cents": 2_950_00,
        "pay_to_cents": 3_400_00,
        "pay_currency": "EUR",
        "pay_period": PayPeriod.MONTH,
        "hours_per_week": 38.5,
        "start_on": in_days(200),
        "closes_on": in_days(60),
        "cost_payer": CostPayer.EMPLOYER,
    }
    return VacancyDraft.model_validate(values | overrides)


def make_vacancy(
    session: Session, officer: Actor, state: VacancyState = VacancyState.DRAFT, **overrides: object
) -> Vacancy:
    """A vacancy of the officer's agency, brought into this state step by step."""
    vacancy = service.create(session, officer, full_draft(**overrides))
    for action in EVERY_WAY[state]:
        service.move(session, SYSTEM if action is VacancyAction.FREEZE else officer, vacancy, action)
    return vacancy
