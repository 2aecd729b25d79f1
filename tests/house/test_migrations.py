"""Migrations are numbered, form one line, say the same as the models, and lead back and forth."""

import re

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from talent.foundation.database import make_engine
from talent.registry import alembic_config, migrate
from tests.house.code import ROOT

VERSIONS = sorted((ROOT / "alembic" / "versions").glob("*.py"))
FILE_NAME = re.compile(r"\d{4}_[a-z]+_[a-z0-9_]+")


def test_our_folder_does_not_shadow_the_library():
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_migrations_are_numbered_and_named_by_a_verb_and_a_noun():
    assert VERSIONS
    assert [file.stem for file in VERSIONS if not FILE_NAME.fullmatch(file.stem)] == []
    assert [int(file.stem[:4]) for file in VERSIONS] == list(range(1, len(VERSIONS) + 1))


def test_migrations_form_one_line_with_one_head():
    scripts = ScriptDirectory.from_config(alembic_config(""))
    assert len(scripts.get_heads()) == 1
    assert [script.revision for script in reversed(list(scripts.walk_revisions()))] == [
        file.stem[:4] for file in VERSIONS
    ]


def test_the_models_say_what_the_migrations_make(database):
    command.check(alembic_config(database))


@pytest.fixture
def empty_database(server, testrun_uid, worker_id):
    name = f"migrations_{testrun_uid[:16]}_{worker_id}"
    yield server.ensure(name)
    server.drop(name)


def tables(url):
    engine = make_engine(url)
    with engine.connect() as connection:
        query = "select table_name from information_schema.tables where table_schema = 'public' order by 1"
        found = connection.scalars(text(query)).all()
    engine.dispose()
    return found


def test_the_schema_can_be_made_unmade_and_made_again(empty_database):
    migrate(empty_database)
    made = tables(empty_database)
    command.downgrade(alembic_config(empty_database), "base")
    assert [name for name in tables(empty_database) if name != "alembic_version"] == []
    migrate(empty_database)
    assert tables(empty_database) == made
