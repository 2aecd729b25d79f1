create policy worker_insert on profile_change for insert with check ((select app_role()) = any ('{worker}'));
comment on policy worker_insert on profile_change is 'af4996b174211d5d';
create policy matched_select on recognition_case for select using ((select app_role()) = any ('{worker}'));
comment on policy matched_select on recognition_case is '8026ec7d42f8a6f3';
