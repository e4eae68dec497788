-- For answers as of a moment of the past: in which repositories something was assigned to somebody.
create index domain_event_assigned on domain_event using gin ((payload -> 'assignee_ids') jsonb_path_ops)
    where type in ('issue-assigned', 'pull-request-assigned');
