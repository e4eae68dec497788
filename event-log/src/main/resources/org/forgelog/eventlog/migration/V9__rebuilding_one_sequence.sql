-- A sequence may be tried again from its beginning, although it has not stopped.
alter table projection_retry add column rebuild boolean not null default false;
