"""A small corridor in the database: a release of four occupations and ten skills, candidates and vacancies of them."""

from datetime import UTC, date, datetime
from itertools import count
from random import Random
from uuid import UUID, uuid4, uuid5

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.foundation.text import fold
from talent.profiles import consent
from talent.profiles.identity import Contact, save_contact
from talent.profiles.models import ConsentPurpose, Profile, ProfileLanguage, ProfileSkill, SkillSource
from talent.profiles.states import ProfileState
from talent.taxonomy.levels import CEFR
from talent.taxonomy.models import Label, Occupation, Skill, TaxonomyRelease
from talent.vacancies.models import CostPayer, Vacancy, VacancyLanguage, VacancySkill
from talent.vacancies.states import VacancyState
from talent.vacancies.terms import PayPeriod

SPACE = UUID("a3f3b9a0-7d35-4c1e-8a27-5a6f6f1a2b10")
THEN = datetime(2026, 11, 1, 8, tzinfo=UTC)
OCCUPATIONS = {"Welder": "7212", "Building electrician": "7411", "Cook": "5120", "Lorry driver": "8332"}
SKILLS = (
    "welding steel", "wiring", "solar wiring", "kitchen hygiene", "cook rice", "truck safety", "pipe welding",
    "safety at work", "python", "care",
)  # fmt: skip
numbers = count(1)


def concept(name: str) -> UUID:
    return uuid5(SPACE, name)


def make_release(session: Session) -> TaxonomyRelease:
    """The release, with an English label for every concept."""
    release = TaxonomyRelease(
        id=uuid4(), name="test", version="1", content_hash=uuid4().hex, attribution="", loaded_at=THEN, is_active=True
    )
    session.add(release)
    session.flush()
    for name, code in OCCUPATIONS.items():
        session.add(
            Occupation(id=concept(name), release_id=release.id, uri=f"urn:test:{name}", isco_group=code, sector=None)
        )
    for name in SKILLS:
        session.add(Skill(id=concept(name), release_id=release.id, uri=f"urn:test:{name}", skill_type="skill"))
    session.flush()
    for name in (*OCCUPATIONS, *SKILLS):
        owner = {"occupation_id" if name in OCCUPATIONS else "skill_id": concept(name)}
        session.add(Label(language="en", text=name, folded=fold(name), is_preferred=True, **owner))
    session.flush()
    return release


def make_account(session: Session, role: Role = Role.CANDIDATE, **overrides: object) -> Account:
    values: dict[str, object] = {
        "login": f"person{next(numbers)}-{uuid4().hex[:8]}@example.com",
        "password_hash": "x",
        "role": role,
        "created_at": THEN,
    }
    account = Account(**(values | overrides))
    session.add(account)
    session.flush()
    return account


def make_agency(session: Session, name: str = "", country: str = "DE") -> Organisation:
    agency = Organisation(
        kind=OrganisationKind.AGENCY, name=name or f"Agency {uuid4().hex[:8]}", country=country, created_at=THEN
    )
    session.add(agency)
    session.flush()
    return agency


def any_wishes(draw: Random) -> dict[str, object]:
    """Columns of a profile: countries liked best and least pay, or none of them."""
    return {
        "first_countries": draw.choice([[], [], ["DE"], ["IT"]]),
        "least_pay_euros": draw.choice([None, None, 1_500, 2_400, 3_000]),
    }


def any_pay(draw: Random) -> dict[str, object]:
    """Columns of a vacancy: a pay that can be counted in euros a month, or not."""
    pays = ((None, "EUR", None), (150_000, "EUR", PayPeriod.MONTH), (3_000_000, "EUR", PayPeriod.YEAR))
    cents, currency, period = draw.choice((*pays, (900_000, "SEK", PayPeriod.MONTH)))
    return {"pay_from_cents": cents, "pay_currency": currency, "pay_period": period}


def make_published_profile(
    session: Session, *, occupation: str = "Welder", skills: tuple[str, ...] = ("welding steel",), **overrides: object
) -> Profile:
    """A published profile with German A2 and a name that only the identity holds."""
    values: dict[str, object] = {
        "account_id": make_account(session).id,
        "reference": f"TP-{uuid4().hex[:8].upper()}",
        "state": ProfileState.PUBLISHED,
        "occupation_id": concept(occupation),
        "occupation_words": occupation,
        "countries": [],
        "licences": [],
        "answered_licences": True,
        "available_from": date(2027, 1, 1),
        "created_at": THEN,
        "changed_at": THEN,
        "published_at": THEN,
        "languages": [ProfileLanguage(language="de", level=CEFR.A2)],
        "skills": [
            ProfileSkill(skill_id=concept(name), words=f"I do {name}", source=SkillSource.CHOSEN) for name in skills
        ],
    }
    profile = Profile(**(values | overrides))
    session.add(profile)
    session.flush()
    save_contact(session, profile, Contact("Ayesha Bibi Khan", phone="+923012345678"))
    if profile.state is ProfileState.PUBLISHED:
        consent.give(session, Actor(profile.account_id, Role.CANDIDATE), ConsentPurpose.MATCHING)
    return profile


def make_published_vacancy(
    session: Session,
    agency: Organisation,
    *,
    occupation: str = "Welder",
    must: tuple[str, ...] = ("welding steel",),
    nice: tuple[str, ...] = (),
    **overrides: object,
) -> Vacancy:
    """A published vacancy in Germany that asks for German A2."""
    values: dict[str, object] = {
        "organisation_id": agency.id,
        "reference": f"V-{uuid4().hex[:10]}",
        "state": VacancyState.PUBLISHED,
        "title": occupation,
        "employer": "Muster Stahlbau GmbH",
        "description": "",
        "occupation_id": concept(occupation),
        "country": "DE",
        "seats": 1,
        "licences": [],
        "cost_payer": CostPayer.EMPLOYER,
        "created_at": THEN,
        "changed_at": THEN,
        "published_at": THEN,
        "languages": [VacancyLanguage(language="de", level=CEFR.A2)],
        "skills": [
            VacancySkill(skill_id=concept(name), words=name, is_must=is_must)
            for names, is_must in ((must, True), (nice, False))
            for name in names
        ],
    }
    vacancy = Vacancy(**(values | overrides))
    session.add(vacancy)
    session.flush()
    return vacancy
