"""Whatever order changes, jobs and starts of workers come in: once all jobs are done, every list is exact."""

import random
from uuid import UUID

import pytest
from sqlalchemy import select, text

from talent.foundation.clock import now
from talent.matching import filling
from talent.matching.models import Introduction, Suggestion
from talent.matching.runs import compare_profile, compare_vacancy, match_profile, match_vacancy
from talent.profiles.states import ProfileState
from talent.vacancies.models import Vacancy, VacancyChange
from talent.vacancies.states import VacancyState
from tests.factories.workers import two_workers

STEPS = 60
CANDIDATE_STATES = [*3 * [ProfileState.PUBLISHED], ProfileState.PAUSED]
VACANCY_STATES = [*3 * [VacancyState.PUBLISHED], VacancyState.CLOSED]
LEFT_TO_JOBS = "delete from procrastinate_jobs where task_name = 'fill_lists' returning args"


@pytest.fixture
def url(server, migrated, worker_id, testrun_uid):
    name = f"order_{testrun_uid[:16]}_{worker_id}"
    server.ensure(name, template=migrated)
    yield server.application_url(name)
    server.drop(name)


@pytest.fixture
def workers(url, monkeypatch):
    monkeypatch.setattr(filling, "FILLED_AT_ONCE", 2)
    with two_workers(url) as made:
        yield made


class Jobs:
    """Changes whose jobs wait, done in any order by either worker, also while the other compares."""

    def __init__(self, workers, seed):
        self.workers, self.draw = workers, random.Random(seed)
        self.changed, self.fills = set(), []

    def change_candidate(self):
        one = self.draw.choice(self.workers.profiles)
        self.workers.change_profile(one, self.draw, self.draw.choice(CANDIDATE_STATES))
        self.changed.add(("profile", one))

    def change_vacancy(self):
        one = self.draw.choice(self.workers.vacancies)
        self.workers.change_vacancy(one, self.draw, self.draw.choice(VACANCY_STATES))
        self.changed.add(("vacancy", one))

    def change_a_number(self):
        """A change with nothing to embed, seen by all before its job runs; of few, so that one changes twice."""
        one = self.draw.choice(self.workers.vacancies[:3])
        with self.workers.sessions.begin() as session:
            session.get_one(Vacancy, one).experience_months = self.draw.choice([0, 24, 120])
            session.add(VacancyChange(vacancy_id=one, at=now()))
        self.changed.add(("vacancy", one))

    def introduce(self):
        with self.workers.sessions.begin() as session:
            pairs = session.scalars(select(Suggestion).order_by(Suggestion.tie)).all()
            known = set(session.execute(select(Introduction.vacancy_id, Introduction.profile_id)))
            new = [one for one in pairs if (one.vacancy_id, one.profile_id) not in known]
            if new:
                one = self.draw.choice(new)
                ids = {"vacancy_id": one.vacancy_id, "profile_id": one.profile_id}
                session.add(Introduction(**ids, organisation_id=one.organisation_id, changed_at=now()))

    def start_anew(self):
        worker = self.any_worker()
        worker.engine = None
        if self.draw.random() < 0.5:
            worker.catch_up()

    def any_worker(self):
        return self.draw.choice((self.workers.first, self.workers.second))

    def do_one(self):
        if self.fills and self.draw.random() < 0.7:
            self.any_worker().fill_lists(self.fills.pop(self.draw.randrange(len(self.fills))))
        elif self.changed:
            self.do(*self.draw.choice(sorted(self.changed)), meanwhile=self.draw.random() < 0.4)
        self.take_fills()

    def do(self, kind, subject, *, meanwhile=False):
        """The job of one change; what happens meanwhile happens between comparing and writing."""
        self.changed.discard((kind, subject))
        worker = self.any_worker()
        compare, match, job = {
            "profile": (compare_profile, match_profile, worker.match_profile),
            "vacancy": (compare_vacancy, self.match_vacancy, worker.match_vacancy),
        }[kind]
        if not meanwhile:
            return job(subject)

        other = self.workers.second if worker is self.workers.first else self.workers.first
        for one in (worker, other):
            one.fill_lists([])  # so that neither embeds what it loads: here the other would wait for itself

        def compared(session, engine):
            found = compare(session, engine, subject)
            if self.fills:
                other.fill_lists(self.fills.pop())
            elif self.changed:
                also, which = self.draw.choice(sorted(self.changed))
                self.changed.discard((also, which))
                (other.match_profile if also == "profile" else other.match_vacancy)(which)
            return found

        return worker.run(lambda session, engine, *since: match(session, engine, subject, *since), compared)

    @staticmethod
    def match_vacancy(session, engine, subject, *since):
        return match_vacancy(session, engine, subject, *since, filling.fill_candidates_later)

    def take_fills(self):
        with self.workers.sessions.begin() as session:
            found = session.scalars(text(LEFT_TO_JOBS))
            self.fills += [[UUID(one) for one in args["profile_ids"]] for args in found]

    def finish(self):
        self.take_fills()
        while self.changed or self.fills:
            self.do_one()


@pytest.mark.parametrize("seed", range(8))
def test_all_lists_are_exact_when_all_jobs_are_done(workers, seed):
    jobs = Jobs(workers, seed)
    steps = [jobs.change_candidate, jobs.change_vacancy, jobs.change_a_number, jobs.introduce, jobs.start_anew]
    for _ in range(STEPS):
        jobs.draw.choices([*steps, jobs.do_one], [2, 2, 4, 1, 1, 5])[0]()
    jobs.finish()
    workers.assert_exact()
