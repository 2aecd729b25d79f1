"""Databases that are made once for a whole test run by the first worker that needs one, and then only copied."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fasteners import InterProcessLock
from pydantic import SecretStr

from talent.demo.load import load_demo
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import Embedded
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import Settings
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter

DEMO_SECRET = "s" * 40


@dataclass(frozen=True)
class Demonstration:
    """The database in which the demonstration is loaded, the folder of its files, and how many are published."""

    database: str
    var_dir: Path
    published: tuple[int, int]

    @property
    def settings(self) -> Settings:
        """The settings with which it was loaded."""
        return Settings(_env_file=None, var_dir=self.var_dir, secret_key=SecretStr(DEMO_SECRET))


@contextmanager
def original(
    server: Embedded, name: str, worker: str, shared: Path, make: Callable[[], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """What a copy of the database of this name has to know, as ``make`` told it; the last user's end removes both."""
    lock, users, told = InterProcessLock(shared / f"{name}.lock"), shared / f"{name} users", shared / f"{name}.json"
    with lock:
        if not told.exists():
            server.drop(name)
            told.write_text(json.dumps(make()))
        users.mkdir(exist_ok=True)
        (users / worker).touch()
    try:
        yield json.loads(told.read_text())
    finally:
        with lock:
            (users / worker).unlink()
            if not any(users.iterdir()):
                told.unlink()
                server.drop(name)


@contextmanager
def demonstration_in(
    server: Embedded, name: str, worker: str, shared: Path, *, template: str
) -> Iterator[Demonstration]:
    """The demonstration in a database of this name that began as a copy of the template."""
    var_dir = shared / f"{name} files"

    def load() -> dict[str, Any]:
        var_dir.mkdir(exist_ok=True)
        server.ensure(name, template=template)
        engine = make_engine(server.application_url(name))
        with session_factory(engine, SystemContext.OPERATOR).begin() as session:
            load_release(session, read_starter())
            published = load_demo(session, Demonstration(name, var_dir, (0, 0)).settings)
        engine.dispose()
        return {"published": published}

    with original(server, name, worker, shared, load) as known:
        candidates, vacancies = known["published"]
        yield Demonstration(name, var_dir, (candidates, vacancies))
