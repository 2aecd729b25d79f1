"""add training"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_profile_skill_source"), "profile_skill", type_="check")
    op.create_check_constraint(op.f("ck_profile_skill_source"), "profile_skill", "source in ('chosen', 'cv', 'training')")
    op.create_table('outlook',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('took_ms', sa.Integer(), nullable=False),
    sa.Column('content', postgresql.JSONB(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outlook'))
    )
    op.create_index('ix_outlook_newest', 'outlook', ['kind', 'computed_at'], unique=False)
    op.create_table('training_programme',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('paid_by', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_programme_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_programme')),
    sa.UniqueConstraint('organisation_id', 'title', name=op.f('uq_training_programme_organisation_id_title'))
    )
    op.create_index(op.f('ix_training_programme_organisation_id'), 'training_programme', ['organisation_id'], unique=False)
    op.create_table('course',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('occupation_id', sa.Uuid(), nullable=True),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('vocational_hours', sa.Integer(), nullable=False),
    sa.Column('civic_hours', sa.Integer(), nullable=False),
    sa.Column('full_time_months', sa.Integer(), nullable=True),
    sa.Column('is_state_recognised', sa.Boolean(), nullable=True),
    sa.Column('least_attendance', sa.Integer(), nullable=True),
    sa.Column('nvqf_level', sa.Integer(), nullable=True),
    sa.Column('language_taught', sa.String(length=10), nullable=False),
    sa.Column('language_level', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', 'C2', name='language_level', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('full_time_months between 1 and 120', name=op.f('ck_course_full_time_months')),
    sa.CheckConstraint('least_attendance between 1 and 100', name=op.f('ck_course_least_attendance')),
    sa.CheckConstraint('nvqf_level between 1 and 8', name=op.f('ck_course_nvqf_level')),
    sa.CheckConstraint('vocational_hours between 0 and 10000 and civic_hours between 0 and 10000', name=op.f('ck_course_hours')),
    sa.ForeignKeyConstraint(['occupation_id'], ['occupation.id'], name=op.f('fk_course_occupation_id_occupation')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_course_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['programme_id'], ['training_programme.id'], name=op.f('fk_course_programme_id_training_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course')),
    sa.UniqueConstraint('programme_id', 'title', name=op.f('uq_course_programme_id_title'))
    )
    op.create_index(op.f('ix_course_occupation_id'), 'course', ['occupation_id'], unique=False)
    op.create_index(op.f('ix_course_organisation_id'), 'course', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_course_programme_id'), 'course', ['programme_id'], unique=False)
    op.create_table('register_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('document_id', sa.Uuid(), nullable=False),
    sa.Column('uploaded_by', sa.Uuid(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counts', postgresql.JSONB(), nullable=False),
    sa.Column('refused', postgresql.JSONB(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['stored_file.id'], name=op.f('fk_register_file_document_id_stored_file')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_register_file_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['account.id'], name=op.f('fk_register_file_uploaded_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_file'))
    )
    op.create_index(op.f('ix_register_file_document_id'), 'register_file', ['document_id'], unique=False)
    op.create_index(op.f('ix_register_file_organisation_id'), 'register_file', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_register_file_uploaded_by'), 'register_file', ['uploaded_by'], unique=False)
    op.create_table('course_skill',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('eqf_level', sa.Integer(), nullable=True),
    sa.CheckConstraint('eqf_level between 1 and 8', name=op.f('ck_course_skill_eqf_level')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_skill_course_id_course'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_course_skill_skill_id_skill')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_skill')),
    sa.UniqueConstraint('course_id', 'skill_id', name=op.f('uq_course_skill_course_id_skill_id'))
    )
    op.create_index(op.f('ix_course_skill_course_id'), 'course_skill', ['course_id'], unique=False)
    op.create_index(op.f('ix_course_skill_skill_id'), 'course_skill', ['skill_id'], unique=False)
    op.create_table('trainee',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('full_name', sa.String(length=200), nullable=False),
    sa.Column('folded_name', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('person_key', sa.String(length=64), nullable=True),
    sa.Column('contact_key', sa.String(length=64), nullable=False),
    sa.Column('claim_code', sa.String(length=12), nullable=False),
    sa.Column('profile_id', sa.Uuid(), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_trainee_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_trainee_profile_id_profile'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trainee')),
    sa.UniqueConstraint('claim_code', name=op.f('uq_trainee_claim_code')),
    sa.UniqueConstraint('organisation_id', 'person_key', name=op.f('uq_trainee_organisation_id_person_key'))
    )
    op.create_index('ix_trainee_contact_key', 'trainee', ['organisation_id', 'contact_key'], unique=False)
    op.create_index(op.f('ix_trainee_organisation_id'), 'trainee', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_trainee_profile_id'), 'trainee', ['profile_id'], unique=False)
    op.create_table('training_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('institute_id', sa.Uuid(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('needed_by', sa.Date(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'accepted', 'declined', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('people between 1 and 1000', name=op.f('ck_training_request_people')),
    sa.ForeignKeyConstraint(['institute_id'], ['organisation.id'], name=op.f('fk_training_request_institute_id_organisation')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_request_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_training_request_vacancy_id_vacancy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_request'))
    )
    op.create_index(op.f('ix_training_request_institute_id'), 'training_request', ['institute_id'], unique=False)
    op.create_index(op.f('ix_training_request_organisation_id'), 'training_request', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_training_request_vacancy_id'), 'training_request', ['vacancy_id'], unique=False)
    op.create_table('cohort',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=False),
    sa.Column('state', sa.Enum('planned', 'enrolling', 'running', 'assessed', 'certified', 'closed', 'cancelled', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('joins_until', sa.Date(), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('reserved_seats', sa.Integer(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=True),
    sa.Column('request_id', sa.Uuid(), nullable=True),
    sa.Column('venue', sa.String(length=200), nullable=False),
    sa.Column('instructors', postgresql.ARRAY(sa.String(length=200)), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('certified_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_cohort_ends_after_it_starts')),
    sa.CheckConstraint('reserved_seats between 0 and seats', name=op.f('ck_cohort_reserved_seats')),
    sa.CheckConstraint('seats between 1 and 1000', name=op.f('ck_cohort_seats')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_cohort_course_id_course')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_cohort_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['request_id'], ['training_request.id'], name=op.f('fk_cohort_request_id_training_request')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_cohort_vacancy_id_vacancy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort')),
    sa.UniqueConstraint('organisation_id', 'reference', name=op.f('uq_cohort_organisation_id_reference'))
    )
    op.create_index(op.f('ix_cohort_course_id'), 'cohort', ['course_id'], unique=False)
    op.create_index(op.f('ix_cohort_organisation_id'), 'cohort', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_cohort_request_id'), 'cohort', ['request_id'], unique=False)
    op.create_index('ix_cohort_state', 'cohort', ['state'], unique=False)
    op.create_index(op.f('ix_cohort_vacancy_id'), 'cohort', ['vacancy_id'], unique=False)
    op.create_table('assessment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cohort_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('written', 'practical', 'oral', 'language', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('assessor', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_assessment_cohort_id_cohort')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment'))
    )
    op.create_index(op.f('ix_assessment_cohort_id'), 'assessment', ['cohort_id'], unique=False)
    op.create_table('cohort_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cohort_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('inception', 'trainees', 'progress', 'completion', 'on_the_job', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('month', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by', sa.Uuid(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('figures', postgresql.JSONB(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_report_cohort_id_cohort')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort_report')),
    sa.UniqueConstraint('cohort_id', 'kind', 'month', name=op.f('uq_cohort_report_cohort_id_kind_month'), postgresql_nulls_not_distinct=True)
    )
    op.create_index(op.f('ix_cohort_report_cohort_id'), 'cohort_report', ['cohort_id'], unique=False)
    op.create_table('enrolment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('cohort_id', sa.Uuid(), nullable=False),
    sa.Column('trainee_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.Enum('applied', 'enrolled', 'active', 'completed', 'failed', 'dropped_out', 'excluded', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('for_vacancy', sa.Boolean(), nullable=False),
    sa.Column('seat', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(seat is not null) = (state in ('enrolled', 'active'))", name=op.f('ck_enrolment_seated')),
    sa.CheckConstraint('seat between 1 and 1000', name=op.f('ck_enrolment_seat')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_enrolment_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['trainee_id'], ['trainee.id'], name=op.f('fk_enrolment_trainee_id_trainee'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('cohort_id', 'seat', name=op.f('uq_enrolment_cohort_id_seat')),
    sa.UniqueConstraint('cohort_id', 'trainee_id', name=op.f('uq_enrolment_cohort_id_trainee_id')),
    sa.UniqueConstraint('number', name=op.f('uq_enrolment_number'))
    )
    op.create_index(op.f('ix_enrolment_trainee_id'), 'enrolment', ['trainee_id'], unique=False)
    op.create_table('integrity_finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('cohort_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('fee_charged', 'ghost_trainee', 'missing_register', 'count_mismatch', 'relocation', 'same_pattern', 'shared_contact', 'impossible_day', 'other', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('what', sa.String(length=200), nullable=False),
    sa.Column('facts', postgresql.JSONB(), nullable=False),
    sa.Column('noticed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('noticed', 'explained', 'confirmed', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_integrity_finding_cohort_id_cohort'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_integrity_finding_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_integrity_finding')),
    sa.UniqueConstraint('cohort_id', 'kind', 'what', name=op.f('uq_integrity_finding_cohort_id_kind_what'))
    )
    op.create_index(op.f('ix_integrity_finding_cohort_id'), 'integrity_finding', ['cohort_id'], unique=False)
    op.create_index(op.f('ix_integrity_finding_organisation_id'), 'integrity_finding', ['organisation_id'], unique=False)
    op.create_table('training_concern',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('cohort_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.Enum('fee_charged', 'ghost_trainee', 'missing_register', 'count_mismatch', 'relocation', 'same_pattern', 'shared_contact', 'impossible_day', 'other', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_training_concern_cohort_id_cohort'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_training_concern_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_concern'))
    )
    op.create_index(op.f('ix_training_concern_cohort_id'), 'training_concern', ['cohort_id'], unique=False)
    op.create_index('ix_training_concern_day', 'training_concern', ['organisation_id', 'on_day'], unique=False)
    op.create_table('training_day',
    sa.Column('cohort_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('part', sa.Enum('vocational', 'civic', name='part', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('minutes between 15 and 720', name=op.f('ck_training_day_minutes')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_training_day_cohort_id_cohort'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cohort_id', 'day', name=op.f('pk_training_day'))
    )
    op.create_table('assessment_result',
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('enrolment_id', sa.Uuid(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('level', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', 'C2', name='level', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_result_assessment_id_assessment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_assessment_result_enrolment_id_enrolment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('assessment_id', 'enrolment_id', name=op.f('pk_assessment_result'))
    )
    op.create_index(op.f('ix_assessment_result_enrolment_id'), 'assessment_result', ['enrolment_id'], unique=False)
    op.create_table('attendance',
    sa.Column('enrolment_id', sa.Uuid(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes between 0 and 720', name=op.f('ck_attendance_minutes')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_attendance_enrolment_id_enrolment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('enrolment_id', 'day', name=op.f('pk_attendance'))
    )
    op.create_table('award',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('enrolment_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('skill_id', sa.Uuid(), nullable=True),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('level', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', 'C2', name='level', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('evidence', sa.Enum('self_declared', 'document', 'institute_attested', 'issuer_verified', 'assessed', name='evidence', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('awarded_on', sa.Date(), nullable=False),
    sa.Column('on_profile_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(skill_id is null) <> (language = '')", name=op.f('ck_award_skill_or_language')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_award_enrolment_id_enrolment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_award_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_award_skill_id_skill')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award')),
    sa.UniqueConstraint('enrolment_id', 'skill_id', 'language', name=op.f('uq_award_enrolment_id_skill_id_language'), postgresql_nulls_not_distinct=True)
    )
    op.create_index(op.f('ix_award_enrolment_id'), 'award', ['enrolment_id'], unique=False)
    op.create_index(op.f('ix_award_organisation_id'), 'award', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_award_skill_id'), 'award', ['skill_id'], unique=False)


def downgrade() -> None:
    op.execute("update profile_skill set source = 'chosen' where source = 'training'")
    op.drop_constraint(op.f("ck_profile_skill_source"), "profile_skill", type_="check")
    op.create_check_constraint(op.f("ck_profile_skill_source"), "profile_skill", "source in ('chosen', 'cv')")
    op.drop_index(op.f('ix_award_skill_id'), table_name='award')
    op.drop_index(op.f('ix_award_organisation_id'), table_name='award')
    op.drop_index(op.f('ix_award_enrolment_id'), table_name='award')
    op.drop_table('award')
    op.drop_table('attendance')
    op.drop_index(op.f('ix_assessment_result_enrolment_id'), table_name='assessment_result')
    op.drop_table('assessment_result')
    op.drop_table('training_day')
    op.drop_index('ix_training_concern_day', table_name='training_concern')
    op.drop_index(op.f('ix_training_concern_cohort_id'), table_name='training_concern')
    op.drop_table('training_concern')
    op.drop_index(op.f('ix_integrity_finding_organisation_id'), table_name='integrity_finding')
    op.drop_index(op.f('ix_integrity_finding_cohort_id'), table_name='integrity_finding')
    op.drop_table('integrity_finding')
    op.drop_index(op.f('ix_enrolment_trainee_id'), table_name='enrolment')
    op.drop_table('enrolment')
    op.drop_index(op.f('ix_cohort_report_cohort_id'), table_name='cohort_report')
    op.drop_table('cohort_report')
    op.drop_index(op.f('ix_assessment_cohort_id'), table_name='assessment')
    op.drop_table('assessment')
    op.drop_index(op.f('ix_cohort_vacancy_id'), table_name='cohort')
    op.drop_index('ix_cohort_state', table_name='cohort')
    op.drop_index(op.f('ix_cohort_request_id'), table_name='cohort')
    op.drop_index(op.f('ix_cohort_organisation_id'), table_name='cohort')
    op.drop_index(op.f('ix_cohort_course_id'), table_name='cohort')
    op.drop_table('cohort')
    op.drop_index(op.f('ix_training_request_vacancy_id'), table_name='training_request')
    op.drop_index(op.f('ix_training_request_organisation_id'), table_name='training_request')
    op.drop_index(op.f('ix_training_request_institute_id'), table_name='training_request')
    op.drop_table('training_request')
    op.drop_index(op.f('ix_trainee_profile_id'), table_name='trainee')
    op.drop_index(op.f('ix_trainee_organisation_id'), table_name='trainee')
    op.drop_index('ix_trainee_contact_key', table_name='trainee')
    op.drop_table('trainee')
    op.drop_index(op.f('ix_course_skill_skill_id'), table_name='course_skill')
    op.drop_index(op.f('ix_course_skill_course_id'), table_name='course_skill')
    op.drop_table('course_skill')
    op.drop_index(op.f('ix_register_file_uploaded_by'), table_name='register_file')
    op.drop_index(op.f('ix_register_file_organisation_id'), table_name='register_file')
    op.drop_index(op.f('ix_register_file_document_id'), table_name='register_file')
    op.drop_table('register_file')
    op.drop_index(op.f('ix_course_programme_id'), table_name='course')
    op.drop_index(op.f('ix_course_organisation_id'), table_name='course')
    op.drop_index(op.f('ix_course_occupation_id'), table_name='course')
    op.drop_table('course')
    op.drop_index(op.f('ix_training_programme_organisation_id'), table_name='training_programme')
    op.drop_table('training_programme')
    op.drop_index('ix_outlook_newest', table_name='outlook')
    op.drop_table('outlook')
