-- Nodes that project into a table: the session that holds a node's locks, the slots that it has, and how far it said it was.
-- What holds is told by the locks and by the table itself.
create table projection_member (
    table_name text        not null,
    node       text        not null,
    pid        int         not null,
    slots      int         not null,
    -- Null until it was told.
    position   bigint,
    updated_at timestamptz not null,
    primary key (table_name, node)
);

drop view projection_status;
drop table projection_segment;
drop table projection_wish;

create view projection_status as
select table_name                                                  as name,
       coalesce(min(position), 0)                                  as position,
       max(updated_at)                                             as updated_at,
       (array_agg(node order by slots & 1 desc, updated_at desc))[1] as leader
from projection_member
where slots <> 0
group by table_name;

-- Every program that finds this schema knows of slots.
alter table projection_node drop column segments;
