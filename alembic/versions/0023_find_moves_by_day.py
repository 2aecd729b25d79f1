"""find the moves of a week and the placements under way without reading all"""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_event_day", "case_event", ["case_kind", "at"])
    op.create_index("ix_placement_where", "placement", ["state", "country", "waits_for", "next_due_on", "changed_at"])


def downgrade() -> None:
    op.drop_index("ix_placement_where", table_name="placement")
    op.drop_index("ix_case_event_day", table_name="case_event")
