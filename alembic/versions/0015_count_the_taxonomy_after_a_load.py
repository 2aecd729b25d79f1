"""let whoever loads a release have the planner's statistics of its tables taken: only their owner may do that"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UP = """
create function analyze_taxonomy() returns void
    language sql security definer set search_path = public, pg_temp as $$
        analyze occupation;
        analyze skill;
        analyze label;
        analyze occupation_skill;
    $$;
revoke execute on function analyze_taxonomy() from public;
grant execute on function analyze_taxonomy() to talent_app;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("drop function analyze_taxonomy()")
