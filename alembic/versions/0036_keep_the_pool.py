"""what a worker read of each candidate, ready for the pool of the next start"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'pool_entry'::regclass loop execute format('drop policy %I on pool_entry', known); end loop; end $$;
alter table pool_entry enable row level security;
alter table pool_entry force row level security;
create policy worker_all on pool_entry for all using ((select app_role()) = any ('{worker}')) with check ((select app_role()) = any ('{worker}'));
comment on policy worker_all on pool_entry is '3c72cfc94f7d03d0';
create policy operator_all on pool_entry for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on pool_entry is 'cfb905d43763cafb';
"""
INLINE = "alter table pool_entry alter column record set storage main"
"""A record is read with every start: it stays in its row, and what is long beside it is put elsewhere."""


def upgrade() -> None:
    op.create_table(
        "pool_entry",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("view", postgresql.JSONB(), nullable=False),
        sa.Column("setup", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("followed", sa.BigInteger(), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_pool_entry_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_pool_entry")),
    )
    op.execute(INLINE)
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))


def downgrade() -> None:
    op.drop_table("pool_entry")
