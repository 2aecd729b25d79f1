"""Two workers on one database keep every list exact, whatever one of them does while the other compares."""

import random
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text

from talent.foundation.clock import now
from talent.matching import filling, following
from talent.matching.engine import load
from talent.matching.matcher import Matcher
from talent.matching.models import ListChange, SubjectVector
from talent.matching.runs import compare_profile, compare_vacancy, match_profile, match_vacancy
from talent.profiles.models import ProfileChange, ProfileLanguage
from talent.profiles.states import ProfileState
from talent.taxonomy.levels import CEFR
from talent.vacancies.models import Vacancy, VacancyChange, VacancySkill
from talent.vacancies.states import VacancyState
from tests.factories.encoder import KeywordEncoder
from tests.factories.workers import two_workers, unexplained
from tests.matching.test_runs import LIST, SHORT


@pytest.fixture(scope="module")
def url(server, migrated, worker_id, testrun_uid):
    name = f"workers_{testrun_uid[:16]}_{worker_id}"
    server.ensure(name, template=migrated)
    yield server.application_url(name)
    server.drop(name)


@pytest.fixture(scope="module")
def workers(url):
    with two_workers(url) as made:
        yield made


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


def test_a_shortlist_counts_a_stored_candidate_as_stored_when_it_is_filled_up_before_their_own_job(workers):
    vacancy = workers.vacancies[4]
    ask_for_no_skill(workers, vacancy)
    workers.first.match_vacancy(vacancy)
    candidates, vacancies = orders(workers)
    who = next(one for one in candidates[vacancy][:SHORT] if vacancy in vacancies[one][:LIST])
    leaving = next(one for one in candidates[vacancy][:SHORT] if one != who)
    tell_german(workers, who, CEFR.A1)
    workers.first.match_profile(who)
    assert who not in orders(workers)[0][vacancy][:SHORT]
    tell_german(workers, who, CEFR.A2)  # the best again; the job of this change has not run
    workers.change_profile(leaving, random.Random(11), ProfileState.PAUSED)
    workers.second.match_profile(leaving)
    tell_german(workers, who, CEFR.A1)
    workers.first.match_profile(who)
    workers.assert_exact()
    for one in (who, leaving):
        tell_german(workers, one, CEFR.A2)
        workers.change_profile(one, random.Random(12))
        workers.second.match_profile(one)


def ask_for_no_skill(workers, vacancy_id):
    """Whoever knows German lacks nothing then, and stands before whoever does not."""
    with workers.sessions.begin() as session:
        session.execute(delete(VacancySkill).where(VacancySkill.vacancy_id == vacancy_id))
        session.add(VacancyChange(vacancy_id=vacancy_id, at=now()))


def tell_german(workers, profile_id, level):
    """What a candidate says of German: no text, so nothing to embed."""
    with workers.sessions.begin() as session:
        session.execute(delete(ProfileLanguage).where(ProfileLanguage.profile_id == profile_id))
        if level is not None:
            session.add(ProfileLanguage(profile_id=profile_id, language="de", level=level))
        session.add(ProfileChange(profile_id=profile_id, at=now()))


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
