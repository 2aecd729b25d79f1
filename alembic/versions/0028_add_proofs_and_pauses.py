"""documents of steps, clocks that stand, rules that changed while a placement was open"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_steps.sql"
"""The rules of the new tables and those added to others, as ``python -m talent.row_security TABLE …`` printed them."""
TABLES = ("placement_proof", "placement_pause", "rules_change")
ADDED = {
    "stored_file": (
        "proved_select",
        "proved_delete",
        "brought_along_insert",
    ),
    "placement": ("nightly_update",),
}


def upgrade() -> None:
    op.create_table('placement_proof',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('way_id', sa.String(length=60), nullable=True),
    sa.Column('step_id', sa.String(length=60), nullable=True),
    sa.Column('action', sa.String(length=40), nullable=True),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by', sa.Uuid(), nullable=False),
    sa.Column('added_role', sa.String(length=40), nullable=False),
    sa.CheckConstraint('(way_id is null) = (step_id is null)', name=op.f('ck_placement_proof_step_of_a_way')),
    sa.CheckConstraint('(step_id is null) <> (action is null)', name=op.f('ck_placement_proof_of_a_step_or_a_move')),
    sa.ForeignKeyConstraint(['document_id'], ['stored_file.id'], name=op.f('fk_placement_proof_document_id_stored_file'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_proof_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_proof'))
    )
    op.create_index(op.f('ix_placement_proof_placement_id'), 'placement_proof', ['placement_id'], unique=False)
    op.create_index(op.f('ix_placement_proof_document_id'), 'placement_proof', ['document_id'], unique=False)
    op.create_table('placement_pause',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('way_id', sa.String(length=60), nullable=False),
    sa.Column('step_id', sa.String(length=60), nullable=False),
    sa.Column('why', sa.Enum('information', 'originals', 'other_procedure', name='why', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('noted_by', sa.Uuid(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('until >= since', name=op.f('ck_placement_pause_ends_after_it_begins')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_pause_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_pause'))
    )
    op.create_index('ix_placement_pause_step', 'placement_pause', ['placement_id', 'way_id', 'step_id'], unique=False)
    op.create_index('uq_placement_pause_standing', 'placement_pause', ['placement_id', 'way_id', 'step_id'], unique=True, postgresql_where=sa.text('until is null'))
    op.create_table('rules_change',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changes', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_rules_change_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rules_change'))
    )
    op.create_index(op.f('ix_rules_change_placement_id'), 'rules_change', ['placement_id'], unique=False)
    op.alter_column("placement", "findings", new_column_name="rules_read")
    op.add_column("bulk_move", sa.Column("unused_files", sa.Integer(), server_default="0", nullable=False))
    op.add_column("check_in", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    for table, policies in ADDED.items():
        for policy in policies:
            op.execute(f"drop policy {policy} on {table}")
    op.drop_column("check_in", "reminded_at")
    op.drop_column("bulk_move", "unused_files")
    op.alter_column("placement", "rules_read", new_column_name="findings")
    for table in TABLES:
        op.execute(f"drop table {table} cascade")
