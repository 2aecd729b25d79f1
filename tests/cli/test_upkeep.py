"""The commands for whoever runs the service."""

import sys
from datetime import timedelta

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from talent import cli
from talent.accounts.models import Organisation, OrganisationKind
from talent.accounts.permissions import Role
from talent.accounts.service import add_organisation, invitation
from talent.foundation.clock import now, today
from talent.foundation.errors import Gone
from talent.matching.trust_models import ScoreWeights
from talent.registry import alembic_config
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter
from talent.vacancies.models import Vacancy
from talent.vacancies.states import VacancyState


def test_migrate_brings_an_empty_database_to_the_newest_schema(server, environment, monkeypatch, talent):
    name = f"empty_{environment.name.replace('-', '_')[:40]}"
    server.drop(name)
    url = server.ensure(name)
    monkeypatch.setenv("TALENT_OWNER_URL", url)
    done = talent("migrate")
    assert done.exit_code == 0, done.output
    from talent.foundation.database import make_engine

    engine = make_engine(url)
    with engine.connect() as connection:
        found = connection.scalar(text("select version_num from alembic_version"))
    engine.dispose()
    assert found == ScriptDirectory.from_config(alembic_config(url)).get_current_head()


def test_database_url_prints_the_address_alone(talent, own_database):
    done = talent("database-url")
    assert done.output.strip() == own_database


def test_an_invitation_link_works_once_for_its_role(talent, rows):
    done = talent("invite", "administrator")
    assert done.exit_code == 0, done.output
    link = done.output.strip()
    assert link.startswith("http://127.0.0.1:8000/invitation/")
    found = invitation(rows, link.rpartition("/")[2])
    assert found.role is Role.ADMINISTRATOR
    assert found.expires_at > now() + timedelta(days=6)


def test_an_officer_is_invited_into_an_organisation_which_is_added_when_it_is_new(talent, rows):
    done = talent("invite", "agency_officer", "--organisation", "Arbeitsagentur Musterstadt", "--country", "de")
    assert done.exit_code == 0, done.output
    added = rows.scalars(select(Organisation)).one()
    assert (added.kind, added.name, added.country) == (OrganisationKind.AGENCY, "Arbeitsagentur Musterstadt", "DE")
    assert invitation(rows, done.output.strip().rpartition("/")[2]).organisation_id == added.id


@pytest.mark.parametrize("role", ["agency_officer", "institute_officer"])
def test_an_officer_without_an_organisation_is_not_invited(talent, role):
    assert talent("invite", role).exit_code == 2


@pytest.mark.parametrize("role", ["candidate", "system", "minister"])
def test_nobody_is_invited_to_be_what_cannot_be_invited(talent, role):
    assert talent("invite", role).exit_code == 2


def test_close_expired_closes_what_is_past_its_day_and_nothing_else(talent, rows):
    agency = add_organisation(rows, kind=OrganisationKind.AGENCY, name="Agency", country="DE")
    past, present = (
        Vacancy(
            organisation_id=agency.id,
            reference=reference,
            state=VacancyState.PUBLISHED,
            title="Welder",
            employer="Works",
            country="DE",
            closes_on=day,
            created_at=now(),
            changed_at=now(),
        )
        for reference, day in (("past", today() - timedelta(days=1)), ("present", today()))
    )
    rows.add_all((past, present))
    rows.commit()
    done = talent("close-expired")
    assert done.output == "Vacancies closed: 1\n"
    rows.expire_all()
    states = dict(rows.execute(select(Vacancy.reference, Vacancy.state)).all())
    assert states == {"past": VacancyState.CLOSED, "present": VacancyState.PUBLISHED}


def test_doctor_ends_with_1_and_a_sentence_when_something_is_wrong(talent):
    done = talent("doctor")
    assert done.exit_code == 1
    assert "There are no occupations or skills" in done.output


def test_doctor_ends_with_0_when_nothing_is_wrong(durable, talent, rows):
    load_release(rows, read_starter())
    rows.commit()
    done = talent("doctor")
    assert done.exit_code == 0, done.output
    assert "wrong" not in done.output


def test_an_expected_error_is_one_sentence_and_exit_code_1(environment, monkeypatch, capsys):
    monkeypatch.setenv("TALENT_SECRET_KEY", "short")
    monkeypatch.setattr(sys, "argv", ["talent", "doctor"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 1
    said = capsys.readouterr().out
    assert "TALENT_SECRET_KEY is shorter than 32 characters" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "words", [("import-esco", "nowhere.zip"), ("match-texts", "--jobs", "nowhere", "--cvs", "nowhere")]
)
def test_a_path_that_is_not_there_is_refused_before_anything_begins(talent, words):
    done = talent(*words)
    assert done.exit_code == 2
    assert "nowhere" in done.output


def test_an_invitation_that_was_replaced_no_longer_works(rows):
    from talent.serving import first_link

    first = first_link(rows, "http://127.0.0.1:8000")
    second = first_link(rows, "http://127.0.0.1:8000")
    assert first
    assert second
    assert invitation(rows, second.rpartition("/")[2]).role is Role.ADMINISTRATOR
    with pytest.raises(Gone):
        invitation(rows, first.rpartition("/")[2])


def test_there_is_no_first_link_once_there_is_an_administrator(rows):
    from talent.accounts.service import accept_invitation
    from talent.serving import first_link

    link = first_link(rows, "http://127.0.0.1:8000")
    assert link
    accept_invitation(
        rows,
        token=link.rpartition("/")[2],
        login="admin@example.org",
        password="four quiet river stones",
        name="Admin",
    )
    assert first_link(rows, "http://127.0.0.1:8000") is None


def test_learn_says_how_much_is_judged_and_needed_and_keeps_nothing_of_too_little(talent, rows):
    done = talent("learn")
    assert done.exit_code == 0, done.output
    assert "too few judgements: 0 pairs judged by two people" in done.output
    assert rows.scalars(select(ScoreWeights)).all() == []
