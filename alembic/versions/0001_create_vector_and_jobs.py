"""Vectors and the job queue: what PostgreSQL needs before the first table."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create extension if not exists vector")
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))


def downgrade() -> None:
    op.execute("drop schema public cascade; create schema public")
    op.execute("create table alembic_version (version_num varchar(32) primary key)")  # Alembic empties it last.
    op.execute("insert into alembic_version values ('0001')")
