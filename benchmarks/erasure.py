"""Whether erased is erased, to the last byte: people with markers everywhere, erased, then every raw file is searched.

``python -m benchmarks.erasure`` starts a PostgreSQL of its own, writes so many people with 22 markers each, and one
of them into every table that can tell of a person, erases them, scrubs, and greps database files, write-ahead log,
server log, stored files, letters and ledger. It prints one line of JSON; ``erasure_hits`` must be 0, and
``hits_before`` shows that the search finds what is there.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from talent.foundation.database import make_engine, session_factory
from talent.foundation.row_context import SystemContext

MARKER = re.compile(rb"mk[0-9a-f]{18}")


def hits(folder: Path, markers: set[bytes]) -> dict[str, int]:
    """How many markers stand in each file of the folder, those without any left out; each file is read as it lies."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            count = len(markers & set(MARKER.findall(path.read_bytes())))
            if count:
                found[path.relative_to(folder).as_posix()] = count
    return found


def erasure_hits(folder: Path, *, people: int = 5) -> dict[str, Any]:
    """Figures of one run in this empty folder: ``erasure_hits``, ``hits_before``, ``people``, ``markers``."""
    from talent.foundation.embedded import start_embedded
    from talent.foundation.settings import Settings
    from talent.registry import migrate

    os.environ["TALENT_KEYS_FILE"] = str(folder / "ring" / "keys.txt")
    settings = Settings(_env_file=None, var_dir=folder)  # type: ignore[call-arg] # pydantic-settings takes it
    url = start_embedded(folder / "postgresql").ensure("erasure")
    migrate(url)
    engine = make_engine(url)
    markers, accounts = write_people(engine, settings, people)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("checkpoint"))
    before = hits(folder, markers)
    erase_people(engine, settings, accounts)
    after = hits(folder, markers)
    engine.dispose()
    return {
        "erasure_hits": sum(after.values()),
        "where": after,
        "hits_before": sum(before.values()),
        "files_before": len(before),
        "people": people,
        "markers": len(markers),
    }


def write_people(engine: Engine, settings: Any, people: int) -> tuple[set[bytes], list[Any]]:
    """The markers and accounts of so many people who wrote, brought, met, and were written to."""
    from tests.factories.corridor import make_agency, make_published_vacancy, make_release
    from tests.factories.everywhere import marked_everywhere
    from tests.factories.marked import Marked

    with session_factory(engine, SystemContext.OPERATOR).begin() as session:
        make_release(session)
        vacancy = make_published_vacancy(session, make_agency(session))
        written = [Marked(session, settings, vacancy) for _ in range(people)]
        everywhere = marked_everywhere(session, written[0].id)  # of the first one also what only few have
        words = [*(marker for one in written for marker in one.markers), *chain(*everywhere.values())]
        markers = {marker.encode() for marker in words}
        accounts = [one.id for one in written]
    # Later versions of rows leave earlier ones behind.
    with session_factory(engine, SystemContext.OPERATOR).begin() as session:
        session.execute(text("update profile set about = about || ' ' || about"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    return markers, accounts


def erase_people(engine: Engine, settings: Any, accounts: list[Any]) -> None:
    """Erase them one by one, and scrub once."""
    from talent.erasure import erase, wipe

    for account in accounts:
        with session_factory(engine, SystemContext.OPERATOR).begin() as session:
            erase(session, settings, account, reason="proof")
    assert wipe(engine) == [], "a statement was not permitted"


def main() -> int:
    """Print the figures; 1 when a marker was found afterwards, or the search found nothing before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--inner", type=Path, default=None, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inner is None:  # a process of its own: the server ends with it
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "benchmarks.erasure", "--people", str(asked.people), "--inner", folder]
            return subprocess.run(command, check=False).returncode
    figures = erasure_hits(asked.inner, people=asked.people)
    print(json.dumps(figures))
    return int(figures["erasure_hits"] > 0 or figures["hits_before"] < figures["markers"] // 2)


if __name__ == "__main__":
    raise SystemExit(main())
