"""The figures of the journal and of erasing, as one line of JSON; ``benchmarks.access`` joins them with its own.

``python -m benchmarks.access_audit`` starts a PostgreSQL of its own in a temporary folder. A tampering counts as found
when ``verify`` names exactly the position that was made wrong first. ``entries_per_s_written`` and ``_proved`` are the
speed of writing (one entry and one commit each) and of proving on this machine; ``one_chain`` is the speed of eight
writers that share one chain, ``many_chains`` with the chains as they are.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from benchmarks.erasure import erasure_hits
from benchmarks.tampering import tamperings
from talent.foundation import audit
from talent.foundation.audit import AuditHead, Deed, write
from talent.foundation.audit_chain import verify
from talent.foundation.database import make_engine, session_factory
from talent.foundation.embedded import start_embedded
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import Settings
from talent.registry import migrate

TIMES = 1_000
WRITERS = 8
EACH = 250


def figures(folder: Path, *, times: int = TIMES) -> dict[str, Any]:
    """``tamperings_found``, ``tamperings_total``, ``erasure_hits`` and the speeds, in this empty folder."""
    os.environ["TALENT_KEYS_FILE"] = str(folder / "ring" / "keys.txt")
    settings = Settings(_env_file=None, var_dir=folder / "journal")  # type: ignore[call-arg] # pydantic-settings takes it
    server = start_embedded(folder / "postgresql")
    url = server.ensure("journal")
    migrate(url)
    engine = make_engine(url, pool_size=WRITERS)
    with session_factory(engine, SystemContext.OPERATOR)() as session:
        found = tamperings(session, settings, times=times)
        session.rollback()
    speeds = measured(engine, settings)
    engine.dispose()
    return {
        "tamperings_found": found,
        "tamperings_total": times,
        "erasure_hits": erasure_hits(folder)["erasure_hits"],
        **speeds,
    }


def measured(engine: Engine, settings: Settings) -> dict[str, int]:
    """Entries in a second: written by eight at once to many chains and to one, and proved."""
    many = written_at_once(engine)
    audit.FREE_HEAD = audit.HEAD.where(AuditHead.chain == 0).with_for_update()  # everybody waits for the same head
    one = written_at_once(engine)
    with session_factory(engine, SystemContext.OPERATOR)() as session:
        started = time.perf_counter()
        proof = verify(session, Settings(_env_file=None, var_dir=settings.var_dir / "none"))  # type: ignore[call-arg] # as above
        took = time.perf_counter() - started
    assert not proof.broken, proof.broken
    return {"many_chains": many, "one_chain": one, "entries_per_s_proved": round(proof.entries / took)}


def written_at_once(engine: Engine) -> int:
    """Entries that eight writers write in a second, each entry in a transaction of its own."""
    sessions = session_factory(engine, SystemContext.OPERATOR)

    def writes(number: int) -> None:
        for _ in range(EACH):
            with sessions.begin() as session:
                write(session, [Deed("test.write", "test", str(number))])

    started = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(writes, range(WRITERS)))
    return round(WRITERS * EACH / (time.perf_counter() - started))


def main() -> int:
    """Print the figures; 1 when a tampering was missed or a marker found."""
    if len(sys.argv) < 2:  # a process of its own: the server ends with it
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run([sys.executable, "-m", "benchmarks.access_audit", folder], check=False).returncode
    found = figures(Path(sys.argv[1]))
    print(json.dumps(found))
    return int(found["tamperings_found"] < found["tamperings_total"] or found["erasure_hits"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
