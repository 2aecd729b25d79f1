"""contracts, check-ins after arrival, moves of many at once, calendars, and reports of errors"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_after.sql"
"""The rules of the new tables and those added to others, as ``python -m talent.row_security TABLE …`` printed them."""
PURPOSE, SOURCE = "ck_consent_purpose", "ck_profile_skill_source"
TABLES = ("bulk_refusal", "bulk_move", "calendar_feed", "check_in", "contract", "demand_letter", "error_report")
SEES_CASE = """
create or replace function sees_case(kind text, which uuid) returns boolean language plpgsql stable as $$
begin
    case kind
{branches}        else return false;
    end case;
end $$;
"""
KINDS = (
    "profile",
    "vacancy",
    "introduction",
    "cohort",
    "enrolment",
    "recognition_case",
    "organisation",
    "placement",
    "charge_complaint",
)


def sees_case(*kinds: str) -> str:
    """The function by which the journal asks whether a case of one of these kinds may be seen."""
    line = "        when '{kind}' then return exists (select 1 from {kind} where {kind}.id = which);\n"
    return SEES_CASE.format(branches="".join(line.format(kind=kind) for kind in kinds))


def upgrade() -> None:
    op.create_table('error_report',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pathway_id', sa.String(length=60), nullable=False),
    sa.Column('rules_version', sa.String(length=12), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(length=1000), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_error_report'))
    )
    op.create_index('ix_error_report_waiting', 'error_report', ['settled_at', 'reported_at'], unique=False)
    op.create_table('bulk_move',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=True),
    sa.Column('moved_by', sa.Uuid(), nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_bulk_move_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_move'))
    )
    op.create_index(op.f('ix_bulk_move_organisation_id'), 'bulk_move', ['organisation_id'], unique=False)
    op.create_table('calendar_feed',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_calendar_feed_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feed_token_hash'))
    )
    op.create_table('demand_letter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('job_title', sa.String(length=200), nullable=False),
    sa.Column('employer', sa.String(length=200), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('pay_cents', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('period', sa.Enum('hour', 'month', 'year', name='period', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agency_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('protectorate_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('months between 1 and 120', name=op.f('ck_demand_letter_months')),
    sa.CheckConstraint('pay_cents > 0', name=op.f('ck_demand_letter_pay')),
    sa.CheckConstraint('seats between 1 and 10000', name=op.f('ck_demand_letter_seats')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_demand_letter_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_demand_letter_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_demand_letter')),
    sa.UniqueConstraint('reference', name=op.f('uq_demand_letter_reference')),
    sa.UniqueConstraint('vacancy_id', name=op.f('uq_demand_letter_vacancy_id'))
    )
    op.create_index(op.f('ix_demand_letter_organisation_id'), 'demand_letter', ['organisation_id'], unique=False)
    op.create_table('bulk_refusal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('bulk_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('sentence', sa.String(length=300), nullable=False),
    sa.Column('facts', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.ForeignKeyConstraint(['bulk_id'], ['bulk_move.id'], name=op.f('fk_bulk_refusal_bulk_id_bulk_move'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_bulk_refusal_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_refusal'))
    )
    op.create_index(op.f('ix_bulk_refusal_bulk_id'), 'bulk_refusal', ['bulk_id'], unique=False)
    op.create_index(op.f('ix_bulk_refusal_placement_id'), 'bulk_refusal', ['placement_id'], unique=False)
    op.create_table('check_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('in_job', sa.Enum('yes', 'no', 'unsure', name='in_job', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('pay', sa.Enum('yes', 'no', 'unsure', name='pay', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('hours', sa.Enum('yes', 'no', 'unsure', name='hours', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('job', sa.Enum('yes', 'no', 'unsure', name='job', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('problems', sa.ARRAY(sa.String(length=40)), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('wants_call', sa.Boolean(), nullable=False),
    sa.Column('needs_a_look', sa.Boolean(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Uuid(), nullable=True),
    sa.Column('settled_words', sa.String(length=1000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('answered_at is not null or not needs_a_look', name=op.f('ck_check_in_answered_before_a_look')),
    sa.CheckConstraint('month in (3, 6, 12, 24)', name=op.f('ck_check_in_month')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_check_in_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('placement_id', 'month', name=op.f('uq_check_in_placement_id_month'))
    )
    op.create_index(op.f('ix_check_in_placement_id'), 'check_in', ['placement_id'], unique=False)
    op.create_index('ix_check_in_waiting', 'check_in', ['needs_a_look', 'settled_at', 'answered_at', 'due_on'], unique=False)
    op.create_table('contract',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('state', sa.Enum('draft', 'sent', 'objected', 'confirmed', 'attested', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('pay_cents', sa.Integer(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('period', sa.Enum('hour', 'month', 'year', name='period', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('hours_week', sa.Double(), nullable=True),
    sa.Column('length', sa.Enum('fixed', 'open', name='length', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('housing', sa.Enum('none', 'free', 'deducted', 'rented', name='housing', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('rent_cents', sa.Integer(), nullable=True),
    sa.Column('return_ticket', sa.Enum('employer', 'shared', 'worker', name='return_ticket', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('insurance', sa.Enum('employer', 'shared', 'worker', name='insurance', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('probation_months', sa.Integer(), nullable=True),
    sa.Column('languages', sa.ARRAY(sa.String(length=10)), nullable=False),
    sa.Column('attested_by', sa.String(length=200), nullable=False),
    sa.Column('attested_on', sa.Date(), nullable=True),
    sa.Column('attestation_number', sa.String(length=60), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(attested_on is null) = (attestation_number = '')", name=op.f('ck_contract_attested_whole')),
    sa.CheckConstraint('hours_week between 1 and 80', name=op.f('ck_contract_hours')),
    sa.CheckConstraint('months between 1 and 120', name=op.f('ck_contract_months')),
    sa.CheckConstraint('pay_cents > 0', name=op.f('ck_contract_pay')),
    sa.CheckConstraint('probation_months between 0 and 120', name=op.f('ck_contract_probation')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_contract_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract')),
    sa.UniqueConstraint('reference', name=op.f('uq_contract_reference'))
    )
    op.create_index(op.f('ix_contract_placement_id'), 'contract', ['placement_id'], unique=False)
    op.create_index('uq_contract_standing', 'contract', ['placement_id'], unique=True, postgresql_where=sa.text("state <> 'withdrawn'"))
    op.add_column('placement', sa.Column('last_check_in', sa.Integer(), nullable=True))
    op.drop_constraint(op.f(PURPOSE), "consent", type_="check")
    op.create_check_constraint(
        op.f(PURPOSE), "consent", "purpose in ('matching', 'introduction', 'statistics', 'reintegration')"
    )
    op.drop_constraint(op.f(SOURCE), "profile_skill", type_="check")
    op.create_check_constraint(op.f(SOURCE), "profile_skill", "source in ('chosen', 'cv', 'training', 'work_abroad')")
    op.execute(sees_case(*KINDS, "contract"))
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    op.execute("drop policy contracted_select on case_event")
    op.execute("drop policy asked_select on account")
    op.execute("drop policy asked_for_help_select on consent")
    op.execute(sees_case(*KINDS))
    op.execute("delete from profile_skill where source = 'work_abroad'")
    op.drop_constraint(op.f(SOURCE), "profile_skill", type_="check")
    op.create_check_constraint(op.f(SOURCE), "profile_skill", "source in ('chosen', 'cv', 'training')")
    op.execute("delete from consent where purpose = 'reintegration'")
    op.drop_constraint(op.f(PURPOSE), "consent", type_="check")
    op.create_check_constraint(op.f(PURPOSE), "consent", "purpose in ('matching', 'introduction', 'statistics')")
    op.drop_column("placement", "last_check_in")
    for table in TABLES:
        op.execute(f"drop table {table} cascade")
