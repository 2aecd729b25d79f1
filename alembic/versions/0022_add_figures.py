"""stored figures, saved tables, outreach, and what is told for statistics alone"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_figures.sql"
"""The rules of the new tables as ``python -m talent.row_security TABLE …`` printed them, and one more of the journal."""
TABLES = (
    "figure_cell",
    "figure_span",
    "figure_trend",
    "figure_refresh",
    "saved_table",
    "follow_up",
    "statistics_answer",
)
PURPOSE = "purpose"
"""The naming convention puts ``ck_consent_`` before it."""


def upgrade() -> None:
    op.create_table('figure_cell',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cube', sa.String(length=20), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('sector', sa.Text(), nullable=True),
    sa.Column('pathway', sa.Text(), nullable=True),
    sa.Column('standing', sa.Text(), nullable=True),
    sa.Column('occupation', sa.Text(), nullable=True),
    sa.Column('institute', sa.Text(), nullable=True),
    sa.Column('cohort', sa.Text(), nullable=True),
    sa.Column('sex', sa.Text(), nullable=True),
    sa.Column('province', sa.Text(), nullable=True),
    sa.CheckConstraint('people >= 10', name=op.f('ck_figure_cell_enough_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figure_cell'))
    )
    op.create_index('ix_figure_cell_cube', 'figure_cell', ['cube'], unique=False)
    op.create_table('figure_refresh',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('took_ms', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('stages', postgresql.JSONB(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figure_refresh'))
    )
    op.create_table('figure_span',
    sa.Column('span', sa.String(length=40), nullable=False),
    sa.Column('dimension', sa.String(length=20), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('median_days', sa.Integer(), nullable=True),
    sa.Column('first_days', sa.Integer(), nullable=True),
    sa.Column('last_days', sa.Integer(), nullable=True),
    sa.CheckConstraint('people >= 10', name=op.f('ck_figure_span_enough_people')),
    sa.PrimaryKeyConstraint('span', 'dimension', 'value', name=op.f('pk_figure_span'))
    )
    op.create_table('figure_trend',
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('from_month', sa.Date(), nullable=False),
    sa.Column('to_month', sa.Date(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 10', name=op.f('ck_figure_trend_enough_people')),
    sa.CheckConstraint('to_month >= from_month', name=op.f('ck_figure_trend_in_order')),
    sa.PrimaryKeyConstraint('stage', 'from_month', name=op.f('pk_figure_trend'))
    )
    op.create_table('saved_table',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('question', postgresql.JSONB(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_saved_table_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_table'))
    )
    op.create_index(op.f('ix_saved_table_account_id'), 'saved_table', ['account_id'], unique=False)
    op.create_table('statistics_answer',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('sex', sa.Enum('female', 'male', 'other', name='sex', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('province', sa.Enum('punjab', 'sindh', 'khyber_pakhtunkhwa', 'balochistan', 'islamabad', 'gilgit_baltistan', 'azad_kashmir', name='province', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_statistics_answer_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_statistics_answer'))
    )
    op.create_table('follow_up',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('task', sa.Enum('call_candidate', 'call_employer', 'ask_authority', 'ask_for_papers', 'check_arrival', name='task', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('assigned_to', sa.Uuid(), nullable=False),
    sa.Column('assigned_by', sa.Uuid(), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.Uuid(), nullable=True),
    sa.Column('channel', sa.Enum('phone', 'email', 'message', 'letter', 'in_person', name='channel', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('outcome', sa.Enum('reached', 'no_answer', 'answer_promised', 'settled', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint('(done_at is null) = (channel is null)', name=op.f('ck_follow_up_channel_when_done')),
    sa.CheckConstraint('(done_at is null) = (outcome is null)', name=op.f('ck_follow_up_outcome_when_done')),
    sa.ForeignKeyConstraint(['assigned_to'], ['account.id'], name=op.f('fk_follow_up_assigned_to_account')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_follow_up_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up'))
    )
    op.create_index(op.f('ix_follow_up_placement_id'), 'follow_up', ['placement_id'], unique=False)
    op.create_index('ix_follow_up_waiting', 'follow_up', ['assigned_to', 'done_at', 'due_on'], unique=False)
    op.drop_constraint(PURPOSE, "consent", type_="check")
    op.create_check_constraint(PURPOSE, "consent", "purpose in ('matching', 'introduction', 'statistics')")
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    op.execute("drop policy counted_select on case_event")
    op.execute("delete from consent where purpose = 'statistics'")
    op.drop_constraint(PURPOSE, "consent", type_="check")
    op.create_check_constraint(PURPOSE, "consent", "purpose in ('matching', 'introduction')")
    for table in TABLES:
        op.execute(f"drop table {table} cascade")
