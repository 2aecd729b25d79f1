"""pathways, placements and their ledgers"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_placements.sql"
"""The rules of the new tables and the one added to the journal, as ``python -m talent.row_security TABLE …`` printed them."""


def upgrade() -> None:
    op.create_table('placement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('introduction_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('profile_reference', sa.String(length=12), nullable=False),
    sa.Column('job_title', sa.String(length=200), nullable=False),
    sa.Column('employer', sa.String(length=200), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('isco_group', sa.String(length=4), nullable=False),
    sa.Column('pathway_id', sa.String(length=60), nullable=False),
    sa.Column('rules_version', sa.String(length=12), nullable=False),
    sa.Column('findings', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('state', sa.Enum('offered', 'accepted', 'training', 'permit', 'visa', 'exit_clearance', 'travelled', 'arrived', 'employed', 'retained_3', 'retained_6', 'retained_12', 'retained_24', 'settled', 'returned', 'ended', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('last_active', sa.Enum('offered', 'accepted', 'training', 'permit', 'visa', 'exit_clearance', 'travelled', 'arrived', 'employed', 'retained_3', 'retained_6', 'retained_12', 'retained_24', 'settled', 'returned', 'ended', name='last_active', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('exit_reason', sa.Enum('other_job', 'family', 'changed_mind', 'offer_withdrawn', 'employer_closed', 'terms_broken', 'recognition_refused', 'permit_refused', 'no_visa', 'exit_refused', 'quota_full', 'training_failed', 'papers_missing', 'worker_was_charged', name='exit_reason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('work_began_on', sa.Date(), nullable=True),
    sa.Column('waits_for', sa.Enum('worker', 'employer', 'worker_and_employer', 'institute', 'recognition_body', 'labour_agency', 'permit_office', 'mission', 'ministry', 'promoter', 'protector', 'pakistani_office', 'welfare_attache', name='waits_for', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('next_due_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state in ('ended', 'returned', 'settled')) = (last_active is not null)", name=op.f('ck_placement_last_active_when_final')),
    sa.CheckConstraint("(state = 'ended') = (exit_reason is not null)", name=op.f('ck_placement_reason_when_ended')),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_placement_introduction_id_introduction'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_placement_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_placement_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_placement_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('introduction_id', name=op.f('uq_placement_introduction_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_placement_reference'))
    )
    op.create_index(op.f('ix_placement_account_id'), 'placement', ['account_id'], unique=False)
    op.create_index(op.f('ix_placement_vacancy_id'), 'placement', ['vacancy_id'], unique=False)
    op.create_index('ix_placement_inbox', 'placement', ['next_due_on', 'id'], unique=False)
    op.create_index('ix_placement_agency_inbox', 'placement', ['organisation_id', 'next_due_on', 'id'], unique=False)
    op.create_table('placement_step',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('way_id', sa.String(length=60), nullable=False),
    sa.Column('step_id', sa.String(length=60), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('noted_by', sa.Uuid(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_step_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_step')),
    sa.UniqueConstraint('placement_id', 'way_id', 'step_id', name=op.f('uq_placement_step_placement_id_way_id_step_id'))
    )
    op.create_index(op.f('ix_placement_step_placement_id'), 'placement_step', ['placement_id'], unique=False)
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    op.execute("drop policy placed_select on case_event")
    op.execute("drop table placement_step cascade")
    op.execute("drop table placement cascade")
