"""seal names, phones and e-mail addresses in institutes' lists, with a key of each institute"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from talent.foundation.crypto import Key, Place, new_secret, seal, unseal
from talent.foundation.keyring import the_ring
from talent.foundation.person_keys import OrganisationKey, unwrap, wrap
from talent.foundation.settings import load_settings
from talent.training.people import PersonKeys, folded_name

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
TABLES = ("trainee", "register_file", "organisation_key")
RULES = """
do $$ declare known name; begin for known in select polname from pg_policy where polrelid = 'organisation_key'::regclass loop execute format('drop policy %I on organisation_key', known); end loop; end $$;
alter table organisation_key enable row level security;
alter table organisation_key force row level security;
create policy own_all on organisation_key for all using ((select app_role()) = any ('{institute_officer}') and (organisation_id = (select app_organisation()))) with check ((select app_role()) = any ('{institute_officer}') and (organisation_id = (select app_organisation())));
comment on policy own_all on organisation_key is '18cd0c34c979a00d';
create policy overseen_select on organisation_key for select using ((select app_role()) = any ('{project_staff}'));
comment on policy overseen_select on organisation_key is 'd32f854ee7fd8308';
create policy training_all on organisation_key for all using ((select app_role()) = any ('{training}')) with check ((select app_role()) = any ('{training}'));
comment on policy training_all on organisation_key is '0510192898c5b1cd';
create policy figures_select on organisation_key for select using ((select app_role()) = any ('{figures}'));
comment on policy figures_select on organisation_key is 'd81f3ad133ef87ab';
create policy operator_all on organisation_key for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on organisation_key is '395dea5d328879db';
"""


def upgrade() -> None:
    op.create_table(
        "organisation_key",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(length=20), nullable=False),
        sa.Column("wrapped", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_key_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_organisation_key")),
    )
    op.create_index(op.f("ix_organisation_key_key_id"), "organisation_key", ["key_id"])
    add_texts("trainee", "card_sealed")
    add_texts("trainee", "phone_key", "email_key", kind=sa.String(length=64))
    add_texts("register_file", "refused_sealed")
    with open_to_the_owner("trainee", "register_file"):
        keys: dict[UUID, Key] = {}
        seal_trainees(keys)
        seal_refused_rows(keys)
    op.get_bind().exec_driver_sql(RULES.replace("%", "%%"))
    for name in ("full_name", "folded_name", "phone", "email"):
        op.drop_column("trainee", name)
    op.drop_column("register_file", "refused")


def add_texts(table: str, *names: str, kind: Any = sa.Text) -> None:
    """Add text columns that are never null; new rows always state them."""
    for name in names:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=""))
        op.alter_column(table, name, server_default=None)


class open_to_the_owner:  # noqa: N801 - reads as a statement
    """These tables without their rules for the tables' owner, who is bound by them otherwise."""

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def __enter__(self) -> None:
        for table in self.tables:
            op.execute(f"alter table {table} no force row level security")

    def __exit__(self, *_: object) -> None:
        for table in self.tables:
            op.execute(f"alter table {table} force row level security")


def rows_of(table: str) -> Iterator[list[Any]]:
    """The rows of a table, some at a time, in the order of their ids."""
    last = UUID(int=0)
    query = sa.text(f"select * from {table} where id > :last order by id limit {AT_ONCE}")  # noqa: S608 - our own name
    while rows := op.get_bind().execute(query, {"last": last}).all():
        yield list(rows)
        last = rows[-1].id


def key_of(keys: dict[UUID, Key], organisation_id: UUID) -> Key:
    """The key of an institute, made and kept the first time."""
    if organisation_id not in keys:
        row = wrap(the_ring(), organisation_id, new_secret(), OrganisationKey)
        made = sa.text("insert into organisation_key values (:organisation_id, :key_id, :wrapped)")
        op.get_bind().execute(made, {"organisation_id": organisation_id, **row})
        keys[organisation_id] = unwrap(the_ring(), organisation_id, row["key_id"], row["wrapped"], OrganisationKey)
    return keys[organisation_id]


def seal_trainees(keys: dict[UUID, Key]) -> None:
    """Seal the card of each trainee, and make the prints by which a phone and an address are found."""
    kept = sa.text("update trainee set card_sealed = :card, phone_key = :phone, email_key = :email where id = :id")
    for rows in rows_of("trainee"):
        prints = prints_of_this_installation()
        sealed = [
            {
                "id": row.id,
                "card": seal(key_of(keys, row.organisation_id), card_of(row), Place("trainee", "card_sealed", row.id)),
                "phone": prints.of_phone(row.phone),
                "email": prints.of_email(row.email),
            }
            for row in rows
        ]
        op.get_bind().execute(kept, sealed)


def prints_of_this_installation() -> PersonKeys:
    """The keyed prints, made with the installation's secret."""
    secret = load_settings().secret_key
    assert secret is not None  # load_settings() puts one in place
    return PersonKeys(secret.get_secret_value())


def card_of(row: Any) -> str:
    """What is sealed of a trainee."""
    return json.dumps([row.full_name, row.phone, row.email], ensure_ascii=False)


def seal_refused_rows(keys: dict[UUID, Key]) -> None:
    """Seal the refused rows of each file."""
    kept = sa.text("update register_file set refused_sealed = :refused where id = :id")
    for rows in rows_of("register_file"):
        sealed = [
            {
                "id": row.id,
                "refused": seal(
                    key_of(keys, row.organisation_id),
                    json.dumps(row.refused, ensure_ascii=False),
                    Place("register_file", "refused_sealed", row.id),
                ),
            }
            for row in rows
        ]
        op.get_bind().execute(kept, sealed)


def downgrade() -> None:
    for name, length in (("full_name", 200), ("folded_name", 200), ("phone", 20), ("email", 254)):
        add_texts("trainee", name, kind=sa.String(length=length))
    op.add_column("register_file", sa.Column("refused", sa.dialects.postgresql.JSONB(), nullable=True))
    with open_to_the_owner(*TABLES):
        open_again()
    op.alter_column("register_file", "refused", nullable=False)
    op.drop_column("register_file", "refused_sealed")
    for name in ("card_sealed", "phone_key", "email_key"):
        op.drop_column("trainee", name)
    op.drop_table("organisation_key")


def open_again() -> None:
    """Write names, phones, addresses and refused rows back as they were."""
    wrapped = op.get_bind().execute(sa.text("select organisation_id, key_id, wrapped from organisation_key")).all()
    keys = {row.organisation_id: unwrap(the_ring(), *row, OrganisationKey) for row in wrapped}
    for rows in rows_of("trainee"):
        for row in rows:
            place = Place("trainee", "card_sealed", row.id)
            name, phone, email = json.loads(unseal(keys[row.organisation_id], row.card_sealed, place))
            values = {"id": row.id, "name": name, "folded": folded_name(name), "phone": phone, "email": email}
            op.get_bind().execute(
                sa.text(
                    "update trainee set full_name = :name, folded_name = :folded, phone = :phone, email = :email "
                    "where id = :id"
                ),
                values,
            )
    for rows in rows_of("register_file"):
        for row in rows:
            place = Place("register_file", "refused_sealed", row.id)
            refused = unseal(keys[row.organisation_id], row.refused_sealed, place)
            op.get_bind().execute(
                sa.text("update register_file set refused = cast(:refused as jsonb) where id = :id"),
                {"id": row.id, "refused": refused},
            )
