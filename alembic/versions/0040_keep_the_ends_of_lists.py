"""the key that stands last in each list, which every worker knows alike; the lists are computed anew once"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'list_end'::regclass loop execute format('drop policy %I on list_end', known); end loop; end $$;
alter table list_end enable row level security;
alter table list_end force row level security;
create policy worker_all on list_end for all using ((select app_role()) = any ('{worker}')) with check ((select app_role()) = any ('{worker}'));
comment on policy worker_all on list_end is '42e367b8a34c1e82';
create policy operator_all on list_end for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on list_end is '9da37c7795a2333e';
"""
KINDS = sa.Enum(
    "profile", "vacancy", "label", name="subject_kind", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    op.create_table(
        "list_end",
        sa.Column("subject_kind", KINDS, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("enough", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", name=op.f("pk_list_end")),
    )
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))


def downgrade() -> None:
    op.drop_table("list_end")
