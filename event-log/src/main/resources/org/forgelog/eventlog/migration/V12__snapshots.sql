-- States of aggregates whose streams are long, so that not every command folds them from the beginning. Derived: the
-- table may be emptied at any time, and a program of another revision passes its rows by.
create table snapshot (
    aggregate_id    text        collate "C" primary key,
    aggregate_type  text        not null,
    sequence_number bigint      not null,
    type            text        not null,
    revision        text,
    payload         jsonb       not null,
    taken_at        timestamptz not null
);
