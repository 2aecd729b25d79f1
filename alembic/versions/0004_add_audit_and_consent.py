"""add audit, consent and encrypted identity"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from talent.foundation.crypto import Key, Place, new_secret, seal, unseal
from talent.foundation.keyring import the_ring
from talent.foundation.person_keys import OWN, unwrap, wrap

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 1_000
CHAINS = 32
FIELDS = ("full_name", "email", "phone")


def upgrade() -> None:
    add_keys()
    add_journal()
    add_consent_and_rights()
    add_erasing()
    seal_identities()


def add_keys() -> None:
    op.create_table(
        "person_key",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(length=20), nullable=False),
        sa.Column("wrapped", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_person_key_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_person_key")),
    )
    op.create_index(op.f("ix_person_key_key_id"), "person_key", ["key_id"])


def add_journal() -> None:
    op.create_table(
        "audit_head",
        sa.Column("chain", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("chain", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_role", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("thing", sa.String(length=60), nullable=False),
        sa.Column("thing_id", sa.String(length=120), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("fields", postgresql.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", "position", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject_id", "at"])
    op.create_index("ix_audit_entry_actor", "audit_entry", ["actor_id", "at"])
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.execute(
        f"insert into audit_head select number, 0, repeat('0', 64) from generate_series(0, {CHAINS - 1}) as number"
    )
    op.execute(
        """
        create function audit_is_append_only() returns trigger language plpgsql as $$
        begin
            raise exception 'The journal is append-only.' using errcode = 'insufficient_privilege';
        end $$
        """
    )
    op.execute(
        "create trigger audit_entry_rows before update or delete on audit_entry "
        "for each row execute function audit_is_append_only()"
    )
    op.execute(
        "create trigger audit_entry_whole before truncate on audit_entry "
        "for each statement execute function audit_is_append_only()"
    )


def add_erasing() -> None:
    # The running service may not remove a line of the journal of cases; erasing a person does, through this door alone.
    op.execute(
        """
        create function erase_case_events(cases uuid[]) returns void
        language sql security definer set search_path = public, pg_temp as $$
            delete from case_event
            where case_id = any (cases) and current_setting('app.role', true) = 'operator'
        $$
        """
    )


def add_consent_and_rights() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=True),
        sa.Column("occasion_id", sa.Uuid(), nullable=True),
        sa.Column("fields", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('matching', 'introduction')", name=op.f("ck_consent_purpose")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_consent_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_account_id"), "consent", ["account_id"])
    op.create_index("ix_consent_recipient", "consent", ["recipient_id", "occasion_id"])
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('objection', 'restriction', 'correction')", name=op.f("ck_rights_request_kind")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_rights_request_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
    )
    op.create_index(op.f("ix_rights_request_account_id"), "rights_request", ["account_id"])
    op.create_table(
        "retention_notice",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_retention_notice_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_retention_notice")),
    )
    op.create_table(
        "identity_paper",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("birth_date_sealed", sa.Text(), nullable=False),
        sa.Column("number_print", sa.String(length=64), nullable=False),
        sa.Column("person_print", sa.String(length=64), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('cnic', 'passport')", name=op.f("ck_identity_paper_kind")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_identity_paper_profile_id_profile"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_identity_paper_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_identity_paper")),
    )
    for column in ("account_id", "number_print", "person_print"):
        op.create_index(op.f(f"ix_identity_paper_{column}"), "identity_paper", [column])
    op.add_column("profile", sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=True))
    # Who published, and who said yes, did so before consents were rows; their yes is carried over as what it was.
    op.execute(
        """
        insert into consent (id, account_id, purpose, fields, text_version, language, given_at)
        select gen_random_uuid(), account.id, 'matching', array['profile'], '2026-11', account.language,
               coalesce(profile.published_at, profile.changed_at)
        from profile join account on account.id = profile.account_id
        where profile.state in ('published', 'paused')
        """
    )
    op.execute(
        """
        insert into consent
            (id, account_id, purpose, recipient_id, occasion_id, fields, text_version, language, given_at)
        select gen_random_uuid(), account.id, 'introduction', introduction.organisation_id, introduction.vacancy_id,
               array['full_name', 'email', 'phone'], '2026-11', account.language, introduction.changed_at
        from introduction
        join profile on profile.id = introduction.profile_id
        join account on account.id = profile.account_id
        where introduction.state in ('interested', 'accepted', 'turned_down')
        """
    )


def seal_identities() -> None:
    for field in FIELDS:
        op.add_column("identity", sa.Column(f"{field}_sealed", sa.Text(), nullable=False, server_default=""))
        op.alter_column("identity", f"{field}_sealed", server_default=None)
    op.add_column("identity", sa.Column("account_id", sa.Uuid(), nullable=True))
    op.execute("update identity set account_id = profile.account_id from profile where profile.id = profile_id")
    op.alter_column("identity", "account_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_identity_account_id_account"), "identity", "account", ["account_id"], ["id"], ondelete="CASCADE"
    )
    op.create_index(op.f("ix_identity_account_id"), "identity", ["account_id"])
    connection = op.get_bind()
    rows = connection.execute(sa.text("select profile_id, account_id, full_name, email, phone from identity")).all()
    for start in range(0, len(rows), AT_ONCE):
        keys, sealed = [], []
        for row in rows[start : start + AT_ONCE]:
            key = Key(OWN, new_secret())
            keys.append({"account_id": row.account_id, **wrap(the_ring(), row.account_id, key.secret)})
            values = {
                field: seal(key, getattr(row, field), Place("identity", f"{field}_sealed", row.profile_id))
                for field in FIELDS
                if getattr(row, field)
            }
            sealed.append({"profile_id": row.profile_id, **dict.fromkeys(FIELDS, ""), **values})
        connection.execute(sa.text("insert into person_key values (:account_id, :key_id, :wrapped)"), keys)
        connection.execute(
            sa.text(
                "update identity set full_name_sealed = :full_name, email_sealed = :email, phone_sealed = :phone "
                "where profile_id = :profile_id"
            ),
            sealed,
        )
    for field in FIELDS:
        op.drop_column("identity", field)


def open_identities() -> None:
    for field, length in (("full_name", 200), ("email", 254), ("phone", 20)):
        op.add_column("identity", sa.Column(field, sa.String(length=length), nullable=False, server_default=""))
        op.alter_column("identity", field, server_default=None)
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("select identity.*, key_id, wrapped from identity join person_key using (account_id)")
    ).all()
    for row in rows:
        key = unwrap(the_ring(), row.account_id, row.key_id, row.wrapped)
        opened = {
            field: unseal(key, sealed, Place("identity", f"{field}_sealed", row.profile_id)) if sealed else ""
            for field in FIELDS
            for sealed in [getattr(row, f"{field}_sealed")]
        }
        connection.execute(
            sa.text("update identity set full_name = :full_name, email = :email, phone = :phone where profile_id = :id"),
            {"id": row.profile_id, **opened},
        )
    for field in FIELDS:
        op.drop_column("identity", f"{field}_sealed")
    op.drop_column("identity", "account_id")


def downgrade() -> None:
    open_identities()
    op.drop_column("profile", "restricted_at")
    for table in ("identity_paper", "retention_notice", "rights_request", "consent", "audit_entry", "audit_head"):
        op.drop_table(table)
    op.execute("drop function audit_is_append_only()")
    op.execute("drop function erase_case_events(uuid[])")
    op.drop_table("person_key")
