"""The worker does what pages queue, with a real queue in a real database, and survives its own death."""

import asyncio

import pytest
from sqlalchemy import delete, event, select, text

from talent.accounts.actor import Actor
from talent.accounts.permissions import Role
from talent.foundation.database import make_engine, session_factory
from talent.foundation.jobs import defer
from talent.foundation.row_context import SystemContext
from talent.matching import filling, worker
from talent.matching.matcher import Matcher
from talent.matching.models import MatchRun, SubjectKind, SubjectVector, Suggestion
from talent.matching.tasks import AFTER_CHANGES, FILL_LISTS, MATCH_PROFILE, MATCH_VACANCY
from talent.profiles import service as profiles
from talent.profiles.models import Profile
from talent.profiles.service import queue_matching
from tests.factories.corridor import make_agency, make_published_profile, make_published_vacancy, make_release
from tests.factories.encoder import KeywordEncoder


class Service:
    """A committed database, and a worker that can be run until its queue is empty."""

    def __init__(self, url, monkeypatch):
        self.url = url
        engine = make_engine(url)
        self.sessions = session_factory(engine, SystemContext.OPERATOR)
        self.matcher = Matcher(session_factory(engine, SystemContext.WORKER), KeywordEncoder())
        monkeypatch.setattr(worker, "_matcher", self.matcher)
        with self.sessions.begin() as session:
            make_release(session)
            agency = make_agency(session)
            held = ("welding steel", "pipe welding", "safety at work")
            self.profile_id = make_published_profile(session, skills=held).id
            self.vacancy_id = make_published_vacancy(session, agency).id
        self.matcher.catch_up()

    def work(self):
        asyncio.run(worker._work(self.url, wait=False))

    def all(self, query):
        with self.sessions() as session:
            return session.scalars(query).all()

    def jobs(self, status):
        with self.sessions() as session:
            return session.scalar(
                text(
                    "select count(*) from procrastinate_jobs where status::text = :status and task_name like 'match%'"
                ).bindparams(status=status)
            )


@pytest.fixture
def service(server, migrated, worker_id, monkeypatch, tmp_path):
    name = f"committed_{worker_id}"
    server.drop(name)
    server.ensure(name, template=migrated)
    monkeypatch.setenv("TALENT_DATABASE_URL", server.application_url(name))
    monkeypatch.setenv("TALENT_VAR_DIR", str(tmp_path))
    made = Service(server.application_url(name), monkeypatch)
    yield made
    made.sessions.kw["bind"].dispose()
    server.drop(name)


def test_a_saved_profile_is_in_the_lists_once_the_worker_has_run(service):
    with service.sessions.begin() as session:
        profile = session.get_one(Profile, service.profile_id)
        own = profiles.profile_to_change(session, Actor(profile.account_id, Role.CANDIDATE))
        own.profile.countries = ["FI"]  # the vacancy is in Germany
        profiles.note_saved(session, own)
    assert service.all(select(Suggestion.missing)) == [0]
    assert service.jobs("todo") == 1
    service.work()
    assert service.jobs("todo") == 0
    runs = service.all(select(MatchRun).where(MatchRun.subject_kind == SubjectKind.PROFILE))
    assert [run.subject_id for run in runs] == [service.profile_id]
    assert service.all(select(Suggestion.missing)) == [1]


def test_a_rolled_back_page_leaves_no_job(service):
    with service.sessions() as session:
        defer(session, MATCH_VACANCY, once="x", vacancy_id=str(service.vacancy_id))
        session.rollback()
    assert service.jobs("todo") == 0


def test_ten_changes_before_the_worker_looks_are_one_job(service):
    with service.sessions.begin() as session:
        for _ in range(10):
            queue_matching(session, session.get_one(Profile, service.profile_id))
    assert service.jobs("todo") == 1


def test_a_second_start_computes_nothing(service):
    before = len(service.all(select(MatchRun)))
    assert Matcher(service.sessions, KeywordEncoder()).catch_up() == 0
    assert len(service.all(select(MatchRun))) == before


def test_a_start_reads_every_stored_pair_for_as_long_as_it_takes(service):
    limits = {}

    def note(connection, _cursor, statement, *_):
        reads_all = "suggestion.vacancy_id NOT IN" in statement or "suggestion.weights_version !=" in statement
        if reads_all:
            driver = connection.connection.driver_connection
            limits[statement.split()[0]] = driver.execute("show statement_timeout").fetchone()[0]

    engine = service.matcher.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", note)
    try:
        Matcher(service.matcher.sessions, KeywordEncoder()).catch_up()
        with service.matcher.sessions() as session:
            after = session.scalar(text("show statement_timeout"))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert limits == {"SELECT": "0", "DELETE": "0"}
    assert after != "0"


