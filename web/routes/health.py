"""Is the process alive, and can it work? For load balancers and for ``talent doctor``."""

import shutil
from functools import cache

from alembic.script import ScriptDirectory
from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, PlainTextResponse, Response

from talent.registry import alembic_config
from talent.row_guard import open_tables
from web.dependencies import ShellDep
from web.policy import PUBLIC
from web.shell import Shell

LEAST_FREE_SHARE_OF_DISK = 0.05

router = APIRouter(dependencies=[PUBLIC])


@router.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def ready(shell: ShellDep) -> Response:
    """Whether the database answers, has today's tables and hides their rows, and the disk has room; otherwise 503."""
    checks = {
        "database": _database_answers(shell),
        "schema": _schema_is_current(shell),
        "rows": _rows_are_hidden(shell),
        "disk": _disk_has_room(shell),
    }
    return JSONResponse({"ready": all(checks.values()), "checks": checks}, 200 if all(checks.values()) else 503)


def _database_answers(shell: Shell) -> bool:
    try:
        with shell.engine.connect() as connection:
            return bool(connection.scalar(text("select 1")))
    except SQLAlchemyError:
        return False


@cache
def _newest_revision(url: str) -> str | None:
    return ScriptDirectory.from_config(alembic_config(url)).get_current_head()


def _schema_is_current(shell: Shell) -> bool:
    try:
        with shell.engine.connect() as connection:
            found = connection.scalar(text("select version_num from alembic_version"))
    except SQLAlchemyError:
        return False
    return bool(found == _newest_revision(str(shell.engine.url)))


def _rows_are_hidden(shell: Shell) -> bool:
    try:
        with shell.engine.connect() as connection:
            return not open_tables(connection)
    except SQLAlchemyError:
        return False


def _disk_has_room(shell: Shell) -> bool:
    usage = shutil.disk_usage(shell.settings.var_dir)
    return usage.free > LEAST_FREE_SHARE_OF_DISK * usage.total
