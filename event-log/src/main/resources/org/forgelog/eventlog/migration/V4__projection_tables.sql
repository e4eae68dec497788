-- The tables that the log is projected into, and which of them is read. What is in them, and how far they are, they say
-- themselves; this is what operators want of them.
create table projection_table (
    name              text        primary key,
    state             text        not null check (state in ('beside', 'serving', 'retired', 'dropping')),
    version           int         not null,
    paused            boolean     not null default false,
    rate              bigint      check (rate > 0),
    created_at        timestamptz not null default now(),
    retired_at        timestamptz,
    verified_position bigint,
    verified_at       timestamptz
);

create unique index projection_table_serving on projection_table ((true)) where state = 'serving';

-- What a query node reads from. A table goes only when no node that is alive reads from it.
create table projection_node (
    name    text        primary key,
    serves  text        not null,
    seen_at timestamptz not null
);

alter table projection_status add column leader text;
