"""Who sees what, as one line of JSON: the whole matrix, every guard taken away once, tamperings, what erasing leaves.

``python -m benchmarks.access`` starts a PostgreSQL of its own in a temporary folder and sets the scene of
``tests/access`` on it. ``cells`` are requests answered, ``denials`` those refused, ``canaries`` foreign marks that were
shown. ``mutants_total`` guards are removed or turned round, one at a time; one is killed when a check of the access
tests fails for it. What was printed before names those that survived. The last figures are ``access_audit``'s.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import event

from benchmarks.guards import Guards
from talent.foundation.database import make_engine
from talent.foundation.embedded import start_embedded
from talent.foundation.row_rules import APPLICATION_ROLE
from talent.foundation.settings import Settings
from talent.registry import migrate
from tests.access.asking import PRINCIPALS, Asking
from tests.access.checks import CHECKS, RELATIONS
from tests.access.stage import asked_of, scene_on, standing_still
from tests.access.verdicts import read_verdicts
from web.app import create_app

SECRET = "a secret of measurements that is long enough"
REFUSED = {303, 401, 403, 404}
CONSOLE = Console(stderr=True)


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


def whole_matrix(asking: Asking, progress: Progress) -> dict[str, Any]:
    """Every address × principal × relation, asked once: ``cells``, ``denials``, ``canaries`` and what is wrong."""
    rows = read_verdicts()
    cells = denials = 0
    shown: list[str] = []
    wrong: list[Any] = []
    bar = progress.add_task("matrix", total=len(rows) * len(PRINCIPALS))
    for one in rows:
        for principal in PRINCIPALS:
            progress.advance(bar)
            try:
                for relation in (relation for relation in RELATIONS if asking.has(one.path, principal, relation)):
                    cells += 1
                    denials += asking.ask(one.method, one.path, principal, relation).status in REFUSED
                wrong += [found for check in CHECKS for found in check(asking, one, principal)]
            except AssertionError as leak:
                shown.append(str(leak))
        asking.answered.clear()
    return {"cells": cells, "denials": denials, "canaries": len(shown), "wrong": [*map(str, wrong), *shown]}


def killed_guards(asking: Asking, progress: Progress) -> dict[str, Any]:
    """``mutants_killed`` of ``mutants_total``, by family, and the names of those that survived."""
    guards = Guards(asking)
    bar = progress.add_task("guards")
    mutants = guards.mutants(lambda done, of: progress.update(bar, completed=done, total=of))
    bar = progress.add_task("mutants", total=len(mutants))
    families: dict[str, list[int]] = {}
    survived = []
    for mutant in mutants:
        dead = guards.kills(mutant)
        count = families.setdefault(mutant.family, [0, 0])
        count[0] += dead
        count[1] += 1
        survived += [] if dead else [mutant.name]
        progress.advance(bar)
    return {
        "mutants_killed": len(mutants) - len(survived),
        "mutants_total": len(mutants),
        "families": {family: f"{dead}/{total}" for family, (dead, total) in families.items()},
        "survived": survived,
    }


def figures(folder: Path) -> dict[str, Any]:
    """All figures, in this empty folder; the journal and erasing are measured in a process of their own."""
    beside = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.access_audit"], stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    )
    with set_scene(folder) as asking, Progress(console=CONSOLE) as progress:
        found = whole_matrix(asking, progress) | killed_guards(asking, progress)
    said, _ = beside.communicate()
    audit = json.loads(said.splitlines()[-1])
    return found | {key: audit[key] for key in ("tamperings_found", "tamperings_total", "erasure_hits")}


def main() -> int:
    """Print the figures; 1 when anything was shown, missed, left or survived."""
    if len(sys.argv) < 2:  # a process of its own: the server ends with it
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run([sys.executable, "-m", "benchmarks.access", folder], check=False).returncode
    found = figures(Path(sys.argv[1]))
    print(json.dumps({key: found.pop(key) for key in ("families", "survived", "wrong")}, indent=1))
    print(json.dumps(found))
    whole = found["mutants_killed"] == found["mutants_total"] and found["tamperings_found"] == found["tamperings_total"]
    return int(not whole or found["canaries"] > 0 or found["erasure_hits"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
