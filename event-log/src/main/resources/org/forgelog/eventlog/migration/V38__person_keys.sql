-- The keys of people: what events tell of a person is encrypted with that person's. Apart from the log, for a key that is
-- destroyed must be nowhere, and the log is everywhere.
create table person_key (
    account_id   bigint      primary key,
    -- By the master key of the next column, which no table holds. Null once it is destroyed.
    wrapped      bytea,
    master_key   text,
    created_at   timestamptz not null default now(),
    destroyed_at timestamptz,
    constraint person_key_or_not check ((wrapped is null) = (destroyed_at is not null))
);

-- For what is asked at every start: under which master keys there are keys.
create index person_key_master on person_key (master_key) where wrapped is not null;
