"""add recognition of qualifications"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FOLDER = Path(__file__).parent.parent
RULES = FOLDER / "row_security_recognition.sql"
"""The rules of the new tables and of those that they open, as ``python -m talent.row_security TABLE …`` printed them."""
RULES_BEFORE = FOLDER / "row_security.sql"
TABLES = ("calendar_correction", "recognition_reminder", "recognition_stop", "recognition_paper", "recognition_case")


def run_file(file: Path) -> None:
    """Run the statements of this file."""
    op.get_bind().exec_driver_sql(file.read_text(encoding="utf-8").replace("%", "%%"))


def upgrade() -> None:
    op.create_table('calendar_correction',
    sa.Column('region', sa.String(length=6), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('is_free', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('written_by', sa.Uuid(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('region', 'day', name=op.f('pk_calendar_correction'))
    )
    op.create_table('recognition_case',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('state', sa.Enum('draft', 'documents', 'submitted', 'deficient', 'supplied', 'complete', 'waived', 'partial', 'measure', 'full', 'refused', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('award', sa.Enum('school', 'nvqf_certificate', 'dae', 'bachelor', 'master', 'other', name='award', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('award_title', sa.String(length=200), nullable=False),
    sa.Column('institute', sa.String(length=200), nullable=False),
    sa.Column('award_year', sa.Integer(), nullable=True),
    sa.Column('isco_group', sa.String(length=4), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('procedure_id', sa.String(length=60), nullable=False),
    sa.Column('authority_id', sa.String(length=60), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('submitted_on', sa.Date(), nullable=True),
    sa.Column('complete_on', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('deficit_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('extension_told_on', sa.Date(), nullable=True),
    sa.Column('extended_until', sa.Date(), nullable=True),
    sa.Column('measure', sa.Enum('adaptation_period', 'aptitude_test', 'knowledge_test', 'supplementary_studies', 'training_course', name='measure', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('missing_parts', sa.Text(), nullable=False),
    sa.Column('next_act', sa.Enum('receipt', 'decision', 'decision_fast_track', 'invite_employer', 'aptitude_test_offered', 'knowledge_test_offered', 'course_extension', 'payment', name='next_act', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('next_deadline_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('extended_until > extension_told_on', name=op.f('ck_recognition_case_extension_is_later')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recognition_case_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_recognition_case_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_case')),
    sa.UniqueConstraint('reference', name=op.f('uq_recognition_case_reference'))
    )
    op.create_index(op.f('ix_recognition_case_account_id'), 'recognition_case', ['account_id'], unique=False)
    op.create_index('ix_recognition_case_inbox', 'recognition_case', ['next_deadline_on', 'id'], unique=False)
    op.create_index('ix_recognition_case_office_inbox', 'recognition_case', ['organisation_id', 'next_deadline_on', 'id'], unique=False)
    op.create_index('ix_recognition_case_precedents', 'recognition_case', ['country', 'isco_group', 'award'], unique=False)
    op.create_table('recognition_paper',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('application_form', 'cv_table', 'identity', 'training_certificate', 'degree', 'transcript', 'curriculum', 'experience', 'no_earlier_application', 'intent_to_work', 'right_to_practise', 'good_standing', 'language_certificate', 'value_declaration', 'power_of_attorney', 'reasons_for_missing_papers', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('original_id', sa.Uuid(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('verified_by', sa.String(length=200), nullable=False),
    sa.Column('is_genuine', sa.Boolean(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by', sa.Uuid(), nullable=False),
    sa.CheckConstraint('original_id <> id', name=op.f('ck_recognition_paper_translates_another')),
    sa.ForeignKeyConstraint(['case_id'], ['recognition_case.id'], name=op.f('fk_recognition_paper_case_id_recognition_case'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['document_id'], ['stored_file.id'], name=op.f('fk_recognition_paper_document_id_stored_file'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['original_id'], ['recognition_paper.id'], name=op.f('fk_recognition_paper_original_id_recognition_paper'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_paper'))
    )
    op.create_index(op.f('ix_recognition_paper_case_id'), 'recognition_paper', ['case_id'], unique=False)
    op.create_index(op.f('ix_recognition_paper_document_id'), 'recognition_paper', ['document_id'], unique=False)
    op.create_index(op.f('ix_recognition_paper_original_id'), 'recognition_paper', ['original_id'], unique=False)
    op.create_table('recognition_reminder',
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['recognition_case.id'], name=op.f('fk_recognition_reminder_case_id_recognition_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', 'subject', 'due_on', name=op.f('pk_recognition_reminder'))
    )
    op.create_table('recognition_stop',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('why', sa.Enum('information', 'originals', 'other_procedure', name='why', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.CheckConstraint('until >= since', name=op.f('ck_recognition_stop_ends_after_it_begins')),
    sa.ForeignKeyConstraint(['case_id'], ['recognition_case.id'], name=op.f('fk_recognition_stop_case_id_recognition_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_stop'))
    )
    op.create_index(op.f('ix_recognition_stop_case_id'), 'recognition_stop', ['case_id'], unique=False)
    run_file(RULES)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"drop table {table} cascade")
    run_file(RULES_BEFORE)
