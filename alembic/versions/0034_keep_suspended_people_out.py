"""the profile of an account that is suspended leaves every list"""

from pathlib import Path

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

FOLDER = Path(__file__).parent.parent
AFTER = FOLDER / "row_security_kept_out.sql"
BEFORE = FOLDER / "row_security_kept_out_before.sql"
"""The rules of profiles and their changes, as ``python -m talent.row_security`` printed them."""
SUSPENDED = """
with paused as (
    update profile set state = 'paused', changed_at = now(), version = version + 1
    from account where account.id = profile.account_id and account.suspended_at is not null and state = 'published'
    returning profile.id
)
insert into profile_change (profile_id, at) select id, now() from paused
"""
"""Those whose account is suspended already; a worker takes them out of memory when it follows the changes."""


def rule(written: Path) -> None:
    """Put these rules in the place of those that the tables have."""
    op.get_bind().exec_driver_sql(written.read_text(encoding="utf-8").replace("%", "%%"))


def upgrade() -> None:
    rule(AFTER)
    op.execute(SUSPENDED)


def downgrade() -> None:
    rule(BEFORE)
