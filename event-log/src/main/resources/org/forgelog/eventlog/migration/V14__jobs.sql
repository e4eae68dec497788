-- Long work that an operator asked for, one at a time, and how far it is.
create table job (
    id           uuid primary key,
    kind         text        not null,
    state        text        not null default 'RUNNING',
    done         bigint      not null default 0,
    total        bigint      not null default 0,
    report       jsonb,
    error_status integer,
    error        text,
    started_at   timestamptz not null default now(),
    seen_at      timestamptz not null default now(),
    ended_at     timestamptz
);

create unique index job_one_at_a_time on job ((true)) where state = 'RUNNING';
