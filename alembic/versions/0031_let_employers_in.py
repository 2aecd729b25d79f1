"""the employer's own office in a placement"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

FOLDER = Path(__file__).parent.parent
AFTER = FOLDER / "row_security_employers.sql"
BEFORE = FOLDER / "row_security_employers_before.sql"
"""The rules of the tables of placements with and without employers, as ``python -m talent.row_security`` printed them."""


def rule(written: Path) -> None:
    """Put these rules in the place of those that the tables have."""
    op.get_bind().exec_driver_sql(written.read_text(encoding="utf-8").replace("%", "%%"))


def upgrade() -> None:
    op.add_column("placement", sa.Column("employer_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_placement_employer_id_organisation"), "placement", "organisation", ["employer_id"], ["id"]
    )
    op.create_index(op.f("ix_placement_employer_id"), "placement", ["employer_id"])
    rule(AFTER)


def downgrade() -> None:
    rule(BEFORE)
    op.drop_column("placement", "employer_id")