def test_what_changed_while_no_worker_ran_is_computed_at_the_next_start(service):
    with service.sessions.begin() as session:
        session.get_one(Profile, service.profile_id).about = "welding steel every day"
    assert Matcher(service.sessions, KeywordEncoder()).catch_up() > 0
    with service.sessions() as session:
        run = session.scalars(select(MatchRun).order_by(MatchRun.at.desc())).first()
    assert run is not None


def test_a_vector_whose_text_changed_is_embedded_again_and_no_other(service):
    counted = []

    class Counting(KeywordEncoder):
        def encode(self, texts):
            counted.extend(texts)
            return super().encode(texts)

    with service.sessions.begin() as session:
        session.get_one(Profile, service.profile_id).about = "welding steel every day"
    Matcher(service.sessions, Counting()).catch_up()
    assert len(counted) == 1
    assert "welding steel every day" in counted[0]


def test_another_model_makes_every_vector_stale(service):
    class Newer(KeywordEncoder):
        model_hash = "keywords-2"

    Matcher(service.sessions, Newer()).catch_up()
    assert {row.model_hash for row in service.all(select(SubjectVector))} == {"keywords-2"}
    assert {run.model_hash for run in service.all(select(MatchRun))} == {"keywords-1", "keywords-2"}


def test_an_error_in_a_job_throws_the_engine_away_and_the_job_is_done_again(service, monkeypatch):
    with service.sessions.begin() as session:
        queue_matching(session, session.get_one(Profile, service.profile_id))
    monkeypatch.setattr(service.matcher, "match_profile", lambda _profile: 1 / 0)
    service.work()
    assert service.jobs("todo") == 1  # waits for its second try
    with pytest.raises(ZeroDivisionError):
        service.matcher.run(lambda *_: 1 / 0)
    assert service.matcher.engine is None


def test_what_a_dead_worker_was_doing_is_done_again(service):
    with service.sessions.begin() as session:
        defer(session, MATCH_PROFILE, once=None, profile_id=str(service.profile_id))
        session.execute(text("update procrastinate_jobs set status = 'doing', worker_id = null"))

    async def rescue():
        jobs = worker.queue_at(service.url)
        async with jobs.open_async():
            await worker.retry_abandoned(jobs, silent_s=0)

    asyncio.run(rescue())
    assert service.jobs("todo") == 1
    service.work()
    assert service.jobs("doing") == 0


def test_lists_that_a_vacancy_leaves_are_filled_after_whatever_changed_meanwhile(service, monkeypatch):
    done = []
    for name in ("fill_lists", "match_vacancy", "match_profile"):
        monkeypatch.setattr(service.matcher, name, lambda subject, *_, name=name: done.append((name, subject)))
    with service.sessions.begin() as session:
        monkeypatch.setattr(filling, "FILLED_AT_ONCE", 1)
        filling.fill_candidates_later(session, service.matcher.engine, [service.profile_id, service.vacancy_id])
        defer(session, MATCH_VACANCY, vacancy_id=str(service.vacancy_id))
        defer(session, MATCH_PROFILE, profile_id=str(service.profile_id))
    service.work()
    assert done == [
        ("match_vacancy", service.vacancy_id),
        ("match_profile", service.profile_id),
        ("fill_lists", [service.profile_id]),
        ("fill_lists", [service.vacancy_id]),
    ]


def test_workers_that_start_share_the_seats_out_once_after_all_that_waits(service, monkeypatch):
    done = []
    for name in ("share_out", "fill_lists", "match_vacancy"):
        monkeypatch.setattr(service.matcher, name, lambda *_, name=name: done.append(name))
    for _ in range(2):
        service.matcher.share_out_later()
    with service.sessions.begin() as session:
        defer(session, FILL_LISTS, priority=AFTER_CHANGES, profile_ids=[str(service.profile_id)])
        defer(session, MATCH_VACANCY, vacancy_id=str(service.vacancy_id))
    service.work()
    assert done == ["match_vacancy", "fill_lists", "share_out"]


def test_a_list_that_waits_to_be_filled_is_filled_by_the_worker(service):
    before = service.all(select(Suggestion.profile_id))
    with service.sessions.begin() as session:
        session.execute(delete(Suggestion))
        defer(session, FILL_LISTS, profile_ids=[str(service.profile_id)])
    service.work()
    assert service.all(select(Suggestion.profile_id)) == before == [service.profile_id]
