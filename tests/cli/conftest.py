"""A database of its own for each command, because commands commit."""

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from talent.cli import app
from talent.foundation.database import make_engine


@pytest.fixture
def own_database(server, migrated):
    """The address of a migrated database that only this test uses, for its owner."""
    name = f"cli_{uuid4().hex[:16]}"
    yield server.ensure(name, template=migrated)
    server.drop(name)


@pytest.fixture
def environment(server, own_database, tmp_path, monkeypatch):
    """Settings of an installation of its own, in the environment."""
    monkeypatch.chdir(tmp_path)  # no .env of the project is read
    name = own_database.split("?")[0].rsplit("/", 1)[-1]
    monkeypatch.setenv("TALENT_DATABASE_URL", server.application_url(name))
    monkeypatch.setenv("TALENT_OWNER_URL", own_database)
    monkeypatch.setenv("TALENT_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("TALENT_SECRET_KEY", raising=False)
    monkeypatch.delenv("TALENT_BASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def rows(own_database):
    """A session that sees what commands committed, and whose own commits they see."""
    engine = make_engine(own_database)
    with Session(engine, expire_on_commit=False) as made:
        yield made
    engine.dispose()


@pytest.fixture
def talent(environment):
    """Run ``talent`` with these words."""
    return lambda *words: CliRunner().invoke(app, list(words))
