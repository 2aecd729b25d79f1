"""Runs the migrations on the service's database, giving up rather than waiting long for a lock."""

from alembic import context
from sqlalchemy import text

from talent.foundation.database import engine_at
from talent.foundation.embedded import owner_url
from talent.foundation.settings import load_settings
from talent.registry import METADATA


def is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    """Whether a table is declared here; the job queue brings its own tables."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run() -> None:
    """Apply the revisions inside one transaction."""
    url = context.config.attributes.get("url") or owner_url(load_settings())
    with engine_at(url) as engine, engine.connect() as connection:
        connection.execute(text("set lock_timeout = '4s'"))
        connection.execute(text("set statement_timeout = 0"))
        connection.execute(text("select set_config('app.role', 'operator', false)"))
        connection.commit()
        context.configure(connection=connection, target_metadata=METADATA, include_object=is_ours, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


run()
