"""precedents and the crosswalk of recognition"""

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_precedents.sql"
"""The rules that were added, as ``python -m talent.row_security TABLE …`` printed them."""
ADDED = (("worker_insert", "profile_change"), ("matched_select", "recognition_case"))
"""Rules of tables that were there before."""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    for rule, table in ADDED:
        op.execute(f"drop policy {rule} on {table}")
