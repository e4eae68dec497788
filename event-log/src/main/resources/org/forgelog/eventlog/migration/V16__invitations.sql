-- Invitations that can be accepted: one of a kind for each who is invited, and one to own a repository.
create table invitation (
    id              bigint primary key,
    kind            text   not null,
    repository_id   bigint,
    organization_id bigint,
    invitee_id      bigint not null,
    permission      text,
    role            text,
    name            text
);

create unique index invitation_of_repository on invitation (repository_id, invitee_id)
    where kind = 'COLLABORATION';
create unique index invitation_of_organization on invitation (organization_id, invitee_id)
    where kind = 'MEMBERSHIP';
create unique index invitation_to_own on invitation (repository_id) where kind = 'OWNERSHIP';
create index invitation_of_invitee on invitation (invitee_id);
