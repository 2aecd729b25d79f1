"""What the doctor looks at in the database; each look is apart from its verdict, so that both can be tested."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from talent.doctor.findings import Finding, care, good, wrong
from talent.foundation.settings import Settings
from talent.registry import alembic_config
from talent.row_guard import open_tables

OLDEST_POSTGRESQL = 160_000  # server_version_num of 16.0
OLDEST_PGVECTOR = (0, 8)
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
SLOWEST_COMMITS_PER_SECOND = 100  # twenty registrations a second need three commits each; a plain disk does 100 to 200
MEASURED_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 60
DEMO_LOGINS = "%@demo.example"


def server(connection: Connection, _settings: Settings) -> Iterator[Finding]:
    """Whether the server and pgvector are new enough."""
    number = int(connection.scalar(text("show server_version_num")) or 0)
    yield server_version(number)
    installed = connection.scalar(text("select extversion from pg_extension where extname = 'vector'"))
    available = connection.scalar(text("select 1 from pg_available_extensions where name = 'vector'"))
    yield pgvector_version(installed, can_be_installed=bool(available))


def server_version(number: int) -> Finding:
    """The finding for a ``server_version_num``."""
    said = f"{number // 10_000}.{number % 10_000}"
    if number < OLDEST_POSTGRESQL:
        return wrong("database", f"PostgreSQL {said} is too old: 16 or newer is needed.")
    return good("database", f"PostgreSQL {said} answers.")


def pgvector_version(version: str | None, *, can_be_installed: bool) -> Finding:
    """The finding for the version of the extension, or None where it is not in the database."""
    if version is None and can_be_installed:
        return wrong(
            "pgvector", "The extension is not in the database: run talent migrate, or create extension vector;"
        )
    if version is None:
        return wrong("pgvector", "The server has no pgvector: install its package (postgresql-16-pgvector on Debian).")
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_PGVECTOR:
        return wrong("pgvector", f"pgvector {version} is too old: 0.8 or newer is needed.")
    return good("pgvector", f"pgvector {version} is there.")


def durable(connection: Connection, _settings: Settings) -> Iterator[Finding]:
    """Whether what was acknowledged survives a power failure."""
    yield durability({name: str(connection.scalar(text(f"show {name}"))) for name in DURABLE})


def durability(values: Mapping[str, str]) -> Finding:
    """The finding for fsync, synchronous_commit and full_page_writes."""
    off = [f"{name} = {values.get(name)}" for name, wanted in DURABLE.items() if values.get(name) != wanted]
    if off:
        return wrong("durability", f"A power failure would lose acknowledged forms: {', '.join(off)}. Set them to on.")
    return good("durability", "fsync, synchronous_commit and full_page_writes are on.")


def commits_per_second(engine: Engine) -> float:
    """How many transactions a second reach the disk one after the other; writes a marker to the log, no row."""
    with engine.connect() as connection:
        started, done = time.perf_counter(), 0
        while time.perf_counter() < started + MEASURED_SECONDS:
            connection.execute(text("select pg_logical_emit_message(true, 'talent', 'doctor')"))
            connection.commit()
            done += 1
        return done / (time.perf_counter() - started)


def commit_speed(rate: float) -> Finding:
    """The finding for so many commits a second."""
    if rate < SLOWEST_COMMITS_PER_SECOND:
        return care("disk speed", f"The disk confirms {rate:.0f} commits a second; below 100, campaigns will be slow.")
    return good("disk speed", f"The disk confirms {rate:.0f} commits a second.")


def schema(connection: Connection, settings: Settings) -> Iterator[Finding]:
    """Whether the schema is the newest."""
    heads = ScriptDirectory.from_config(alembic_config(settings.database_url or "")).get_heads()
    known = connection.scalar(text("select to_regclass('alembic_version') is not null"))
    present = connection.scalar(text("select version_num from alembic_version")) if known else None
    yield schema_version(present, heads[0] if heads else None)


def schema_version(present: str | None, newest: str | None) -> Finding:
    """The finding for the revision the database has."""
    if present != newest:
        return wrong("schema", f"The schema is at {present or 'nothing'} instead of {newest}: run talent migrate.")
    return good("schema", f"The schema is at {present}, the newest.")


def words(connection: Connection, _settings: Settings) -> Iterator[Finding]:
    """Whether there are occupations and skills to choose from."""
    yield taxonomy(count(connection, "occupation"), count(connection, "skill"))


def taxonomy(occupations: int, skills: int) -> Finding:
    """The finding for so many occupations and skills."""
    if not occupations or not skills:
        return wrong(
            "taxonomy", "There are no occupations or skills: start talent serve once, or run talent import-esco."
        )
    return good("taxonomy", f"{occupations} occupations and {skills} skills are loaded.")


def jobs(connection: Connection, _settings: Settings) -> Iterator[Finding]:
    """Whether the worker keeps up."""
    if not exists(connection, "procrastinate_jobs"):
        return
    waiting = text(
        "select count(*), coalesce(extract(epoch from now() - min(e.at)), 0) from procrastinate_jobs j"
        " join procrastinate_events e on e.job_id = j.id and e.type = 'deferred'"
        " where j.status = 'todo' and coalesce(j.scheduled_at, now()) <= now()"
    )
    number, seconds = connection.execute(waiting).one()
    yield queue(number, float(seconds))
    failed = connection.scalar(text("select count(*) from procrastinate_jobs where status = 'failed'")) or 0
    if failed:
        yield care("jobs", f"{failed} jobs failed: read the worker's log.")


def queue(number: int, oldest_seconds: float) -> Finding:
    """The finding for so many waiting jobs, the oldest waiting so long."""
    if number and oldest_seconds > LONGEST_WAIT_SECONDS:
        return wrong("jobs", f"{number} jobs wait, the oldest for {oldest_seconds:.0f} s: start talent worker.")
    return good("jobs", f"{number} jobs wait.")


def role(connection: Connection, settings: Settings) -> Iterator[Finding]:
    """Whether the service holds more power over a server than it needs."""
    if not exists(connection, "account"):
        return
    connection.execute(text("select set_config('app.role', '', true)"))
    yield hidden_rows(open_tables(connection))
    owned = connection.scalar(text("select count(*) from pg_tables where tableowner = current_user"))
    if settings.database_url and owned:
        yield care("database role", "The service connects as the owner of its tables: let it connect as talent_app.")


def hidden_rows(shown: Sequence[str]) -> Finding:
    """The finding for the tables of which a transaction that works for nobody sees rows, or could."""
    if shown:
        return wrong("row security", f"Nobody in particular sees rows of {', '.join(shown)}: connect as talent_app.")
    return good("row security", "A transaction that works for nobody sees no row.")


def demonstration(connection: Connection, settings: Settings) -> Iterator[Finding]:
    """Whether invented people stand on a service that real people reach."""
    if settings.is_https and exists(connection, "account"):
        found = connection.scalar(text("select count(*) from account where login like :demo"), {"demo": DEMO_LOGINS})
        if found:
            yield wrong(
                "demonstration", "The demonstration is loaded on a public address: begin with an empty database."
            )


DATABASE_CHECKS: tuple[Callable[[Connection, Settings], Iterator[Finding]], ...] = (
    server,
    durable,
    schema,
    words,
    jobs,
    role,
    demonstration,
)


def exists(connection: Connection, table: str) -> bool:
    """Whether the database has this table."""
    return bool(connection.scalar(text("select to_regclass(:table) is not null"), {"table": table}))


def count(connection: Connection, table: str) -> int:
    """How many rows a table of ours has; 0 when it is missing."""
    if not exists(connection, table):
        return 0
    return int(connection.scalar(text(f'select count(*) from "{table}"')) or 0)  # noqa: S608 - names from this file only
