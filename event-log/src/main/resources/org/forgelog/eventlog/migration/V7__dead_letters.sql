-- Sequences that operators want tried again, in each table by itself.
create table projection_retry (
    id           bigint      generated always as identity primary key,
    table_name   text        not null,
    sequence_key text        not null,
    asked_at     timestamptz not null default now(),
    done_at      timestamptz,
    outcome      text
);

create index projection_retry_due on projection_retry (id) where done_at is null;

-- Events that operators decided to leave out of all tables, for good: those that are there, and those yet to be built.
create table discarded_event (
    global_index bigint      primary key references domain_event,
    sequence_key text        not null,
    type         text        not null,
    reason       text        not null,
    discarded_by text        not null,
    discarded_at timestamptz not null default now()
);
