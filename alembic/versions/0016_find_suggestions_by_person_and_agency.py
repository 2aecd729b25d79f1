"""find the suggestions of a person for one agency by one index: row security asks it for each row it shows"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PERSON = ("account_id", "profile_id")


def upgrade() -> None:
    for column in PERSON:
        op.drop_index(f"ix_suggestion_{column}", "suggestion")
        op.create_index(f"ix_suggestion_{column}", "suggestion", [column, "organisation_id"])


def downgrade() -> None:
    for column in PERSON:
        op.drop_index(f"ix_suggestion_{column}", "suggestion")
        op.create_index(f"ix_suggestion_{column}", "suggestion", [column])
