"""precedents and the crosswalk of recognition"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_precedents.sql"
"""The rules that were added, as ``python -m talent.row_security TABLE …`` printed them."""
ADDED = (("worker_insert", "profile_change"), ("matched_select", "recognition_case"))
"""Rules of tables that were there before."""
TABLES = (
    "unit_link", "award_unit", "crosswalk_release", "award_standard", "recognition_precedent", "recognition_duration"
)


def one_of(*values: str, name: str) -> sa.Enum:
    """A column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column('recognition_case', sa.Column('outcome', one_of('full', 'partial', 'refused', name='outcome'), nullable=True))
    op.add_column('recognition_case', sa.Column('measure_on', sa.Date(), nullable=True))
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
    op.create_table('award_standard',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', one_of('school', 'nvqf_certificate', 'dae', 'bachelor', 'master', 'other', name='kind'), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('folded', sa.String(length=200), nullable=False),
    sa.Column('source', sa.String(length=400), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_standard')),
    sa.UniqueConstraint('kind', 'folded', name=op.f('uq_award_standard_kind_folded'))
    )
    op.create_table('award_unit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('standard_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['standard_id'], ['award_standard.id'], name=op.f('fk_award_unit_standard_id_award_standard'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_unit')),
    sa.UniqueConstraint('standard_id', 'number', name=op.f('uq_award_unit_standard_id_number'))
    )
    op.create_table('unit_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.Uuid(), nullable=False),
    sa.Column('verdict', one_of('proposed', 'confirmed', 'rejected', name='verdict'), nullable=False),
    sa.Column('likeness', sa.Float(), nullable=True),
    sa.Column('model_hash', sa.String(length=64), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(verdict = 'proposed') = (decided_at is null)", name=op.f('ck_unit_link_decided')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_unit_link_skill_id_skill')),
    sa.ForeignKeyConstraint(['unit_id'], ['award_unit.id'], name=op.f('fk_unit_link_unit_id_award_unit'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_link')),
    sa.UniqueConstraint('unit_id', 'skill_id', name=op.f('uq_unit_link_unit_id_skill_id'))
    )
    op.create_index(op.f('ix_unit_link_skill_id'), 'unit_link', ['skill_id'], unique=False)
    op.create_table('crosswalk_release',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('standard_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_by', sa.Uuid(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_crosswalk_release_number')),
    sa.ForeignKeyConstraint(['standard_id'], ['award_standard.id'], name=op.f('fk_crosswalk_release_standard_id_award_standard'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crosswalk_release')),
    sa.UniqueConstraint('standard_id', 'number', name=op.f('uq_crosswalk_release_standard_id_number'))
    )
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column('recognition_case', 'measure_on')
    op.drop_column('recognition_case', 'left_on')
    op.drop_column('recognition_case', 'outcome')
    for rule, table in ADDED:
        op.execute(f"drop policy {rule} on {table}")
