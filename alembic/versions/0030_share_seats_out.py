"""what sharing out all open seats at once made of each pair"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

RULES = """
create trigger copy_owners before insert on shared_place for each row execute function copy_owners();
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'shared_place'::regclass loop execute format('drop policy %I on shared_place', known); end loop; end $$;
alter table shared_place enable row level security;
alter table shared_place force row level security;
create policy mine_select on shared_place for select using ((select app_role()) = any ('{candidate}') and (account_id = (select app_actor())));
comment on policy mine_select on shared_place is 'e14c1e516f32a70a';
create policy ours_select on shared_place for select using ((select app_role()) = any ('{agency_officer}') and (is_proposed and organisation_id = (select app_organisation())));
comment on policy ours_select on shared_place is '0cc567eebcd7009b';
create policy unseen_select on shared_place for select using ((select app_role()) = any ('{project_staff}') and (is_unseen));
comment on policy unseen_select on shared_place is '8cb5b3803864b648';
create policy worker_all on shared_place for all using ((select app_role()) = any ('{worker}')) with check ((select app_role()) = any ('{worker}'));
comment on policy worker_all on shared_place is '22840af0a1d9ec54';
create policy operator_all on shared_place for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on shared_place is 'd5123331b48ece4a';
"""


def upgrade() -> None:
    op.create_table(
        "shared_place",
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("is_proposed", sa.Boolean(), nullable=False),
        sa.Column("is_unseen", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["vacancy_id"], ["vacancy.id"], name=op.f("fk_shared_place_vacancy_id_vacancy"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_shared_place_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vacancy_id", "profile_id", name=op.f("pk_shared_place")),
    )
    for column in ("account_id", "organisation_id", "profile_id"):
        op.create_index(op.f(f"ix_shared_place_{column}"), "shared_place", [column])
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))


def downgrade() -> None:
    op.drop_table("shared_place")
