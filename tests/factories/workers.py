"""Two workers on one database, and what has to hold once all jobs are done."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, select

from talent.foundation.clock import now
from talent.foundation.database import make_engine, session_factory
from talent.foundation.row_context import SystemContext
from talent.matching import ends, filling, runs
from talent.matching.engine import load
from talent.matching.matcher import Matcher
from talent.matching.models import MatchInput, Suggestion
from talent.profiles.models import Profile, ProfileChange, ProfileSkill
from talent.profiles.states import ProfileState
from talent.vacancies.models import Vacancy, VacancyChange
from talent.vacancies.states import VacancyState
from talent.vacancies.terms import PayPeriod
from tests.factories.corridor import (
    OCCUPATIONS,
    SKILLS,
    any_pay,
    any_wishes,
    concept,
    make_agency,
    make_published_profile,
    make_published_vacancy,
    make_release,
)
from tests.factories.encoder import KeywordEncoder
from tests.matching.test_runs import LIST, SHORT, Corridor, assert_lists_are_exact, fresh_engine


class Workers:
    """A committed corridor of 24 candidates and 10 vacancies, and two workers that have loaded it."""

    def __init__(self, url):
        engine = make_engine(url)
        self.sessions = session_factory(engine, SystemContext.OPERATOR)
        draw = random.Random(20261123)
        with self.sessions.begin() as session:
            make_release(session)
            agency = make_agency(session)
            self.profiles = [self.new_profile(session, draw) for _ in range(24)]
            self.vacancies = [
                make_published_vacancy(
                    session,
                    agency,
                    occupation=draw.choice(list(OCCUPATIONS)),
                    must=tuple(draw.sample(SKILLS, draw.randint(1, 4))),
                    **any_pay(draw),
                ).id
                for _ in range(10)
            ]
        as_worker = session_factory(engine, SystemContext.WORKER)
        self.first, self.second = (Matcher(as_worker, KeywordEncoder()) for _ in range(2))
        self.first.catch_up()
        self.second.catch_up()

    def new_profile(self, session, draw):
        skills = tuple(draw.sample(SKILLS, draw.randint(1, 5)))
        trade = draw.choice(list(OCCUPATIONS))
        return make_published_profile(session, occupation=trade, skills=skills, **any_wishes(draw)).id

    def change_profile(self, profile_id, draw, state=ProfileState.PUBLISHED):
        with self.sessions.begin() as session:
            profile = session.get_one(Profile, profile_id)
            profile.occupation_id, profile.state = concept(draw.choice(list(OCCUPATIONS))), state
            profile.least_pay_euros = draw.choice([None, 1_500, 3_000])
            kept = draw.sample(SKILLS, draw.randint(0, 3))
            session.execute(
                delete(ProfileSkill).where(
                    ProfileSkill.profile_id == profile_id, ProfileSkill.skill_id.not_in([concept(one) for one in kept])
                )
            )
            session.add(ProfileChange(profile_id=profile_id, at=now()))

    def change_vacancy(self, vacancy_id, draw, state=VacancyState.PUBLISHED):
        with self.sessions.begin() as session:
            vacancy = session.get_one(Vacancy, vacancy_id)
            vacancy.occupation_id, vacancy.state = concept(draw.choice(list(OCCUPATIONS))), state
            vacancy.pay_from_cents, vacancy.pay_period = draw.choice([100_000, 200_000]), PayPeriod.MONTH
            vacancy.description = " and ".join(draw.sample(SKILLS, 2))
            session.add(VacancyChange(vacancy_id=vacancy_id, at=now()))

    def assert_exact(self):
        with self.sessions() as session:
            assert seen(load(session, KeywordEncoder())) == seen(fresh_engine(session))
        with self.sessions() as session:
            profiles = session.scalars(select(Profile)).all()
            vacancies = session.scalars(select(Vacancy)).all()
            assert_lists_are_exact(Corridor(session, self.first.engine, profiles, vacancies))
            self.assert_the_ends_are_known_to_all(session)
            assert unexplained(session) == []

    def assert_the_ends_are_known_to_all(self, session):
        """An end may stay behind when its list gets better; one that is too high would keep somebody out."""
        fresh = fresh_engine(session)
        runs.set_bounds(fresh)
        exact = bounds(fresh)
        starting = load(session, KeywordEncoder())
        ends.load(session, starting)
        for worker in (self.first, self.second):
            worker.follow(session, worker.loaded(session))
            assert bounds(worker.engine) == bounds(starting)
        assert {one: key for one, key in bounds(starting).items() if key > exact[one]} == {}


def seen(engine):
    """The hash of what an engine sees of each candidate."""
    return {one: engine.profile_hash(one) for one in engine.pool.index}


def unexplained(session):
    """The stored pairs of which it is not kept what matching saw of both sides."""
    kept = select(MatchInput.input_hash)
    return session.scalars(
        select(Suggestion.vacancy_id).where(
            Suggestion.vacancy_input.not_in(kept) | Suggestion.profile_input.not_in(kept)
        )
    ).all()


def bounds(engine):
    """The key that stands last in the list of each vacancy and of each candidate, by their ids."""
    of_profiles = {profile: int(engine.pool.enough[row]) for profile, row in engine.pool.index.items()}
    return of_profiles | {vacancy: int(key) for vacancy, key in engine.enough_for_vacancy.items()}


@contextmanager
def two_workers(url: str) -> Iterator[Workers]:
    """Both, on this database, with lists so short that most changes move somebody."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (runs, filling):
            patch.setattr(module, "CANDIDATE_LIST", LIST)
            patch.setattr(module, "shortlist_length", lambda _seats: SHORT)
        made = Workers(url)
        yield made
        made.sessions.kw["bind"].dispose()
