-- Which pull requests are open between which branches: there is to be one at a time. No constraint, since the log may
-- hold more of old; whoever opens one holds the lock on the repository's numbers.
create table pull_request (
    repository_id      bigint  not null references repository,
    number             bigint  not null,
    head_repository_id bigint  not null,
    -- Whose the head is where that is not the repository's owner; null for a branch of the repository's own.
    head_owner_id      bigint,
    head_ref           text    not null,
    base_ref           text    not null,
    open               boolean not null,
    primary key (repository_id, number)
);

create index pull_request_open on pull_request (repository_id, head_repository_id, head_ref) where open;

-- Who may open them.
alter table repository
    add column has_pull_requests      boolean not null default true,
    add column pulls_by_collaborators boolean not null default false;

-- What the log says already of all this.
insert into pull_request (repository_id, number, head_repository_id, head_owner_id, head_ref, base_ref, open)
select r.id,
       (e.payload ->> 'number')::bigint,
       (e.payload #>> '{head,repository_id}')::bigint,
       case when e.payload #>> '{head,repository_id}' = e.payload ->> 'repository_id'
                 and e.payload #>> '{head,owner_id}' = e.payload #>> '{base,owner_id}'
            then null
            else (e.payload #>> '{head,owner_id}')::bigint end,
       e.payload #>> '{head,ref}',
       coalesce((select b.payload #>> '{base,ref}'
                 from domain_event b
                 where b.aggregate_id = e.aggregate_id
                   and b.type = 'pull-request-edited'
                   and b.payload #> '{base,ref}' is not null
                 order by b.global_index desc
                 limit 1),
                e.payload #>> '{base,ref}'),
       coalesce((select s.type = 'pull-request-reopened'
                 from domain_event s
                 where s.aggregate_id = e.aggregate_id
                   and s.type in ('pull-request-closed', 'pull-request-merged', 'pull-request-reopened')
                 order by s.global_index desc
                 limit 1),
                true)
from domain_event e
join repository r on r.id = (e.payload ->> 'repository_id')::bigint and not r.deleted
where e.type = 'pull-request-opened';

update repository r
set has_pull_requests = coalesce(
        (select (e.payload #>> '{changes,flags,HAS_PULL_REQUESTS}')::boolean
         from domain_event e
         where e.sequence_key = 'r:' || r.id
           and e.type = 'repository-edited'
           and e.payload #> '{changes,flags,HAS_PULL_REQUESTS}' is not null
         order by e.global_index desc
         limit 1),
        (select (e.payload #>> '{settings,flags,HAS_PULL_REQUESTS}')::boolean
         from domain_event e
         where e.sequence_key = 'r:' || r.id
           and e.type = 'repository-created'),
        true),
    pulls_by_collaborators = coalesce(
        (select e.payload #>> '{changes,options,PULL_REQUEST_CREATION_POLICY}' = 'collaborators_only'
         from domain_event e
         where e.sequence_key = 'r:' || r.id
           and e.type = 'repository-edited'
           and e.payload #> '{changes,options,PULL_REQUEST_CREATION_POLICY}' is not null
         order by e.global_index desc
         limit 1),
        (select e.payload #>> '{settings,options,PULL_REQUEST_CREATION_POLICY}' = 'collaborators_only'
         from domain_event e
         where e.sequence_key = 'r:' || r.id
           and e.type = 'repository-created'),
        false);
