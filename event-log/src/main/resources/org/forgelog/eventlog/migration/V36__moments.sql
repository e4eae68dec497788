-- For answers as of a moment of the past: where the log tells what no single sequence does. Each index is of few events.

-- Who owned a repository.
create index domain_event_owner on domain_event ((payload ->> 'owner_id'), global_index)
    where type in ('repository-created', 'repository-transferred');
create index domain_event_transferred on domain_event (global_index) where type = 'repository-transferred';

-- What a repository is a fork of.
create index domain_event_fork_parent on domain_event ((payload -> 'fork' ->> 'parent_id'), global_index)
    where type = 'repository-created' and payload -> 'fork' ->> 'parent_id' is not null;
create index domain_event_fork_source on domain_event ((payload -> 'fork' ->> 'source_id'), global_index)
    where type = 'repository-created' and payload -> 'fork' ->> 'source_id' is not null;

-- What a repository was called, and what accounts were.
create index domain_event_repository_name on domain_event (lower(payload ->> 'name'), global_index)
    where type in ('repository-created', 'repository-renamed', 'repository-owner-renamed', 'repository-transferred');
create index domain_event_login on domain_event (global_index)
    where type in ('account-registered', 'account-renamed', 'account-deleted');

-- What a user starred.
create index domain_event_starred on domain_event ((payload ->> 'account_id'), global_index)
    where type = 'repository-starred';

-- What was deleted: nobody is shown it any more, whatever moment they ask for.
create index domain_event_deleted on domain_event (sequence_key, global_index)
    where type in ('account-deleted', 'comment-deleted', 'label-deleted', 'milestone-deleted');
