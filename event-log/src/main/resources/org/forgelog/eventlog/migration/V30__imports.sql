-- What was imported from other forges: who and what their identities are here, and which records were taken.
create table imported (
    key      text collate "C" primary key,
    local_id bigint,
    -- Of an issue or a pull request: which of the two.
    kind     text,
    -- The latest that is known of it, by the other forge's clock.
    at       timestamptz
);
