"""Two workers on one database keep every list exact, whatever one of them does while the other compares."""

import random
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text

from talent.foundation.clock import now
from talent.foundation.database import make_engine, session_factory
from talent.foundation.row_context import SystemContext
from talent.matching import filling, following, runs
from talent.matching.engine import load
from talent.matching.matcher import Matcher
from talent.matching.models import ListChange, MatchInput, SubjectVector, Suggestion
from talent.matching.runs import compare_profile, compare_vacancy, match_profile, match_vacancy
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
            self.assert_no_bound_is_above_the_end_of_its_list(session)
            assert unexplained(session) == []

    def assert_no_bound_is_above_the_end_of_its_list(self, session):
        """A bound may stay behind when a list gets better; one that is too high would keep somebody out."""
        fresh = fresh_engine(session)
        runs.set_bounds(fresh)
        ends = bounds(fresh)
        for worker in (self.first, self.second):
            worker.follow(session, worker.engine)
            assert {one: key for one, key in bounds(worker.engine).items() if key > ends[one]} == {}


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


@pytest.fixture(scope="module")
def url(server, migrated, worker_id, testrun_uid):
    name = f"workers_{testrun_uid[:16]}_{worker_id}"
    server.ensure(name, template=migrated)
    yield server.application_url(name)
    server.drop(name)


@pytest.fixture(scope="module")
def workers(url):
    with pytest.MonkeyPatch.context() as patch:
        for module in (runs, filling):
            patch.setattr(module, "CANDIDATE_LIST", LIST)
            patch.setattr(module, "shortlist_length", lambda _seats: SHORT)
        made = Workers(url)
        yield made
        made.sessions.kw["bind"].dispose()


def test_the_second_of_two_workers_that_start_computes_nothing(workers):
    assert Matcher(workers.first.sessions, KeywordEncoder()).catch_up() == 0


def test_changes_done_by_turns_keep_every_list_exact(workers):
    draw = random.Random(1)
    for number in range(16):
        one = (workers.first, workers.second)[number % 2]
        if draw.random() < 0.5:
            changed = draw.choice(workers.profiles)
            workers.change_profile(changed, draw)
            one.match_profile(changed)
        else:
            changed = draw.choice(workers.vacancies)
            workers.change_vacancy(changed, draw)
            one.match_vacancy(changed)
    workers.assert_exact()


def orders(workers):
    """For each vacancy its candidates, and for each candidate the vacancies, best first."""
    with workers.sessions() as session:
        fresh = load(session, KeywordEncoder())
    keys = {}
    for vacancy in fresh.vacancies:
        ranked = fresh.rank(vacancy)
        for row, *pair in zip(ranked.rows.tolist(), ranked.keys.tolist(), ranked.own_keys.tolist(), strict=True):
            keys[vacancy, fresh.pool.profile_id(row)] = pair
    listed, own = (sorted(keys, key=lambda pair, side=side: -keys[pair][side]) for side in (0, 1))
    return (
        {vacancy: [who for which, who in listed if which == vacancy] for vacancy in fresh.vacancies},
        {profile: [which for which, who in own if who == profile] for profile in fresh.pool.index},
    )


def compared_meanwhile(workers, subject, compare, match, other):
    """Let the first worker compare, the other change something and store its lists, and the first write then."""

    def meanwhile(session, engine):
        found = compare(session, engine, subject)
        other()
        return found

    workers.first.run(lambda session, engine, *since: match(session, engine, subject, *since), meanwhile)
    workers.assert_exact()


def test_a_vacancy_enters_the_list_of_somebody_whose_best_vacancy_closes_while_it_is_compared(workers):
    candidates, vacancies = orders(workers)
    next_best, best = next(
        (own[LIST], own[0]) for who, own in vacancies.items() if who not in candidates[own[LIST]][:SHORT]
    )
    draw = random.Random(2)

    def close():
        workers.change_vacancy(best, draw, VacancyState.CLOSED)
        workers.second.match_vacancy(best)

    compared_meanwhile(workers, next_best, compare_vacancy, match_vacancy, close)
    workers.change_vacancy(best, draw)
    workers.second.match_vacancy(best)


def test_a_candidate_who_changes_while_a_vacancy_is_compared_stands_there_as_they_are_then(workers):
    candidates, _ = orders(workers)
    vacancy, best = next((vacancy, who[0]) for vacancy, who in candidates.items())

    def change():
        workers.change_profile(best, random.Random(3))
        workers.second.match_profile(best)

    compared_meanwhile(workers, vacancy, compare_vacancy, match_vacancy, change)


def test_a_vacancy_that_changes_while_it_is_compared_is_compared_again(workers):
    vacancy = workers.vacancies[3]

    def change():
        with workers.sessions.begin() as session:
            session.get_one(Vacancy, vacancy).experience_months = 120  # no other text, so nothing to embed
            session.add(VacancyChange(vacancy_id=vacancy, at=now()))

    compared_meanwhile(workers, vacancy, compare_vacancy, match_vacancy, change)


def test_a_candidate_enters_the_shortlist_that_somebody_leaves_while_they_are_compared(workers):
    candidates, vacancies = orders(workers)
    best, next_best = next(
        (who[0], who[SHORT]) for vacancy, who in candidates.items() if vacancy not in vacancies[who[SHORT]][:LIST]
    )
    draw = random.Random(5)

    def leave():
        workers.change_profile(best, draw, ProfileState.PAUSED)
        workers.second.match_profile(best)

    compared_meanwhile(workers, next_best, compare_profile, match_profile, leave)
    workers.change_profile(best, draw)
    workers.second.match_profile(best)


