"""precedents and the crosswalk of recognition"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_precedents.sql"
"""The rules that were added, as ``python -m talent.row_security TABLE …`` printed them."""
ADDED = (("worker_insert", "profile_change"), ("matched_select", "recognition_case"))
"""Rules of tables that were there before."""
TABLES = ("recognition_precedent", "recognition_duration")


def one_of(*values: str, name: str) -> sa.Enum:
    """A column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column('recognition_case', sa.Column('outcome', one_of('full', 'partial', 'refused', name='outcome'), nullable=True))
    op.add_column('recognition_case', sa.Column('left_on', sa.Date(), nullable=True))
    op.create_table('recognition_precedent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('isco_group', sa.String(length=4), nullable=False),
    sa.Column('award', one_of('school', 'nvqf_certificate', 'dae', 'bachelor', 'master', 'other', name='award'), nullable=False),
    sa.Column('part', one_of('all', 'institute', 'year', name='part'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('folded', sa.String(length=200), nullable=False),
    sa.Column('cases', sa.Integer(), nullable=False),
    sa.Column('outcomes', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('missing_parts', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=True),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.CheckConstraint('cases >= 5', name=op.f('ck_recognition_precedent_cases')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_precedent')),
    sa.UniqueConstraint('country', 'isco_group', 'award', 'part', 'name', name=op.f('uq_recognition_precedent_country_isco_group_award_part_name'))
    )
    op.create_table('recognition_duration',
    sa.Column('procedure_id', sa.String(length=60), nullable=False),
    sa.Column('decisions', sa.Integer(), nullable=False),
    sa.Column('median_days', sa.Integer(), nullable=True),
    sa.Column('first_days', sa.Integer(), nullable=True),
    sa.Column('last_days', sa.Integer(), nullable=True),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.CheckConstraint('decisions >= 10', name=op.f('ck_recognition_duration_decisions')),
    sa.PrimaryKeyConstraint('procedure_id', name=op.f('pk_recognition_duration'))
    )
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column('recognition_case', 'left_on')
    op.drop_column('recognition_case', 'outcome')
    for rule, table in ADDED:
        op.execute(f"drop policy {rule} on {table}")
