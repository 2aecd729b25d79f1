"""A large invented corridor for measurements: candidates and vacancies drawn from the loaded taxonomy."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlalchemy.orm import Session

from talent.accounts.models import Account, Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.demo.words import DemoWords, load_words
from talent.foundation.clock import now
from talent.foundation.crypto import Key, new_secret
from talent.foundation.keyring import the_ring
from talent.foundation.person_keys import OWN, PersonKey, wrap
from talent.profiles.consent import CURRENT
from talent.profiles.identity import Contact, sealed_contact
from talent.profiles.models import (
    Consent,
    ConsentPurpose,
    PersonIdentity,
    Profile,
    ProfileLanguage,
    ProfileSkill,
    SkillSource,
)
from talent.profiles.states import ProfileState
from talent.taxonomy.levels import CEFR, Evidence
from talent.taxonomy.regulated import reserved_recruitment
from talent.vacancies.models import CostPayer, PayPeriod, Vacancy, VacancyLanguage, VacancySkill
from talent.vacancies.states import VacancyState

SPACE = UUID("5b8b0c40-9d6c-4f0e-9d5e-2f6c9a0b1c77")
COUNTRIES = ("DE", "IT", "FI", "ES", "AT")
LEAST_PAY = (None, None, 1_500, 2_000, 2_500, 3_000)
PAY_CENTS = (150_000, 200_000, 250_000, 300_000)
LANGUAGE = {"DE": "de", "AT": "de", "IT": "it", "FI": "fi", "ES": "es"}
AT_ONCE = 5_000
Row = dict[str, Any]


def populate(session: Session, *, candidates: int, vacancies: int, seed: int = 20261122) -> None:
    """Add so many published candidates and vacancies of one agency; the same for the same seed and taxonomy."""
    words, draw = load_words(session), random.Random(seed)
    for start in range(0, candidates, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, candidates))
        write(
            session,
            (Account, Profile, PersonKey, PersonIdentity, Consent, ProfileSkill, ProfileLanguage),
            (candidate(n, words, draw) for n in numbers),
        )
    agency = uuid5(SPACE, "agency")
    session.execute(
        insert(Organisation),
        [
            {
                "id": agency,
                "kind": OrganisationKind.AGENCY,
                "name": "Benchmark agency",
                "country": "DE",
                "created_at": now(),
            }
        ],
    )
    officer = {**account("officer", Role.AGENCY_OFFICER), "organisation_id": agency}
    session.execute(insert(Account), [officer])
    write(
        session, (Vacancy, VacancySkill, VacancyLanguage), (vacancy(n, agency, words, draw) for n in range(vacancies))
    )


def write(session: Session, tables: tuple[type, ...], made: Iterator[tuple[list[Row], ...]]) -> None:
    """Write the rows of each table, table by table."""
    gathered: list[list[Row]] = [[] for _ in tables]
    for one in made:
        for rows, more in zip(gathered, one, strict=True):
            rows += more
    for table, rows in zip(tables, gathered, strict=True):
        if rows:
            session.execute(insert(table), rows)


def account(name: str, role: Role) -> Row:
    """An account that nobody can sign in with."""
    return {
        "id": uuid5(SPACE, f"account {name}"),
        "login": f"{name}@benchmark.example",
        "password_hash": "",
        "role": role,
        "name": "",
        "language": "en",
        "created_at": now(),
    }


def candidate(number: int, words: DemoWords, draw: random.Random) -> tuple[list[Row], ...]:
    """The rows of one published candidate."""
    trade = words.by_group[draw.choice(sorted(words.by_group))]
    profile, owner = uuid5(SPACE, f"profile {number}"), account(f"candidate-{number}", Role.CANDIDATE)
    pool = trade.essential + trade.optional
    held = draw.sample(pool, min(len(pool), draw.randint(4, 14)))
    row = {
        "id": profile,
        "account_id": owner["id"],
        "reference": f"B{number:08d}",
        "state": ProfileState.PUBLISHED,
        "occupation_id": trade.occupation_id,
        "occupation_words": "",
        "about": f"I have worked with {words.name(held[0])} and {words.name(held[-1])} for some years.",
        "countries": draw.sample(COUNTRIES, draw.randint(0, 3)),
        "first_countries": draw.sample(COUNTRIES, draw.randint(0, 2)),
        "least_pay_euros": draw.choice(LEAST_PAY),
        "available_from": date(2027, draw.randint(1, 12), 1),
        "licences": [],
        "answered_licences": True,
        "answered": [],
        "created_at": now(),
        "changed_at": now(),
        "published_at": now(),
        "version": 1,
    }
    skills = [
        {
            "profile_id": profile,
            "skill_id": skill,
            "words": words.name(skill),
            "source": SkillSource.CHOSEN,
            "evidence": Evidence.SELF_DECLARED,
        }
        for skill in held
    ]
    spoken = [
        {"profile_id": profile, "language": "en", "level": draw.choice(list(CEFR)), "evidence": Evidence.SELF_DECLARED}
    ]
    key = Key(OWN, new_secret())
    contact = sealed_contact(key, profile, Contact(f"Invented Person {number}", owner["login"]))
    person = {"profile_id": profile, "account_id": owner["id"], **contact}
    wrapped = {"account_id": owner["id"], **wrap(the_ring(), owner["id"], key.secret)}
    return [owner], [row], [wrapped], [person], [yes_to_matching(owner["id"])], skills, spoken


def yes_to_matching(account_id: UUID) -> Row:
    """The consent without which nobody is ranked."""
    words = CURRENT[ConsentPurpose.MATCHING]
    return {
        "account_id": account_id,
        "purpose": words.purpose,
        "fields": list(words.fields),
        "text_version": words.version,
        "language": "en",
        "given_at": now(),
        "expires_at": now() + words.lasts,
    }


def vacancy(number: int, agency: UUID, words: DemoWords, draw: random.Random) -> tuple[list[Row], ...]:
    """The rows of one published vacancy."""
    key, country = uuid5(SPACE, f"vacancy {number}"), draw.choice(COUNTRIES)
    open_here = [group for group in sorted(words.by_group) if reserved_recruitment(country, group) is None]
    trade = words.by_group[draw.choice(open_here)]
    pool = trade.essential + trade.optional
    needed = draw.sample(pool, min(len(pool), draw.randint(5, 10)))
    row = {
        "id": key,
        "organisation_id": agency,
        "reference": f"B-{number}",
        "state": VacancyState.PUBLISHED,
        "title": f"Vacancy {number}",
        "employer": "Benchmark employer",
        "description": f"You will work with {words.name(needed[0])} every day, in a team of four.",
        "occupation_id": trade.occupation_id,
        "country": country,
        "place": "Benchmark town",
        "seats": draw.randint(1, 5),
        "experience_months": draw.choice((0, 12, 24, 36)),
        "qualification_field": "",
        "licences": [],
        "pay_currency": "EUR",
        "pay_from_cents": draw.choice(PAY_CENTS),
        "pay_period": PayPeriod.MONTH,
        "hours_per_week": 40,
        "start_on": date(2027, 6, 1),
        "closes_on": date(2027, 5, 1),
        "cost_payer": CostPayer.EMPLOYER,
        "created_at": now(),
        "changed_at": now(),
        "published_at": now(),
        "version": 1,
    }
    skills = [
        {"vacancy_id": key, "skill_id": skill, "words": words.name(skill), "is_must": place < 5}
        for place, skill in enumerate(needed)
    ]
    return [row], skills, [{"vacancy_id": key, "language": "en", "level": CEFR.A2}]
