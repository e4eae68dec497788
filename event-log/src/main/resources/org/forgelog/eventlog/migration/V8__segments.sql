-- A table that follows the log may be projected by several nodes: each has a segment, which is some of the slots that
-- sequences fall into. How far a segment is stands in the table itself; this is what was told of it last.
create table projection_segment (
    table_name    text        not null,
    segment       int         not null,
    slots         int         not null,
    -- Null until it was told.
    position      bigint,
    leader        text,
    -- Until then it is for the leader alone, who has not begun yet; null when it has, and when it is for anybody.
    offered_until timestamptz,
    updated_at    timestamptz not null,
    primary key (table_name, segment)
);

drop table projection_status;

create view projection_status as
select table_name                                          as name,
       coalesce(min(position), 0)                          as position,
       max(updated_at)                                     as updated_at,
       (array_agg(leader order by segment))[1]             as leader
from projection_segment
group by table_name;

-- Nodes that would like to project more of a table than they do.
create table projection_wish (
    table_name text        not null,
    node       text        not null,
    slots      int         not null,
    asked_at   timestamptz not null,
    primary key (table_name, node)
);

-- Whether the node's program knows of segments. While one is alive that does not, tables are not split: it would take one
-- segment for the whole.
alter table projection_node add column segments boolean not null default false;
