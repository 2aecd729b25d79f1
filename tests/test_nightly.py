"""Every night, what has expired is closed and what nobody needs is forgotten."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from talent.accounts.models import SignInFailure, UsedFormKey
from talent.foundation.clock import now, today
from talent.foundation.jobs import CRONS, TASKS
from talent.foundation.mail import send_later
from talent.foundation.settings import Settings
from talent.nightly import NIGHTLY, tidy
from talent.retention import SIGN_IN_TRACES
from talent.vacancies.states import VacancyState
from tests.factories.corridor import make_agency, make_published_vacancy, make_release


@pytest.mark.parametrize(
    ("days", "state"), [(-1, VacancyState.CLOSED), (0, VacancyState.PUBLISHED), (1, VacancyState.PUBLISHED)]
)
def test_a_vacancy_closes_the_night_after_its_closing_day(session, tmp_path, days, state):
    make_release(session)
    vacancy = make_published_vacancy(session, make_agency(session), closes_on=today() + timedelta(days=days))
    tidy(session, Settings(var_dir=tmp_path))
    assert vacancy.state is state


def test_failed_sign_ins_and_form_keys_are_forgotten_after_a_day(session, tmp_path):
    kept = SIGN_IN_TRACES.kept
    for age in (kept - timedelta(minutes=1), kept + timedelta(minutes=1)):
        session.add(SignInFailure(key="account:x", at=now() - age))
        session.add(UsedFormKey(key=uuid4().hex, sent_by=uuid4(), at=now() - age))
    session.flush()
    assert tidy(session, Settings(var_dir=tmp_path))["forgotten"] == 2
    assert len(session.scalars(select(SignInFailure)).all()) == 1


@pytest.mark.parametrize(("status", "kept"), [("todo", True), ("doing", True), ("failed", False), ("succeeded", False)])
def test_a_letter_that_was_not_sent_loses_its_words_and_the_link_in_them(session, tmp_path, status, kept):
    send_later(session, recipient="ayesha@example.com", subject="Choose", body="https://here/secret-link")
    session.execute(
        text("update procrastinate_jobs set status = cast(:status as procrastinate_job_status)"), {"status": status}
    )
    assert tidy(session, Settings(var_dir=tmp_path))["emptied"] == (not kept)
    words = session.scalars(text("select args::text from procrastinate_jobs where task_name = 'send_letter'")).one()
    assert ("secret-link" in words) is kept
    assert "ayesha@example.com" in words


def test_bytes_that_belong_to_no_row_are_swept(session, tmp_path):
    stray = Path(tmp_path) / "files" / "ab" / ("ab" + 62 * "0")
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"left by a crash")
    assert tidy(session, Settings(var_dir=tmp_path))["swept"] == 1
    assert not stray.exists()


def test_the_worker_knows_when_to_do_it():
    assert NIGHTLY in TASKS
    assert NIGHTLY in CRONS
