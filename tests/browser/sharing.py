"""One stocked service for a whole test run: the first worker makes it, each has a copy of its own in a second."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from fasteners import InterProcessLock

from talent.accounts.models import SignInStage
from talent.foundation.embedded import Embedded
from talent.registry import migrate
from talent.taxonomy.loading import load_release
from talent.taxonomy.starter_release import read_starter
from tests.browser.encoder import WordEncoder
from tests.browser.running import settings_of, web_process, working
from tests.browser.world import World, stock


@contextmanager
def copy_of_the_world(server: Embedded, run: str, worker: str, shared: Path, own: Path) -> Iterator[World]:
    """A copy of this run's stocked service with a web process of its own; the last that ends removes the original."""
    original, name = f"stocked_{run}", f"world_{run}_{worker}"
    lock, users = InterProcessLock(shared / "world.lock"), shared / "world users"
    with lock:
        if not (shared / "world.json").exists():
            make_original(server, original, shared)
        users.mkdir(exist_ok=True)
        (users / worker).touch()
        server.drop(name)
        server.ensure(name, template=original)
        shutil.copytree(shared / "world files", own, dirs_exist_ok=True)
    try:
        with opened(server, name, own, json.loads((shared / "world.json").read_text())) as world:
            yield world
    finally:
        with lock:
            (users / worker).unlink()
            if not any(users.iterdir()):
                server.drop(original)
                (shared / "world.json").unlink()


def make_original(server: Embedded, name: str, shared: Path) -> None:
    """Stock the database of this name, and write beside its files what a copy has to know."""
    secret, world = secrets.token_urlsafe(48), World()
    var_dir = shared / "world files"
    var_dir.mkdir(exist_ok=True)
    server.drop(name)
    migrate(server.ensure(name))
    settings = settings_of(server, name, var_dir, secret, demo=True)
    with working(server, name, settings, WordEncoder(), keep=True) as service:
        with service.sessions.begin() as session:
            load_release(session, read_starter())
        stock(world, service)
        known = {"secret": secret, "logins": world.logins, "ids": world.ids, "stages": service.stages}
    hang_up(server, name)
    (shared / "world.json").write_text(json.dumps(known))


def hang_up(server: Embedded, name: str) -> None:
    """End what is still connected: jobs keep their connections, and a database in use cannot be copied."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))


@contextmanager
def opened(server: Embedded, name: str, var_dir: Path, known: dict[str, object]) -> Iterator[World]:
    """The copy, answering."""
    settings = settings_of(server, name, var_dir, str(known["secret"]), demo=True)
    with working(server, name, settings, WordEncoder()) as service, web_process(settings):
        world = World(logins=dict(known["logins"]), ids=dict(known["ids"]))
        service.stages |= {login: SignInStage(stage) for login, stage in dict(known["stages"]).items()}
        world.service = service
        yield world
