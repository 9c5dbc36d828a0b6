-- Keys of the API and the console, hashed: the key itself is shown once and kept nowhere.
create table api_keys (
    hash text primary key,
    name text not null,
    created_at integer not null
) without rowid;
