-- Who watches, or ignores, which repository.
create table subscription (
    repository_id bigint  not null references repository,
    account_id    bigint  not null references account,
    ignored       boolean not null,
    primary key (repository_id, account_id)
);

create index subscription_account on subscription (account_id);
