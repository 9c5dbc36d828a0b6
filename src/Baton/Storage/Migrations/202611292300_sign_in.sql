-- How people sign in. A link works once; only its hash is kept.
create table person_secrets (
    person_id text primary key,
    password_hash text,
    failures integer not null default 0,     -- in a row
    locked_until integer,
    code_key text,                           -- of the authenticator app, encrypted
    code_pending text,                       -- shown, not yet confirmed with a code
    code_step integer not null default 0     -- last step that was used: a code works once
) without rowid;
create table person_links (
    hash text primary key,
    purpose text not null,
    person_id text,                          -- null: the first admin, who is not there yet
    expires_at integer not null,
    used_at integer
) without rowid;

-- A session belongs to a key, or to a person; then `key_id` is empty.
alter table console_sessions add column person_id text;
create index console_sessions_by_person on console_sessions (person_id) where person_id is not null;
