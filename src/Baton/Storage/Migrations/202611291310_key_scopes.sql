-- Keys get an id that can be shown, scopes and an end; keys of before keep all scopes (`*`).
alter table api_keys add column id text;
alter table api_keys add column shown text;          -- first characters of the key, to recognise it by
alter table api_keys add column scopes text not null default '*';
alter table api_keys add column expires_at integer;
alter table api_keys add column revoked_at integer;
update api_keys set id = 'key_' || substr(hash, 1, 12);
create unique index api_keys_by_id on api_keys (id);

-- Log-ins to the console. A session ends with its key, at once.
create table console_sessions (
    id text primary key,
    key_id text not null,
    address text not null,
    started_at integer not null,
    expires_at integer not null,
    ended_at integer
) without rowid;
create index console_sessions_by_key on console_sessions (key_id);
