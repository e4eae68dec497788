-- When an event was appended by the database's clock, which all nodes share: those of their own may differ by minutes.
-- Events from before have their writer's time alone, and so have those of a restored log. Given under the append lock.
alter table domain_event add column logged_at timestamptz;
alter table domain_event alter column logged_at set default clock_timestamp();
