"""add audit, consent and encrypted identity"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_key",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(length=20), nullable=False),
        sa.Column("wrapped", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_person_key_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_person_key")),
    )
    op.create_index(op.f("ix_person_key_key_id"), "person_key", ["key_id"])


def downgrade() -> None:
    op.drop_table("person_key")
