"""Candidates on their way: an actor, a begun profile, every step answered, published."""

from datetime import timedelta

from sqlalchemy.orm import Session

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.clock import today
from talent.profiles import answers, entries, service
from talent.profiles.schemas import (
    CountriesAnswer,
    JobAnswer,
    LanguageAnswer,
    LicencesAnswer,
    NameAnswer,
    OccupationAnswer,
    QualificationAnswer,
    SkillsAnswer,
    StartAnswer,
    WishesAnswer,
)
from talent.profiles.steps import OwnProfile
from tests.factories.corridor import concept, make_account

THREE_SKILLS = ("welding steel", "pipe welding", "safety at work")


def make_candidate(session: Session, **overrides: object) -> Actor:
    """A signed-in candidate without a profile."""
    account = make_account(session, **overrides)
    return Actor(account.id, Role.CANDIDATE)


def begin(session: Session, actor: Actor) -> OwnProfile:
    """The candidate's profile, begun and ready to be changed."""
    service.get_or_begin(session, actor)
    return service.profile_to_change(session, actor)


def a_job(**changed: object) -> JobAnswer:
    values: dict[str, object] = {
        "title": "MAG welder",
        "employer": "Karachi Shipyard",
        "country": "PK",
        "started_month": "3",
        "started_year": "2019",
        "ended_month": "2",
        "ended_year": "2024",
        "tasks": "Ship hulls, 6 to 40 mm",
    }
    return JobAnswer.model_validate(values | changed)


def a_certificate(**changed: object) -> QualificationAnswer:
    values: dict[str, object] = {"kind": "dae", "title": "DAE Mechanical", "length": "3", "unit": "years"}
    return QualificationAnswer.model_validate(values | changed)


def a_language(code: str = "en", level: str = "B1") -> LanguageAnswer:
    return LanguageAnswer.model_validate({"language": code, "level": level})


def answer_everything(session: Session, actor: Actor) -> OwnProfile:
    """Every step answered; a release must be loaded."""
    own = begin(session, actor)
    own = answers.save_name(
        session, actor, own, NameAnswer(full_name="Muhammad Aslam Khan", phone="0301 2345678", email="")
    )
    answers.save_occupation(session, actor, own, OccupationAnswer(occupation=concept("Welder"), words="welder"))
    entries.save_job(session, actor, own, a_job())
    answers.save_skills(session, actor, own, SkillsAnswer(skills=[concept(name) for name in THREE_SKILLS]))
    entries.save_qualification(session, actor, own, a_certificate())
    entries.save_language(session, actor, own, a_language())
    answers.save_licences(session, actor, own, LicencesAnswer(none=True))
    answers.save_countries(session, actor, own, CountriesAnswer(anywhere=True))
    answers.save_wishes(session, actor, own, WishesAnswer())
    later = today() + timedelta(days=60)
    answers.save_start(session, actor, own, StartAnswer(when="later", available_from=later))
    return own


def publish_one(session: Session, actor: Actor) -> OwnProfile:
    """A published profile."""
    own = answer_everything(session, actor)
    service.publish(session, actor, own)
    return own
