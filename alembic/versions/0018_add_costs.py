"""costs, complaints about charges, and why a vacancy is frozen"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

RULES = Path(__file__).parent.parent / "row_security_costs.sql"
"""The rules of the new tables and those added to others, as ``python -m talent.row_security TABLE …`` printed them."""


def upgrade() -> None:
    op.create_table('cost',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('recruitment', 'deposit', 'medical', 'insurance', 'tests', 'training', 'equipment', 'travel', 'papers', 'other', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('payer', sa.Enum('worker', 'employer', 'agency', 'promoter', 'go_between', 'office', 'provider', 'programme', name='payer', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('payee', sa.Enum('worker', 'employer', 'agency', 'promoter', 'go_between', 'office', 'provider', 'programme', name='payee', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('payee_name', sa.String(length=200), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('amount_cents', sa.Integer(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('fee', sa.String(length=121), nullable=False),
    sa.Column('legal', sa.String(length=200), nullable=False),
    sa.Column('is_charge', sa.Boolean(), nullable=False),
    sa.Column('noted_by', sa.Uuid(), nullable=False),
    sa.Column('noted_role', sa.String(length=40), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount_cents > 0', name=op.f('ck_cost_amount')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_cost_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_cost_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_cost_placement_id_placement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_cost_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cost'))
    )
    op.create_index(op.f('ix_cost_account_id'), 'cost', ['account_id'], unique=False)
    op.create_index(op.f('ix_cost_placement_id'), 'cost', ['placement_id'], unique=False)
    op.create_index(op.f('ix_cost_vacancy_id'), 'cost', ['vacancy_id'], unique=False)
    op.create_table('charge_complaint',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cost_id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('vacancy_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('job_title', sa.String(length=200), nullable=False),
    sa.Column('employer', sa.String(length=200), nullable=False),
    sa.Column('state', sa.Enum('open', 'upheld', 'dismissed', 'paid_back', name='state', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_charge_complaint_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['cost_id'], ['cost.id'], name=op.f('fk_charge_complaint_cost_id_cost'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_charge_complaint_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charge_complaint')),
    sa.UniqueConstraint('cost_id', name=op.f('uq_charge_complaint_cost_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_charge_complaint_reference'))
    )
    op.create_index(op.f('ix_charge_complaint_account_id'), 'charge_complaint', ['account_id'], unique=False)
    op.create_index('ix_charge_complaint_state', 'charge_complaint', ['state', 'opened_at'], unique=False)
    op.create_index(op.f('ix_charge_complaint_vacancy_id'), 'charge_complaint', ['vacancy_id'], unique=False)
    op.add_column('vacancy', sa.Column('frozen_for', sa.Enum('organisation', 'charge', name='frozen_for', native_enum=False, create_constraint=True, length=40), nullable=True))
    op.execute("update vacancy set frozen_for = 'organisation' where state = 'frozen'")
    op.create_check_constraint(op.f('ck_vacancy_frozen_for_a_reason'), 'vacancy', "(state = 'frozen') = (frozen_for is not null)")
    op.get_bind().exec_driver_sql(RULES.read_text(encoding="utf-8").replace("%", "%%"))


def downgrade() -> None:
    op.execute("drop policy complained_select on case_event")
    op.drop_column('vacancy', 'frozen_for')
    op.execute("drop table charge_complaint cascade")
    op.execute("drop table cost cascade")
