"""keep how each person arranged a list"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'list_arrangement'::regclass loop execute format('drop policy %I on list_arrangement', known); end loop; end $$;
alter table list_arrangement enable row level security;
alter table list_arrangement force row level security;
create policy own_all on list_arrangement for all using ((select app_role()) = any ('{candidate,agency_officer,employer,institute_officer,awarding_officer,recognition_officer,protectorate_officer,resource_centre_officer,project_staff,administrator,auditor}') and (account_id = (select app_actor()))) with check ((select app_role()) = any ('{candidate,agency_officer,employer,institute_officer,awarding_officer,recognition_officer,protectorate_officer,resource_centre_officer,project_staff,administrator,auditor}') and (account_id = (select app_actor())));
comment on policy own_all on list_arrangement is '5499bc37eca8fa55';
create policy operator_all on list_arrangement for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on list_arrangement is '0245781b1ec3831d';
"""


def upgrade() -> None:
    op.create_table(
        "list_arrangement",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("listing", sa.String(length=40), nullable=False),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("filters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_list_arrangement_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "listing", name=op.f("pk_list_arrangement")),
    )
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))


def downgrade() -> None:
    op.drop_table("list_arrangement")
