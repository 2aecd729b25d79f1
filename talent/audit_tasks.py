"""What the worker does for the journal: a signed checkpoint every minute."""

from talent.foundation.audit_chain import add_checkpoint
from talent.foundation.database import sessions_on
from talent.foundation.embedded import database_url
from talent.foundation.jobs import task
from talent.foundation.row_context import SystemContext
from talent.foundation.settings import load_settings

CHECKPOINT = "audit_checkpoint"
EVERY_MINUTE = "* * * * *"


@task(CHECKPOINT, cron=EVERY_MINUTE)
def checkpoint(timestamp: int = 0) -> None:  # noqa: ARG001 - the queue passes the moment for which it was due
    """Append a checkpoint if anything was written since the last."""
    settings = load_settings()
    with sessions_on(database_url(settings), SystemContext.NIGHTLY) as sessions, sessions() as session:
        add_checkpoint(session, settings)
