"""close the tables of signing in to every role of a person"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "authenticator_app",
    "passkey",
    "recovery_code",
    "known_device",
    "failure_streak",
    "password_code",
    "sign_in_help",
    "identity_provider",
    "provider_account",
    "provider_errand",
)
RULES = r"""
alter table authenticator_app enable row level security;
alter table authenticator_app force row level security;
create policy sign_in_all on authenticator_app for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on authenticator_app is 'e5d2d41b2eba68e5';
create policy operator_all on authenticator_app for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on authenticator_app is 'f8debaf286628846';
alter table passkey enable row level security;
alter table passkey force row level security;
create policy sign_in_all on passkey for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on passkey is '9fbe84034d3fd7a8';
create policy operator_all on passkey for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on passkey is '93ddfb84d0ef6231';
alter table recovery_code enable row level security;
alter table recovery_code force row level security;
create policy sign_in_all on recovery_code for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on recovery_code is 'bdc2820631c83bc3';
create policy operator_all on recovery_code for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on recovery_code is 'f6c57e8a06fbc2ae';
alter table known_device enable row level security;
alter table known_device force row level security;
create policy sign_in_all on known_device for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on known_device is '7058f36784aa66c7';
create policy nightly_select on known_device for select using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_select on known_device is '5405f73d994ac413';
create policy nightly_delete on known_device for delete using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_delete on known_device is '15c70214e9a13b71';
create policy operator_all on known_device for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on known_device is '426cb63d1cdd5279';
alter table failure_streak enable row level security;
alter table failure_streak force row level security;
create policy sign_in_all on failure_streak for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on failure_streak is 'dadd4e57402f2960';
create policy nightly_select on failure_streak for select using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_select on failure_streak is '81a649999aa1ee52';
create policy nightly_delete on failure_streak for delete using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_delete on failure_streak is '30e0d923b4d63a21';
create policy operator_all on failure_streak for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on failure_streak is '3396644ac81e6b28';
alter table password_code enable row level security;
alter table password_code force row level security;
create policy sign_in_all on password_code for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on password_code is '5f90d38a0a23197c';
create policy nightly_select on password_code for select using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_select on password_code is '2fe9632ffd97d92b';
create policy nightly_delete on password_code for delete using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_delete on password_code is 'd987d709ba517b74';
create policy operator_all on password_code for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on password_code is 'd5575ecf7b169522';
alter table sign_in_help enable row level security;
alter table sign_in_help force row level security;
create policy sign_in_all on sign_in_help for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on sign_in_help is '1f3ceda49435649a';
create policy operator_all on sign_in_help for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on sign_in_help is '1745b9493bab6ca9';
alter table identity_provider enable row level security;
alter table identity_provider force row level security;
create policy sign_in_all on identity_provider for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on identity_provider is '4a59e92293429228';
create policy operator_all on identity_provider for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on identity_provider is '0119d0db5b527b62';
alter table provider_account enable row level security;
alter table provider_account force row level security;
create policy sign_in_all on provider_account for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on provider_account is '15cab92353a4da03';
create policy operator_all on provider_account for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on provider_account is 'ab575f5ae5cbc458';
alter table provider_errand enable row level security;
alter table provider_errand force row level security;
create policy sign_in_all on provider_errand for all using ((select app_role()) = any ('{sign_in}')) with check ((select app_role()) = any ('{sign_in}'));
comment on policy sign_in_all on provider_errand is 'cb5134bc49945043';
create policy nightly_select on provider_errand for select using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_select on provider_errand is '705f44ca02d7a1db';
create policy nightly_delete on provider_errand for delete using ((select app_role()) = any ('{nightly}'));
comment on policy nightly_delete on provider_errand is '9cd8cdc189338bff';
create policy operator_all on provider_errand for all using ((select app_role()) = any ('{operator}')) with check ((select app_role()) = any ('{operator}'));
comment on policy operator_all on provider_errand is '7e8c06d916f452da';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(RULES)


def downgrade() -> None:
    run = op.get_bind().exec_driver_sql
    made = run("select polname, polrelid::regclass::text from pg_policy").all()
    for name, table in made:
        if table in TABLES:
            run(f"drop policy {name} on {table}")
    for table in TABLES:
        run(f"alter table {table} no force row level security")
        run(f"alter table {table} disable row level security")
