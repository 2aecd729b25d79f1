"""add second factors, known devices, codes for a new password, and sign-in through a provider"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('failure_streak',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_failure_streak'))
    )
    op.create_index(op.f('ix_failure_streak_last_at'), 'failure_streak', ['last_at'], unique=False)
    op.create_table('authenticator_app',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_secret', sa.String(length=300), nullable=False),
    sa.Column('last_step', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_authenticator_app_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_authenticator_app'))
    )
    op.create_table('identity_provider',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('issuer', sa.String(length=300), nullable=False),
    sa.Column('client_id', sa.String(length=200), nullable=False),
    sa.Column('sealed_secret', sa.String(length=500), nullable=False),
    sa.Column('is_open', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('created_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['account.id'], name=op.f('fk_identity_provider_created_by_account')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_identity_provider_organisation_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_provider')),
    sa.UniqueConstraint('issuer', name=op.f('uq_identity_provider_issuer')),
    sa.UniqueConstraint('organisation_id', name=op.f('uq_identity_provider_organisation_id'))
    )
    op.create_index(op.f('ix_identity_provider_created_by'), 'identity_provider', ['created_by'], unique=False)
    op.create_table('known_device',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('device_hash', sa.String(length=64), nullable=False),
    sa.Column('first_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_known_device_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'device_hash', name=op.f('pk_known_device'))
    )
    op.create_table('passkey',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_passkey_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkey_credential_id'))
    )
    op.create_index(op.f('ix_passkey_account_id'), 'passkey', ['account_id'], unique=False)
    op.create_table('password_code',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('letter', 'help', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_password_code_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_password_code'))
    )
    op.create_index(op.f('ix_password_code_account_id'), 'password_code', ['account_id'], unique=False)
    op.create_index(op.f('ix_password_code_expires_at'), 'password_code', ['expires_at'], unique=False)
    op.create_table('recovery_code',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recovery_code_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_recovery_code'))
    )
    op.create_index(op.f('ix_recovery_code_account_id'), 'recovery_code', ['account_id'], unique=False)
    op.create_table('sign_in_help',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('checked', sa.Enum('card', 'known_person', name='checked', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_by', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.CheckConstraint('answered_by <> asked_by', name=op.f('ck_sign_in_help_two_people')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_help_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['answered_by'], ['account.id'], name=op.f('fk_sign_in_help_answered_by_account')),
    sa.ForeignKeyConstraint(['asked_by'], ['account.id'], name=op.f('fk_sign_in_help_asked_by_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_help'))
    )
    op.create_index(op.f('ix_sign_in_help_account_id'), 'sign_in_help', ['account_id'], unique=False)
    op.create_index(op.f('ix_sign_in_help_answered_by'), 'sign_in_help', ['answered_by'], unique=False)
    op.create_index(op.f('ix_sign_in_help_asked_by'), 'sign_in_help', ['asked_by'], unique=False)
    op.create_table('provider_account',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('provider_id', sa.Uuid(), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_provider_account_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['provider_id'], ['identity_provider.id'], name=op.f('fk_provider_account_provider_id_identity_provider'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider_account')),
    sa.UniqueConstraint('provider_id', 'subject', name=op.f('uq_provider_account_provider_id_subject'))
    )
    op.create_index(op.f('ix_provider_account_account_id'), 'provider_account', ['account_id'], unique=False)
    op.create_table('provider_errand',
    sa.Column('state_hash', sa.String(length=64), nullable=False),
    sa.Column('provider_id', sa.Uuid(), nullable=False),
    sa.Column('browser_hash', sa.String(length=64), nullable=False),
    sa.Column('sealed_secrets', sa.String(length=500), nullable=False),
    sa.Column('then', sa.String(length=500), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['identity_provider.id'], name=op.f('fk_provider_errand_provider_id_identity_provider'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('state_hash', name=op.f('pk_provider_errand'))
    )
    op.create_index(op.f('ix_provider_errand_expires_at'), 'provider_errand', ['expires_at'], unique=False)
    op.create_index(op.f('ix_provider_errand_provider_id'), 'provider_errand', ['provider_id'], unique=False)
    op.add_column('account', sa.Column('suspended_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('sign_in_session', sa.Column('id', sa.Uuid(), server_default=sa.text('gen_random_uuid()'), nullable=False))
    op.add_column('sign_in_session', sa.Column('stage', sa.String(length=40), server_default='full', nullable=False))
    op.create_check_constraint(op.f('ck_sign_in_session_stage'), 'sign_in_session', "stage in ('second_step', 'set_up', 'full')")
    op.add_column('sign_in_session', sa.Column('role', sa.String(length=40), server_default='', nullable=False))
    op.add_column('sign_in_session', sa.Column('network', sa.String(length=50), server_default='', nullable=False))
    op.add_column('sign_in_session', sa.Column('then', sa.String(length=500), server_default='', nullable=False))
    op.add_column('sign_in_session', sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(op.f('uq_sign_in_session_id'), 'sign_in_session', ['id'])
    # A session from before knows no role; it ends, and its holder signs in again.
    op.execute('delete from sign_in_session')


def downgrade() -> None:
    op.drop_constraint(op.f('uq_sign_in_session_id'), 'sign_in_session', type_='unique')
    op.drop_column('sign_in_session', 'proved_at')
    op.drop_column('sign_in_session', 'then')
    op.drop_column('sign_in_session', 'network')
    op.drop_column('sign_in_session', 'role')
    op.drop_constraint(op.f('ck_sign_in_session_stage'), 'sign_in_session', type_='check')
    op.drop_column('sign_in_session', 'stage')
    op.drop_column('sign_in_session', 'id')
    op.drop_column('account', 'suspended_at')
    op.drop_index(op.f('ix_provider_errand_provider_id'), table_name='provider_errand')
    op.drop_index(op.f('ix_provider_errand_expires_at'), table_name='provider_errand')
    op.drop_table('provider_errand')
    op.drop_index(op.f('ix_provider_account_account_id'), table_name='provider_account')
    op.drop_table('provider_account')
    op.drop_index(op.f('ix_sign_in_help_asked_by'), table_name='sign_in_help')
    op.drop_index(op.f('ix_sign_in_help_answered_by'), table_name='sign_in_help')
    op.drop_index(op.f('ix_sign_in_help_account_id'), table_name='sign_in_help')
    op.drop_table('sign_in_help')
    op.drop_index(op.f('ix_recovery_code_account_id'), table_name='recovery_code')
    op.drop_table('recovery_code')
    op.drop_index(op.f('ix_password_code_expires_at'), table_name='password_code')
    op.drop_index(op.f('ix_password_code_account_id'), table_name='password_code')
    op.drop_table('password_code')
    op.drop_index(op.f('ix_passkey_account_id'), table_name='passkey')
    op.drop_table('passkey')
    op.drop_table('known_device')
    op.drop_index(op.f('ix_identity_provider_created_by'), table_name='identity_provider')
    op.drop_table('identity_provider')
    op.drop_table('authenticator_app')
    op.drop_index(op.f('ix_failure_streak_last_at'), table_name='failure_streak')
    op.drop_table('failure_streak')
