"""whose office brought a document: a former employer's are not the next one's"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

FOLDER = Path(__file__).parent.parent
AFTER = FOLDER / "row_security_offices.sql"
BEFORE = FOLDER / "row_security_employers.sql"
"""The rules of documents by office and by role, as ``python -m talent.row_security`` printed them."""
OFFICES = """
update placement_proof set organisation_id = account.organisation_id from account where account.id = added_by
"""


def rule(written: Path) -> None:
    """Put these rules in the place of those that the tables have."""
    op.get_bind().exec_driver_sql(written.read_text(encoding="utf-8").replace("%", "%%"))


def upgrade() -> None:
    op.add_column("placement_proof", sa.Column("organisation_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_placement_proof_organisation_id_organisation"),
        "placement_proof",
        "organisation",
        ["organisation_id"],
        ["id"],
    )
    op.create_index(op.f("ix_placement_proof_organisation_id"), "placement_proof", ["organisation_id"])
    op.create_index("ix_placement_came_to_work", "placement", ["pathway_id", "work_began_on"])
    op.execute(OFFICES)
    rule(AFTER)


def downgrade() -> None:
    rule(BEFORE)
    op.drop_index("ix_placement_came_to_work", "placement")
    op.drop_column("placement_proof", "organisation_id")
