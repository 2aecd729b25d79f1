"""what a candidate wishes for, how far each match gives it, and how good the match is for both sides"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; matches stored before count as giving all that is wished for until they are compared again."""
    op.add_column("profile", sa.Column("first_countries", ARRAY(sa.String(2)), nullable=False, server_default="{}"))
    op.add_column("profile", sa.Column("least_pay_euros", sa.Integer))
    op.alter_column("profile", "first_countries", server_default=None)
    op.create_check_constraint(op.f("ck_profile_least_pay_euros"), "profile", "least_pay_euros between 1 and 100000")
    op.add_column("suggestion", sa.Column("wished", sa.Float, nullable=False, server_default="100"))
    op.add_column("suggestion", sa.Column("wishes", JSONB, nullable=False, server_default="{}"))
    op.add_column("suggestion", sa.Column("mutual", sa.Float, sa.Computed("score", persisted=True), nullable=False))
    op.execute("alter table suggestion alter column mutual drop expression")
    for name in ("wished", "wishes"):
        op.alter_column("suggestion", name, server_default=None)


def downgrade() -> None:
    """Drop them."""
    for name in ("mutual", "wishes", "wished"):
        op.drop_column("suggestion", name)
    op.drop_constraint(op.f("ck_profile_least_pay_euros"), "profile")
    op.drop_column("profile", "least_pay_euros")
    op.drop_column("profile", "first_countries")
