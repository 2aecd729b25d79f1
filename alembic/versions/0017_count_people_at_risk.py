"""keep with each cohort how many of its people are about to miss a rule"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cohort", sa.Column("at_risk", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("cohort", "at_risk", server_default=None)


def downgrade() -> None:
    op.drop_column("cohort", "at_risk")
