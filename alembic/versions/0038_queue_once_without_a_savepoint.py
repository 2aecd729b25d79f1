"""a function that queues a job unless one of its name waits, so that nobody's transaction has to roll a savepoint back"""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

QUEUE = """
create function queue_unless_waiting(job procrastinate_job_to_defer_v1) returns bigint
language plpgsql set app.role = 'operator' as $$
begin
    return (procrastinate_defer_jobs_v1(array[job]))[1];
exception when unique_violation then
    return null;
end $$
"""
"""Anybody's transaction may queue a job; it reads none."""


def upgrade() -> None:
    """Add it."""
    op.execute(QUEUE)


def downgrade() -> None:
    """Drop it."""
    op.execute("drop function queue_unless_waiting(procrastinate_job_to_defer_v1)")
