-- What operators did: who, when, what, and what came of it.
create table operator_action (
    id       bigint      generated always as identity primary key,
    at       timestamptz not null default now(),
    operator text        not null,
    action   text        not null,
    subject  text        not null,
    result   text        not null default 'UNDER_WAY',
    outcome  text        not null default '',
    ended_at timestamptz
);
