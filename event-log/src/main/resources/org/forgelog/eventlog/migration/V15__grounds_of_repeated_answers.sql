-- What an answer was given for, so that it is not given again to somebody who lost it.
alter table idempotency_record add column grounds text[] not null default '{}';
