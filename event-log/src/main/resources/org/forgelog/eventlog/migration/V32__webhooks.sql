-- Webhooks: who is told of what, and what is to be told. Not part of the log, for it holds secrets.
create table hook (
    id              bigint primary key,
    repository_id   bigint,
    organization_id bigint,
    url             text        not null,
    content_type    text        not null,
    secret          text,
    events          text[]      not null,
    active          boolean     not null,
    -- Addresses that payloads name things by: those of the request that made it.
    api_url         text        not null,
    web_url         text        not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    -- It is told of what comes after this position of the log.
    since           bigint      not null,
    -- Where it reads the log on its own: while what was before is told again, or an event cannot be. Null: with all others.
    position        bigint,
    retry_at        timestamptz,
    constraint hook_of_one check ((repository_id is null) <> (organization_id is null))
);

create index hook_repository on hook (repository_id);
create index hook_organization on hook (organization_id);

-- How far the log was turned into deliveries.
create table hook_feed (
    name     text   primary key,
    position bigint not null
);

insert into hook_feed (name, position)
select 'all', coalesce(max(global_index), 0) from domain_event;

create table hook_delivery (
    id               bigint generated always as identity primary key,
    hook_id          bigint      not null references hook on delete cascade,
    -- Those of one hook and sequence are sent in the order of their ids.
    sequence_key     text        collate "C" not null,
    position         bigint,
    guid             uuid        not null,
    event            text        not null,
    action           text,
    payload          text        not null,
    redelivery       boolean     not null default false,
    state            text        not null default 'PENDING',
    attempts         int         not null default 0,
    next_at          timestamptz not null default now(),
    claimed_until    timestamptz,
    created_at       timestamptz not null default now(),
    sent_at          timestamptz,
    ended_at         timestamptz,
    duration         double precision,
    status           text,
    status_code      int,
    request_headers  jsonb,
    response_headers jsonb,
    response_body    text
);

create index hook_delivery_pending on hook_delivery (hook_id, sequence_key, id) where state = 'PENDING';
create index hook_delivery_hook on hook_delivery (hook_id, id);
create index hook_delivery_ended on hook_delivery (ended_at) where ended_at is not null;
