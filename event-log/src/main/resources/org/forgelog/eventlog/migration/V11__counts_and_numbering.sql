-- What answers to writes count: stars, open issues, forks.

-- Who starred which repository.
create table star (
    repository_id bigint not null references repository,
    account_id    bigint not null references account,
    primary key (repository_id, account_id)
);

create index star_account on star (account_id);

-- Of issues alone: pull requests have it in a table of their own.
alter table conversation add column open boolean;

create index conversation_open on conversation (repository_id) where open;
create index repository_parent on repository (parent_id) where not deleted and not private;
create index repository_source on repository (source_id) where not deleted and not private;

-- Whether issues and pull requests share their numbers. What is here by now does not.
alter table repository add column numbering text not null default 'SEPARATE';

-- What the log says already of all this.
insert into star (repository_id, account_id)
select repository_id, account_id
from (select distinct on (e.aggregate_id)
             e.type,
             (e.payload ->> 'repository_id')::bigint as repository_id,
             (e.payload ->> 'account_id')::bigint as account_id
      from domain_event e
      where e.type in ('repository-starred', 'repository-unstarred')
      order by e.aggregate_id, e.global_index desc) s
join repository r on r.id = s.repository_id and not r.deleted
where s.type = 'repository-starred';

update conversation c
set open = coalesce(
        (select s.type = 'issue-reopened'
         from domain_event s
         where s.aggregate_id = 'issue-' || c.repository_id || '-' || c.number
           and s.type in ('issue-closed', 'issue-reopened')
         order by s.global_index desc
         limit 1),
        true)
where c.kind = 'ISSUE';
