"""add row security, with the roles and kinds of organisation that it knows"""

from alembic import op

revision = "0007"
down_revision = "0006"
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
FIRST_ROLES = ("candidate", "agency_officer", "institute_officer", "project_staff", "administrator", "system")
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
FIRST_KINDS = ("agency", "institute", "project")


def one_of(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let the column hold these values and no other."""
    name = f"ck_{table}_{column}"
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(f"alter table {table} drop constraint {name}")
    op.execute(f"alter table {table} add constraint {name} check ({column} in ({listed}))")


def upgrade() -> None:
    one_of("account", "role", ROLES)
    one_of("invitation", "role", ROLES)
    one_of("organisation", "kind", KINDS)


def downgrade() -> None:
    one_of("organisation", "kind", FIRST_KINDS)
    one_of("invitation", "role", FIRST_ROLES)
    one_of("account", "role", FIRST_ROLES)
