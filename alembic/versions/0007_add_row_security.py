"""add row security, with the roles and kinds of organisation that it knows"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FROZEN = Path(__file__).parent.parent / "row_security.sql"
"""The rules of the tables so far, as ``python -m talent.row_security TABLE …`` printed them."""

ROLES = (
    "candidate",
    "agency_officer",
    "employer",
    "institute_officer",
    "awarding_officer",
    "recognition_officer",
    "protectorate_officer",
    "resource_centre_officer",
    "project_staff",
    "administrator",
    "auditor",
    "system",
)
FIRST_ROLES = ("candidate", "agency_officer", "institute_officer", "project_staff", "administrator", "system")
KINDS = (
    "agency",
    "employer",
    "institute",
    "awarding_body",
    "recognition_authority",
    "protectorate",
    "resource_centre",
    "project",
)
STATES = ("applied", "under_review", "verified", "suspended", "removed")
VACANCY_STATES = ("draft", "checked", "published", "frozen", "closed")
FIRST_VACANCY_STATES = ("draft", "checked", "published", "closed")
FIRST_KINDS = ("agency", "institute", "project")


def one_of(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let the column hold these values and no other."""
    name = f"ck_{table}_{column}"
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(f"alter table {table} drop constraint {name}")
    op.execute(f"alter table {table} add constraint {name} check ({column} in ({listed}))")


OWNERS = """
create function copy_owners() returns trigger language plpgsql as $$
begin
    new.account_id := (select account_id from profile where id = new.profile_id);
    new.organisation_id := (select organisation_id from vacancy where id = new.vacancy_id);
    return new;
end $$;
create trigger copy_owners before insert on suggestion for each row execute function copy_owners();
create trigger copy_owners before insert on introduction for each row execute function copy_owners();
"""
"""Whose a pair is, written by the database itself, so that no query can give it to somebody else."""

FUNCTIONS = """
create function app_role() returns text language sql stable parallel safe
    as $$ select nullif(current_setting('app.role', true), '') $$;
create function app_actor() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.actor', true), '')::uuid $$;
create function app_organisation() returns uuid language sql stable parallel safe
    as $$ select nullif(current_setting('app.organisation', true), '')::uuid $$;
"""

APPLICATION = """
do $$ begin
    create role talent_app login;
exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then raise notice 'create role talent_app as a superuser, see docs/operations.md';
end $$;
do $$ begin
    if exists (select from pg_roles where rolname = 'talent_app') then
        grant usage on schema public to talent_app;
        grant select, insert, update, delete on all tables in schema public to talent_app;
        grant usage on all sequences in schema public to talent_app;
        alter default privileges in schema public grant select, insert, update, delete on tables to talent_app;
        alter default privileges in schema public grant usage on sequences to talent_app;
        revoke insert, update, delete on alembic_version from talent_app;
        revoke update, delete on case_event from talent_app;
    end if;
end $$;
"""
"""The role of the running service: it owns nothing and row security binds it."""

DEFER = "alter function {} set app.role = 'operator'"
"""Anybody's transaction may queue a job; it reads none."""


def queueing() -> list[str]:
    """The signature of each function by which the job queue takes jobs."""
    found = op.get_bind().exec_driver_sql(
        "select oid::regprocedure::text from pg_proc where starts_with(proname, 'procrastinate_defer_')"
    )
    return [row[0] for row in found]


def closed_tables() -> list[str]:
    """The tables on which row security stands."""
    found = op.get_bind().exec_driver_sql(
        "select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace"
    )
    return [row[0] for row in found]


def add_vetting() -> None:
    """Where each organisation stands, with what shows it; who is here already was vouched for by its invitation."""
    op.add_column("organisation", sa.Column("state", sa.String(40), nullable=False, server_default="verified"))
    op.add_column("organisation", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("organisation", "state", server_default=None)
    op.alter_column("organisation", "version", server_default=None)
    states = ", ".join(f"'{state}'" for state in STATES)
    op.create_check_constraint("state", "organisation", f"state in ({states})")
    op.add_column("organisation", sa.Column("parent_id", sa.Uuid(), nullable=True))
    op.create_index("ix_organisation_parent_id", "organisation", ["parent_id"])
    parent = "fk_organisation_parent_id_organisation"
    op.create_foreign_key(parent, "organisation", "organisation", ["parent_id"], ["id"])
    kind = sa.Enum(
        "register", "licence", "mandate", "other", name="kind", native_enum=False, create_constraint=True, length=40
    )
    op.create_table(
        "organisation_evidence",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "organisation_id", sa.Uuid(), sa.ForeignKey("organisation.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("kind", kind, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), sa.ForeignKey("account.id"), nullable=False, index=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    one_of("account", "role", ROLES)
    one_of("invitation", "role", ROLES)
    one_of("organisation", "kind", KINDS)
    one_of("vacancy", "state", VACANCY_STATES)
    for table in ("suggestion", "introduction"):
        op.add_column(table, sa.Column("account_id", sa.Uuid(), nullable=True))
    op.add_column("suggestion", sa.Column("organisation_id", sa.Uuid(), nullable=True))
    for table in ("suggestion", "introduction"):
        op.execute(f"update {table} set account_id = profile.account_id from profile where profile.id = profile_id")  # noqa: S608 - our own names
        op.alter_column(table, "account_id", nullable=False)
        op.create_index(f"ix_{table}_account_id", table, ["account_id"])
    op.execute("update suggestion s set organisation_id = v.organisation_id from vacancy v where v.id = s.vacancy_id")
    op.alter_column("suggestion", "organisation_id", nullable=False)
    op.create_index("ix_suggestion_organisation_id", "suggestion", ["organisation_id"])
    add_vetting()
    run = op.get_bind().exec_driver_sql
    for statements in (OWNERS, FUNCTIONS, APPLICATION, FROZEN.read_text(encoding="utf-8").replace("%", "%%")):
        run(statements)
    for function in queueing():
        run(DEFER.format(function))


def downgrade() -> None:
    run = op.get_bind().exec_driver_sql
    for function in queueing():
        run(f"alter function {function} reset app.role")
    for table in closed_tables():
        for name in run(f"select polname from pg_policy where polrelid = '{table}'::regclass").scalars().all():  # noqa: S608 - names from the catalogue
            run(f"drop policy {name} on {table}")
        run(f"alter table {table} no force row level security, disable row level security")
    run("drop trigger copy_owners on suggestion; drop trigger copy_owners on introduction")
    run("drop function copy_owners(), app_role(), app_actor(), app_organisation()")
    op.drop_table("organisation_evidence")
    for column in ("parent_id", "state", "version"):
        op.drop_column("organisation", column)
    op.execute("update vacancy set state = 'checked' where state = 'frozen'")
    one_of("vacancy", "state", FIRST_VACANCY_STATES)
    op.drop_column("suggestion", "organisation_id")
    for table in ("suggestion", "introduction"):
        op.drop_column(table, "account_id")
    one_of("organisation", "kind", FIRST_KINDS)
    one_of("invitation", "role", FIRST_ROLES)
    one_of("account", "role", FIRST_ROLES)
