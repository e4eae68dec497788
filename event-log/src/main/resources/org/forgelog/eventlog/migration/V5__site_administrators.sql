-- Users who may do what the site administrator does.
alter table account add column site_admin boolean not null default false;
