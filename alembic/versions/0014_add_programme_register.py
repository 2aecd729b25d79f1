"""the programme register and monitoring"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_monitoring.sql"
"""The rules of the new tables as ``python -m talent.row_security TABLE …`` printed them, and one more of each table
whose figures are counted."""
TABLES = ("programme_item", "programme_change", "programme_text", "programme_report", "programme_measure", "indicator_goal")
ONLY_EVER_ADDED = ("programme_change", "programme_report")


def upgrade() -> None:
    op.create_table('indicator_goal',
    sa.Column('indicator', sa.String(length=60), nullable=False),
    sa.Column('baseline', sa.Integer(), nullable=True),
    sa.Column('baseline_on', sa.Date(), nullable=True),
    sa.Column('target', sa.Integer(), nullable=True),
    sa.Column('target_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('set_by', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('indicator', name=op.f('pk_indicator_goal'))
    )
    op.create_table('programme_measure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('chapter', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('lead_actors', postgresql.ARRAY(sa.Text()), nullable=False),
    sa.Column('timeframe', sa.Text(), nullable=False),
    sa.Column('indicator', sa.String(length=60), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_programme_measure_number_is_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_measure')),
    sa.UniqueConstraint('number', name=op.f('uq_programme_measure_number'))
    )
    op.create_table('programme_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('is_import', sa.Boolean(), nullable=False),
    sa.Column('content', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_report'))
    )
    op.create_index('ix_programme_report_newest', 'programme_report', ['recorded_at'], unique=False)
    op.create_table('programme_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.Enum('introduction', 'objective', 'principle', 'outcome', 'annex', name='part', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_text')),
    sa.UniqueConstraint('part', 'number', name=op.f('uq_programme_text_part_number'))
    )
    op.create_table('programme_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=False),
    sa.Column('actor_role', sa.String(length=40), nullable=False),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['programme_measure.id'], name=op.f('fk_programme_change_measure_id_programme_measure'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_change'))
    )
    op.create_index(op.f('ix_programme_change_measure_id'), 'programme_change', ['measure_id'], unique=False)
    op.create_table('programme_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('measure_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('planned', 'completed', 'pending', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('when', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['programme_measure.id'], name=op.f('fk_programme_item_measure_id_programme_measure'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_item'))
    )
    op.create_index('ix_programme_item_order', 'programme_item', ['measure_id', 'kind', 'number'], unique=False)
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))
    for table in ONLY_EVER_ADDED:
        op.execute(f"revoke update, delete on {table} from talent_app")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"drop table {table} cascade")
