-- The log. Rows are only ever added, in the order of their positions: whoever appends holds the append lock until it
-- commits, so a position that can be seen has no lower one still to come.
create table domain_event (
    global_index    bigint generated always as identity primary key,
    event_id        uuid        not null,
    aggregate_type  text        not null,
    aggregate_id    text        collate "C" not null,
    sequence_number bigint      not null,
    type            text        not null,
    revision        int         not null,
    payload         jsonb       not null,
    metadata        jsonb       not null,
    sequence_key    text        collate "C" not null,
    appended_at     timestamptz not null,
    constraint domain_event_id unique (event_id),
    constraint domain_event_sequence unique (aggregate_id, sequence_number)
);

create index domain_event_sequence_key on domain_event (sequence_key, global_index);

-- Ids that clients see: positive, below 2^53.
create sequence forgelog_public_id as bigint minvalue 1 maxvalue 9007199254740991 no cycle;

-- How far the table of each projection is, as told by the query side: for lag and for commands that wait. The truth
-- about a projection's progress lies in its table.
create table projection_status (
    name       text        primary key,
    position   bigint      not null,
    updated_at timestamptz not null
);

-- Keys that the nodes of a service share.
create table secret (
    name       text        primary key,
    value      bytea       not null,
    created_at timestamptz not null default now()
);
