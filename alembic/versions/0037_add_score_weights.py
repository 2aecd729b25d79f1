"""weights of the score that are learnt, proposed and adopted, and which weights each suggestion was scored with"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

PARTS = ("must_skills", "occupation", "experience", "nice_skills", "text")
OTHERS = "state <> 'adopted' or proposed_by is not null and decided_by is not null and proposed_by <> decided_by"
RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'score_weights'::regclass loop execute format('drop policy %I on score_weights', known); end loop; end $$;
alter table score_weights enable row level security;
alter table score_weights force row level security;
create policy adopted_select on score_weights for select using ((select app_role()) = any ('{candidate,agency_officer,employer,institute_officer,awarding_officer,recognition_officer,protectorate_officer,resource_centre_officer,project_staff,administrator,auditor,worker}') and (state = 'adopted'));
comment on policy adopted_select on score_weights is '02ac894f0192567d';
create policy overseen_select on score_weights for select using ((select app_role()) = any ('{project_staff,administrator,auditor}'));
comment on policy overseen_select on score_weights is '53e93f4fe27cb947';
create policy set_by_hand_insert on score_weights for insert with check ((select app_role()) = any ('{project_staff}') and (source = 'hand' and state = 'computed'));
comment on policy set_by_hand_insert on score_weights is '3b65011128dc3fb0';
create policy decided_update on score_weights for update using ((select app_role()) = any ('{project_staff}')) with check ((select app_role()) = any ('{project_staff}'));
comment on policy decided_update on score_weights is '5dafc17008a5414f';
create policy learnt_insert on score_weights for insert with check ((select app_role()) = any ('{figures}') and (source = 'learnt' and state = 'computed'));
comment on policy learnt_insert on score_weights is 'bc37e5830aec2926';
create policy learnt_delete on score_weights for delete using ((select app_role()) = any ('{figures}') and (source = 'learnt' and state = 'computed'));
comment on policy learnt_delete on score_weights is 'd32b8e8c7fa65234';
create policy figures_select on score_weights for select using ((select app_role()) = any ('{figures}'));
comment on policy figures_select on score_weights is 'cd9c3bbaccd927f1';
create policy operator_all on score_weights for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on score_weights is '09b7171fcccfb83f';
create policy weighed_select on case_event for select using ((select app_role()) = any ('{project_staff,administrator,auditor}') and (case_kind = 'score_weights'));
comment on policy weighed_select on case_event is '504e5340560460c2';
"""
"""The rules as ``python -m talent.row_security TABLE …`` printed them; of the journal, the one that is new."""


def state(name: str, *values: str) -> sa.Enum:
    """A column of these values with a check of this name."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "score_weights",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("weights_version", sa.String(length=40), nullable=False),
        *(sa.Column(part, sa.SmallInteger(), nullable=False) for part in PARTS),
        sa.Column("source", state("source", "hand", "learnt"), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("vacancies", sa.Integer(), nullable=False),
        sa.Column("compared_with", sa.String(length=40), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", state("state", "computed", "proposed", "adopted", "rejected"), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"{' + '.join(PARTS)} = 10000", name=op.f("ck_score_weights_full_score")),
        sa.CheckConstraint(f"least({', '.join(PARTS)}) >= 0", name=op.f("ck_score_weights_no_part_below_nothing")),
        sa.CheckConstraint(OTHERS, name=op.f("ck_score_weights_adopted_by_another")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_score_weights_proposed_by_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_score_weights_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_weights")),
    )
    for column in ("proposed_by", "decided_by"):
        op.create_index(op.f(f"ix_score_weights_{column}"), "score_weights", [column])
    adopted = sa.text("state = 'adopted'")
    op.create_index("ix_score_weights_adopted", "score_weights", ["decided_at"], postgresql_where=adopted)
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))
    op.add_column("suggestion", sa.Column("weights_version", sa.String(length=40), nullable=True))
    op.execute(
        "update suggestion set weights_version = match_run.weights_version from match_run where match_run.id = run_id"
    )
    op.alter_column("suggestion", "weights_version", nullable=False)


def downgrade() -> None:
    op.drop_column("suggestion", "weights_version")
    op.execute("drop policy weighed_select on case_event")
    op.drop_table("score_weights")
