"""who acts in a case of recognition, days that begin and end clocks, the Land, and how well an award is shown"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_parties.sql"
"""The rules of the new tables, and those that were added or changed on tables that were there before."""
ADDED = (
    ("acts_select", "organisation"),
    ("employs_select", "organisation"),
    ("empowered_select", "recognition_case"),
    ("empowered_update", "recognition_case"),
    ("empowered_select", "recognition_paper"),
    ("supplied_select", "recognition_paper"),
    ("asked_insert", "recognition_paper"),
    ("empowered_select", "recognition_stop"),
    ("supplied_insert", "stored_file"),
)
"""Rules of tables that were there before."""
TABLES = ("curriculum_request", "recognition_mandate", "recognition_day")


def one_of(*values: str, name: str) -> sa.Enum:
    """A column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.add_column('qualification', sa.Column('evidence', one_of('self_declared', 'document', 'institute_attested', 'issuer_verified', 'assessed', name='evidence'), server_default='self_declared', nullable=False))
    op.add_column('recognition_case', sa.Column('region', sa.String(length=6), server_default='', nullable=False))
    op.add_column('recognition_case', sa.Column('acting_id', sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f('fk_recognition_case_acting_id_organisation'), 'recognition_case', 'organisation', ['acting_id'], ['id'])
    op.create_index('ix_recognition_case_acting_inbox', 'recognition_case', ['acting_id', 'next_deadline_on', 'id'], unique=False)
    op.add_column('recognition_paper', sa.Column('supplied_by', sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f('fk_recognition_paper_supplied_by_organisation'), 'recognition_paper', 'organisation', ['supplied_by'], ['id'])
    op.create_table('recognition_day',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('what', one_of('fee_paid', 'agreement', 'office_received', 'employer_invited', 'longer_course_asked', 'longer_course_granted', 'longer_course_refused', name='what'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noted_by', sa.Uuid(), nullable=False),
    sa.Column('noted_role', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['recognition_case.id'], name=op.f('fk_recognition_day_case_id_recognition_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_day'))
    )
    op.create_index(op.f('ix_recognition_day_case_id'), 'recognition_day', ['case_id'], unique=False)
    op.create_table('recognition_mandate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('shares', postgresql.ARRAY(sa.String(length=20)), nullable=False),
    sa.Column('text_version', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['recognition_case.id'], name=op.f('fk_recognition_mandate_case_id_recognition_case'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_recognition_mandate_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_mandate'))
    )
    op.create_index(op.f('ix_recognition_mandate_case_id'), 'recognition_mandate', ['case_id'], unique=False)
    op.create_index(op.f('ix_recognition_mandate_organisation_id'), 'recognition_mandate', ['organisation_id'], unique=False)
    op.create_index('ix_recognition_mandate_standing', 'recognition_mandate', ['case_id'], unique=True, postgresql_where=sa.text('ended_at is null'))
    op.create_table('curriculum_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('award', one_of('school', 'nvqf_certificate', 'dae', 'bachelor', 'master', 'other', name='award'), nullable=False),
    sa.Column('award_title', sa.String(length=200), nullable=False),
    sa.Column('award_year', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('supplied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('supplied_at is null or withdrawn_at is null', name=op.f('ck_curriculum_request_answered_once')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_curriculum_request_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['case_id'], ['recognition_case.id'], name=op.f('fk_curriculum_request_case_id_recognition_case'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_curriculum_request_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_curriculum_request'))
    )
    op.create_index(op.f('ix_curriculum_request_account_id'), 'curriculum_request', ['account_id'], unique=False)
    op.create_index(op.f('ix_curriculum_request_case_id'), 'curriculum_request', ['case_id'], unique=False)
    op.create_index('ix_curriculum_request_waiting', 'curriculum_request', ['organisation_id', 'asked_at'], unique=False)
    op.create_index('ix_curriculum_request_open', 'curriculum_request', ['case_id', 'organisation_id'], unique=True, postgresql_where=sa.text('supplied_at is null and withdrawn_at is null'))
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    for rule, table in ADDED:
        op.execute(f"drop policy {rule} on {table}")
    for table in TABLES:
        op.execute(f"drop table {table} cascade")
    op.drop_column('recognition_paper', 'supplied_by')
    op.drop_column('recognition_case', 'acting_id')
    op.drop_column('recognition_case', 'region')
    op.drop_column('qualification', 'evidence')
