"""keep what was seen of an organisation to itself and to the project, and demands to whoever answers them"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UP = r"""
drop policy if exists own_select on organisation_evidence;
create policy own_select on organisation_evidence for select using ((select app_role()) = any ('{agency_officer,awarding_officer,employer,institute_officer,protectorate_officer,recognition_officer,resource_centre_officer}') and (exists (select 1 from organisation owner where owner.id = organisation_id and (owner.id = (select app_organisation()) or owner.parent_id = (select app_organisation())))));
comment on policy own_select on organisation_evidence is 'e5db47b7ec26edf1';
drop policy if exists answered_select on rights_request;
drop policy if exists answered_update on rights_request;
create policy answered_select on rights_request for select using ((select app_role()) = any ('{project_staff}'));
comment on policy answered_select on rights_request is '9883491f325d219d';
create policy answered_update on rights_request for update using ((select app_role()) = any ('{project_staff}')) with check ((select app_role()) = any ('{project_staff}'));
comment on policy answered_update on rights_request is 'ec949db18475340c';
drop policy if exists vetted_select on case_event;
drop policy if exists vetted_own_select on case_event;
create policy vetted_select on case_event for select using ((select app_role()) = any ('{project_staff,administrator,auditor}') and (case_kind = 'organisation' and exists (select 1 from organisation owner where owner.id = case_id)));
comment on policy vetted_select on case_event is '327e714cda1714fa';
create policy vetted_own_select on case_event for select using ((select app_role()) = any ('{agency_officer,awarding_officer,employer,institute_officer,protectorate_officer,recognition_officer,resource_centre_officer}') and (case_kind = 'organisation' and exists (select 1 from organisation owner where owner.id = case_id and (owner.id = (select app_organisation()) or owner.parent_id = (select app_organisation())))));
comment on policy vetted_own_select on case_event is '5ad83ecbb2982016';
"""
DOWN = r"""
drop policy if exists own_select on organisation_evidence;
create policy own_select on organisation_evidence for select using ((select app_role()) = any ('{agency_officer,awarding_officer,employer,institute_officer,protectorate_officer,recognition_officer,resource_centre_officer}') and (exists (select 1 from organisation owner where owner.id = organisation_id)));
comment on policy own_select on organisation_evidence is '7c7b87305996cfb4';
drop policy if exists answered_select on rights_request;
drop policy if exists answered_update on rights_request;
create policy answered_select on rights_request for select using ((select app_role()) = any ('{project_staff,administrator}'));
comment on policy answered_select on rights_request is '2a1e120503dd68ad';
create policy answered_update on rights_request for update using ((select app_role()) = any ('{project_staff,administrator}')) with check ((select app_role()) = any ('{project_staff,administrator}'));
comment on policy answered_update on rights_request is 'dcecf9b345772265';
drop policy if exists vetted_select on case_event;
drop policy if exists vetted_own_select on case_event;
create policy vetted_select on case_event for select using ((select app_role()) = any ('{project_staff,administrator,auditor,agency_officer,awarding_officer,employer,institute_officer,protectorate_officer,recognition_officer,resource_centre_officer}') and (case_kind = 'organisation' and exists (select 1 from organisation owner where owner.id = case_id)));
comment on policy vetted_select on case_event is '0f74695327efe0c6';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
