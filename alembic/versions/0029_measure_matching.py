"""what was measured about matching, and pairs that recruiters judge"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLES = ("judgement", "judged_pair", "measurement")
RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'measurement'::regclass loop execute format('drop policy %I on measurement', known); end loop; end $$;
alter table measurement enable row level security;
alter table measurement force row level security;
create policy overseen_select on measurement for select using ((select app_role()) = any ('{project_staff,administrator,auditor}'));
comment on policy overseen_select on measurement is 'b5174f3e7fefc81f';
create policy worker_all on measurement for all using ((select app_role()) = any ('{worker}')) with check ((select app_role()) = any ('{worker}'));
comment on policy worker_all on measurement is '0212258f64c07504';
create policy figures_all on measurement for all using ((select app_role()) = any ('{figures}')) with check ((select app_role()) = any ('{figures}'));
comment on policy figures_all on measurement is '6293c89d7dec2221';
create policy operator_all on measurement for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on measurement is '7af2a566aee03db8';
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'judged_pair'::regclass loop execute format('drop policy %I on judged_pair', known); end loop; end $$;
alter table judged_pair enable row level security;
alter table judged_pair force row level security;
create policy judged_select on judged_pair for select using ((select app_role()) = any ('{project_staff}'));
comment on policy judged_select on judged_pair is '66e3c86df42ff37e';
create policy judged_insert on judged_pair for insert with check ((select app_role()) = any ('{project_staff}'));
comment on policy judged_insert on judged_pair is 'a721e70e41bd90f9';
create policy mine_select on judged_pair for select using ((select app_role()) = any ('{candidate}') and (exists (select 1 from profile own where own.id = profile_id and own.account_id = (select app_actor()))));
comment on policy mine_select on judged_pair is '4a5136a94245e475';
create policy worker_select on judged_pair for select using ((select app_role()) = any ('{worker}'));
comment on policy worker_select on judged_pair is '40f3f9f704c1006a';
create policy figures_select on judged_pair for select using ((select app_role()) = any ('{figures}'));
comment on policy figures_select on judged_pair is '09776907748a6f2f';
create policy operator_all on judged_pair for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on judged_pair is 'd91ac277a07a2cef';
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'judgement'::regclass loop execute format('drop policy %I on judgement', known); end loop; end $$;
alter table judgement enable row level security;
alter table judgement force row level security;
create policy own_select on judgement for select using ((select app_role()) = any ('{project_staff}') and (judge_id = (select app_actor())));
comment on policy own_select on judgement is 'bd79c51f04f0d951';
create policy own_insert on judgement for insert with check ((select app_role()) = any ('{project_staff}') and (judge_id = (select app_actor())));
comment on policy own_insert on judgement is '09af1f991720fa3c';
create policy about_me_select on judgement for select using ((select app_role()) = any ('{candidate}') and (exists (select 1 from judged_pair pair where pair.id = pair_id)));
comment on policy about_me_select on judgement is '22acb7f779296e08';
create policy worker_select on judgement for select using ((select app_role()) = any ('{worker}'));
comment on policy worker_select on judgement is '5bb70ce91e2cb4ac';
create policy figures_select on judgement for select using ((select app_role()) = any ('{figures}'));
comment on policy figures_select on judgement is '2356059088abde41';
create policy operator_all on judgement for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on judgement is 'b87e36d7a730109a';
"""
"""The rules as ``python -m talent.row_security TABLE …`` printed them."""


def upgrade() -> None:
    op.create_table(
        "measurement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum("evaluation", "agreement", "drift", "fairness", "leak_probe", name="kind", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement")),
    )
    op.create_index("ix_measurement_kind", "measurement", ["kind", "at"], unique=False)
    op.create_table(
        "judged_pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_input", sa.String(length=64), nullable=False),
        sa.Column("profile_input", sa.String(length=64), nullable=False),
        sa.Column("weights_version", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("missing", sa.SmallInteger(), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_judged_pair_profile_id_profile"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_judged_pair_vacancy_id_vacancy"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judged_pair")),
        sa.UniqueConstraint("vacancy_id", "profile_id", name=op.f("uq_judged_pair_vacancy_id_profile_id")),
    )
    for column in ("vacancy_id", "profile_id", "vacancy_input", "profile_input"):
        op.create_index(op.f(f"ix_judged_pair_{column}"), "judged_pair", [column], unique=False)
    op.create_table(
        "judgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("judge_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade between 0 and 3", name=op.f("ck_judgement_grade")),
        sa.ForeignKeyConstraint(["judge_id"], ["account.id"], name=op.f("fk_judgement_judge_id_account"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pair_id"], ["judged_pair.id"], name=op.f("fk_judgement_pair_id_judged_pair"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("pair_id", "judge_id", name=op.f("uq_judgement_pair_id_judge_id")),
    )
    for column in ("pair_id", "judge_id"):
        op.create_index(op.f(f"ix_judgement_{column}"), "judgement", [column], unique=False)
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"drop table {table} cascade")
