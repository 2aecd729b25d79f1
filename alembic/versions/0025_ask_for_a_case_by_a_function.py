"""read a history, or an organisation's name, without planning the rules of ten tables: functions ask them"""

from pathlib import Path

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

HERE = Path(__file__).parent.parent
RULES, RULES_BEFORE = HERE / "row_security_histories.sql", HERE / "row_security_histories_before.sql"
KINDS = (
    "profile",
    "vacancy",
    "introduction",
    "cohort",
    "enrolment",
    "recognition_case",
    "organisation",
    "placement",
    "charge_complaint",
)
BRANCHES = "".join(
    f"        when '{kind}' then return exists (select 1 from {kind} where {kind}.id = which);\n"  # noqa: S608 - names of our own
    for kind in KINDS
)
FUNCTIONS = f"""
create function sees_case(kind text, which uuid) returns boolean language plpgsql stable as $$
begin
    case kind
{BRANCHES}        else return false;
    end case;
end $$;
create function is_mine_or_brought(which uuid) returns boolean language plpgsql stable as $$
begin
    return exists (
        select 1 from organisation owner
        where owner.id = which and (owner.id = app_organisation() or owner.parent_id = app_organisation())
    );
end $$;
create function met_me(which uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from suggestion pair where pair.organisation_id = which and pair.account_id = app_actor())
        or exists (select 1 from introduction pair where pair.organisation_id = which and pair.account_id = app_actor());
end $$;
create function employs_me(agency uuid, employer text) returns boolean language plpgsql stable as $$
begin
    return exists (
        select 1 from introduction met join vacancy job on job.id = met.vacancy_id
        where met.account_id = app_actor() and met.organisation_id = agency and job.employer = employs_me.employer
    );
end $$;
create function acts_in_a_case(which uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from recognition_case asked where asked.acting_id = which);
end $$;
"""


def put(rules: Path) -> None:
    """Replace the rules that ask far tables by those of this file; the others of the three tables stay."""
    op.get_bind().exec_driver_sql(rules.read_text(encoding="utf-8").replace("%", "%%"))


def upgrade() -> None:
    op.execute(FUNCTIONS)
    put(RULES)


def downgrade() -> None:
    put(RULES_BEFORE)
    op.execute(
        "drop function sees_case(text, uuid), is_mine_or_brought(uuid), met_me(uuid), employs_me(uuid, text),"
        " acts_in_a_case(uuid)"
    )
