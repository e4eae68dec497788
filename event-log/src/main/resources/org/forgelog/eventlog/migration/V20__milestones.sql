-- Milestones that are there, and what is planned for them.
create table milestone (
    repository_id bigint      not null references repository,
    number        bigint      not null,
    id            bigint      not null unique,
    title         text        not null,
    description   text,
    due_on        timestamptz,
    open          boolean     not null,
    creator_id    bigint      not null,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    closed_at     timestamptz,
    primary key (repository_id, number),
    unique (repository_id, title)
);

alter table repository_number add column last_milestone bigint not null default 0;

alter table conversation add column milestone bigint;

create index conversation_milestone on conversation (repository_id, milestone) where milestone is not null;
