-- More of the directory: organizations and their members, collaborators, forks, and what can be talked about.

-- What an organization lets its members do. Users have no row.
create table organization (
    account_id                  bigint  primary key references account,
    of_members                  text    not null,
    members_can_create_public   boolean not null,
    members_can_create_private  boolean not null,
    members_can_fork_private    boolean not null
);

create table membership (
    organization_id bigint not null references account,
    member_id       bigint not null references account,
    role            text   not null,
    primary key (organization_id, member_id)
);

create index membership_member on membership (member_id);

create table collaborator (
    repository_id bigint not null references repository,
    account_id    bigint not null references account,
    permission    text   not null,
    primary key (repository_id, account_id)
);

create index collaborator_account on collaborator (account_id);

-- No references for origins: a fork outlives what it was forked from.
alter table repository
    add column parent_id     bigint,
    add column source_id     bigint,
    add column allow_forking boolean not null default true;

-- One fork for each account and source; forking again finds it.
create unique index repository_fork on repository (owner_id, source_id) where not deleted and source_id is not null;

create table label (
    id            bigint  primary key,
    repository_id bigint  not null references repository,
    name          text    not null,
    name_key      text    collate "C" not null,
    color         text    not null,
    description   text
);

create unique index label_name on label (repository_id, name_key);

-- Issues and pull requests, for those who comment on them and react to them: the aggregate knows the rest.
create table conversation (
    repository_id bigint  not null references repository,
    kind          text    not null,
    number        bigint  not null,
    id            bigint  not null,
    author_id     bigint  not null references account,
    locked        boolean not null default false,
    primary key (repository_id, kind, number),
    constraint conversation_id unique (id)
);

-- Comments that are there. A reply takes its anchor from the comment it answers.
create table comment (
    id              bigint      primary key,
    repository_id   bigint      not null references repository,
    kind            text        not null,
    number          bigint      not null,
    conversation_id bigint      not null,
    author_id       bigint      not null references account,
    in_reply_to     bigint,
    commit_id       text,
    path            text,
    diff_position   int,
    line            int,
    side            text,
    start_line      int,
    start_side      text,
    written_at      timestamptz not null
);

create index comment_conversation on comment (repository_id, kind, number);

-- Reactions that are there, by the id that clients name them by.
create table reaction (
    id            bigint primary key,
    repository_id bigint not null references repository,
    target_kind   text   not null,
    target_id     bigint not null,
    account_id    bigint not null references account,
    content       text   not null,
    constraint reaction_once unique (target_kind, target_id, account_id, content)
);

create index reaction_repository on reaction (repository_id);

-- What the log says already of all this.
insert into conversation (repository_id, kind, number, id, author_id)
select r.id,
       case e.type when 'issue-opened' then 'ISSUE' else 'PULL_REQUEST' end,
       (e.payload ->> 'number')::bigint,
       coalesce(e.payload ->> 'issue_id', e.payload ->> 'pull_request_id')::bigint,
       (e.payload ->> 'author_id')::bigint
from domain_event e
join repository r on r.id = (e.payload ->> 'repository_id')::bigint and not r.deleted
where e.type in ('issue-opened', 'pull-request-opened');

update repository r
set allow_forking = coalesce(
        (select (e.payload #>> '{changes,flags,ALLOW_FORKING}')::boolean
         from domain_event e
         where e.sequence_key = 'r:' || r.id
           and e.type = 'repository-edited'
           and e.payload #> '{changes,flags,ALLOW_FORKING}' is not null
         order by e.global_index desc
         limit 1),
        (select (e.payload #>> '{settings,flags,ALLOW_FORKING}')::boolean
         from domain_event e
         where e.sequence_key = 'r:' || r.id
           and e.type = 'repository-created'),
        true);
