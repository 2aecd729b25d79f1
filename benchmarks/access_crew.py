"""Several processes that take the same scene apart: each has a PostgreSQL, the scene and every mutant of its own.

A mutant is known by its number: every process makes the same ones in the same order. What one process is asked for is
a share of the addresses or of the mutants; it never waits for another.
"""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.equivalents import reason
from benchmarks.guards import Guards, Touched
from benchmarks.mutants import Mutant
from talent.foundation.database import make_engine
from talent.foundation.embedded import start_embedded
from talent.foundation.row_rules import APPLICATION_ROLE
from talent.foundation.settings import Settings
from talent.registry import migrate
from tests.access.asking import PRINCIPALS, Asking
from tests.access.checks import CHECKS, RELATIONS
from tests.access.stage import asked_of, scene_on, standing_still
from web.app import create_app

SECRET = "a secret of tests that is long enough"
"""The one with which the scene seals its numbers."""
REFUSED = {303, 401, 403, 404}


@contextmanager
def set_scene(folder: Path) -> Iterator[Asking]:
    """The scene, asked as in the tests; its connection may become the owner of the tables again."""
    os.environ["TALENT_KEYS_FILE"] = str(folder / "ring" / "keys.txt")
    server = start_embedded(folder / "postgresql")
    url = server.ensure("access")
    migrate(url)
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg] # pydantic-settings takes it
        var_dir=folder,
        secret_key=SECRET,  # type: ignore[arg-type] # pydantic makes a secret of it
        database_url=server.application_url("access"),
    )
    engine = make_engine(url)

    @event.listens_for(engine, "connect")
    def _as_the_service(connection: Any, _record: Any) -> None:
        connection.execute(f"set role {APPLICATION_ROLE}")
        connection.commit()

    app = create_app(settings)
    with ExitStack() as stack:
        stack.enter_context(standing_still())
        world = stack.enter_context(scene_on(engine, settings))
        yield stack.enter_context(asked_of(app, world))
    app.state.shell.engine.dispose()
    engine.dispose()


@contextmanager
def crew(members: int) -> Iterator[ProcessPoolExecutor]:
    """So many processes, each with the scene set; their servers and folders end with them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(members, get_context("spawn"), begin, (folder,)) as pool,
    ):
        yield pool


class AtWork:
    """What one process holds: the scene and the guards in it."""

    guards: Guards
    mutants: list[Mutant]
    scene = ExitStack()


_at_work = AtWork()


def begin(folder: str) -> None:
    """Set the scene in this process; it stands until the process ends."""
    asking = _at_work.scene.enter_context(set_scene(Path(folder) / str(os.getpid())))
    _at_work.guards = Guards(asking)
    _at_work.mutants = _at_work.guards.mutants()


def names() -> list[tuple[str, str, str]]:
    """Family and name of every mutant, in their order, and why it is the same program, where that is proved."""
    return [(mutant.family, mutant.name, reason(mutant)) for mutant in _at_work.mutants]


def matrix(numbers: list[int]) -> dict[str, Any]:
    """These addresses × principals × relations, each asked once: ``cells``, ``denials``, ``shown`` and ``wrong``."""
    guards, asking = _at_work.guards, _at_work.guards.asking
    cells = denials = 0
    shown: list[str] = []
    wrong: list[str] = []
    for one in (guards.rows[number] for number in numbers):
        for principal in PRINCIPALS:
            try:
                for relation in (relation for relation in RELATIONS if asking.has(one.path, principal, relation)):
                    cells += 1
                    denials += asking.ask(one.method, one.path, principal, relation).status in REFUSED
                wrong += [str(found) for check in CHECKS for found in check(asking, one, principal)]
            except AssertionError as leak:
                shown.append(str(leak))
        asking.answered.clear()
    return {"cells": cells, "denials": denials, "shown": shown, "wrong": wrong}


def traced(numbers: list[int]) -> tuple[Touched, list[str]]:
    """At which of these addresses, and for whom, each guarded function is called; and where it cannot be told."""
    return _at_work.guards.trace(numbers)


def survivors(numbers: list[int], touched: Touched) -> list[int]:
    """Those of these mutants that no check notices."""
    return [number for number in numbers if not _at_work.guards.kills(_at_work.mutants[number], touched)]
