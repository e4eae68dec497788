-- Whose pull requests were merged into which repository, as far as events say whose they were.
create table contributor (
    repository_id bigint not null references repository,
    account_id    bigint not null references account,
    primary key (repository_id, account_id)
);
