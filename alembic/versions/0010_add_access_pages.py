"""add proposals about roles, and who agreed to an invitation"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROLES = (
    "candidate",
    "agency_officer",
    "employer",
    "institute_officer",
    "awarding_officer",
    "recognition_officer",
    "protectorate_officer",
    "resource_centre_officer",
    "project_staff",
    "administrator",
    "auditor",
    "system",
)
FOLDER = Path(__file__).parent.parent
RULES = FOLDER / "row_security_access_pages.sql"
"""The rules of the new tables and of those that they open, as ``python -m talent.row_security TABLE …`` printed them."""


def one_of(name: str, *values: str) -> sa.Enum:
    """A column that holds one of these values."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def run_file(file: Path) -> None:
    """Run the statements of this file."""
    op.get_bind().exec_driver_sql(file.read_text(encoding="utf-8").replace("%", "%%"))


def upgrade() -> None:
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role_before", one_of("role_before", *ROLES), nullable=False),
        sa.Column("role_after", one_of("role_after", *ROLES), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("state", one_of("state", "proposed", "approved", "declined", "withdrawn"), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_role_grant_proposed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    for column in ("account_id", "organisation_id", "proposed_by"):
        op.create_index(op.f(f"ix_role_grant_{column}"), "role_grant", [column])
    open_ones = sa.text("state = 'proposed'")
    op.create_index("uq_role_grant_open", "role_grant", ["account_id"], unique=True, postgresql_where=open_ones)
    op.add_column("invitation", sa.Column("agreed_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_invitation_agreed_by_account"), "invitation", "account", ["agreed_by"], ["id"])
    op.create_index(op.f("ix_invitation_agreed_by"), "invitation", ["agreed_by"])
    run_file(RULES)


def downgrade() -> None:
    for policy in ("staffed_select", "kept_out_select"):
        op.execute(f"drop policy {policy} on case_event")
    op.execute("drop table role_grant cascade")
    op.drop_column("invitation", "agreed_by")
