"""Loading the demonstration: once, into an empty service, the same each time."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from talent.accounts.models import Account, Organisation
from talent.demo.candidates import add_candidates
from talent.demo.organisations import SIGN_INS, add_people, project_id
from talent.demo.recognition import add_recognition
from talent.demo.training import add_training
from talent.demo.vacancies import add_vacancies
from talent.demo.vetting import add_vetting
from talent.demo.words import load_words
from talent.foundation.settings import Settings
from talent.monitoring import figures
from talent.monitoring.taking_in import load_starter
from talent.readiness import outlook


def is_empty(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return not session.scalar(select(exists().where(Account.id.is_not(None))))


def is_loaded(session: Session) -> bool:
    """Whether a demonstration is there, this one or another release's."""
    return bool(session.scalar(select(exists().where(Account.login == SIGN_INS[0].login))))


def is_this_one(session: Session) -> bool:
    """Whether the demonstration that is there was made from today's content."""
    return bool(session.scalar(select(exists().where(Organisation.id == project_id()))))


def load_demo(session: Session, settings: Settings) -> tuple[int, int]:
    """Add organisations, accounts, candidates and vacancies; how many of the last two are published.

    Nothing is added, and (0, 0) answered, when anybody has an account already: a demonstration never mixes with people.
    """
    if not is_empty(session):
        return 0, 0
    words = load_words(session)
    people = add_people(session, settings)
    with session.no_autoflush:
        candidates = add_candidates(session, people, words)
        vacancies = add_vacancies(session, people, words)
    session.flush()
    load_starter(session)
    add_training(session, settings, people, words)
    add_recognition(session, settings, people)
    add_vetting(session, people, words)
    outlook.refresh(session)
    figures.refresh(session)
    return candidates, vacancies
