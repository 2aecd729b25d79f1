"""One stocked service for a whole test run: the first worker makes it, each has a copy of its own in a second."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from talent.accounts.models import SignInStage
from talent.foundation.embedded import Embedded
from tests.browser.encoder import WordEncoder
from tests.browser.running import settings_of, web_process, working
from tests.browser.world import World, stock
from tests.originals import DEMO_SECRET, Demonstration, original


@contextmanager
def copy_of_the_world(
    server: Embedded, demonstration: Demonstration, worker: str, shared: Path, own: Path
) -> Iterator[World]:
    """A copy of this run's stocked service, which began as the demonstration, with a web process of its own."""
    name = f"stocked_{demonstration.database}"
    files, make = shared / "stocked files", partial(stocked, server, demonstration)
    with original(server, name, worker, shared, lambda: make(name, files)) as known:
        server.drop(f"{name}_{worker}")
        server.ensure(f"{name}_{worker}", template=name)
        shutil.copytree(files, own, dirs_exist_ok=True)
        with opened(server, f"{name}_{worker}", own, known) as world:
            yield world


def stocked(server: Embedded, demonstration: Demonstration, name: str, var_dir: Path) -> dict[str, Any]:
    """Stock the database of this name, with its files; what a copy has to know."""
    world = World()
    shutil.copytree(demonstration.var_dir, var_dir)
    server.ensure(name, template=demonstration.database)
    settings = settings_of(server, name, var_dir, DEMO_SECRET, demo=True)
    with working(server, name, settings, WordEncoder(), keep=True) as service:
        stock(world, service)
        known = {"logins": world.logins, "ids": world.ids, "stages": service.stages}
    hang_up(server, name)
    return known


def hang_up(server: Embedded, name: str) -> None:
    """End what is still connected: jobs keep their connections, and a database in use cannot be copied."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))


@contextmanager
def opened(server: Embedded, name: str, var_dir: Path, known: dict[str, Any]) -> Iterator[World]:
    """The copy, answering."""
    settings = settings_of(server, name, var_dir, DEMO_SECRET, demo=True)
    with working(server, name, settings, WordEncoder()) as service, web_process(settings):
        world = World(logins=known["logins"], ids=known["ids"])
        service.stages |= {login: SignInStage(stage) for login, stage in known["stages"].items()}
        world.service = service
        yield world
