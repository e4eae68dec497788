-- The directory: what commands must look up across aggregates. Written with the events, in the same transaction, and
-- computable from them.
create table account (
    id         bigint      primary key,
    login      text        not null,
    login_key  text        collate "C" not null,
    kind       text        not null,
    suspended  boolean     not null,
    deleted    boolean     not null
);

create unique index account_login on account (login_key) where not deleted;

create table repository (
    id         bigint  primary key,
    owner_id   bigint  not null references account,
    name       text    not null,
    name_key   text    collate "C" not null,
    private    boolean not null,
    archived   boolean not null,
    has_issues boolean not null,
    deleted    boolean not null
);

create unique index repository_name on repository (owner_id, name_key) where not deleted;

-- Names that repositories had: they lead to the repository until another one takes the name.
create table repository_redirect (
    owner_id      bigint not null references account,
    name_key      text   collate "C" not null,
    repository_id bigint not null references repository,
    primary key (owner_id, name_key)
);

create index repository_redirect_target on repository_redirect (repository_id);

-- Apart from the repository's row: taking a number must not stand in the way of those who only look the row up.
create table repository_number (
    repository_id bigint primary key references repository,
    last_issue    bigint not null,
    last_pull     bigint not null
);

create table token (
    id         bigint      primary key,
    account_id bigint      not null references account,
    sha256     text        not null,
    last_eight text        not null,
    scopes     text[]      not null,
    note       text,
    issued_at  timestamptz not null,
    constraint token_hash unique (sha256)
);

create index token_account on token (account_id);

-- Answers of requests that came with an idempotency key. Not part of the directory: nothing in the log speaks of them.
create table idempotency_record (
    owner        text        not null,
    key          text        not null,
    request_hash text        not null,
    status       int,
    headers      jsonb,
    body         text,
    position     text,
    created_at   timestamptz not null,
    primary key (owner, key)
);

create index idempotency_record_age on idempotency_record (created_at);
