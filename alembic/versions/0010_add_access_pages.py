"""add proposals about roles, who agreed to an invitation, and applications and files of evidence of organisations"""

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
KINDS = (
    "agency",
    "employer",
    "institute",
    "awarding_body",
    "recognition_authority",
    "protectorate",
    "resource_centre",
    "project",
)
CONFIRM_WHAT_STAFF_WROTE = """
alter table organisation_evidence no force row level security;
update organisation_evidence set confirmed_by = added_by;
alter table organisation_evidence force row level security;
"""
"""Until now only project staff could write evidence down, so that all of it was looked at."""
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
    add_evidence()
    run_file(RULES)


def add_evidence() -> None:
    """Applications of organisations, and evidence with a file, which counts once somebody has confirmed it."""
    op.create_table(
        "organisation_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", one_of("kind", *KINDS), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("contact_sealed", sa.String(length=800), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_organisation_application_answered_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_application_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_application")),
    )
    for column in ("answered_by", "organisation_id"):
        op.create_index(op.f(f"ix_organisation_application_{column}"), "organisation_application", [column])
    table = "organisation_evidence"
    op.add_column(table, sa.Column("confirmed_by", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("document_id", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(op.f(f"fk_{table}_confirmed_by_account"), table, "account", ["confirmed_by"], ["id"])
    op.create_foreign_key(
        op.f(f"fk_{table}_document_id_stored_file"), table, "stored_file", ["document_id"], ["id"], ondelete="SET NULL"
    )
    for column in ("confirmed_by", "document_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.execute(CONFIRM_WHAT_STAFF_WROTE)


def downgrade() -> None:
    for policy in ("staffed_select", "kept_out_select"):
        op.execute(f"drop policy {policy} on case_event")
    op.execute("drop policy vetting_select on stored_file")
    op.execute("drop policy brought_insert on organisation_evidence")
    for column in ("confirmed_by", "document_id", "reminded_at"):
        op.drop_column("organisation_evidence", column)
    op.execute("drop table role_grant, organisation_application cascade")
    op.drop_column("invitation", "agreed_by")
