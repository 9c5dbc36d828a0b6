-- Every playbook that was ever proposed, whole. Which one is in force is an event; these are the read tables.
create table playbook_versions (
    version       text not null primary key,  -- SHA-256 of the deciding content
    name          text not null,
    files         blob not null,              -- gzip of a JSON object: path and text
    first_seen_ms integer not null,
    passed_ms     integer,                    -- when a run of exactly this version passed its gates
    passed_by     text                        -- which run
);
create table playbook_activations (
    number     integer not null primary key,
    version    text not null,
    previous   text,
    how        text not null,                 -- first, folder, gates, person, override, rollback
    changed_by text not null,
    why        text not null,
    at_ms      integer not null
);
create table playbook_state (
    id        integer not null primary key check (id = 1),
    active    text not null,
    candidate text
);
-- What each folder held when a process last looked, so that a change of it is told from one that others made.
create table playbook_folders (
    folder  text not null primary key,
    version text not null,
    at_ms   integer not null
);
