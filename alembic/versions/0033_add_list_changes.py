"""what each worker did to a list, for all others to follow; owners of pairs are checked for all rows at once"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'list_change'::regclass loop execute format('drop policy %I on list_change', known); end loop; end $$;
alter table list_change enable row level security;
alter table list_change force row level security;
create policy worker_all on list_change for all using ((select app_role()) = any ('{worker}')) with check ((select app_role()) = any ('{worker}'));
comment on policy worker_all on list_change is 'b1c4ccdf656756c4';
create policy operator_all on list_change for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on list_change is 'e7f166bd42969629';
"""
OWNERS = """
drop trigger copy_owners on suggestion;
create trigger copy_owners before insert on suggestion for each row
    when (new.account_id is null or new.organisation_id is null) execute function copy_owners();
create function refuse_other_owners() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from added
        left join profile on profile.id = added.profile_id
        left join vacancy on vacancy.id = added.vacancy_id
        where profile.account_id is distinct from added.account_id
            or vacancy.organisation_id is distinct from added.organisation_id
    ) then
        raise exception 'a suggestion belongs to the owners of its profile and of its vacancy'
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create trigger refuse_other_owners after insert on suggestion referencing new table as added
    for each statement execute function refuse_other_owners();
"""
"""Asking both owners for each row took two thirds of the time of writing a list."""
OWNERS_BEFORE = """
drop trigger refuse_other_owners on suggestion;
drop function refuse_other_owners;
drop trigger copy_owners on suggestion;
create trigger copy_owners before insert on suggestion for each row execute function copy_owners();
"""
KINDS = sa.Enum(
    "profile", "vacancy", "label", name="subject_kind", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    op.create_table(
        "list_change",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("worker", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", KINDS, nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("looked_at_anew", sa.Boolean(), nullable=False),
        sa.Column("enough", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_list_change")),
    )
    op.create_index(op.f("ix_list_change_subject_id"), "list_change", ["subject_id"], unique=False)
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))
    op.execute(OWNERS)


def downgrade() -> None:
    op.execute(OWNERS_BEFORE)
    op.drop_table("list_change")
