"""let the project set the days of reports, and keep the level of a skill that was certified"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = ("inception", "trainees", "progress", "completion", "on_the_job")
RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'report_days'::regclass loop execute format('drop policy %I on report_days', known); end loop; end $$;
alter table report_days enable row level security;
alter table report_days force row level security;
create policy known_select on report_days for select using ((select app_role()) = any ('{institute_officer}'));
comment on policy known_select on report_days is '9151c15456188158';
create policy set_all on report_days for all using ((select app_role()) = any ('{project_staff}')) with check ((select app_role()) = any ('{project_staff}'));
comment on policy set_all on report_days is 'ea31351b27c4e562';
create policy training_select on report_days for select using ((select app_role()) = any ('{training}'));
comment on policy training_select on report_days is '1c3b3bcebb8591ca';
create policy operator_all on report_days for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on report_days is '7ddba8971c2f22e1';
"""


def upgrade() -> None:
    op.add_column("award", sa.Column("eqf_level", sa.Integer(), nullable=True))
    op.create_check_constraint(op.f("ck_award_eqf_level"), "award", "eqf_level between 1 and 8")
    op.create_table(
        "report_days",
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("days between -365 and 365", name=op.f("ck_report_days_days")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_report_days")),
    )
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))


def downgrade() -> None:
    op.drop_table("report_days")
    op.drop_constraint(op.f("ck_award_eqf_level"), "award")
    op.drop_column("award", "eqf_level")