def test_the_best_vacancy_of_a_candidate_changes_while_the_candidate_is_compared(workers):
    _, vacancies = orders(workers)
    profile, best = next((profile, own[0]) for profile, own in vacancies.items())

    def change():
        workers.change_vacancy(best, random.Random(6))
        workers.second.match_vacancy(best)

    compared_meanwhile(workers, profile, compare_profile, match_profile, change)


def test_a_change_that_another_worker_has_still_to_embed_is_left_to_its_own_job(workers):
    draw, changed = random.Random(4), workers.vacancies[0]
    workers.change_vacancy(changed, draw)
    with workers.sessions() as session:
        before = session.scalar(select(SubjectVector.text_hash).where(SubjectVector.subject_id == changed))
    workers.first.match_profile(workers.profiles[0])
    with workers.sessions() as session:
        assert session.scalar(select(SubjectVector.text_hash).where(SubjectVector.subject_id == changed)) == before
    workers.second.match_vacancy(changed)
    workers.assert_exact()


def test_a_pair_with_a_vacancy_whose_own_job_has_still_to_run_can_be_explained(workers):
    _, vacancies = orders(workers)
    profile, best = next((profile, own[0]) for profile, own in vacancies.items())
    workers.second.match_vacancy(best)  # so that its text is embedded as it is
    with workers.sessions.begin() as session:
        session.get_one(Vacancy, best).experience_months = 7  # no other text, so nothing to embed
        session.add(VacancyChange(vacancy_id=best, at=now()))
    workers.first.match_profile(profile)
    with workers.sessions() as session:
        assert unexplained(session) == []
    workers.second.match_vacancy(best)
    workers.assert_exact()


def test_a_worker_loads_anew_when_another_computed_everything(workers):
    workers.first.match_profile(workers.profiles[0])
    before = workers.first.engine
    with workers.second.sessions.begin() as session:
        following.tell_of_everything(session, workers.second.engine, workers.second.worker)
    workers.first.match_profile(workers.profiles[0])
    assert workers.first.engine is not before
    workers.assert_exact()


def test_what_was_told_is_followed_once_and_never_by_whoever_told_it(workers):
    workers.first.match_vacancy(workers.vacancies[1])
    with workers.sessions() as session:
        last = session.scalars(select(ListChange).order_by(ListChange.number.desc())).first()
        assert last.worker == workers.first.worker
    with workers.first.sessions() as session:
        assert workers.first.follow(session, workers.first.engine) == following.Followed()
        workers.second.follow(session, workers.second.engine)
        assert workers.second.follow(session, workers.second.engine) == following.Followed()


def left_to_jobs(workers):
    """The candidates whose lists wait to be filled up, job by job; the jobs are taken away."""
    with workers.sessions.begin() as session:
        found = session.scalars(text("delete from procrastinate_jobs where task_name = 'fill_lists' returning args"))
        return [[UUID(one) for one in args["profile_ids"]] for args in found]


@pytest.mark.parametrize("seed", range(4))
def test_lists_that_are_filled_by_jobs_of_their_own_are_exact_whatever_changes_before(workers, monkeypatch, seed):
    monkeypatch.setattr(filling, "FILLED_AT_ONCE", 2)
    draw, waiting, both = random.Random(seed), [], (workers.first, workers.second)
    most = 0
    for _ in range(14):
        one = draw.choice(both)
        if draw.random() < 0.3:
            changed = draw.choice(workers.profiles)
            workers.change_profile(changed, draw)
            one.match_profile(changed)
        else:
            changed = draw.choice(workers.vacancies)
            workers.change_vacancy(changed, draw, draw.choice([VacancyState.PUBLISHED, VacancyState.CLOSED]))
            one.match_vacancy(changed)
        waiting += left_to_jobs(workers)
        most = max(most, len(waiting))
        draw.shuffle(waiting)
        if waiting and draw.random() < 0.4:
            draw.choice(both).fill_lists(waiting.pop())
    for profiles in waiting:
        draw.choice(both).fill_lists(profiles)
    assert most > 1
    for vacancy in workers.vacancies:
        workers.change_vacancy(vacancy, draw)
        workers.first.match_vacancy(vacancy)
    for profiles in left_to_jobs(workers):
        workers.second.fill_lists(profiles)
    workers.assert_exact()


def test_a_worker_that_starts_before_the_lists_are_filled_leaves_nobody_out(workers, monkeypatch):
    monkeypatch.setattr(filling, "FILLED_AT_ONCE", 1)
    draw, (closed, *_) = random.Random(9), workers.vacancies
    workers.change_vacancy(closed, draw, VacancyState.CLOSED)
    workers.first.match_vacancy(closed)
    waiting = left_to_jobs(workers)
    assert len(waiting) > 1
    workers.second.engine = None
    workers.change_vacancy(workers.vacancies[1], draw)
    workers.second.match_vacancy(workers.vacancies[1])
    for profiles in [*waiting, *left_to_jobs(workers)]:
        workers.second.fill_lists(profiles)
    workers.assert_exact()
    monkeypatch.undo()
    workers.change_vacancy(closed, draw)
    workers.first.match_vacancy(closed)
    workers.assert_exact()


def test_few_lists_are_filled_at_once_and_wait_for_no_job(workers):
    workers.change_vacancy(workers.vacancies[2], random.Random(10))
    workers.first.match_vacancy(workers.vacancies[2])
    assert left_to_jobs(workers) == []
    workers.assert_exact()
