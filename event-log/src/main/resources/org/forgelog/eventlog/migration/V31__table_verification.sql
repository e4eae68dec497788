-- The last comparison of each table with the log, by whichever node: how far it is, or what it found.
create table table_verification (
    table_name text primary key,
    id         uuid        not null,
    done       bigint      not null default 0,
    total      bigint      not null default 1,
    report     jsonb,
    error      text,
    started_at timestamptz not null default now(),
    -- By its node, twice a second while it compares.
    seen_at    timestamptz not null default now()
);
